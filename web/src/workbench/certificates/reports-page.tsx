import { Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../ui/api.ts'
import { choicesOf, Day, DueText, ListPage, Loaded, Nothing, Notice, StateOf } from '../../ui/desk/index.ts'
import { saveFile, useApiQuery, useCommand, useList } from '../api.ts'
import { useMe } from '../shell/me.ts'
import { LEVELS, REPORT_WORDS } from './states.ts'

type Row = OutputOf<WorkbenchApi, 'certificates.list-reports'>['rows'][number]
type Outcome = OutputOf<WorkbenchApi, 'certificates.confirm-reports'>

/** 成绩报送: the evaluation institution's reports, the province's confirmations, the national audit, one list. */
export function ReportsPage() {
  const list = useList('certificates.list-reports')
  const may = useMe().data?.permissions ?? []
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const confirm = useCommand('certificates.confirm-reports', { onDone: setOutcome })
  const send = useCommand('certificates.send-to-national')
  return (
    <ListPage<Row>
      title="成绩报送与颁证"
      lead="考核结束后 30 日内报送，省厅 10 个工作日内确认，国家审核通过后 30 日内颁发。逾期仍可办理，并如实标明。"
      list={list}
      rowKey={(row) => row.id}
      rowName={(row) => row.number}
      rowLink={(row) => `/certificates/reports/${row.id}`}
      isUrgent={(row) => (row.due?.left ?? 0) < 0}
      searchHint="报送编号、场次或机构"
      filters={[
        { name: 'state', label: '状态', choices: choicesOf(REPORT_WORDS) },
        { name: 'level', label: '等级', choices: LEVELS },
        { name: 'overdue', label: '期限', choices: [{ value: '1', label: '只看逾期' }] },
      ]}
      columns={[
        { title: '报送编号', render: (row) => row.number },
        { title: '考核场次', render: (row) => row.sittingTitle },
        {
          title: '状态',
          render: (row) => (
            <>
              <StateOf state={row.state} of={REPORT_WORDS} />
              {row.round > 1 ? ` 第 ${row.round} 次` : ''}
              {row.supplement ? ' 补充' : ''}
            </>
          ),
        },
        { title: '办理期限', render: (row) => (row.due ? <DueText {...row.due} /> : <Nothing />) },
        { title: '人数', render: (row) => row.items, right: true },
        { title: '职业与等级', render: (row) => `${row.occupationName} ${row.level}` },
        { title: '评价机构', render: (row) => row.organisationName },
        { title: '考核结束', render: (row) => <Day on={row.endedOn} /> },
      ]}
      {...(may.includes('result-reports.confirm')
        ? {
            bulk: [
              {
                label: '批量确认',
                preview: (rows: Row[]) => <ConfirmationPreview ids={rows.map((row) => row.id)} />,
                run: (rows: Row[]) => confirm.run({ reportIds: rows.map((row) => row.id) }),
              },
              {
                label: '批量报国家审核',
                preview: (rows: Row[]) => <SendPreview rows={rows} />,
                run: (rows: Row[]) => send.run({ reportIds: rows.map((row) => row.id) }),
              },
            ],
          }
        : {})}
      onExport={() => saveFile('certificates.export-reports', list.values)}
      empty="还没有成绩报送。考核成绩公布后，系统自动生成报送名单。"
    >
      <OutcomeDialog outcome={outcome} rows={list.rows} onClose={() => setOutcome(null)} />
    </ListPage>
  )
}

/** Exceptions first: what is to be looked at before anything is confirmed. */
function ConfirmationPreview({ ids }: { ids: string[] }) {
  const query = useApiQuery('certificates.preview-confirmation', { reportIds: ids })
  return (
    <Loaded query={query}>
      {({ reports }) => {
        const waiting = reports.filter((one) => one.state === 'submitted')
        const odd = waiting.filter((one) => one.exceptions.length > 0)
        const plain = waiting.filter((one) => one.exceptions.length === 0)
        const skipped = reports.length - waiting.length
        return (
          <>
            {odd.length > 0 ? (
              <Notice tone="waiting">
                <p>以下 {odd.length} 份需要先看：</p>
                {odd.map((one) => (
                  <div key={one.id}>
                    <strong>
                      {one.number} {one.sittingTitle}（{one.items} 人）
                    </strong>
                    <ul>
                      {one.exceptions.map((exception) => (
                        <li key={exception.text}>
                          {exception.blocking ? '不能确认：' : ''}
                          {exception.text}
                        </li>
                      ))}
                    </ul>
                  </div>
                ))}
              </Notice>
            ) : null}
            {skipped > 0 ? <p>有 {skipped} 份不在待确认状态，将跳过。</p> : null}
            {plain.length > 0 ? (
              <p>
                {odd.length > 0 ? '其余 ' : ''}
                {plain.length} 份无异常，共 {plain.reduce((sum, one) => sum + one.items, 0)} 人。
              </p>
            ) : null}
            <p>确认后成绩不能再更正，可报国家审核。</p>
          </>
        )
      }}
    </Loaded>
  )
}

function SendPreview({ rows }: { rows: Row[] }) {
  const ready = rows.filter((row) => row.state === 'confirmed')
  return (
    <>
      {ready.length < rows.length ? (
        <Notice tone="waiting">
          所选 {rows.length} 份中只有 {ready.length} 份已经确认。有一份不能报，整批都不报，请先取消勾选。
        </Notice>
      ) : null}
      <p>
        共 {ready.length} 份、{ready.reduce((sum, row) => sum + row.items, 0)}{' '}
        人。生成一次数据交换并记录校验值，国家办公室可在平台上审核，也可下载数据文件、以结果文件答复。
      </p>
    </>
  )
}

function OutcomeDialog(props: { outcome: Outcome | null; rows: Row[]; onClose: () => void }) {
  const { outcome } = props
  const numberOf = (id: string) => props.rows.find((row) => row.id === id)?.number ?? ''
  return (
    <Modal
      open={outcome !== null && outcome.refused.length > 0}
      title="部分报送未能确认"
      onCancel={props.onClose}
      onOk={props.onClose}
      okText="知道了"
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <p>已确认 {outcome?.confirmed.length ?? 0} 份，以下未确认：</p>
      <ul>
        {outcome?.refused.map((one) => (
          <li key={one.id}>
            {numberOf(one.id)} {one.refusal.message}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
