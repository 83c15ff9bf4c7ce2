import {
  ClauseTag,
  choicesOf,
  Day,
  ListPage,
  Masked,
  Nothing,
  StateOf,
  Unverified,
} from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { saveFile, useList } from '../api.ts'
import { HOURS_WORDS, LEVELS, stateOf, YEARS } from './words.ts'

/** Hours credited by rule from training certificates, in the viewer's scope. */
export function HoursPage() {
  const list = useList('benefits.list-hours')
  return (
    <ListPage
      title="继续教育学时"
      lead={
        <>
          培训合格证书颁发后，证书所载学时自动计入颁证当年，当年度全国有效；证书更正的随之更换，撤销的随之撤销。{' '}
          <ClauseTag id="HB-5.1" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/benefits/hours/${row.id}`}
      searchHint="姓名、编号、机构、职业或市州"
      filters={[
        { name: 'year', label: '计入年度', choices: YEARS },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'state', label: '状态', choices: choicesOf(HOURS_WORDS) },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.holderName },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '计入年度', render: (row) => row.year, right: true },
        { title: '学时', render: (row) => score(row.hoursTenths), right: true },
        { title: '状态', render: (row) => <StateOf state={stateOf(row)} of={HOURS_WORDS} /> },
        { title: '科目', render: (row) => (row.subjectKind ? `${row.subjectKind}科目` : <Unverified />) },
        { title: '职业', render: (row) => `${row.occupationName} ${row.level}` },
        { title: '培训机构', render: (row) => row.organisationName },
        { title: '市州', render: (row) => row.cityName ?? <Nothing /> },
        { title: '培训合格证书', render: (row) => row.certificateNumber },
        { title: '登记日期', render: (row) => <Day on={row.creditedOn} /> },
      ]}
      onExport={() => saveFile('benefits.export-hours', list.values)}
      empty="还没有计入的学时。颁发培训合格证书后会自动登记，不用另外申报。"
    />
  )
}
