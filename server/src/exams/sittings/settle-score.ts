import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { type Part, whyNotScorable } from './sitting.ts'
import { settleScoreDuties } from './sitting-duties.ts'
import { findCandidate } from './store/candidates.ts'
import {
  insertEntries,
  isDiffering,
  roundsOf,
  type ScoreProgress,
  scoreProgress,
  setFinalScores,
} from './store/scores.ts'
import { lockSitting } from './store/sittings.ts'

export type SettleScoreRefusal = RefusalOf<
  typeof no,
  | 'SITTING_NOT_FOUND'
  | 'SITTING_NOT_ENDED'
  | 'CANDIDATE_NOT_FOUND'
  | 'SCORE_NOT_DIFFERING'
  | 'SCORE_SETTLED_BY_ENTRANT'
  | 'SCORE_OUT_OF_RANGE'
>

/** A third person settles a difference between two entries, with the reason; the entries stay on record. */
export function settleScore(
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; scoreTenths: number; reason: string },
): Promise<Result<{ progress: ScoreProgress }, SettleScoreRefusal>> {
  return transact<{ progress: ScoreProgress }, SettleScoreRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const settler = defined(actor.accountId, 'an account')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotScorable(sitting)
    if (refusal) return refuse(refusal)
    const candidate = await findCandidate(tx, sitting.id, input.candidateId)
    if (!candidate) return refuse(no.CANDIDATE_NOT_FOUND({}))
    if (!Number.isInteger(input.scoreTenths) || input.scoreTenths < 0 || input.scoreTenths > 1000) {
      return refuse(no.SCORE_OUT_OF_RANGE())
    }
    const rounds = await roundsOf(tx, sitting.id, [candidate.id])
    const round = rounds.find((one) => one.part === input.part)
    if (!round || !isDiffering(round)) return refuse(no.SCORE_NOT_DIFFERING())
    if (round.examiners.includes(settler)) return refuse(no.SCORE_SETTLED_BY_ENTRANT())

    const at = app.clock.now()
    const { part, scoreTenths, reason } = input
    const entry = {
      candidateId: candidate.id,
      part,
      round: round.round,
      entry: 3 as const,
      scoreTenths,
      reason,
    }
    await insertEntries(tx, sitting.id, [entry], { examiner: settler, name: actor.name, at })
    await setFinalScores(tx, sitting.id, [entry])
    await record(tx, {
      name: events['scores.settled'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`, `declaration:${candidate.declarationId}`],
      data: { part, reason, ticketNumber: candidate.ticketNumber },
    })
    const progress = await scoreProgress(tx, sitting.id)
    await settleScoreDuties(tx, app, actor, sitting, progress)
    return ok({ progress })
  })
}
