import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import {
  ActButton,
  ClauseTag,
  Day,
  DayInput,
  DecisionDialog,
  DeskForm,
  FormField,
  ListPage,
  MoneyInput,
  Nothing,
  StateOf,
  type StateWords,
  Unverified,
} from '../../ui/desk/index.ts'
import { money } from '../../ui/format.ts'
import { saveFile, useCommand, useList } from '../api.ts'
import { useMay } from './words.tsx'

const STATES: StateWords = {
  unverified: ['待核实', 'waiting'],
  proposed: ['待确认', 'running'],
  confirmed: ['已确认', 'done'],
}
type Row = ReturnType<typeof useList<'institutions.list-settings'>>['rows'][number]
type Value = Row['packValue']

function say(value: Value | undefined, unit: string): string {
  if (value === null || value === undefined) return '未找到'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'number') return value
  return unit === '分' ? money(value) : `${value} ${unit}`
}
const stateOf = (row: Row) => (row.proposal ? 'proposed' : row.confirmed ? 'confirmed' : 'unverified')

/** 参数核实: figures without a verified source; one officer proposes with the source, another confirms. */
export function SettingsPage() {
  const list = useList('institutions.list-settings')
  const may = useMay()
  const [editing, setEditing] = useState<Row>()
  return (
    <ListPage
      title="参数核实"
      lead="下列数字在已公开的文件中没有查到可靠来源。由一人提出取值和依据、另一人核对确认后执行；未确认前一律显示待核实，也不据以拒绝任何人。"
      list={list}
      rowKey={(row) => row.key}
      searchHint="参数、职业或等级"
      filters={[
        {
          name: 'state',
          label: '状态',
          choices: Object.entries(STATES).map(([value, [label]]) => ({ value, label })),
        },
      ]}
      columns={[
        {
          title: '参数',
          render: (row) => (
            <>
              {row.name} <ClauseTag id={row.clause} />
              {row.occupation ? (
                <div>
                  {row.occupation} {row.level}
                </div>
              ) : null}
            </>
          ),
          width: 230,
        },
        {
          title: '现有取值',
          render: (row) => (
            <>
              <Unverified>{say(row.packValue, row.unit)}</Unverified>
              {row.note ? <div className="nothing">{row.note}</div> : null}
            </>
          ),
          width: 190,
        },
        { title: '省级确认值', render: (row) => <Confirmed row={row} />, width: 190 },
        { title: '状态', render: (row) => <StateOf state={stateOf(row)} of={STATES} /> },
        {
          title: '办理',
          render: (row) =>
            row.proposal ? (
              <Proposal row={row} mayAct={may('setting.propose')} />
            ) : may('setting.propose') ? (
              <Button onClick={() => setEditing(row)}>提出取值</Button>
            ) : (
              <Nothing />
            ),
          width: 280,
        },
      ]}
      onExport={() => saveFile('institutions.export-settings', list.values)}
      empty="没有待核实的参数。"
    >
      <ProposeDrawer row={editing} onClose={() => setEditing(undefined)} />
    </ListPage>
  )
}

function Confirmed({ row }: { row: Row }) {
  if (!row.confirmed && !row.upcoming) return <Nothing />
  return (
    <>
      {row.confirmed ? (
        <div>
          {say(row.confirmed.value, row.unit)}，自 <Day on={row.confirmed.fromOn} />
          <div className="nothing">
            {row.confirmed.source}；{row.confirmed.confirmedBy}确认
          </div>
        </div>
      ) : null}
      {row.upcoming ? (
        <div>
          {say(row.upcoming.value, row.unit)}，将自 <Day on={row.upcoming.fromOn} /> 执行
        </div>
      ) : null}
    </>
  )
}

