import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { choicesOf, Instant, ListPage, StateOf } from '../../../ui/desk/index.ts'
import { saveFile, useList } from '../../api.ts'
import { ARRANGEMENT_WORDS } from '../words.ts'

type Row = OutputOf<WorkbenchApi, 'halls.list-arrangements'>['rows'][number]

/** 考场编排: planned sittings to arrange, and all that were. */
export function ArrangementsPage() {
  const list = useList('halls.list-arrangements')
  return (
    <ListPage<Row>
      title="考场编排"
      lead="为已安排的考核选定考场、安排监考、公开抽签排座，发布准考证。"
      list={list}
      rowKey={(row) => row.sittingId}
      rowName={(row) => row.title}
      rowLink={(row) =>
        row.state ? `/halls/arrangements/${row.sittingId}` : `/halls/arrangements/${row.sittingId}/begin`
      }
      searchHint="场次编号、名称或统考"
      filters={[
        { name: 'state', label: '编排', choices: choicesOf(ARRANGEMENT_WORDS) },
        { name: 'startsFrom', label: '考核不早于' },
        { name: 'startsTo', label: '考核不晚于' },
      ]}
      columns={[
        { title: '场次', render: (row) => row.title },
        { title: '开始', render: (row) => <Instant at={row.startsAt} /> },
        { title: '编排', render: (row) => <StateOf state={row.state ?? 'none'} of={ARRANGEMENT_WORDS} /> },
        { title: '考生', render: (row) => row.candidates, right: true },
        { title: '考场', render: (row) => row.halls, right: true },
        { title: '已排座', render: (row) => row.seated, right: true },
        { title: '准考证', render: (row) => (row.ticketsPublishedAt ? '已发布' : '未发布') },
        { title: '统考', render: (row) => row.family ?? '' },
        { title: '评价机构', render: (row) => row.organisation },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
      ]}
      onExport={() => saveFile('halls.export-arrangements', list.values)}
      empty="没有可编排的场次。请先在考核场次中安排考核。"
    />
  )
}
