import { Button } from 'antd'
import { useState } from 'react'
import { type ApiProblem, type OutputOf, problemOf, type WorkbenchApi } from '../../ui/api.ts'
import { ClauseTag, Group, Instant, ListPage, Nothing, Problem, StateTag } from '../../ui/desk/index.ts'
import { read, saveFile, useApiQuery, useList } from '../api.ts'
import { STAFF_ROLES } from './words.ts'
import './people.css'

const SUBJECTS_SHOWN = 5
type Row = OutputOf<WorkbenchApi, 'people.list-audit'>['rows'][number]
type Verdict = OutputOf<WorkbenchApi, 'people.verify-audit'>

/** The audit log: who did what when, on which clause, and whether the chain still holds. */
export function AuditPage() {
  const list = useList('people.list-audit')
  const events = useApiQuery('people.list-audit-events')
  return (
    <ListPage
      title="操作日志"
      lead="每项办理都记入日志，只增不改，每分钟依次封存成链。"
      list={list}
      rowKey={(row) => String(row.seq)}
      searchHint="办理人、单位，或对象如 class:编号"
      filters={[
        {
          name: 'name',
          label: '事项',
          choices: (events.data?.events ?? []).map((one) => ({ value: one.name, label: one.title })),
        },
        { name: 'fromOn', label: '不早于' },
        { name: 'toOn', label: '不晚于' },
        { name: 'role', label: '身份', choices: [...STAFF_ROLES, { value: 'learner', label: '学员' }] },
      ]}
      columns={[
        { title: '时间', render: (row) => <Instant at={row.at} /> },
        { title: '事项', render: (row) => row.title },
        { title: '办理人', render: (row) => `${row.who}（${row.roleTitle}）` },
        { title: '单位', render: (row) => row.organisation ?? <Nothing /> },
        { title: '条款', render: (row) => (row.clause ? <ClauseTag id={row.clause} /> : <Nothing />) },
        { title: '内容', render: (row) => <EventFacts row={row} /> },
        { title: '封存', render: (row) => row.position ?? '待封存', right: true },
      ]}
      onExport={() => saveFile('people.export-audit', list.input as never)}
      empty="还没有日志。"
    >
      <Chain />
    </ListPage>
  )
}

function EventFacts({ row }: { row: Row }) {
  const facts = Object.entries(row.data).filter(([, value]) => value !== null && value !== undefined)
  return (
    <details className="event-facts">
      <summary>
        {row.subjects.length} 个对象{facts.length > 0 ? `，${facts.length} 项内容` : ''}
      </summary>
      {row.subjects.slice(0, SUBJECTS_SHOWN).map((subject) => (
        <div key={subject}>{subject}</div>
      ))}
      {row.subjects.length > SUBJECTS_SHOWN ? <div>等 {row.subjects.length} 个</div> : null}
      {facts.map(([name, value]) => (
        <div key={name}>
          <span className="nothing">{name}</span> {typeof value === 'string' ? value : JSON.stringify(value)}
        </div>
      ))}
    </details>
  )
}

function Chain() {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    setProblem(null)
    try {
      setVerdict(await read('people.verify-audit'))
    } catch (failure) {
      setProblem(problemOf(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Group
      title="日志链校验"
      acts={
        <Button loading={busy} onClick={() => void verify()}>
          从头校验
        </Button>
      }
    >
      <Problem problem={problem} />
      <p role="status">
        {verdict === null ? (
          '从第一条起重新计算每一条的校验值，任何改动、删除或插入都会被发现。'
        ) : verdict.brokenAt === null ? (
          <>
            <StateTag tone="done">全部相符</StateTag> 已封存 {verdict.sealed} 条，待封存 {verdict.unsealed}{' '}
            条，校验于 <Instant at={verdict.verifiedAt} />
            。链首值 <span className="num">{verdict.head.slice(0, 16)}…</span>
          </>
        ) : (
          <>
            <StateTag tone="refused">不相符</StateTag> 第 {verdict.brokenAt} 条与封存时不一致，之前{' '}
            {verdict.sealed} 条相符。请立即保全数据库并报告。
          </>
        )}
      </p>
    </Group>
  )
}
