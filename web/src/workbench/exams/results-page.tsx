import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { choicesOf, Day, ListPage, Masked, Nothing, StateOf } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { saveFile, useList } from '../api.ts'
import { LEVELS, MARK_WORDS, RESULT_WORDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'exams.list-results'>['rows'][number]

/** 考核成绩: published results only. */
export function ResultsPage() {
  const list = useList('exams.list-results')
  return (
    <ListPage<Row>
      title="考核成绩"
      lead="只列已公布的成绩。两科均须合格。"
      list={list}
      rowKey={(row) => row.candidateId}
      rowName={(row) => row.personName}
      rowLink={(row) => `/exams/declarations/${row.declarationId}`}
      searchHint="姓名、准考证号或场次"
      filters={[
        { name: 'result', label: '结果', choices: choicesOf(RESULT_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.personName },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '准考证号', render: (row) => <span className="num">{row.ticketNumber}</span> },
        { title: '场次', render: (row) => row.sittingTitle },
        {
          title: '职业与等级',
          render: (row) => [row.occupationName, row.direction, row.level].filter(Boolean).join(' · '),
        },
        { title: '次数', render: (row) => (row.attempt > 1 ? `第 ${row.attempt} 次` : '首次') },
        {
          title: '理论',
          render: (row) => <PartScore mark={row.theoryMark} tenths={row.theoryScoreTenths} />,
          right: true,
        },
        {
          title: '能力',
          render: (row) => <PartScore mark={row.abilityMark} tenths={row.abilityScoreTenths} />,
          right: true,
        },
        { title: '结果', render: (row) => <StateOf state={row.result} of={RESULT_WORDS} /> },
        { title: '考核日期', render: (row) => <Day on={row.endedOn} /> },
      ]}
      onExport={() => saveFile('exams.export-results', list.values)}
      empty="还没有公布的成绩。评价机构公布后在此出现。"
    />
  )
}

export function PartScore({ mark, tenths }: { mark: string; tenths: number | null }) {
  if (mark !== 'present') return <StateOf state={mark} of={MARK_WORDS} />
  return tenths === null ? <Nothing /> : <span className="num">{score(tenths)}</span>
}
