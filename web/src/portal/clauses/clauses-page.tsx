import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApiFailure } from '../../ui/api.ts'
import { ClauseSource } from '../../ui/clause.tsx'
import { clauseLabel } from '../../ui/clause-label.ts'
import { type Clause, readClauses } from '../../ui/clause-register.ts'
import {
  choicesOf,
  EmptyState,
  Loaded,
  Page,
  SearchBox,
  SelectField,
  StateOf,
  type StateWords,
} from '../../ui/plain/index.ts'
import { whereUsed } from './where-used.ts'

const IMPLEMENTED: StateWords = {
  rule: ['由规则判定', 'done'],
  workflow: ['由流程办理', 'done'],
  manual: ['由人工办理', 'running'],
  untouched: ['尚未落实', 'waiting'],
}

const PLACE_NAMES: Record<string, string> = { hubei: '湖北', national: '全国', anhui: '安徽' }
const placeOrder = (clause: Clause) => Object.keys(PLACE_NAMES).indexOf(clause.jurisdiction)

/** Clause → what carries it out → where to use it. A clause that nothing implements is shown as such. */
export function ClausesPage() {
  const query = useQuery<{ clauses: Clause[] }, ApiFailure>({
    queryKey: ['portal', 'policy', 'policy.clauses'],
    queryFn: readClauses,
  })
  return (
    <Page
      title="政策条款"
      lead="每一条的大意、由什么落实、在哪里办。大意是我们的转述，以发文原文为准。"
      back={{ to: '/', label: '首页' }}
    >
      <Loaded query={query}>{({ clauses }) => <Register clauses={clauses} />}</Loaded>
    </Page>
  )
}

function Register({ clauses }: { clauses: Clause[] }) {
  const [text, setText] = useState('')
  const [place, setPlace] = useState('')
  const [status, setStatus] = useState('')
  const places = [...new Set(clauses.map((clause) => clause.jurisdiction))]
  const shown = [...clauses]
    .sort((a, b) => placeOrder(a) - placeOrder(b))
    .filter(
      (clause) =>
        (place === '' || clause.jurisdiction === place) &&
        (status === '' || clause.status === status) &&
        [clause.id, clauseLabel(clause.id), clause.title, clause.paraphrase].some((words) =>
          words.includes(text),
        ),
    )
  return (
    <>
      <SearchBox label="查条款" hint="如：学时、补贴、巡考" value={text} onSearch={setText} />
      <div className="filters">
        <SelectField
          name="place"
          label="地区"
          none="全部"
          choices={places.map((value) => ({ value, label: PLACE_NAMES[value] ?? value }))}
          value={place}
          onChange={setPlace}
        />
        <SelectField
          name="status"
          label="落实方式"
          none="全部"
          choices={choicesOf(IMPLEMENTED)}
          value={status}
          onChange={setStatus}
        />
      </div>
      <p className="count" role="status">
        共 {shown.length} 条
      </p>
      {shown.length === 0 ? (
        <EmptyState>没有符合条件的条款。请换一个词，或把筛选改为“全部”。</EmptyState>
      ) : null}
      {shown.map((clause) => (
        <Entry key={clause.id} clause={clause} />
      ))}
    </>
  )
}

function Entry({ clause }: { clause: Clause }) {
  return (
    <article className="register-entry" id={clause.id}>
      <div className="card-head">
        <h2>
          {clauseLabel(clause.id)} {clause.title}
        </h2>
        <StateOf state={clause.status} of={IMPLEMENTED} />
      </div>
      <p>{clause.paraphrase}</p>
      {clause.by.length > 0 ? (
        <ul className="register-by">
          {clause.by.map((by) => (
            <Used key={`${by.kind} ${by.where}`} {...by} />
          ))}
        </ul>
      ) : null}
      <ClauseSource clause={clause} />
    </article>
  )
}

function Used({ kind, where, note }: Clause['by'][number]) {
  const { title, to } = whereUsed(kind, where)
  return (
    <li>
      {to ? <Link to={to}>{title}</Link> : title}
      {note ? `：${note}` : ''}
    </li>
  )
}
