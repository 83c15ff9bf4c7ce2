import { withdrawConsentIn } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { forgetFace } from './forget-face.ts'
import { no } from './refusals.ts'

export type WithdrawFaceConsentRefusal = RefusalOf<
  typeof no,
  'PERSON_NOT_ON_RECORD' | 'FACE_CONSENT_NOT_FOUND'
>

/** Takes the consent back, and everything stored under it goes in the same moment. */
export function withdrawFaceConsent(
  app: App,
  actor: Actor,
): Promise<Result<{ deleted: boolean }, WithdrawFaceConsentRefusal>> {
  return transact<{ deleted: boolean }, WithdrawFaceConsentRefusal>(app.db, async (tx) => {
    const { personId } = actor
    if (!personId) return refuse(no.PERSON_NOT_ON_RECORD())
    if (!(await withdrawConsentIn(tx, app, { personId, purpose: 'face', actor })))
      return refuse(no.FACE_CONSENT_NOT_FOUND())
    return ok({ deleted: await forgetFace(tx, app, { personId, reason: 'withdrawn', actor }) })
  })
}
