import { choicesOf, Day, ListPage } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { columns, type DeclarationRow } from './declarations-page.tsx'
import { confirmationActs, useConfirmation } from './use-confirmation.tsx'
import { LEVELS, OUTCOME_WORDS, SOURCES } from './words.ts'

/** 资格确认: the evaluation institution's desk, exceptions first. */
export function ConfirmationPage() {
  const list = useList('exams.list-declarations', { state: 'submitted' })
  const confirmation = useConfirmation()
  return (
    <ListPage<DeclarationRow>
      title="资格确认"
      lead="例外在前：不符合、材料不足的先处理；结论“符合”的可以成批确认。确认当日按事实再核对一次。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.personName}
      rowLink={(row) => `/exams/declarations/${row.id}`}
      isUrgent={(row) => row.outcome === '不符合'}
      searchHint="姓名、申报编号或批次"
      filters={[
        { name: 'outcome', label: '规则结论', choices: choicesOf(OUTCOME_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'source', label: '申报方式', choices: SOURCES },
      ]}
      columns={[
        columns.name,
        columns.outcome,
        columns.what,
        columns.training,
        columns.number,
        columns.idNumber,
        { title: '批次', render: (row) => row.batchNumber ?? '本人申报' },
        { title: '提交日期', render: (row) => <Day on={row.submittedAt} /> },
      ]}
      bulk={confirmationActs(confirmation)}
      onExport={() => saveFile('exams.export-declarations', { ...list.values, state: 'submitted' })}
      empty="没有待资格确认的申报。"
    >
      {confirmation.dialogs}
    </ListPage>
  )
}