function Proposal({ row, mayAct }: { row: Row; mayAct: boolean }) {
  const [open, setOpen] = useState(false)
  const confirm = useCommand('institutions.confirm-setting')
  const reject = useCommand('institutions.reject-setting', { inPlace: true, onDone: () => setOpen(false) })
  const { proposal } = row
  if (!proposal) return null
  return (
    <>
      <div>
        {proposal.proposedBy}提出 {say(proposal.value, row.unit)}，自 <Day on={proposal.fromOn} />
      </div>
      <div className="nothing">依据：{proposal.source}</div>
      {mayAct ? (
        <>
          <ActButton
            main
            act={proposal.confirm}
            busy={confirm.running}
            confirm={`请对照“${proposal.source}”核对：${row.name} ${say(proposal.value, row.unit)}，自 ${proposal.fromOn} 执行。`}
            onAct={() => confirm.run({ id: proposal.id })}
          >
            确认
          </ActButton>{' '}
          <Button onClick={() => setOpen(true)}>不予确认</Button>
          <DecisionDialog
            open={open}
            onClose={() => setOpen(false)}
            title="不予确认"
            verb="不予确认"
            clause={row.clause}
            reasons={[
              { value: 'source', label: '与来源文件不符' },
              { value: 'withdrawn', label: '本人撤回' },
              { value: 'other', label: '其他' },
            ]}
            preview={({ words }) => `${row.name}的取值未获确认。\n理由：${words}`}
            onDecide={({ words }) => reject.run({ id: proposal.id, reason: words })}
            problem={reject.problem}
            running={reject.running}
          />
        </>
      ) : null}
    </>
  )
}

interface ProposalValues {
  value: number | string | boolean
  fromOn: string
  source: string
}

function ProposeDrawer({ row, onClose }: { row: Row | undefined; onClose: () => void }) {
  const propose = useCommand('institutions.propose-setting', { inPlace: true, onDone: onClose })
  return (
    <Drawer
      title={row ? `${row.name} ${row.occupation ?? ''}${row.level ?? ''}` : ''}
      open={row !== undefined}
      onClose={onClose}
      size={480}
      destroyOnHidden
    >
      {row ? (
        <DeskForm<ProposalValues, ProposalValues & { key: string }, unknown>
          draftKey={`setting:${row.key}`}
          command={propose}
          submitLabel="提出取值"
          toInput={(values) => ({ ...values, key: row.key })}
        >
          <FormField name="value" label={row.kind === 'money' ? '金额' : `取值（${row.unit}）`} required>
            <ValueInput kind={row.kind} />
          </FormField>
          <FormField name="fromOn" label="执行日期" required help="已有确认值的，须晚于其执行日期。">
            <DayInput />
          </FormField>
          <FormField name="source" label="依据" required help="写明来源文件、文号和条目，确认人要据此核对。">
            <Input.TextArea rows={3} maxLength={300} />
          </FormField>
        </DeskForm>
      ) : null}
    </Drawer>
  )
}

function ValueInput(props: {
  kind: Row['kind']
  id?: string
  value?: number | string | boolean
  onChange?: (value: number | string | boolean | undefined) => void
}) {
  const id = props.id ? { id: props.id } : {}
  switch (props.kind) {
    case 'number':
      return (
        <InputNumber
          {...id}
          min={1}
          max={10_000_000}
          precision={0}
          style={{ width: 160 }}
          value={typeof props.value === 'number' ? props.value : null}
          onChange={(value) => props.onChange?.(value ?? undefined)}
        />
      )
    case 'share':
      return (
        <InputNumber
          {...id}
          min={0.01}
          max={1}
          step={0.1}
          precision={2}
          style={{ width: 160 }}
          value={typeof props.value === 'number' ? props.value : null}
          onChange={(value) => props.onChange?.(value ?? undefined)}
        />
      )
    case 'money':
      return (
        <MoneyInput
          {...(props as { id?: string; value?: number; onChange?: (value: number | undefined) => void })}
        />
      )
    case 'yes-no':
      return (
        <Select
          {...id}
          style={{ width: 160 }}
          value={typeof props.value === 'boolean' ? String(props.value) : null}
          options={[
            { value: 'true', label: '是' },
            { value: 'false', label: '否' },
          ]}
          onChange={(value) => props.onChange?.(value === 'true')}
        />
      )
    default:
      return (
        <Input
          {...id}
          maxLength={100}
          placeholder={props.kind === 'month-day' ? '如 07-01' : ''}
          value={typeof props.value === 'string' ? props.value : ''}
          onChange={(event) => props.onChange?.(event.target.value)}
        />
      )
  }
}
