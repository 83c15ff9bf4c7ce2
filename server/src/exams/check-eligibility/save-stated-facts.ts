import { addFact, FACT_KINDS, type FactKind, factsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import type { CheckEligibility } from './check-eligibility.ts'
import { type Answers, type Group, SOME_DAY } from './question.ts'
import { selfCheck } from './self-check.ts'

export type SaveStatedFactsRefusal = RefusalOf<typeof no, 'ELIGIBILITY_PERSON_UNKNOWN'>

/** What a person states oneself and the platform keeps (自述); the other answers served the check only. */
const KEPT = [
  'education',
  'technicalSchool',
  'titles',
  'employment',
  'levelCertificates',
] as const satisfies Group[]

/**
 * Puts answers of the self-check into the person's own facts as 自述, on that person's word of consent. A kind the person has spoken
 * of before stays as it is, and what has no day is left out: `left` names both.
 */
export function saveStatedFacts(
  app: App,
  actor: Actor,
  input: Pick<CheckEligibility, 'matter' | 'occupationId' | 'level' | 'answers'>,
): Promise<Result<{ saved: string[]; left: string[] }>> {
  return transact<{ saved: string[]; left: string[] }, Refusal>(app.db, async (tx) => {
    const { personId } = actor
    if (!personId) return refuse(no.ELIGIBILITY_PERSON_UNKNOWN())
    const known = await factsOf(tx, personId)
    const saved: string[] = []
    const left: string[] = []
    for (const [kind, entries] of spokenOf(app, input)) {
      const whole = entries.filter((entry) => !Object.values(entry).includes(SOME_DAY))
      if (known[kind] !== undefined || (entries.length > 0 && whole.length === 0)) {
        left.push(FACT_KINDS[kind])
        continue
      }
      for (const value of entries.length === 0 ? [{ none: true }] : whole) {
        const added = await addFact(tx, app, { actor, personId, kind, value })
        if (!added.ok) return added
      }
      saved.push(FACT_KINDS[kind])
    }
    return ok({ saved, left })
  })
}

/** Kinds the person was asked about, with what was said; what was only filled in as of no consequence is not. */
function spokenOf(
  app: App,
  input: {
    matter: CheckEligibility['matter']
    occupationId: string
    level?: string | undefined
    answers: Answers
  },
): [FactKind & keyof ReturnType<typeof selfCheck>['facts'], Record<string, unknown>[]][] {
  const check = selfCheck(app.policy, {
    ...input,
    level: input.level,
    own: {},
    on: app.clock.today(),
    settings: [],
    thorough: false,
  })
  const said = new Set(
    check.questions.filter((one) => input.answers[one.id] !== undefined).map((one) => one.group),
  )
  return KEPT.filter((kind) => said.has(kind)).flatMap((kind) => {
    const entries = check.facts[kind]
    return entries === undefined ? [] : [[kind, entries as Record<string, unknown>[]]]
  })
}
