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
import { saveFile, useList } from '../api.ts'
import { EFFECTS, LEVELS, stateOf, TITLE_WORDS, YEARS } from './words.ts'

/** What level certificates mean for titles, by rule, in the viewer's scope. */
export function TitlesPage() {
  const list = useList('benefits.list-titles')
  return (
    <ListPage
      title="职称认定"
      lead={
        <>
          初级、中级等级证书直接认定相应专业职称；高级证书作为申报高级职称评审的重要参考，不直接认定。{' '}
          <ClauseTag id="HB-5.2" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/benefits/titles/${row.id}`}
      searchHint="姓名、编号、机构、职业或市州"
      filters={[
        { name: 'year', label: '认定年份', choices: YEARS },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'state', label: '状态', choices: choicesOf(TITLE_WORDS) },
      ]}
      columns={[
        { title: '姓名', render: (row) => row.holderName },
        { title: '证件号码', render: (row) => <Masked number={row.maskedIdNumber} /> },
        { title: '认定结果', render: (row) => row.titleLevel },
        { title: '状态', render: (row) => <StateOf state={stateOf(row)} of={TITLE_WORDS} /> },
        { title: '方式', render: (row) => EFFECTS[row.effect] },
        { title: '专业', render: (row) => <Unverified>{row.specialty}</Unverified> },
        { title: '职业', render: (row) => `${row.occupationName} ${row.level}` },
        { title: '评价机构', render: (row) => row.organisationName },
        { title: '市州', render: (row) => row.cityName ?? <Nothing /> },
        { title: '等级证书', render: (row) => row.certificateNumber },
        { title: '认定日期', render: (row) => <Day on={row.recognisedOn} /> },
      ]}
      onExport={() => saveFile('benefits.export-titles', list.values)}
      empty="还没有职称认定。颁发专业技术等级证书后会按规则自动认定，不用另外申报。"
    />
  )
}
