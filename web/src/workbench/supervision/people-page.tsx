import { Day, ListPage, Masked, useAddressSearch } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'

const STAGES = [
  { value: 'registered', label: '报名' },
  { value: 'admitted', label: '录取' },
  { value: 'trained', label: '取得培训合格证书' },
  { value: 'declared', label: '申报等级' },
  { value: 'qualified', label: '资格确认' },
  { value: 'passed', label: '考核合格' },
  { value: 'certified', label: '取得等级证书' },
]

/** The people behind a figure of the overview, from the same rows the figure counts. */
export function PeoplePage() {
  const search = useAddressSearch()
  const stage = search.stage ?? 'trained'
  const year = Number(search.year) || new Date().getFullYear()
  const list = useList('supervision.list-people', { stage, year })
  const name = STAGES.find((one) => one.value === stage)?.label ?? ''
  return (
    <ListPage
      title={`${year} 年${name}人员`}
      lead="一人有多条记录时逐条列出；汇总数字中同一人只计一次。导出会记入操作日志。"
      list={list}
      rowKey={(row) => `${row.personId} ${row.record}`}
      searchHint="姓名、机构、编号"
      filters={[
        { name: 'stage', label: '环节', choices: STAGES },
        {
          name: 'level',
          label: '等级',
          choices: ['初级', '中级', '高级'].map((level) => ({ value: level, label: level })),
        },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.name },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '市州', render: (row) => row.cityName ?? '省直' },
        { title: '机构', render: (row) => row.organisationName },
        { title: '职业', render: (row) => row.occupationName },
        { title: '等级', render: (row) => row.level },
        { title: '日期', render: (row) => <Day on={row.onDay} /> },
        { title: '记录', render: (row) => row.record },
      ]}
      onExport={() => saveFile('supervision.export-people', { ...search, stage, year } as never)}
      empty="所选年度和环节还没有人员。可更换年度或环节。"
    />
  )
}
