import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { choicesOf, Instant, ListPage, StateOf } from '../../../ui/desk/index.ts'
import { useList } from '../../api.ts'
import { ARRANGEMENT_WORDS } from '../words.ts'

type Row = OutputOf<WorkbenchApi, 'halls.list-paper-sittings'>['rows'][number]
const { none: _none, ...STATES } = ARRANGEMENT_WORDS

function SittingsList(props: { title: string; lead: string; to: string; empty: string }) {
  const list = useList('halls.list-paper-sittings')
  return (
    <ListPage<Row>
      title={props.title}
      lead={props.lead}
      list={list}
      rowKey={(row) => row.sittingId}
      rowName={(row) => row.title}
      rowLink={(row) => `${props.to}/${row.sittingId}`}
      searchHint="场次名称或编号"
      filters={[{ name: 'state', label: '状态', choices: choicesOf(STATES) }]}
      columns={[
        { title: '场次', render: (row) => row.title },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '评价机构', render: (row) => row.organisation },
        { title: '开考', render: (row) => <Instant at={row.startsAt} /> },
        { title: '考生', render: (row) => row.candidates, right: true },
        {
          title: '试卷',
          render: (row) =>
            row.imported === 0 ? '未导入' : `已导入 ${row.imported} 科，已复核 ${row.approved} 科`,
        },
        {
          title: '封装',
          render: (row) => (row.expected === null ? '未封装' : `${row.sealed} / ${row.expected} 份`),
        },
        { title: '档案', render: (row) => (row.archives === 0 ? '无' : `${row.archives} 份`) },
        { title: '状态', render: (row) => <StateOf state={row.state} of={ARRANGEMENT_WORDS} /> },
      ]}
      empty={props.empty}
    />
  )
}

/** 试卷与阅卷: sittings with how far their papers are. */
export function PapersPage() {
  return (
    <SittingsList
      title="试卷与阅卷"
      lead="试卷经第二人复核后，为每名考生单独加密封装；开考时刻才给出密钥。"
      to="/halls/papers"
      empty="还没有机考场次。请先在「考场编排」中编排场次。"
    />
  )
}

/** 档案与回放: the same sittings, seen from their end. */
export function ArchivesPage() {
  return (
    <SittingsList
      title="档案与回放"
      lead="考后一场一份档案，带签名，离开平台也能核验。"
      to="/halls/archives"
      empty="还没有机考场次。场次结束后在此制作档案、回放作答轨迹。"
    />
  )
}
