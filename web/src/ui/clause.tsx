import { useQuery } from '@tanstack/react-query'
import { type ApiFailure, problemOf } from './api.ts'
import { clauseLabel } from './clause-label.ts'
import { type Clause, readClause } from './clause-register.ts'

export { clauseLabel }

/** Clause, document and our paraphrase, from the public register. */
export function ClauseText({ id, className }: { id: string; className?: string }) {
  const query = useQuery<Clause, ApiFailure>({
    queryKey: ['portal', 'policy', 'policy.clause', { id }],
    queryFn: () => readClause(id),
    staleTime: 3_600_000,
  })
  const clause = query.data
  return (
    <span className={className} role="note">
      {query.isPending ? '正在读取条款…' : null}
      {query.isError ? problemOf(query.error).message : null}
      {clause ? (
        <>
          <strong>
            {clauseLabel(id)} {clause.title}
          </strong>
          <br />
          {clause.paraphrase}
          <ClauseSource clause={clause} />
          {/* The register is the portal's, in a document of its own at the desk: a plain link, in a tab beside the work. */}
          <a className="clause-more no-print" href={`/clauses#${id}`} target="_blank" rel="noopener">
            由什么规则落实、用在哪里（新窗口）
          </a>
        </>
      ) : null}
    </span>
  )
}

/** Document, number, since when, and the standing where it is not simply in force. */
export function ClauseSource({ clause }: { clause: Clause }) {
  const { title, number, validity } = clause.document
  const parts = [
    number,
    validity === '有效' ? '' : validity,
    clause.fromOn ? `${clause.fromOn} 起施行` : '',
    clause.toOn ? `至 ${clause.toOn}` : '',
    `条款编号 ${clause.id}`,
  ]
  return (
    <span className="clause-source">
      《{title}》 {parts.filter(Boolean).join(' · ')}。以上为大意，以发文原文为准。
    </span>
  )
}
