import { choicesOf, Day, DueText, ListPage, StateOf, StateTag } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { REPORT_WORDS } from './words.ts'

/** 培训报告: institutions send, city and province receive; late ones stand out (HB-4.3). */
export function ReportsPage() {
  const list = useList('training.list-reports')
  return (
    <ListPage
      title="培训报告"
      lead="培训结业 30 日内，培训机构将学员名单和培训情况报省、市人力资源和社会保障部门。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/training/reports/${row.id}`}
      isUrgent={(row) => row.overdue && row.state !== 'received'}
      searchHint="班级名称或报告编号"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(REPORT_WORDS) },
        {
          name: 'overdue',
          label: '期限',
          choices: [
            { value: 'true', label: '逾期' },
            { value: 'false', label: '按期' },
          ],
        },
      ]}
      columns={[
        { title: '班级', render: (row) => row.className },
        { title: '培训机构', render: (row) => row.organisation },
        { title: '职业等级', render: (row) => `${row.occupation} ${row.level}` },
        {
          title: '结业 / 在读',
          right: true,
          render: (row) => `${row.summary.completed} / ${row.summary.admitted}`,
        },
        {
          title: '期限',
          render: (row) =>
            row.daysLeft === null ? <Day on={row.dueOn} /> : <DueText on={row.dueOn} left={row.daysLeft} />,
        },
        {
          title: '状态',
          render: (row) => (
            <>
              <StateOf state={row.state} of={REPORT_WORDS} />{' '}
              {row.overdue ? <StateTag tone="refused">逾期</StateTag> : null}
            </>
          ),
        },
        { title: '报告编号', render: (row) => <span className="num">{row.number}</span> },
      ]}
      onExport={() => saveFile('training.export-reports', list.values as never)}
      empty="还没有培训报告。班级办理结业后自动生成。"
    />
  )
}
