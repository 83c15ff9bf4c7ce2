import { Button, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ClauseTag,
  Day,
  DayInput,
  DeskForm,
  FormField,
  ListPage,
  Money,
  MoneyInput,
  Nothing,
  StateOf,
} from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { IN_FORCE, LEVELS, SourceText } from './words.tsx'

type Standard = OutputOf<WorkbenchApi, 'institutions.list-subsidy-standards'>['rows'][number]

/** 补贴标准目录: dated amounts with their conditions and sources; a new one follows, the old one stays readable. */
export function SubsidiesPage() {
  const list = useList('institutions.list-subsidy-standards')
  const [following, setFollowing] = useState<Standard | null>()
  const [ending, setEnding] = useState<Standard>()
  return (
    <ListPage
      title="补贴标准目录"
      lead={
        <>
          补贴标准目录实行动态管理，每条标准写明依据和起止日期。 <ClauseTag id="HB-5.4" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      searchHint="补贴名称"
      filters={[
        { name: 'on', label: '执行日期' },
        { name: 'history', label: '范围', choices: [{ value: 'yes', label: '含历史标准' }] },
      ]}
      columns={[
        { title: '补贴', render: (row) => row.name, width: 260 },
        { title: '类别', render: (row) => row.kind },
        { title: '地区', render: (row) => row.province },
        { title: '标准', render: (row) => <Money cents={row.amountCents} />, right: true },
        { title: '执行', render: (row) => <Day on={row.fromOn} /> },
        { title: '截止', render: (row) => <Day on={row.toOn} /> },
        {
          title: '状态',
          render: (row) => (
            <StateOf
              state={row.inForce ? 'yes' : 'no'}
              of={{ ...IN_FORCE, yes: ['执行中', 'done'], no: ['不执行', 'idle'] }}
            />
          ),
        },
        { title: '条件', render: (row) => <Conditions text={row.conditions} />, width: 200 },
        {
          title: '来源',
          render: (row) => (
            <SourceText source={row.source} status={row.sourceStatus} verified={row.verified} />
          ),
          width: 240,
        },
        {
          title: '办理',
          render: (row) =>
            row.maintained ? (
              <>
                <Button onClick={() => setFollowing(row)}>接续新标准</Button>{' '}
                <Button danger onClick={() => setEnding(row)}>
                  终止
                </Button>
              </>
            ) : (
              <Nothing />
            ),
        },
      ]}
      onExport={() => saveFile('institutions.export-subsidy-standards', list.values)}
      acts={
        <Button type="primary" onClick={() => setFollowing(null)}>
          新增标准
        </Button>
      }
      empty="没有现行补贴标准。可选“含历史标准”查看以往的，或新增标准。"
    >
      <Drawer
        title={following ? `接续：${following.name}` : '新增补贴标准'}
        open={following !== undefined}
        onClose={() => setFollowing(undefined)}
        size={540}
        destroyOnHidden
      >
        {following !== undefined ? (
          <StandardForm follows={following} onDone={() => setFollowing(undefined)} />
        ) : null}
      </Drawer>
      <Drawer
        title={`终止：${ending?.name ?? ''}`}
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        size={480}
        destroyOnHidden
      >
        {ending ? <EndForm standard={ending} onDone={() => setEnding(undefined)} /> : null}
      </Drawer>
    </ListPage>
  )
}

/** Conditions are long: one click away, so that the amounts can be compared. */
function Conditions({ text }: { text: string | null }) {
  if (!text) return <Nothing />
  return (
    <details>
      <summary>查看条件</summary>
      {text}
    </details>
  )
}

type StandardInput = InputOf<WorkbenchApi, 'institutions.list-subsidy-standard'>
type StandardValues = Pick<StandardInput, 'name' | 'kind' | 'amountCents' | 'fromOn' | 'source'> & {
  occupationId?: string
  level?: '初级' | '中级' | '高级'
  conditions?: string
}

function StandardForm({ follows, onDone }: { follows: Standard | null; onDone: () => void }) {
  const command = useCommand('institutions.list-subsidy-standard', { inPlace: true })
  const occupations = useApiQuery('institutions.list-occupations', { size: 200 })
  return (
    <DeskForm<StandardValues, StandardInput, unknown>
      draftKey={`subsidy:${follows?.id ?? 'new'}`}
      command={command}
      submitLabel="保存标准"
      initial={
        follows
          ? {
              name: follows.name,
              kind: follows.kind as StandardInput['kind'],
              ...(follows.conditions ? { conditions: follows.conditions } : {}),
              ...(follows.occupationId ? { occupationId: follows.occupationId } : {}),
            }
          : {}
      }
      toInput={(values) => ({
        ...values,
        occupationId: values.occupationId ?? null,
        level: values.level ?? null,
        conditions: values.conditions?.trim() || null,
        supersedesId: follows?.id ?? null,
      })}
      onDone={onDone}
    >
      {follows ? <p>原标准将在新标准执行日前一日截止。</p> : null}
      <FormField name="name" label="补贴名称" required>
        <Input maxLength={100} />
      </FormField>
      <FormField name="kind" label="类别" required>
        <Select
          options={['职业培训补贴', '职业技能提升补贴'].map((value) => ({ value, label: value }))}
          placeholder="请选择"
        />
      </FormField>
      <FormField name="occupationId" label="职业" help="不选即不限职业。">
        <Select
          allowClear
          loading={occupations.isPending}
          options={(occupations.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      </FormField>
      <FormField name="level" label="等级" help="不选即不限等级。">
        <Select allowClear options={LEVELS} />
      </FormField>
      <FormField name="amountCents" label="每人标准" required>
        <MoneyInput />
      </FormField>
      <FormField name="conditions" label="申领条件">
        <Input.TextArea rows={4} maxLength={1000} />
      </FormField>
      <FormField name="fromOn" label="执行日期" required help="今天或以后。">
        <DayInput />
      </FormField>
      <FormField name="source" label="依据文件" required>
        <Input maxLength={300} />
      </FormField>
    </DeskForm>
  )
}

type EndInput = InputOf<WorkbenchApi, 'institutions.end-subsidy-standard'>

function EndForm({ standard, onDone }: { standard: Standard; onDone: () => void }) {
  const command = useCommand('institutions.end-subsidy-standard', { inPlace: true })
  return (
    <DeskForm<Omit<EndInput, 'id'>, EndInput, unknown>
      draftKey={`end-subsidy:${standard.id}`}
      command={command}
      submitLabel="终止标准"
      toInput={(values) => ({ ...values, id: standard.id })}
      onDone={onDone}
    >
      <FormField name="toOn" label="截止日期" required help="最后一个执行日，今天或以后。">
        <DayInput />
      </FormField>
      <FormField name="reason" label="终止原因" required>
        <Input maxLength={300} />
      </FormField>
    </DeskForm>
  )
}
