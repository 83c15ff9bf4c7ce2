import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { ClauseTag, Day, ListPage, Nothing, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useList } from '../api.ts'
import { useBegin } from './use-begin.ts'
import { REVISION_STATES } from './words.ts'

/** Sourced figures of the province: a new value comes with a new document and a second person. */
export function FiguresPage() {
  const list = useList('rules.figures')
  const { begin, running, may } = useBegin()
  return (
    <ListPage
      title="省级参数"
      lead="本省文件已经载明的数字。待核实的数字在“参数核实”中办理。"
      list={list}
      rowKey={(row) => `${row.figure} ${row.part}`}
      searchHint="参数名称"
      columns={[
        {
          title: '参数',
          render: (row) => (
            <>
              {row.name} {row.key}
            </>
          ),
          width: 260,
        },
        { title: '现行取值', render: (row) => `${row.value} ${row.unit}`, right: true },
        { title: '自', render: (row) => <Day on={row.fromOn} /> },
        { title: '依据', render: (row) => <ClauseTag id={row.clause} /> },
        {
          title: '将来取值',
          render: (row) =>
            row.next ? (
              <>
                {row.next.value} {row.next.unit}，自 <Day on={row.next.fromOn} />
              </>
            ) : (
              <Nothing />
            ),
        },
        {
          title: '修订',
          render: (row) =>
            row.revision ? (
              <Link to={`/rules/revisions/${row.revision.id}` as string}>
                <StateOf state={row.revision.state} of={REVISION_STATES} />
              </Link>
            ) : may ? (
              <Button
                loading={running}
                onClick={() => void begin({ kind: 'parameter', rule: row.figure, part: row.part })}
              >
                修订取值
              </Button>
            ) : (
              <Nothing />
            ),
        },
      ]}
      onExport={() => saveFile('rules.export-figures', list.values)}
      empty="本省没有已载明的参数。"
    />
  )
}
