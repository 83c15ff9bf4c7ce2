import { useState } from 'react'
import { ActButton, ActLink, ListPage, Nothing, useParam } from '../../../ui/desk/index.ts'
import { instant } from '../../../ui/format.ts'
import { saveFile, useApiQuery, useList } from '../../api.ts'
import { ImportSealed } from './import-sealed.tsx'
import { ACT_WORDS, type Act, actText } from './words.ts'

/** Every act at a hall, with both clocks and both names. */
export function LogPage() {
  const at = { sittingId: useParam('sittingId'), hallId: useParam('hallId') }
  const list = useList('halls.list-acts', at)
  const { data } = useApiQuery('halls.list-acts', { ...at, size: 1 })
  const [importing, setImporting] = useState(false)
  return (
    <ListPage
      title="监考记录"
      lead="本考场的每一项处置：何人、何时、何事、何理由。两个时刻分别取自服务器和操作的机器。"
      list={list}
      rowKey={(row) => row.id}
      acts={
        <>
          <ActLink to={`/halls/boards/${at.sittingId}/${at.hallId}/theory`}>监考台</ActLink>
          <ActButton act={data?.actions.import} onAct={() => setImporting(true)}>
            导入密封答案
          </ActButton>
        </>
      }
      searchHint="考生、考位、监考员或理由"
      filters={[
        {
          name: 'kind',
          label: '处置',
          choices: Object.entries(ACT_WORDS).map(([value, label]) => ({ value, label })),
        },
      ]}
      columns={[
        { title: '服务器时刻', render: (row) => <span className="num">{instant(row.at, 'second')}</span> },
        {
          title: '操作机时刻',
          render: (row) =>
            row.clientAt ? (
              <span className="num">{instant(row.clientAt, 'second').slice(11)}</span>
            ) : (
              <Nothing />
            ),
        },
        { title: '处置', render: (row) => ACT_WORDS[row.kind] },
        {
          title: '考生',
          render: (row) =>
            row.candidate ? `${row.seat ? `${row.seat} 号 ` : ''}${row.candidate}` : '全考场',
        },
        { title: '内容与理由', render: (row) => actText(row as Act) || <Nothing /> },
        {
          title: '监考员',
          render: (row) => `${row.byName}${row.secondName ? `、${row.secondName}（第二人）` : ''}`,
        },
      ]}
      onExport={() => saveFile('halls.export-acts', { ...list.values, ...at })}
      empty="本考场还没有处置。确认入场、提示、延时等每一项都会记在这里。"
    >
      {importing ? <ImportSealed place={at} onClose={() => setImporting(false)} /> : null}
    </ListPage>
  )
}
