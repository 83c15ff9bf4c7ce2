import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { setConsentWithdrawn } from '../store/consents.ts'
import { CONSENTS, type Purpose } from './consent.ts'

export type WithdrawConsentRefusal = RefusalOf<
  typeof no,
  'PERSON_NOT_REGISTERED' | 'CONSENT_NEEDED' | 'CONSENT_NOT_FOUND'
>

/** Takes an agreement back; the record of having given it stays. */
export function withdrawConsent(
  app: App,
  actor: Actor,
  input: { purpose: Purpose },
): Promise<Result<{ id: string }, WithdrawConsentRefusal>> {
  return transact<{ id: string }, WithdrawConsentRefusal>(app.db, async (tx) => {
    const { personId } = actor
    if (!personId) return refuse(no.PERSON_NOT_REGISTERED())
    const { needed, title } = CONSENTS[input.purpose]
    if (needed) return refuse(no.CONSENT_NEEDED({ title }))
    const at = app.clock.now()
    if (!(await setConsentWithdrawn(tx, personId, input.purpose, at))) return refuse(no.CONSENT_NOT_FOUND())
    await record(tx, {
      name: events['consent.withdrawn'],
      at,
      actor,
      subjects: [`person:${personId}`],
      data: { consent: title },
    })
    return ok({ id: input.purpose })
  })
}
