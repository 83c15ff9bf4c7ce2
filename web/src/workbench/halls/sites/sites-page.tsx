import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { ActLink, choicesOf, ListPage, StateOf } from '../../../ui/desk/index.ts'
import { saveFile, useList } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { SITE_WORDS } from '../words.ts'

type Row = OutputOf<WorkbenchApi, 'halls.list-sites'>['rows'][number]

/** 考点考场: an institution's own; a city and a province look at theirs. */
export function SitesPage() {
  const list = useList('halls.list-sites')
  const keeps = useMe().data?.permissions.includes('sites.keep')
  return (
    <ListPage<Row>
      title="考点考场"
      lead="机考的考点、考场和考位。考位标明可用、备用或损坏，机器用一次性绑定码与考位绑定。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      rowLink={(row) => `/halls/sites/${row.id}`}
      searchHint="考点名称、编号或地址"
      filters={[{ name: 'state', label: '状态', choices: choicesOf(SITE_WORDS) }]}
      columns={[
        { title: '考点', render: (row) => row.name },
        { title: '编号', render: (row) => <span className="num">{row.number}</span> },
        { title: '市州', render: (row) => row.cityName },
        { title: '考场', render: (row) => row.halls, right: true },
        { title: '可用考位', render: (row) => row.usable, right: true },
        { title: '备用', render: (row) => row.spare, right: true },
        { title: '损坏', render: (row) => row.broken, right: true },
        { title: '已绑定', render: (row) => row.bound, right: true },
        { title: '状态', render: (row) => <StateOf state={row.state} of={SITE_WORDS} /> },
        { title: '地址', render: (row) => row.address },
      ]}
      onExport={() => saveFile('halls.export-sites', list.values)}
      acts={
        keeps ? (
          <ActLink to="/halls/sites/new" main>
            登记考点
          </ActLink>
        ) : null
      }
      empty="还没有考点。登记考点后，再在其中新增考场、排布考位。"
    />
  )
}
