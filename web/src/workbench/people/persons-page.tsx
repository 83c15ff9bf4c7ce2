import { ListPage, Masked, Nothing } from '../../ui/desk/index.ts'
import { useList } from '../api.ts'
import { FindByNumber } from './find-by-number.tsx'

/** Persons in scope, masked. Opening one asks what for. */
export function PersonsPage() {
  const list = useList('people.list-persons')
  return (
    <ListPage
      title="人员"
      lead="机构只看到本机构报名或申报的人员，人社部门只看到本辖区人员。打开资料须说明用途，并留下记录。"
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/people/persons/${row.id}`}
      searchHint="姓名"
      acts={<FindByNumber />}
      columns={[
        { title: '姓名', render: (row) => row.name },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '手机', render: (row) => <Masked number={row.phoneMasked} /> },
        { title: '所在市州', render: (row) => row.cityName ?? <Nothing /> },
        { title: '资料', render: (row) => row.facts, right: true },
        { title: '待核验', render: (row) => row.unverified, right: true },
      ]}
      empty="还没有可查看的人员。学员报名或申报后会出现在这里。"
    />
  )
}
