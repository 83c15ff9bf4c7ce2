import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Day } from '../../platform/clock.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { scopeOf } from '../scope.ts'
import { type FactRow, lockFact, setFactVerified } from '../store/facts.ts'
import { findPerson } from '../store/persons.ts'

export interface VerifyFactInput {
  factId: string
  /** Last day on which the paper counts, where it says one. */
  expiresOn?: Day | undefined
}

export type VerifyFactRefusal = RefusalOf<
  typeof no,
  'FACT_NOT_FOUND' | 'FACT_WITHOUT_PAPER' | 'FACT_ALREADY_VERIFIED'
>

export function whyNotVerify(
  fact: Pick<FactRow, 'proof' | 'fileId'>,
): Refusal<'FACT_WITHOUT_PAPER'> | Refusal<'FACT_ALREADY_VERIFIED'> | undefined {
  if (fact.proof === '已核验') return no.FACT_ALREADY_VERIFIED()
  return fact.fileId === null ? no.FACT_WITHOUT_PAPER() : undefined
}

/** Somebody in charge has seen the paper: the fact is 已核验 (HB-4.4). `revokeVerification` is the reverse. */
export function verifyFact(
  app: App,
  actor: Actor,
  input: VerifyFactInput,
): Promise<Result<{ id: string }, VerifyFactRefusal>> {
  return transact<{ id: string }, VerifyFactRefusal>(app.db, async (tx) => {
    const fact = await lockFact(tx, input.factId)
    if (!fact || !(await findPerson(tx, fact.personId, scopeOf(actor)))) return refuse(no.FACT_NOT_FOUND())
    const why = whyNotVerify(fact)
    if (why) return refuse(why)
    const at = app.clock.now()
    const expiresOn = input.expiresOn ?? null
    const by = actor.organisation ? `${actor.organisation.name} ${actor.name}` : actor.name
    await setFactVerified(tx, fact.id, { by, at, expiresOn })
    await record(tx, {
      name: events['fact.verified'],
      at,
      actor,
      subjects: [`person:${fact.personId}`],
      data: { kind: fact.kind, expiresOn },
    })
    return ok({ id: fact.id })
  })
}
