import { clauseLabel, Instant, ListPage, StateOf, type StateWords } from '../../ui/desk/index.ts'
import { useList } from '../api.ts'
import { CHANGE_WORDS } from './states.ts'

const STATES: StateWords = {
  open: ['待复核', 'waiting'],
  approved: ['已同意', 'done'],
  rejected: ['不同意', 'refused'],
}

/** Corrections, withdrawals and reinstatements, those that wait for a second person first. */
export function ChangesPage() {
  const list = useList('certificates.list-changes')
  return (
    <ListPage
      title="证书变更"
      lead="更正、撤销和恢复由一人提出、另一人复核，公众查验结果随之改变，原记录永久保留。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/certificates/issued/${row.certificateId}`}
      filters={[{ name: 'open', label: '状态', choices: [{ value: '1', label: '只看待复核' }] }]}
      columns={[
        { title: '证书编号', render: (row) => row.certificateNumber },
        { title: '持证人', render: (row) => row.holderName },
        { title: '评价机构', render: (row) => row.organisationName },
        { title: '变更', render: (row) => CHANGE_WORDS[row.kind] },
        { title: '原因', render: (row) => `${row.reason}（${clauseLabel(row.clause)}）` },
        { title: '提出', render: (row) => row.proposedByName },
        { title: '提出时间', render: (row) => <Instant at={row.proposedAt} /> },
        { title: '复核', render: (row) => <StateOf state={row.decision ?? 'open'} of={STATES} /> },
      ]}
      empty="没有证书变更。需要更正或撤销时，从证书页面提出。"
    />
  )
}
