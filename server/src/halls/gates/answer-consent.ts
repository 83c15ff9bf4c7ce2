import { giveConsentIn } from '../../people/index.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { Consented } from '../attempts/wire.ts'
import { atTheDoor, type SecretRefusal } from './at-the-door.ts'
import { events } from './audit-events.ts'
import { candidateActor } from './identify.ts'
import { no } from './refusals.ts'
import { setConsent } from './store/admissions.ts'

export type AnswerConsentRefusal = SecretRefusal | RefusalOf<typeof no, 'ADMISSION_NOT_WAITING'>

/**
 * `POST consent`: face data, or the way by documents. It may be answered anew while the candidate waits. "No" here
 * asks for the documents today; it does not delete what was registered at home — that is a withdrawal, made there.
 */
export function answerConsent(
  app: App,
  secret: string | undefined,
  input: { given: boolean },
): Promise<Result<Consented, AnswerConsentRefusal>> {
  return transact<Consented, AnswerConsentRefusal>(app.db, async (tx) => {
    const door = await atTheDoor(tx, app, secret)
    if (!door) return refuse(no.ADMISSION_SECRET_INVALID())
    const { admission } = door
    if (admission.state !== 'waiting') return refuse(no.ADMISSION_NOT_WAITING({ state: admission.state }))
    const actor = candidateActor(admission.personId, admission.name)
    if (input.given)
      await giveConsentIn(tx, app, {
        personId: admission.personId,
        purpose: 'face',
        actor,
        where: '考场入口',
        hallId: admission.hallId,
      })
    await setConsent(tx, admission.id, input.given ? 'given' : 'declined')
    await record(tx, {
      name: events['admission.face-consent-answered'],
      at: app.clock.now(),
      actor,
      subjects: [`sitting:${admission.sittingId}`, `candidate:${admission.candidateId}`],
      data: { given: input.given, part: admission.part },
    })
    const now = await atTheDoor(tx, app, secret)
    return ok({ at: (now ?? door).view })
  })
}
