import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
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
    const at = app.clock.now()
    const textVersion = CONSENTS[input.purpose].version
    const given = await insertConsent(tx, { personId, purpose: input.purpose, textVersion, at })
    if (given) {
      await record(tx, {
        name: events['consent.given'],
        at,
        actor,
        subjects: [`person:${personId}`],
        data: { consent: CONSENTS[input.purpose].title, textVersion },
      })
    }
    return ok({ id: input.purpose })
  })
}
