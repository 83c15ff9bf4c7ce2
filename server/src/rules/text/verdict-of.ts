import {
  decideFor,
  type Facts,
  findRule,
  type Jurisdiction,
  missingParams,
  type Policy,
  type Prepared,
  prepare,
  type RuleParams,
  type Setting,
} from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'

export interface Asked {
  rule: string
  params: RuleParams
  facts: Facts
}
export interface ShortVerdict {
  outcome: string
  opensOn: Day | null
  sentence: string
}

/** Verdicts of one policy for many questions: each rule is prepared once for its parameters. Null: cannot be asked. */
export function verdictOf(policy: Policy, jurisdiction: Jurisdiction, settings: readonly Setting[]) {
  const prepared = new Map<string, Prepared | undefined>()
  return ({ rule, params, facts }: Asked, on: Day): ShortVerdict | null => {
    const key = JSON.stringify([rule, params])
    if (!prepared.has(key)) {
      const found = findRule(policy, rule, jurisdiction)
      const isWhole = found !== undefined && missingParams(found, params).length === 0
      prepared.set(key, isWhole ? prepare(policy, { rule, jurisdiction, params, settings }) : undefined)
    }
    const ready = prepared.get(key)
    if (!ready) return null
    const decision = decideFor(ready, facts, on)
    const nearest = decision.paths.find((path) => path.outcome === decision.outcome) ?? decision.paths[0]
    return {
      outcome: decision.outcome,
      opensOn: decision.opensOn ?? null,
      sentence: nearest?.sentence ?? decision.sentence,
    }
  }
}
