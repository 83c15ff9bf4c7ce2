import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { ActLink, choicesOf, Day, ListPage, StateOf } from '../../ui/desk/index.ts'
import { useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { BATCH_WORDS } from './words.ts'

type Row = OutputOf<WorkbenchApi, 'exams.list-batches'>['rows'][number]

/** 申报批次: what training institutions hand over, and how far the confirmation is. */
export function BatchesPage() {
  const list = useList('exams.list-batches')
  const prepares = useMe().data?.permissions.includes('declarations.prepare')
  return (
    <ListPage<Row>
      title="申报批次"
      lead="培训机构组织已结业学员，成批向备案的评价机构申报。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.number}
      rowLink={(row) => `/exams/batches/${row.id}`}
      searchHint="批次编号"
      filters={[{ name: 'state', label: '状态', choices: choicesOf(BATCH_WORDS) }]}
      columns={[
        { title: '批次编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '培训机构', render: (row) => row.trainingOrganisation },
        { title: '评价机构', render: (row) => row.evaluationOrganisation },
        { title: '状态', render: (row) => <StateOf state={row.state} of={BATCH_WORDS} /> },
        { title: '人数', render: (row) => row.total, right: true },
        { title: '例外', render: (row) => row.exceptions, right: true },
        { title: '待确认', render: (row) => row.waiting, right: true },
        { title: '已确认', render: (row) => row.qualified, right: true },
        { title: '退回', render: (row) => row.returned, right: true },
        { title: '提交日期', render: (row) => <Day on={row.submittedAt} /> },
      ]}
      acts={
        prepares ? (
          <ActLink to="/exams/batches/new" main>
            组织申报
          </ActLink>
        ) : undefined
      }
      empty={
        prepares
          ? '还没有申报批次。学员取得培训合格证书后，点“组织申报”选人提交。'
          : '还没有收到申报批次。培训机构提交后在此出现。'
      }
    />
  )
}
