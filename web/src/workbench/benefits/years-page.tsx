import { ClauseTag, Day, ListPage, Masked } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { saveFile, useList } from '../api.ts'
import { YEARS } from './words.ts'

/** What each person has in each year, as far as the viewer's scope reaches. */
export function YearsPage() {
  const list = useList('benefits.list-yearly-hours')
  return (
    <ListPage
      title="个人年度学时"
      lead={
        <>
          每人每年度现行有效的学时合计，只含本单位管理范围内登记的学时。 <ClauseTag id="HB-5.1" />
        </>
      }
      list={list}
      rowKey={(row) => `${row.personId} ${row.year}`}
      rowLink={(row) => `/benefits/years/${row.personId}/${row.year}`}
      searchHint="姓名或培训机构"
      filters={[{ name: 'year', label: '计入年度', choices: YEARS }]}
      columns={[
        { title: '姓名', render: (row) => row.holderName },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '计入年度', render: (row) => row.year, right: true },
        { title: '学时合计', render: (row) => score(row.hoursTenths), right: true },
        { title: '证书数', render: (row) => row.credits, right: true },
        { title: '培训机构', render: (row) => row.organisations },
        { title: '最近登记', render: (row) => <Day on={row.lastCreditedOn} /> },
      ]}
      onExport={() => saveFile('benefits.export-yearly-hours', list.values)}
      empty="还没有计入的学时。颁发培训合格证书后会自动登记。"
    />
  )
}
