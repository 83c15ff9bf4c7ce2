// From a trace to the tree a person reads: a sentence, the clause and the facts on every node.
import type { Facts, Provable } from '../facts.ts'
import type { Policy, RuleVersion } from '../packs/policy.ts'
import { isVerified, type SourceStatus } from '../packs/schema.ts'
import { documentNumber } from '../parameters/parameter.ts'
import type { Scope } from '../predicates/predicate.ts'
import { STATE_NAMES, YES } from '../state.ts'
import type { Day } from '../time/day.ts'
import type { ClauseRef, DecisionNode, FactUsed } from './decision.ts'
import { narrowed } from './program.ts'
import type { Trace } from './verdict.ts'

export interface Telling {
  policy: Policy
  facts: Facts
  on: Day
  scope: Scope
  version: Since
  sourceStatus: SourceStatus
}

/** From when a wording holds, and how that is known where it is not verified. */
export type Since = Pick<RuleVersion, 'from' | 'fromStatus'>

export function clauseRef(policy: Policy, id: string, since: Since, occupation?: string): ClauseRef {
  return {
    id,
    document: documentName(policy, id, occupation),
    documentNumber: documentNumber(policy, id, occupation),
    version: since.from,
    ...(since.fromStatus !== undefined &&
      !isVerified(since.fromStatus) && { versionStatus: since.fromStatus }),
  }
}

function documentName(policy: Policy, clauseId: string, occupation: string | undefined): string {
  const document = policy.documents.get(policy.clauses.get(clauseId)?.文件 ?? '')
  const known = policy.occupations.get(policy.occupationIds.get(occupation ?? '') ?? '')
  return document?.按职业 && known ? `${known.名称}国家职业技术技能标准` : (document?.名称 ?? '')
}

export function explain(trace: Trace, clauseId: string, telling: Telling): DecisionNode {
  const { node } = trace
  const { policy, facts, on, version, sourceStatus } = telling
  const scope = narrowed(telling.scope, node.kind === '条件' ? node.proof : undefined)
  const here = trace.fill?.clause ?? node.clause ?? clauseId
  const fired = (trace.exceptions ?? []).filter((e) => e.trace.state === YES).map((e) => e.exception.label)
  const note = trace.fill?.note ?? node.note
  return {
    kind: node.kind === '条件' ? node.condition.name : node.kind,
    ...(node.label !== undefined && { label: node.label }),
    state: STATE_NAMES[trace.state],
    sentence: sentenceOf(trace, telling, scope, fired),
    clause: clauseRef(policy, here, trace.fill ?? version, scope.params.occupation),
    // The province's own filling has its own source; the rule's status speaks for the rule's text only.
    sourceStatus: worst([trace.fill ? 'found' : sourceStatus, ...figureStatuses(trace, telling)]),
    ...(note !== undefined && { note }),
    facts: (trace.leaf?.used ?? []).map((path) => factUsed(facts, path)),
    needs: node.kind === '条件' ? node.condition.needs(facts, on, trace.leaf!, scope) : [],
    children: [
      ...trace.children.map((child) =>
        explain(
          child,
          here,
          trace.fill ? { ...telling, version: trace.fill, sourceStatus: 'found' } : telling,
        ),
      ),
      ...(trace.exceptions ?? []).map((e) => explain(e.trace, e.exception.clause, telling)),
    ],
    ...(fired.length > 0 && { exceptions: fired }),
  }
}

/** The least certain of what a node rests on. */
function worst(statuses: SourceStatus[]): SourceStatus {
  return statuses.reduce((a, b) => (CERTAINTY.indexOf(b) > CERTAINTY.indexOf(a) ? b : a))
}

const CERTAINTY: readonly SourceStatus[] = [
  'confirmed',
  'found',
  'found_ocr',
  'inferred',
  'recalled',
  '待核实',
  'missing',
]

function figureStatuses({ node }: Trace, { scope, on }: Telling): SourceStatus[] {
  if (node.kind !== '条件') return []
  return node.condition.figures.map((id) => scope.parameter(id, on)?.sourceStatus ?? 'missing')
}

function sentenceOf(trace: Trace, telling: Telling, scope: Scope, fired: string[]): string {
  const { node } = trace
  const state = STATE_NAMES[trace.state]
  if (fired.length > 1) return `例外“${fired.join('”“')}”同时成立，互相冲突，须人工裁定。`
  if (fired.length === 1) return `适用例外“${fired[0]}”：${state}。`
  switch (node.kind) {
    case '条件': {
      const found = node.condition.finding(telling.facts, telling.on, trace.leaf!, scope)
      return `${node.condition.requirement(scope)}：${found}。${state}。`
    }
    case '全部满足':
      return `须全部满足，共${node.of.length}项，符合${count(trace)}项：${state}。`
    case '任一满足':
      return `满足其一即可，共${node.of.length}项，符合${count(trace)}项：${state}。`
    case '至少':
      return `${node.of.length}项中至少满足${node.count}项，符合${count(trace)}项：${state}。`
    case '不得': {
      const inner = trace.children[0]!
      const text = requirementOf(inner, scope)
      const found =
        inner.leaf && inner.node.kind === '条件'
          ? `：${inner.node.condition.finding(telling.facts, telling.on, inner.leaf, scope)}`
          : ''
      return `不得${text}${found}。${trace.state === YES ? '没有触及' : state}。`
    }
    case '下级规定':
      return trace.fill
        ? `“${node.term}”由下级规定，适用${telling.policy.documents.get(telling.policy.clauses.get(trace.fill.clause)?.文件 ?? '')?.名称 ?? ''}：${state}。`
        : `“${node.term}”可由下级规定，当地没有规定，按上级规定：${state}。`
  }
}

export function requirementOf(trace: Trace, scope: Scope): string {
  const { node } = trace
  if (node.kind === '条件') return node.condition.requirement(scope)
  if (node.kind === '不得') return `不得${requirementOf(trace.children[0]!, scope)}`
  if (node.kind === '下级规定') return requirementOf(trace.children[0]!, scope)
  const join = node.kind === '全部满足' ? '且' : '，或'
  return trace.children.map((child) => requirementOf(child, scope)).join(join)
}

function count(trace: Trace): number {
  return trace.children.filter((child) => child.state === YES).length
}

/** The value at a path such as 'titles[0]' or 'activity.name'. */
function factUsed(facts: Facts, path: string): FactUsed {
  let value: unknown = facts
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    value = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[step] : undefined
  }
  const provable =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Provable) : {}
  return { path, proof: provable.proof ?? '自述', value }
}
