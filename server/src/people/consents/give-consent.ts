import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertConsent } from '../store/consents.ts'
import { CONSENTS, type Purpose } from './consent.ts'

export type GiveConsentRefusal = RefusalOf<typeof no, 'PERSON_NOT_REGISTERED'>

/** Agrees to a purpose in its present wording. Agreeing again changes nothing. */
export function giveConsent(
  app: App,
  actor: Actor,
  input: { purpose: Purpose },
): Promise<Result<{ id: string }, GiveConsentRefusal>> {
  return transact<{ id: string }, GiveConsentRefusal>(app.db, async (tx) => {
    const { personId } = actor
    if (!personId) return refuse(no.PERSON_NOT_REGISTERED())
    await giveConsentIn(tx, app, { personId, purpose: input.purpose, actor })
    return ok({ id: input.purpose })
  })
}

/** The same within another act; `where` says at which door the person agreed, `hallId` whose door that was. */
export async function giveConsentIn(
  tx: Tx,
  app: App,
  input: { personId: string; purpose: Purpose; actor: Actor; where?: string; hallId?: string },
): Promise<void> {
  const { personId, purpose, actor, where, hallId } = input
  const at = app.clock.now()
  const textVersion = CONSENTS[purpose].version
  if (!(await insertConsent(tx, { personId, purpose, textVersion, at, hallId }))) return
  await record(tx, {
    name: events['consent.given'],
    at,
    actor,
    subjects: [`person:${personId}`],
    data: { consent: CONSENTS[purpose].title, textVersion, ...(where ? { where } : {}) },
  })
}
