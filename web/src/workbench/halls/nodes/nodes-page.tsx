import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { Instant, ListPage } from '../../../ui/desk/index.ts'
import { saveFile, useList } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { RegisterNode } from './register-node.tsx'

type Row = OutputOf<WorkbenchApi, 'halls.list-nodes'>['rows'][number]

/** 考点节点: programs at sites that run a hall when the province is out of reach. */
export function NodesPage() {
  const list = useList('halls.list-nodes')
  const keeps = useMe().data?.permissions.includes('nodes.keep')
  return (
    <ListPage<Row>
      title="考点节点"
      lead="考点节点在省平台连不上时独立承办考场，恢复后归还作答与过程记录。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      rowLink={(row) => `/halls/nodes/${row.id}`}
      searchHint="节点或考点名称"
      columns={[
        { title: '节点', render: (row) => row.name },
        { title: '考点', render: (row) => row.site },
        { title: '承办中', render: (row) => row.held, right: true },
        { title: '已归还', render: (row) => row.returned, right: true },
        {
          title: '最近联系',
          render: (row) => (row.lastSeenAt ? <Instant at={row.lastSeenAt} /> : '尚未联系'),
        },
        { title: '状态', render: (row) => (row.revokedAt ? '已注销' : '有效') },
      ]}
      onExport={() => saveFile('halls.export-nodes', list.values)}
      acts={keeps ? <RegisterNode /> : null}
      empty="还没有考点节点。考点网络不稳时，登记一台考点机器作节点，即可在断网时继续考试。"
    />
  )
}
