import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { lockClassForLearner } from '../classes/store.ts'
import { no } from '../refusals-of-learners.ts'
import { ENROLMENT_STATES } from './enrolment.ts'
import { moveUpIn } from './move-up.ts'
import { findOwnEnrolment, setWithdrawn } from './store.ts'

export type WithdrawEnrolmentRefusal = RefusalOf<typeof no, 'ENROLMENT_NOT_FOUND' | 'ENROLMENT_STATE'>

/** The learner steps back, also from a running class; before the start the waiting list moves up. */
export async function withdrawEnrolment(
  app: App,
  actor: Actor,
  input: { enrolmentId: string; reason?: string | undefined },
): Promise<Result<{ movedUp: number }, WithdrawEnrolmentRefusal>> {
  const { personId } = actor
  if (!personId) return refuse(no.ENROLMENT_NOT_FOUND())
  return transact<{ movedUp: number }, WithdrawEnrolmentRefusal>(app.db, async (tx) => {
    const seen = await findOwnEnrolment(tx, input.enrolmentId, personId)
    if (!seen) return refuse(no.ENROLMENT_NOT_FOUND())
    const one = await lockClassForLearner(tx, seen.classId)
    assert(one, 'an enrolment has a class')
    // Read again under the lock: the institution may have decided in between.
    const enrolment = await findOwnEnrolment(tx, input.enrolmentId, personId)
    const state = enrolment?.state ?? seen.state
    if (!['registered', 'waiting', 'admitted'].includes(state)) {
      return refuse(no.ENROLMENT_STATE({ state: ENROLMENT_STATES[state], act: '退出' }))
    }
    const at = app.clock.now()
    await setWithdrawn(tx, seen.id, input.reason ?? null, at)
    await record(tx, {
      name: events['enrolment.withdrawn'],
      at,
      actor,
      subjects: [`enrolment:${seen.id}`, `person:${personId}`],
      data: { reason: input.reason ?? null, from: state },
    })
    return ok({ movedUp: await moveUpIn(tx, app, actor, one) })
  })
}
