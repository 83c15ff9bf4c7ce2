import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { whyNotEndable } from './sitting.ts'
import { openScoreDuty, settleScoreDuties } from './sitting-duties.ts'
import { candidatesOf } from './store/candidates.ts'
import { scoreProgress } from './store/scores.ts'
import { lockSitting, setSittingState } from './store/sittings.ts'

export type EndSittingRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_OPEN' | 'SITTING_NOT_OVER'
>

/**
 * Ends the sitting; from here scores may be entered. `endedOn` is the day the last part was over, not the day
 * somebody says so: the 30 days of the report (HB-4.4) cannot be moved by ending late.
 */
export function endSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ endedOn: string }, EndSittingRefusal>> {
  return transact<{ endedOn: string }, EndSittingRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const at = app.clock.now()
    const refusal = whyNotEndable(sitting, at)
    if (refusal) return refuse(refusal)
    const endedOn = dayOf(sitting.endsAt)
    await setSittingState(tx, sitting.id, 'ended', at, endedOn)
    const candidates = await candidatesOf(tx, sitting.id)
    const marked = (mark: string) =>
      candidates.filter((one) => one.theoryMark === mark || one.abilityMark === mark).length
    await record(tx, {
      name: events['sitting.ended'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`],
      data: { endedOn, absent: marked('absent'), misconduct: marked('misconduct') },
    })
    await openScoreDuty(tx, app, actor, { ...sitting, endedOn })
    await settleScoreDuties(tx, app, actor, { ...sitting, endedOn }, await scoreProgress(tx, sitting.id))
    return ok({ endedOn })
  })
}
