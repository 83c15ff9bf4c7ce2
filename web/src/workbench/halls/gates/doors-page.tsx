import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { Instant, ListPage, StateOf } from '../../../ui/desk/index.ts'
import { useList } from '../../api.ts'
import { ROLE_WORDS } from '../words.ts'
import { HALL_WORDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'halls.list-doors'>['rows'][number]

/** The halls of sittings, the own ones first: where candidates come in. */
export function DoorsPage() {
  const list = useList('halls.list-doors')
  return (
    <ListPage<Row>
      title="入场核验"
      lead="每场考试的每个考场一行，您监考的排在前面。"
      list={list}
      rowKey={(row) => `${row.sittingId}/${row.hallId}`}
      rowLink={(row) => `/halls/doors/${row.sittingId}/${row.hallId}`}
      searchHint="场次、考点或考场"
      filters={[
        { name: 'mine', label: '范围', choices: [{ value: 'yes', label: '我监考的' }] },
        { name: 'on', label: '考试日期' },
      ]}
      columns={[
        { title: '考场', render: (row) => `${row.site} ${row.hall}` },
        { title: '场次', render: (row) => row.title },
        { title: '开始', render: (row) => <Instant at={row.startsAt} /> },
        { title: '我的职责', render: (row) => (row.role ? ROLE_WORDS[row.role] : '') },
        { title: '已入场', render: (row) => `${row.admitted} / ${row.seated}`, right: true },
        { title: '状态', render: (row) => <StateOf state={row.state} of={HALL_WORDS} /> },
      ]}
      empty="没有符合条件的考场。场次编排考场、抽签排座后会出现在这里。"
    />
  )
}
