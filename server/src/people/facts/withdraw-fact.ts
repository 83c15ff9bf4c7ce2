import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type FactRow, lockFact, setFactWithdrawn } from '../store/facts.ts'

export type WithdrawFactRefusal = RefusalOf<typeof no, 'FACT_NOT_FOUND' | 'FACT_VERIFIED'>

/** Why the person may not take the fact back; the list shows the same. */
export function whyNotWithdraw(fact: Pick<FactRow, 'proof'>): Refusal<'FACT_VERIFIED'> | undefined {
  return fact.proof === '已核验' ? no.FACT_VERIFIED() : undefined
}

/** The person takes a fact back that nobody has verified; stating it again is the reverse. */
export function withdrawFact(
  app: App,
  actor: Actor,
  input: { factId: string },
): Promise<Result<{ id: string }, WithdrawFactRefusal>> {
  return transact<{ id: string }, WithdrawFactRefusal>(app.db, async (tx) => {
    const fact = await lockFact(tx, input.factId)
    if (!fact || fact.personId !== actor.personId) return refuse(no.FACT_NOT_FOUND())
    const why = whyNotWithdraw(fact)
    if (why) return refuse(why)
    const at = app.clock.now()
    await setFactWithdrawn(tx, fact.id, at)
    await record(tx, {
      name: events['fact.withdrawn'],
      at,
      actor,
      subjects: [`person:${fact.personId}`],
      data: { kind: fact.kind },
    })
    return ok({ id: fact.id })
  })
}
