// Before a changed rule takes effect: whose verdict it changes.
import { z } from 'zod'
import { factsSchema } from './facts.ts'
import type { Policy } from './packs/policy.ts'
import { JURISDICTIONS } from './packs/schema.ts'
import { paramsSchema } from './predicates/predicate.ts'
import { decide, type Question } from './rules/decide.ts'
import { findRule } from './rules/prepare.ts'
import type { Outcome } from './state.ts'
import { type Day, daySchema } from './time/day.ts'

export const peopleSchema = z.array(
  z.strictObject({
    person: z.string().min(1),
    rule: z.string(),
    jurisdiction: z.enum(JURISDICTIONS),
    params: paramsSchema.default({}),
    on: daySchema,
    facts: factsSchema,
  }),
)

export interface PersonAsked extends Question {
  person: string
}

export interface VerdictSeen {
  outcome: Outcome | '没有此规则'
  opensOn?: Day
  paths: Record<string, Outcome>
  effects: string[]
}

export interface ChangedVerdict {
  person: string
  rule: string
  jurisdiction: string
  params: Question['params']
  on: Day
  before: VerdictSeen
  after: VerdictSeen
}

export function diffPolicies(
  before: Policy,
  after: Policy,
  people: readonly PersonAsked[],
): ChangedVerdict[] {
  return people.flatMap((asked) => {
    const [a, b] = [verdict(before, asked), verdict(after, asked)]
    if (JSON.stringify(a) === JSON.stringify(b)) return []
    const { person, rule, jurisdiction, params, on } = asked
    return [{ person, rule, jurisdiction, params, on, before: a, after: b }]
  })
}

function verdict(policy: Policy, question: Question): VerdictSeen {
  if (!findRule(policy, question.rule, question.jurisdiction))
    return { outcome: '没有此规则', paths: {}, effects: [] }
  const decision = decide(policy, question)
  return {
    outcome: decision.outcome,
    ...(decision.opensOn !== undefined && { opensOn: decision.opensOn }),
    paths: Object.fromEntries(decision.paths.map((path) => [path.id, path.outcome])),
    effects: decision.effects.map((effect) => effect.id),
  }
}
