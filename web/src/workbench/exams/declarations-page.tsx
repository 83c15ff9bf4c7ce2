import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { choicesOf, ListPage, Masked, Nothing, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { DECLARATION_WORDS, LEVELS, OUTCOME_WORDS, RESULT_WORDS, SOURCES } from './words.ts'

export type DeclarationRow = OutputOf<WorkbenchApi, 'exams.list-declarations'>['rows'][number]

const what = (row: DeclarationRow) =>
  [row.occupationName, row.direction, row.level].filter(Boolean).join(' · ')

/** Columns of a declaration, for every list that shows one. */
export const columns = {
  name: { title: '姓名', render: (row: DeclarationRow) => row.personName },
  outcome: {
    title: '规则结论',
    render: (row: DeclarationRow) => <StateOf state={row.outcome} of={OUTCOME_WORDS} />,
  },
  state: {
    title: '状态',
    render: (row: DeclarationRow) => <StateOf state={row.state} of={DECLARATION_WORDS} />,
  },
  what: { title: '职业与等级', render: what },
  number: { title: '申报编号', render: (row: DeclarationRow) => <span className="num">{row.number}</span> },
  idNumber: {
    title: '证件号码',
    render: (row: DeclarationRow) => <Masked number={row.maskedIdNumber} />,
  },
  training: { title: '培训机构', render: (row: DeclarationRow) => row.trainingOrganisation },
}

/** 等级申报: every declaration the viewer may see. */
export function DeclarationsPage() {
  const list = useList('exams.list-declarations')
  return (
    <ListPage<DeclarationRow>
      title="等级申报"
      lead="取得培训合格证书并符合国家职业标准申报条件的学员，向评价机构申报等级考核。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.personName}
      rowLink={(row) => `/exams/declarations/${row.id}`}
      searchHint="姓名、申报编号或批次"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(DECLARATION_WORDS) },
        { name: 'outcome', label: '规则结论', choices: choicesOf(OUTCOME_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'source', label: '申报方式', choices: SOURCES },
      ]}
      columns={[
        columns.name,
        columns.outcome,
        columns.state,
        columns.what,
        columns.number,
        columns.idNumber,
        columns.training,
        { title: '评价机构', render: (row) => row.evaluationOrganisation },
        {
          title: '考核',
          render: (row) =>
            row.result ? (
              <StateOf state={row.result} of={RESULT_WORDS} />
            ) : (
              (row.sittingNumber ?? <Nothing />)
            ),
        },
      ]}
      onExport={() => saveFile('exams.export-declarations', list.values)}
      empty="还没有等级申报。培训机构颁发培训合格证书后，可组织学员申报。"
    />
  )
}
