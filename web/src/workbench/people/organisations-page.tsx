import { ActLink, ListPage, Nothing } from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useList } from '../api.ts'
import { ORGANISATION_KINDS } from './words.ts'

export function OrganisationsPage() {
  const list = useList('people.list-organisations')
  const me = useApiQuery('people.me')
  return (
    <ListPage
      title="单位"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/people/organisations/${row.id}`}
      searchHint="名称或统一社会信用代码"
      filters={[{ name: 'kind', label: '类别', choices: ORGANISATION_KINDS }]}
      columns={[
        { title: '名称', render: (row) => row.name },
        { title: '类别', render: (row) => row.kindTitle },
        {
          title: '统一社会信用代码',
          render: (row) => (row.creditCode ? <span className="num">{row.creditCode}</span> : <Nothing />),
        },
        { title: '联系人', render: (row) => row.contactName ?? <Nothing /> },
        { title: '联系电话', render: (row) => row.contactPhone ?? <Nothing /> },
        { title: '工作人员', render: (row) => row.staffCount, right: true },
      ]}
      onExport={() => saveFile('people.export-organisations', list.input as never)}
      acts={
        me.data?.permissions.includes('people.register-organisation') ? (
          <ActLink to="/people/organisations/new" main>
            登记单位
          </ActLink>
        ) : null
      }
      empty="还没有登记单位。"
    />
  )
}
