import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record, type SubjectKey } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { decideResults } from './decide-results.ts'
import { type Part, type Sitting, type SittingResult, whyNotCorrectable } from './sitting.ts'
import { findCandidate, setResults } from './store/candidates.ts'
import {
  findCorrection,
  insertCorrection,
  openCorrectionsOfBatch,
  type ScoreCorrection,
  setCorrectionDecided,
  setFinalScores,
} from './store/scores.ts'
import { lockSitting } from './store/sittings.ts'

export type ProposeCorrectionRefusal = RefusalOf<
  typeof no,
  | 'SITTING_NOT_FOUND'
  | 'SITTING_NOT_SCORED'
  | 'CANDIDATE_NOT_FOUND'
  | 'SCORE_OUT_OF_RANGE'
  | 'CORRECTION_NOT_PRESENT'
  | 'CORRECTION_CHANGES_NOTHING'
  | 'CORRECTION_ALREADY_OPEN'
>

/** One person proposes to correct a published score, with the reason; a second decides. The old score stays on record. */
export function proposeScoreCorrection(
  app: App,
  actor: Actor,
  input: { sittingId: string; candidateId: string; part: Part; toTenths: number; reason: string },
): Promise<Result<{ id: string }, ProposeCorrectionRefusal>> {
  return transact<{ id: string }, ProposeCorrectionRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotCorrectable(sitting)
    if (refusal) return refuse(refusal)
    const candidate = await findCandidate(tx, sitting.id, input.candidateId)
    if (!candidate) return refuse(no.CANDIDATE_NOT_FOUND({}))
    const { part, toTenths, reason } = input
    if (!Number.isInteger(toTenths) || toTenths < 0 || toTenths > 1000) return refuse(no.SCORE_OUT_OF_RANGE())
    const mark = part === 'theory' ? candidate.theoryMark : candidate.abilityMark
    const fromTenths = part === 'theory' ? candidate.theoryScoreTenths : candidate.abilityScoreTenths
    if (mark !== 'present' || fromTenths === null) return refuse(no.CORRECTION_NOT_PRESENT())
    if (fromTenths === toTenths) return refuse(no.CORRECTION_CHANGES_NOTHING())

    const at = app.clock.now()
    const id = await insertCorrection(tx, {
      sittingId: sitting.id,
      candidateId: candidate.id,
      part,
      fromTenths,
      toTenths,
      fromResult: defined(candidate.result, 'a published result'),
      reason,
      proposedBy: defined(actor.accountId, 'an account'),
      proposedByName: actor.name,
      at,
      batchId: null,
    })
    if (!id) return refuse(no.CORRECTION_ALREADY_OPEN())
    await record(tx, {
      name: events['score.correction-proposed'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`, `declaration:${candidate.declarationId}`],
      data: { part, fromTenths, toTenths, reason, ticketNumber: candidate.ticketNumber },
    })
    return ok({ id })
  })
}

export type DecideCorrectionRefusal = RefusalOf<
  typeof no,
  'CORRECTION_NOT_FOUND' | 'CORRECTION_DECIDED' | 'CORRECTION_SAME_PERSON' | 'SITTING_NOT_SCORED'
>

/** The second person approves or rejects; approved, the result is decided again and whoever rests on it is told. */
export function decideScoreCorrection(
  app: App,
  actor: Actor,
  input: { correctionId: string; decision: 'approved' | 'rejected' },
): Promise<Result<{ result: SittingResult }, DecideCorrectionRefusal>> {
  return transact<{ result: SittingResult }, DecideCorrectionRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const account = defined(actor.accountId, 'an account')
    const found = await findCorrection(tx, input.correctionId, institution.id)
    if (!found) return refuse(no.CORRECTION_NOT_FOUND())
    const sitting = defined(await lockSitting(tx, found.sittingId, institution.id), 'its sitting')
    // Read again under the sitting's lock: the other browser may have decided it meanwhile.
    const correction = defined(await findCorrection(tx, found.id, institution.id), 'the correction')
    if (correction.decision) return refuse(no.CORRECTION_DECIDED())
    if (correction.proposedBy === account) return refuse(no.CORRECTION_SAME_PERSON())
    const refusal = whyNotCorrectable(sitting)
    if (refusal) return refuse(refusal)

    return ok({ result: await decideIn(tx, app, actor, sitting, correction, input.decision) })
  })
}

export type DecideTogetherRefusal = RefusalOf<
  typeof no,
  'SITTING_NOT_FOUND' | 'CORRECTION_NOT_FOUND' | 'CORRECTION_SAME_PERSON' | 'SITTING_NOT_SCORED'
>

/** What came from one wrong key the second person decides in one act; each correction is written by itself. */
export function decideCorrectionsTogether(
  app: App,
  actor: Actor,
  input: { sittingId: string; batchId: string; decision: 'approved' | 'rejected' },
): Promise<Result<{ decided: number }, DecideTogetherRefusal>> {
  return transact<{ decided: number }, DecideTogetherRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const corrections = await openCorrectionsOfBatch(tx, input)
    if (corrections.length === 0) return refuse(no.CORRECTION_NOT_FOUND())
    if (corrections.some((one) => one.proposedBy === actor.accountId))
      return refuse(no.CORRECTION_SAME_PERSON())
    const refusal = whyNotCorrectable(sitting)
    if (refusal) return refuse(refusal)
    for (const one of corrections) await decideIn(tx, app, actor, sitting, one, input.decision)
    return ok({ decided: corrections.length })
  })
}

async function decideIn(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: Sitting,
  correction: ScoreCorrection,
  decision: 'approved' | 'rejected',
): Promise<SittingResult> {
  const at = app.clock.now()
  const { candidateId, part, fromTenths, toTenths, reason } = correction
  const by = defined(actor.accountId, 'an account')
  await setCorrectionDecided(tx, correction.id, { by, byName: actor.name, decision, at })
  const before = defined(await findCandidate(tx, sitting.id, candidateId), 'its candidate')
  const subjects: SubjectKey[] = [
    `sitting:${sitting.id}`,
    `declaration:${before.declarationId}`,
    `person:${before.personId}`,
  ]
  const fromResult = defined(before.result, 'a published result')
  const about = { part, reason, proposedBy: correction.proposedByName }
  if (decision === 'rejected') {
    await record(tx, { name: events['score.correction-rejected'], at, actor, subjects, data: about })
    return fromResult
  }
  await setFinalScores(tx, sitting.id, [{ candidateId, part, scoreTenths: toTenths }])
  const after = defined(await findCandidate(tx, sitting.id, candidateId), 'its candidate')
  const results = await decideResults(tx, app, sitting, [after])
  await setResults(tx, results, at)
  const toResult = defined(results[0], 'its result').result
  await record(tx, {
    name: events['score.corrected'],
    at,
    actor,
    subjects,
    data: { ...about, fromTenths, toTenths, fromResult, toResult },
  })
  await enqueue(tx, 'exams.score-corrected', { sittingId: sitting.id, candidateId })
  return toResult
}
