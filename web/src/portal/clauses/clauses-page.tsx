import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
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
import { RuleTree } from './rule-tree.tsx'
import { whereUsed } from './where-used.ts'
import './clauses.css'

const IMPLEMENTED: StateWords = {
  rule: ['由规则判定', 'done'],
  workflow: ['由流程办理', 'done'],
  manual: ['由人工办理', 'running'],
  untouched: ['尚未落实', 'waiting'],
}

const PLACE_NAMES: Record<string, string> = { hubei: '湖北', national: '全国', anhui: '安徽' }
const placeOrder = (clause: Clause) => Object.keys(PLACE_NAMES).indexOf(clause.jurisdiction)

/** Clause → what carries it out → where to use it. A clause that nothing implements is shown as such, with the reason. */
export function ClausesPage() {
  const query = useQuery<{ clauses: Clause[] }, ApiFailure>({
    queryKey: ['portal', 'policy', 'policy.clauses'],
    queryFn: readClauses,
  })
  return (
    <Page
      title="政策条款"
      lead="每一条的大意、由什么落实、用在哪里。大意是我们的转述，以发文原文为准。"
      back={{ to: '/', label: '首页' }}
    >
      <Loaded query={query}>{({ clauses }) => <Register clauses={clauses} />}</Loaded>
    </Page>
  )
}

function Register({ clauses }: { clauses: Clause[] }) {
  const [text, setText] = useState('')
  const [document, setDocument] = useState('')
  const [status, setStatus] = useState('')
  const documents = [...new Set(sorted(clauses).map(documentOf))]
  const shown = sorted(clauses).filter(
    (clause) =>
      (document === '' || documentOf(clause) === document) &&
      (status === '' || clause.status === status) &&
      wordsOf(clause).includes(text),
  )
  useAddressedClause()
  return (
    <>
      <SearchBox label="查条款" hint="如：学时、补贴、巡考、HB-4.4" value={text} onSearch={setText} />
      <div className="filters">
        <SelectField
          name="document"
          label="文件"
          none="全部"
          choices={documents.map((value) => ({ value, label: value }))}
          value={document}
          onChange={setDocument}
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

const sorted = (clauses: Clause[]) => [...clauses].sort((a, b) => placeOrder(a) - placeOrder(b))
const documentOf = (clause: Clause) =>
  `${PLACE_NAMES[clause.jurisdiction] ?? clause.jurisdiction} · ${clause.document.title}`
/** All that a search may hit. */
const wordsOf = (clause: Clause) =>
  [
    clause.id,
    clauseLabel(clause.id),
    clause.title,
    clause.paraphrase,
    clause.document.title,
    clause.document.number,
    ...clause.rules.map((one) => one.name),
    ...clause.uses.procedures,
  ].join(' ')

/** Links elsewhere lead to `/clauses#HB-4.4`: the entry is there only once the register is. */
function useAddressedClause() {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1))
    if (!id) return
    const entry = window.document.getElementById(id)
    entry?.scrollIntoView()
    entry?.querySelector('h2')?.focus()
  }, [])
}

function Entry({ clause }: { clause: Clause }) {
  const others = clause.by.filter((by) => by.kind !== 'rule')
  const { parameters, deadlines, effects, procedures } = clause.uses
  return (
    <article className="register-entry" id={clause.id}>
      <div className="card-head">
        <h2 tabIndex={-1}>
          {clauseLabel(clause.id)} {clause.title}
        </h2>
        <StateOf state={clause.status} of={IMPLEMENTED} />
      </div>
      <p>{clause.paraphrase}</p>
      {clause.rules.map((rule) => (
        <RuleTree key={`${rule.jurisdiction} ${rule.id}`} rule={rule} />
      ))}
      {others.length > 0 ? (
        <ul className="register-by">
          {others.map((by) => (
            <Used key={`${by.kind} ${by.where}`} {...by} />
          ))}
        </ul>
      ) : null}
      <dl className="register-uses">
        <Uses name="时限" words={deadlines.map((one) => one.name)} />
        <Uses name="参数" words={parameters.map((one) => one.name)} />
        <Uses name="待遇与结果" words={effects} />
        <Uses name="办理事项" words={procedures} />
      </dl>
      <ClauseSource clause={clause} />
    </article>
  )
}

function Uses({ name, words }: { name: string; words: string[] }) {
  if (words.length === 0) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{[...new Set(words)].join('、')}</dd>
    </div>
  )
}

function Used({ where, note }: Clause['by'][number]) {
  const { title, to } = whereUsed(where)
  return (
    <li>
      {to ? <Link to={to}>{title}</Link> : title}
      {note ? `：${note}` : ''}
    </li>
  )
}
