import { Link } from '@tanstack/react-router'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import {
  ActLink,
  ClauseTag,
  DeskPage,
  DueText,
  Group,
  Loaded,
  Nothing,
  WideTable,
} from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { ScopeFigures } from './scope-figures.tsx'

type Desk = OutputOf<WorkbenchApi, 'duties.desk'>
export type Duty = Desk['mine']['rows'][number]

/** 待办: what is mine to do, most urgent first; below, for supervisors, what others let pass. */
export function DutiesDeskPage() {
  const query = useApiQuery('duties.desk')
  return (
    <DeskPage title="我的待办" acts={<ActLink to="/duties">全部待办</ActLink>}>
      <Loaded query={query}>
        {({ mine, supervised }) => (
          <>
            <Group title={`等我办理（${mine.total}）`}>
              <DutyTable
                label="等我办理"
                duties={mine.rows}
                act="去办理"
                empty="现在没有等您办理的事项。有新的事项时会按紧急程度排在这里。"
              />
              <More shown={mine.rows.length} total={mine.total} />
            </Group>
            {supervised ? (
              <Group title={`辖区内逾期（${supervised.total}）`}>
                <DutyTable
                  label="辖区内逾期"
                  duties={supervised.rows}
                  act="查看"
                  withHolder
                  empty="辖区内没有逾期事项。"
                />
                <More shown={supervised.rows.length} total={supervised.total} />
              </Group>
            ) : null}
          </>
        )}
      </Loaded>
      <ScopeFigures />
    </DeskPage>
  )
}

function More({ shown, total }: { shown: number; total: number }) {
  if (shown >= total) return null
  return (
    <p>
      只列最紧急的 {shown} 项，<Link to="/duties">查看全部 {total} 项</Link>。
    </p>
  )
}

function DutyTable(props: {
  label: string
  duties: Duty[]
  act: string
  empty: string
  withHolder?: boolean
}) {
  return (
    <WideTable<Duty>
      className="list-table"
      size="middle"
      aria-label={props.label}
      rowKey="id"
      dataSource={props.duties}
      pagination={false}
      rowClassName={(row) => (row.state === 'overdue' ? 'row-urgent' : '')}
      locale={{ emptyText: <div className="list-empty">{props.empty}</div> }}
      columns={[
        { title: '事项', key: 'title', render: (_, row) => <Link to={row.link}>{row.title}</Link> },
        ...(props.withHolder
          ? [
              {
                title: '责任单位',
                key: 'holder',
                render: (_: unknown, row: Duty) => `${row.holder}（${row.holderRole}）`,
              },
            ]
          : []),
        { title: '期限', key: 'due', render: (_, row) => <DutyDue duty={row} /> },
        {
          title: '依据',
          key: 'clause',
          render: (_, row) => (row.clause ? <ClauseTag id={row.clause} /> : <Nothing />),
        },
        { title: '办理', key: 'act', render: (_, row) => <ActLink to={row.link}>{props.act}</ActLink> },
      ]}
    />
  )
}

export function DutyDue({ duty }: { duty: Duty }) {
  if (!duty.dueOn) return <>没有规定期限</>
  return <DueText on={duty.dueOn} left={duty.daysLeft} unit={duty.unit} provisional={duty.provisional} />
}
