import {
  type Decision,
  decideFor,
  type Facts,
  type Outcome,
  type PathDecision,
  type Policy,
  prepare,
  type RuleParams,
  type Setting,
} from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'
import { type Matter, SOME_BODY } from './matter.ts'

type Prepared = ReturnType<typeof prepare>
type BodyKind = NonNullable<RuleParams['institutionKind']>
const BODY_KINDS: readonly BodyKind[] = ['自主评价企业', '链主企业', '院校', '社会评价组织']
export const BEST_FIRST: readonly Outcome[] = ['符合', '需人工认定', '材料不足', '尚未到期', '不符合']

/** A path's verdict with the decision it comes from. */
export interface FoundPath {
  /** rule/path */
  key: string
  path: PathDecision
  decision: Decision
}

export interface Deciding {
  prepared: readonly Prepared[]
  /** Every path of the matter for these facts; without a body kind each path as its best kind would have it. */
  decide: (facts: Facts, bodyKind: string | undefined, day?: Day) => FoundPath[]
}

/** The matter's rules made ready once, for the many people one person could still turn out to be. */
export function readyToDecide(
  policy: Policy,
  asked: {
    matter: Matter
    occupationId: string
    level: string | undefined
    on: Day
    settings: readonly Setting[]
  },
): Deciding {
  const { matter, occupationId, level, on, settings } = asked
  const rules = matter.rules.map((rule) => {
    const ready = (institutionKind: BodyKind) =>
      prepare(policy, {
        rule,
        jurisdiction: matter.jurisdiction,
        params: { occupation: occupationId, level, institution: SOME_BODY, institutionKind },
        settings,
      })
    const kinds = ready('自主评价企业').rule.asks.includes('机构类别') ? BODY_KINDS : BODY_KINDS.slice(0, 1)
    return new Map(kinds.map((kind) => [kind, ready(kind)]))
  })
  const wanted = (id: string) => !matter.paths || matter.paths.test(id)
  return {
    prepared: rules.map((kinds) => [...kinds.values()][0] as Prepared),
    decide: (facts, bodyKind, day = on) =>
      rules.flatMap((kinds) => {
        const one = bodyKind === undefined ? undefined : kinds.get(bodyKind as BodyKind)
        const decisions = (one ? [one] : [...kinds.values()]).map((ready) => decideFor(ready, facts, day))
        const best = new Map<string, FoundPath>()
        for (const decision of decisions) {
          for (const path of decision.paths) {
            if (!wanted(path.id)) continue
            const key = `${decision.rule}/${path.id}`
            const known = best.get(key)
            if (!known || rank(path.outcome) < rank(known.path.outcome))
              best.set(key, { key, path, decision })
          }
        }
        return [...best.values()]
      }),
  }
}

export const rank = (outcome: Outcome): number => BEST_FIRST.indexOf(outcome)

export function bestOutcome(paths: readonly FoundPath[]): Outcome {
  return BEST_FIRST.find((outcome) => paths.some((one) => one.path.outcome === outcome)) ?? '不符合'
}
