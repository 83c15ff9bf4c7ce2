import { useNavigate } from '@tanstack/react-router'
import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  DeskForm,
  DeskPage,
  FormField,
  FormSection,
  InstantInput,
  Loaded,
  Notice,
} from '../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../api.ts'

type Choices = OutputOf<WorkbenchApi, 'exams.planning-choices'>
type PlanInput = InputOf<WorkbenchApi, 'exams.plan-sitting'>
interface Values extends Omit<PlanInput, 'occupationId' | 'level' | 'direction'> {
  plan: string
  direction?: string
}

export function NewSittingPage() {
  const choices = useApiQuery('exams.planning-choices')
  return (
    <DeskPage
      title="安排考核"
      back={{ to: '/exams/sittings', label: '考核场次' }}
      lead="只能安排本机构已商定并备案的职业、等级，考核地点须在备案所在省。"
    >
      <Loaded query={choices}>
        {(found) =>
          found.plans.length === 0 ? (
            <Notice tone="waiting">
              还没有与培训机构商定并完成备案的考核计划（鄂·四（一）），不能安排考核。备案完成后再来。
            </Notice>
          ) : (
            <PlanForm choices={found} />
          )
        }
      </Loaded>
    </DeskPage>
  )
}

const keyOf = (plan: { provinceCode: string; occupationId: string; level: string }) =>
  `${plan.provinceCode} ${plan.occupationId} ${plan.level}`

function PlanForm({ choices }: { choices: Choices }) {
  const navigate = useNavigate()
  const plan = useCommand('exams.plan-sitting', { inPlace: true })
  const [chosen, setChosen] = useState<string>()
  const of = choices.plans.find((one) => keyOf(one) === chosen)
  const cities = choices.cities.filter((city) => !of || city.provinceCode === of.provinceCode)
  return (
    <DeskForm<Values, PlanInput, OutputOf<WorkbenchApi, 'exams.plan-sitting'>>
      draftKey="sitting:new"
      initial={{ capacity: 40 }}
      command={plan}
      submitLabel="安排考核"
      onValues={(values) => setChosen(values.plan)}
      toInput={({ plan: key, direction, ...rest }) => {
        const [, occupationId = '', level = '初级'] = key.split(' ')
        return {
          ...rest,
          occupationId,
          level: level as PlanInput['level'],
          ...(direction ? { direction } : {}),
        }
      }}
      onDone={({ id }) => void navigate({ to: `/exams/sittings/${id}` })}
    >
      <FormField name="title" label="名称" required>
        <Input maxLength={100} placeholder="如 智能制造工程技术人员（初级）第 1 次考核" />
      </FormField>
      <FormField name="plan" label="职业与等级" required help="只列出已备案的考核计划">
        <Select
          options={choices.plans.map((one) => ({
            value: keyOf(one),
            label: `${one.occupationName} ${one.level}`,
          }))}
        />
      </FormField>
      {of && of.directions.length > 0 ? (
        <FormField name="direction" label="方向" help="不选表示各方向都可编入">
          <Select allowClear options={of.directions.map((value) => ({ value, label: value }))} />
        </FormField>
      ) : null}
      <FormSection title="地点" />
      <FormField name="cityCode" label="市州" required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={cities.map((city) => ({ value: city.code, label: city.name }))}
        />
      </FormField>
      <FormField name="venue" label="考核地点" required help="单位、楼栋和房间，考生据此到场">
        <Input maxLength={200} />
      </FormField>
      <FormField name="capacity" label="最多考生" required>
        <InputNumber min={1} max={5000} precision={0} />
      </FormField>
      <FormSection title="理论知识考试" />
      <FormField name="theory.startsAt" label="理论开始" required>
        <InstantInput />
      </FormField>
      <FormField name="theory.endsAt" label="理论结束" required>
        <InstantInput />
      </FormField>
      <FormSection title="专业能力考核" />
      <FormField name="ability.startsAt" label="能力开始" required>
        <InstantInput />
      </FormField>
      <FormField name="ability.endsAt" label="能力结束" required help="考核结束后 30 日内报送，从这一天起算">
        <InstantInput />
      </FormField>
    </DeskForm>
  )
}
