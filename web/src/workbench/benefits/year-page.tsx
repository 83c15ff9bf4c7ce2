import { ClauseTag, choicesOf, Day, ListPage, StateOf, Unverified, useParam } from '../../ui/desk/index.ts'
import { score } from '../../ui/format.ts'
import { saveFile, useList } from '../api.ts'
import { HOURS_WORDS, LEVELS, stateOf } from './words.ts'

/** One person's year, behind its total: each credit with its certificate, revoked ones too. */
export function YearPage() {
  const personId = useParam('personId')
  const year = Number(useParam('year'))
  const list = useList('benefits.list-hours', { personId, year })
  return (
    <ListPage
      title={`${list.rows[0]?.holderName ?? ''} ${year} 年度学时`}
      lead={
        <>
          已撤销的不计入合计。 <ClauseTag id="HB-5.1" />
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      rowLink={(row) => `/benefits/hours/${row.id}`}
      searchHint="编号、机构或职业"
      filters={[
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'state', label: '状态', choices: choicesOf(HOURS_WORDS) },
      ]}
      columns={[
        { title: '登记编号', render: (row) => row.number },
        { title: '学时', render: (row) => score(row.hoursTenths), right: true },
        { title: '科目', render: (row) => (row.subjectKind ? `${row.subjectKind}科目` : <Unverified />) },
        { title: '职业', render: (row) => `${row.occupationName} ${row.level}` },
        { title: '培训机构', render: (row) => row.organisationName },
        { title: '培训合格证书', render: (row) => row.certificateNumber },
        { title: '登记日期', render: (row) => <Day on={row.creditedOn} /> },
        { title: '状态', render: (row) => <StateOf state={stateOf(row)} of={HOURS_WORDS} /> },
      ]}
      onExport={() => saveFile('benefits.export-hours', { ...list.values, personId, year })}
      empty="这一年度没有计入的学时。"
    />
  )
}
