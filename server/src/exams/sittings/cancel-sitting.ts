import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { releaseCandidates } from './release-candidates.ts'
import { whyNotAssignable } from './sitting.ts'
import { candidatesOf } from './store/candidates.ts'
import { lockSitting, setSittingState } from './store/sittings.ts'

export type CancelSittingRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_PLANNED' | 'SITTING_CANDIDATES_FIXED'
>

/** Calls a planned sitting off. Its candidates stay qualified and can be assigned elsewhere. */
export function cancelSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string; reason: string },
): Promise<Result<{ released: number }, CancelSittingRefusal>> {
  return transact<{ released: number }, CancelSittingRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotAssignable(sitting)
    if (refusal) return refuse(refusal)
    const declarationIds = (await candidatesOf(tx, sitting.id)).map((one) => one.declarationId)
    const { released } = await releaseCandidates(
      tx,
      app,
      actor,
      declarationIds,
      `场次取消：${input.reason}`,
      sitting.id,
    )
    await setSittingState(tx, sitting.id, 'cancelled', app.clock.now())
    await record(tx, {
      name: events['sitting.cancelled'],
      at: app.clock.now(),
      actor,
      subjects: [`sitting:${sitting.id}`],
      data: { reason: input.reason, candidates: released },
    })
    return ok({ released })
  })
}
