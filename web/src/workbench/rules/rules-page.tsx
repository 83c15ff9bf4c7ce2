import { ClauseTag, Day, ListPage, Nothing, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { PLACES, REVISION_STATES, TOPICS } from './words.ts'

/** Every rule the reader's province goes by, its own and the national ones. */
export function RulesPage() {
  const list = useList('rules.list')
  return (
    <ListPage
      title="规则"
      lead="资格、待遇和禁止事项都按这些规则判定。本省的规则可以修订；国家规则只能落实其中留给下级规定的事项。"
      list={list}
      rowKey={(row) => `${row.jurisdiction} ${row.rule}`}
      rowLink={(row) => `/rules/texts/${row.jurisdiction}/${row.rule}`}
      searchHint="规则名称"
      filters={[
        { name: 'topic', label: '类别', choices: TOPICS },
        { name: 'jurisdiction', label: '辖区', choices: PLACES },
        {
          name: 'state',
          label: '修订',
          choices: [
            { value: 'none', label: '没有修订' },
            { value: 'open', label: '修订在办' },
            { value: 'coming', label: '新版本待施行' },
          ],
        },
      ]}
      columns={[
        { title: '规则', render: (row) => row.name, width: 260 },
        { title: '辖区', render: (row) => row.place },
        { title: '类别', render: (row) => row.topic },
        { title: '依据', render: (row) => <ClauseTag id={row.clause} /> },
        { title: '现行版本自', render: (row) => <Day on={row.inForceFrom} /> },
        { title: '新版本自', render: (row) => <Day on={row.nextFrom} /> },
        {
          title: '留给下级规定',
          render: (row) => (row.terms.length > 0 ? row.terms.join('、') : <Nothing />),
        },
        {
          title: '修订',
          render: (row) =>
            row.revision ? <StateOf state={row.revision.state} of={REVISION_STATES} /> : <Nothing />,
        },
      ]}
      onExport={() => saveFile('rules.export', list.values)}
      empty="您的管辖范围内还没有规则。"
    />
  )
}
