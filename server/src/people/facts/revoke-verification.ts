import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { scopeOf } from '../scope.ts'
import { lockFact, setFactUnverified } from '../store/facts.ts'
import { findPerson } from '../store/persons.ts'

export type RevokeVerificationRefusal = RefusalOf<typeof no, 'FACT_NOT_FOUND' | 'FACT_NOT_VERIFIED'>

/** The reverse of `verifyFact`: the paper turned out not to show what it seemed to. */
export function revokeVerification(
  app: App,
  actor: Actor,
  input: { factId: string; reason: string },
): Promise<Result<{ id: string }, RevokeVerificationRefusal>> {
  return transact<{ id: string }, RevokeVerificationRefusal>(app.db, async (tx) => {
    const fact = await lockFact(tx, input.factId)
    if (!fact || !(await findPerson(tx, fact.personId, scopeOf(actor)))) return refuse(no.FACT_NOT_FOUND())
    if (fact.proof !== '已核验') return refuse(no.FACT_NOT_VERIFIED())
    await setFactUnverified(tx, fact.id)
    await record(tx, {
      name: events['fact.verification-revoked'],
      at: app.clock.now(),
      actor,
      subjects: [`person:${fact.personId}`],
      data: { kind: fact.kind, reason: input.reason },
    })
    return ok({ id: fact.id })
  })
}
