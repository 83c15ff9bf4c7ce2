import {
  ClauseTag,
  choicesOf,
  Day,
  ListPage,
  Nothing,
  StateOf,
  type StateWords,
} from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { DutyDue } from './desk-page.tsx'

const STATES: StateWords = {
  open: ['办理中', 'running'],
  overdue: ['已逾期', 'refused'],
  fulfilled: ['已办结', 'done'],
  fulfilled_late: ['逾期办结', 'waiting'],
  cancelled: ['已取消', 'idle'],
}

/** Every duty of the scope, open and settled. */
export function DutiesPage() {
  const list = useList('duties.list')
  return (
    <ListPage
      title="全部待办"
      lead="期限按政策时限计算；政策没有规定期限的，不设到期日。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => row.link}
      isUrgent={(row) => row.state === 'overdue'}
      searchHint="事项或责任单位"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(STATES) },
        { name: 'dueFrom', label: '期限不早于' },
        { name: 'dueTo', label: '期限不晚于' },
      ]}
      columns={[
        { title: '事项', render: (row) => row.title },
        { title: '责任单位', render: (row) => `${row.holder}（${row.holderRole}）` },
        { title: '期限', render: (row) => <DutyDue duty={row} /> },
        { title: '依据', render: (row) => (row.clause ? <ClauseTag id={row.clause} /> : <Nothing />) },
        { title: '起算', render: (row) => <Day on={row.startedOn} /> },
        { title: '办结', render: (row) => <Day on={row.fulfilledOn} /> },
        { title: '状态', render: (row) => <StateOf state={row.state} of={STATES} /> },
      ]}
      onExport={() => saveFile('duties.export', list.input as never)}
      empty="还没有待办。"
    />
  )
}
