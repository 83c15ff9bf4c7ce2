import { markAbsentFromHall } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { untellCandidates } from '../arrangements/tell-candidates.ts'
import { type ArrangedSitting, lockArranged, scorableAttempts } from '../papers/store.ts'
import { anchorHeads } from './anchor-heads.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { type ClosableCounts, countAttempts, setClosed } from './store.ts'

const NEVER_STARTED = '到考试时间结束没有开始作答，结束机考时登记'

/**
 * Ends the examination in all its halls once every attempt is closed, and anchors all chains in the same act. Who
 * never started is marked absent with it, once whoever closes has been told how many and agreed (HB-4.4).
 */
export function closeHallSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string; marksAbsent?: boolean | undefined },
): Promise<Result<{ attempts: number; markedAbsent: number; headsSha256: string }>> {
  return transact(app.db, async (tx) => {
    const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
    if (!sitting) return refuse(no.ARCHIVE_SITTING_NOT_FOUND())
    const counts = await countAttempts(tx, sitting.sittingId)
    const refusal = whyNotClosable(sitting, counts)
    if (refusal) return refuse(refusal)
    const absences = await absencesToMark(tx, sitting.sittingId)
    if (absences.length > 0 && !input.marksAbsent)
      return refuse(no.ABSENCE_UNCONFIRMED({ count: absences.length }))
    if (absences.length > 0) {
      const marked = await markAbsentFromHall(tx, app, actor, {
        sittingId: sitting.sittingId,
        absences,
        reason: NEVER_STARTED,
      })
      if (!marked.ok) return marked
    }
    const at = app.clock.now()
    await setClosed(tx, sitting.sittingId, at)
    await untellCandidates(tx, app, actor, { sittingId: sitting.sittingId, reason: '考试已经结束' })
    const { open: _open, ...data } = counts
    await record(tx, {
      name: events['hall.sitting-closed'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data,
    })
    const { headsSha256 } = await anchorHeads(tx, app, { sittingId: sitting.sittingId, actor })
    return ok({ attempts: counts.attempts, markedAbsent: absences.length, headsSha256 })
  })
}

/** Parts that were never started by somebody who bears no mark for them. */
export async function absencesToMark(tx: Tx, sittingId: string) {
  return (await scorableAttempts(tx, sittingId))
    .filter((one) => one.state === 'absent' && one.mark === 'present' && !one.retained)
    .map(({ candidateId, part }) => ({ candidateId, part }))
}

export function whyNotClosable(sitting: ArrangedSitting, counts: ClosableCounts): Refusal | undefined {
  if (sitting.state === 'closed' || sitting.state === 'archived') return no.HALL_ALREADY_CLOSED()
  if (counts.attempts === 0) return no.HALL_WITHOUT_ATTEMPTS()
  return counts.open > 0 ? no.HALL_ATTEMPTS_OPEN({ count: counts.open }) : undefined
}
