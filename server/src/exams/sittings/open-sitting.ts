import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { whyNotOpenable } from './sitting.ts'
import { countCandidates, lockCandidateDeclarations } from './store/candidates.ts'
import { lockSitting, setSittingState } from './store/sittings.ts'

export type OpenSittingRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'SITTING_NOT_PLANNED' | 'SITTING_EMPTY' | 'SITTING_TOO_EARLY'
>

/** Begins the sitting on its day. From here no declaration in it can be withdrawn or lose its confirmation. */
export function openSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ candidates: number }, OpenSittingRefusal>> {
  return transact<{ candidates: number }, OpenSittingRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    // A withdrawal under way in another browser finishes first, or finds the sitting open.
    await lockCandidateDeclarations(tx, sitting.id)
    const candidates = await countCandidates(tx, sitting.id)
    const refusal = whyNotOpenable(sitting, candidates, app.clock.today(), dayOf(sitting.startsAt))
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setSittingState(tx, sitting.id, 'open', at)
    await record(tx, {
      name: events['sitting.opened'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`],
      data: { candidates },
    })
    return ok({ candidates })
  })
}
