import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type ArrangedSitting, lockArranged } from '../papers/store.ts'
import { anchorHeads } from './anchor-heads.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { type ClosableCounts, countAttempts, setClosed } from './store.ts'

/** Ends the examination in all its halls once every attempt is closed, and anchors all chains in the same act. */
export function closeHallSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ attempts: number; headsSha256: string }>> {
  return transact(app.db, async (tx) => {
    const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
    if (!sitting) return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
    const counts = await countAttempts(tx, sitting.sittingId)
    const refusal = whyNotClosable(sitting, counts)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setClosed(tx, sitting.sittingId, at)
    const { open: _open, ...data } = counts
    await record(tx, {
      name: events['hall.sitting-closed'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data,
    })
    const { headsSha256 } = await anchorHeads(tx, app, { sittingId: sitting.sittingId, actor })
    return ok({ attempts: counts.attempts, headsSha256 })
  })
}

export function whyNotClosable(sitting: ArrangedSitting, counts: ClosableCounts): Refusal | undefined {
  if (sitting.state === 'closed' || sitting.state === 'archived') return no.HALL_ALREADY_CLOSED()
  if (counts.attempts === 0) return no.HALL_WITHOUT_ATTEMPTS()
  return counts.open > 0 ? no.HALL_ATTEMPTS_OPEN({ count: counts.open }) : undefined
}
