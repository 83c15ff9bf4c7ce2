import { App, Button } from 'antd'
import { useState } from 'react'
import { problemOf } from '../../ui/api.ts'
import {
  ImportDialog,
  Instant,
  ListPage,
  Nothing,
  StateOf,
  type StateWords,
  Unverified,
} from '../../ui/desk/index.ts'
import { act, saveFile, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'

const DIRECTIONS: StateWords = { out: ['报出', 'running'], in: ['审核结果', 'done'] }

/** Files to the national office and the results that came back, each with its hash. */
export function ExchangesPage() {
  const list = useList('certificates.list-exchanges')
  const may = useMe().data?.permissions ?? []
  const { message } = App.useApp()
  const [importing, setImporting] = useState(false)
  const mayDownload = may.includes('national-exchanges.download')
  const download = async (exchangeId: string, format: 'xlsx' | 'json') => {
    try {
      await saveFile('certificates.download-exchange', { exchangeId, format })
    } catch (error) {
      void message.error(problemOf(error).message, 8)
    }
  }
  return (
    <ListPage
      title="国家审核数据"
      lead={
        <>
          每次报出都记录名单的校验值；审核结果文件必须带有同一校验值才能导入。
          <Unverified>国家平台的数据项格式未见公布，文件为平台自有格式</Unverified>
        </>
      }
      list={list}
      rowKey={(row) => row.id}
      columns={[
        { title: '交换编号', render: (row) => row.number },
        { title: '方向', render: (row) => <StateOf state={row.direction} of={DIRECTIONS} /> },
        { title: '省份', render: (row) => row.provinceName },
        { title: '人数', render: (row) => row.items, right: true },
        {
          title: '审核结果',
          render: (row) =>
            row.approved === null ? (
              <Nothing />
            ) : (
              `通过 ${row.approved}，退回 ${row.returned}（答复 ${row.answersNumber}）`
            ),
        },
        {
          title: '校验值',
          render: (row) => <code title={row.itemsSha256}>{row.itemsSha256.slice(0, 12)}</code>,
        },
        { title: '经办', render: (row) => row.exchangedByName },
        { title: '时间', render: (row) => <Instant at={row.exchangedAt} /> },
        {
          title: '文件',
          render: (row) =>
            row.direction === 'out' && mayDownload ? (
              <>
                <Button type="link" size="small" onClick={() => void download(row.id, 'xlsx')}>
                  Excel
                </Button>
                <Button type="link" size="small" onClick={() => void download(row.id, 'json')}>
                  JSON
                </Button>
              </>
            ) : (
              <Nothing />
            ),
        },
      ]}
      acts={
        may.includes('result-reports.send') ? (
          <Button type="primary" onClick={() => setImporting(true)}>
            导入审核结果
          </Button>
        ) : null
      }
      empty="还没有报出数据。省厅确认成绩报送后，可报国家审核。"
    >
      <ImportDialog
        open={importing}
        accept=".xlsx,.json"
        title="导入国家审核结果"
        onClose={() => setImporting(false)}
        upload={(file, keep) => act('certificates.import-audit-result', { keep }, { file })}
        onSaved={(report) => {
          setImporting(false)
          list.retry()
          void message.success(`已导入 ${report.saved} 人的审核结果`)
        }}
      />
    </ListPage>
  )
}
