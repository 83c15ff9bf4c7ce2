import { ActLink, ClauseTag, choicesOf, Day, ListPage, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { KINDS, REVISION_STATES } from './words.ts'

export function RevisionsPage() {
  const list = useList('rules.list-revisions')
  return (
    <ListPage
      title="规则修订"
      lead="一人起草并提交，同厅另一人核对确认；自施行日起生效，不追溯。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/rules/revisions/${row.id}`}
      searchHint="规则、编号或理由"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(REVISION_STATES) },
        {
          name: 'kind',
          label: '种类',
          choices: Object.entries(KINDS).map(([value, label]) => ({ value, label })),
        },
      ]}
      columns={[
        { title: '规则', render: (row) => row.title, width: 260 },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '种类', render: (row) => row.kindName },
        { title: '施行日期', render: (row) => <Day on={row.fromOn} /> },
        { title: '依据', render: (row) => <ClauseTag id={row.clause} /> },
        { title: '起草人', render: (row) => row.draftedBy },
        { title: '状态', render: (row) => <StateOf state={row.state} of={REVISION_STATES} /> },
      ]}
      onExport={() => saveFile('rules.export-revisions', list.values)}
      empty="还没有规则修订。请在规则页面选择“修订规则”开始起草。"
      emptyAct={<ActLink to="/rules/texts">查看规则</ActLink>}
    />
  )
}
