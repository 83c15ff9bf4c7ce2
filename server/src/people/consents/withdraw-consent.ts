import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { setConsentWithdrawn } from '../store/consents.ts'
import { CONSENTS, type Purpose } from './consent.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Somebody took an agreement back: whoever keeps data under it deletes them. */
    'people.consent-withdrawn': { personId: string; purpose: Purpose }
  }
}

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
    if (!(await withdrawConsentIn(tx, app, { personId, purpose: input.purpose, actor })))
      return refuse(no.CONSENT_NOT_FOUND())
    return ok({ id: input.purpose })
  })
}

/** The same within another act; false when nothing was agreed to. */
export async function withdrawConsentIn(
  tx: Tx,
  app: App,
  input: { personId: string; purpose: Purpose; actor: Actor; where?: string },
): Promise<boolean> {
  const { personId, purpose, actor, where } = input
  const at = app.clock.now()
  if (!(await setConsentWithdrawn(tx, personId, purpose, at))) return false
  await record(tx, {
    name: events['consent.withdrawn'],
    at,
    actor,
    subjects: [`person:${personId}`],
    data: { consent: CONSENTS[purpose].title, ...(where ? { where } : {}) },
  })
  await enqueue(tx, 'people.consent-withdrawn', { personId, purpose })
  return true
}
