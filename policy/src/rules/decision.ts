// What a decision says. Stored with its receipt, it can be replayed to the same bytes years later.
import type { Facts, ProofState } from '../facts.ts'
import type { PackFile } from '../packs/policy.ts'
import type { Jurisdiction, SourceStatus } from '../packs/schema.ts'
import type { ParameterScalar, Setting } from '../parameters/parameter.ts'
import type { Need, RuleParams } from '../predicates/predicate.ts'
import type { Outcome, StateName } from '../state.ts'
import type { Day } from '../time/day.ts'

export interface ClauseRef {
  id: string
  document: string
  documentNumber: string
  /** First day of the rule version that was applied. */
  version: Day
  /** How that day is known, where it is not verified: show it 待核实. */
  versionStatus?: SourceStatus
}

export interface FactUsed {
  /** Path into the facts, e.g. 'titles[0]'. */
  path: string
  proof: ProofState
  value: unknown
}

export interface DecisionNode {
  kind: string
  label?: string
  state: StateName
  sentence: string
  clause: ClauseRef
  sourceStatus: SourceStatus
  note?: string
  facts: FactUsed[]
  needs: Need[]
  children: DecisionNode[]
  /** Labels of the exceptions that fired for this node. */
  exceptions?: string[]
}

export interface PathDecision {
  id: string
  name: string
  outcome: Outcome
  sentence: string
  clause: ClauseRef
  /** First day on or after the day asked on which the path is 符合, as the facts stand. */
  opensOn?: Day
  /** The stretch of days it then stays open; `to` null = no known end. */
  window?: { from: Day; to: Day | null }
  /** First day on which nothing but papers, data or a judgement would still be missing. */
  possibleOn?: Day
  /** The next day on which this path's state changes by itself. */
  next?: { on: Day; state: StateName }
  /** Smallest set of things that would settle it; empty when 符合, or when nothing can. */
  needs: Need[]
  /** Other minimal sets, when there is a choice. */
  alternatives: Need[][]
  tree: DecisionNode
}

export interface Conflict {
  replaces: string
  exceptions: string[]
  sentence: string
}

/** A figure of what is given; null while nobody has found it. */
export interface Amount {
  parameter: string
  name: string
  unit: string
  value: ParameterScalar
  sourceStatus: SourceStatus
  /** Only if this is so, which is not settled yet. */
  provided?: string
}

export interface Effect {
  id: string
  name: string
  clause: ClauseRef
  automatic: boolean
  /** Present where the rule names figures. */
  amounts?: Amount[]
  note?: string
}

export interface Receipt {
  engine: string
  packs: readonly PackFile[]
  rule: string
  jurisdiction: Jurisdiction
  params: RuleParams
  on: Day
  settings: readonly Setting[]
  facts: Facts
}

export interface Decision {
  rule: string
  ruleName: string
  jurisdiction: Jurisdiction
  params: RuleParams
  on: Day
  outcome: Outcome
  sentence: string
  /** Always a pre-check: who has the last word. */
  confirms: string
  clause: ClauseRef
  paths: PathDecision[]
  /** Earliest day on which any path opens, when it is not open yet. */
  opensOn?: Day
  /** The same, counting days on which only papers, data or a judgement would be missing. */
  possibleOn?: Day
  /** The smallest set of needs over all paths. */
  needs: Need[]
  conflicts: Conflict[]
  effects: Effect[]
  /** Some wording or figure the verdict rests on is not verified: show 待核实. */
  unverified: boolean
  receipt: Receipt
}
