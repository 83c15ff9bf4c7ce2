import { useNavigate } from '@tanstack/react-router'
import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActLink,
  DayInput,
  DeskForm,
  DeskPage,
  Facts,
  FormField,
  Loaded,
  Notice,
  ScoreInput,
} from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'
import { subject } from './words.ts'

type Plan = OutputOf<WorkbenchApi, 'training.list-filed-plans'>['rows'][number]
interface Values {
  filingId: string
  name: string
  capacity: number
  startsOn: string
  endsOn: string
  passMarkTenths: number
}

/** 新建培训班: only on a filed plan; what was filed is repeated, not asked again (HB-4.1). */
export function NewClassPage() {
  const plans = useApiQuery('training.list-filed-plans')
  return (
    <DeskPage
      title="新建培训班"
      lead="培训班按已备案的计划开设，职业、方向、等级和学时照备案内容。"
      back={{ to: '/training/classes', label: '培训班' }}
    >
      <Loaded query={plans}>
        {({ rows }) => (rows.length === 0 ? <NoPlan /> : <ClassForm plans={rows} />)}
      </Loaded>
    </DeskPage>
  )
}

function NoPlan() {
  return (
    <Notice tone="waiting">
      <p>还没有可以建班的备案计划。培训计划和方案须报省、市备案后实施。</p>
      <ActLink to="/institutions/filings" main>
        去备案
      </ActLink>
    </Notice>
  )
}

function ClassForm({ plans }: { plans: Plan[] }) {
  const plan = useCommand('training.plan-class', { inPlace: true, alsoChanges: ['institutions'] })
  const navigate = useNavigate()
  const [chosenId, setChosenId] = useState<string | undefined>(
    plans.length === 1 ? plans[0]?.filingId : undefined,
  )
  const chosen = plans.find((one) => one.filingId === chosenId)
  return (
    <DeskForm<Values, Values, { id: string }>
      draftKey="class:new"
      initial={chosenId ? { filingId: chosenId } : {}}
      command={plan}
      submitLabel="建立培训班"
      toInput={(values) => values}
      onValues={(values) => setChosenId(values.filingId)}
      onDone={({ id }) => void navigate({ to: `/training/classes/${id}` })}
    >
      <FormField name="filingId" label="备案计划" required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={plans.map((one) => ({
            value: one.filingId,
            label: `${one.number} ${one.title}（${subject(one)}）`,
          }))}
        />
      </FormField>
      {chosen ? (
        <Facts
          rows={[
            ['职业等级', subject(chosen)],
            ['备案培训期', `${chosen.startsOn} 至 ${chosen.endsOn}`],
            ['培训地点', chosen.venue],
            ['备案人数', `${chosen.plannedLearners} 人，已安排 ${chosen.seatsTaken} 人`],
            ['备案班数', `${chosen.plannedClasses} 个，已建 ${chosen.classesTaken} 个`],
          ]}
        />
      ) : null}
      <FormField
        name="name"
        label="班级名称"
        required
        help="名称含“合作”“联合”“联盟”的，须经主管部门核查后才能招生。"
      >
        <Input maxLength={100} />
      </FormField>
      <FormField name="capacity" label="计划人数" required>
        <InputNumber min={1} max={5000} />
      </FormField>
      <FormField name="startsOn" label="开班日期" required help="应在备案培训期之内。">
        <DayInput />
      </FormField>
      <FormField name="endsOn" label="结束日期" required>
        <DayInput />
      </FormField>
      <FormField
        name="passMarkTenths"
        label="结业考核合格分"
        required
        help="按本机构备案的方案填写，满分 100 分。"
      >
        <ScoreInput />
      </FormField>
    </DeskForm>
  )
}
