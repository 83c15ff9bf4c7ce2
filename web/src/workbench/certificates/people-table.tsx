import { Input } from 'antd'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { Masked, StateOf, WideTable } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { ITEM_WORDS } from './states.ts'

export type Person = OutputOf<WorkbenchApi, 'certificates.read-report'>['people'][number]

/** Who stands in a report. With `reasons` each row takes a reason to keep back or send back that person. */
export function PeopleTable(props: {
  people: Person[]
  reasons?: {
    title: string
    hint: string
    values: Record<string, string>
    onChange: (id: string, reason: string) => void
  }
}) {
  const { reasons } = props
  return (
    <WideTable<Person>
      size="small"
      rowKey="id"
      dataSource={props.people}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: '本场没有合格考生。' }}
      columns={[
        { title: '序号', dataIndex: 'position', width: 64 },
        { title: '姓名', dataIndex: 'holderName' },
        { title: '证件号码', render: (_, row) => <Masked number={row.maskedIdNumber} /> },
        { title: '准考证号', dataIndex: 'ticketNumber' },
        { title: '次数', render: (_, row) => (row.attempt > 1 ? `第 ${row.attempt} 次` : '首次') },
        { title: '理论', align: 'right', render: (_, row) => score(row.theoryScoreTenths) },
        { title: '能力', align: 'right', render: (_, row) => score(row.abilityScoreTenths) },
        reasons
          ? {
              title: reasons.title,
              render: (_, row) => (
                <Input
                  aria-label={`${row.holderName}${reasons.title}`}
                  placeholder={reasons.hint}
                  maxLength={200}
                  style={{ width: 220 }}
                  value={reasons.values[row.id] ?? ''}
                  onChange={(event) => reasons.onChange(row.id, event.target.value)}
                />
              ),
            }
          : {
              title: '状态',
              render: (_, row) => (
                <>
                  <StateOf state={row.state} of={ITEM_WORDS} />
                  {row.reason ? `：${row.reason}` : ''}
                </>
              ),
            },
      ]}
    />
  )
}

/** Reasons that say something, as the commands take them. */
export function withReason(values: Record<string, string>): { itemId: string; reason: string }[] {
  return Object.entries(values)
    .map(([itemId, reason]) => ({ itemId, reason: reason.trim() }))
    .filter((one) => one.reason !== '')
}
