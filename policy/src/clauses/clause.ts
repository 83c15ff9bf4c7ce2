// The clause register: every clause in our own words, and what carries it out.

import { nodesOf } from '../packs/check-references.ts'
import type { Policy } from '../packs/policy.ts'
import type { Jurisdiction } from '../packs/schema.ts'
import { documentNumber } from '../parameters/parameter.ts'
import type { Day } from '../time/day.ts'

export type ClauseStatus = 'rule' | 'workflow' | 'manual' | 'untouched'

export interface Implementation {
  kind: ClauseStatus
  /** Rule, parameter or deadline id; for a workflow, where in the product; for the rest, why. */
  where: string
  note?: string
}

export interface Clause {
  id: string
  title: string
  document: string
  documentNumber: string
  jurisdiction: Jurisdiction
  /** Our own one-line wording, never the official text. */
  paraphrase: string
  effectiveFrom: Day | null
  effectiveTo: Day | null
  /** Standing of the document: 有效, 征求意见稿 or 待核实. */
  validity: string
  status: ClauseStatus
  implementedBy: Implementation[]
}

/** One clause; undefined when the register does not know the id. */
export function clause(policy: Policy, id: string): Clause | undefined {
  const entry = policy.clauses.get(id)
  if (!entry) return undefined
  const document = policy.documents.get(entry.文件)!
  const implementedBy = implementations(policy, id)
  return {
    id,
    title: entry.标题,
    document: document.名称,
    documentNumber: documentNumber(policy, id),
    jurisdiction: entry.jurisdiction,
    paraphrase: entry.大意,
    effectiveFrom: entry.自 ?? document.施行,
    effectiveTo: entry.至 ?? document.失效 ?? null,
    validity: document.效力,
    status: ORDER.find((kind) => implementedBy.some((i) => i.kind === kind)) ?? 'untouched',
    implementedBy,
  }
}

const ORDER: readonly ClauseStatus[] = ['rule', 'workflow', 'manual', 'untouched']

/** All clauses, in the order of the texts. */
export function clauses(policy: Policy): Clause[] {
  return [...policy.clauses.keys()].sort(byNumber).map((id) => clause(policy, id)!)
}

function implementations(policy: Policy, id: string): Implementation[] {
  const cited: Implementation[] = []
  for (const rule of policy.rules) {
    const citing =
      rule.versions.some(
        (v) =>
          v.clause === id ||
          v.cases.some((c) => c.paths.some((p) => p.clause === id)) ||
          v.exceptions.some((e) => e.clause === id) ||
          v.effects.some((e) => e.clause === id),
      ) || nodesOf(rule).some((node) => node.clause === id)
    if (citing) cited.push({ kind: 'rule', where: rule.id, note: rule.name })
  }
  for (const fill of policy.fills) {
    if (fill.clause === id && !cited.some((i) => i.where === fill.rule))
      cited.push({ kind: 'rule', where: fill.rule, note: fill.term })
  }
  for (const p of policy.parameters)
    if (p.条款 === id) cited.push({ kind: 'rule', where: `参数:${p.参数}`, note: p.名称 })
  for (const d of policy.deadlines.values())
    if (d.条款 === id) cited.push({ kind: 'rule', where: `时限:${d.时限}`, note: d.名称 })
  const declared = policy.clauses.get(id)!.落实.map((row) => ({
    kind: row.方式,
    where: row.在,
    ...(row.说明 !== undefined && { note: row.说明 }),
  }))
  return [...cited, ...declared]
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
