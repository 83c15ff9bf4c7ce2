// Which clauses have a rule, a workflow, a person, or nothing yet; the shape of design §8.
import type { Policy } from '../packs/policy.ts'
import { type ClauseStatus, clauses } from './clause.ts'

export interface Coverage {
  clauses: { id: string; status: ClauseStatus; by: string[]; reason?: string }[]
  counts: Record<ClauseStatus, number>
}

export function coverage(policy: Policy): Coverage {
  const counts: Record<ClauseStatus, number> = { rule: 0, workflow: 0, manual: 0, untouched: 0 }
  const rows = clauses(policy).map((clause) => {
    counts[clause.status]++
    const notes = clause.implementedBy
      .filter((i) => i.kind === 'manual' || i.kind === 'untouched')
      .map((i) => i.note ?? i.where)
    return {
      id: clause.id,
      status: clause.status,
      by: clause.implementedBy.filter((i) => i.kind !== 'untouched').map((i) => i.where),
      ...(notes.length > 0 && { reason: notes.join('；') }),
    }
  })
  return { clauses: rows, counts }
}
