import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { MARKS, type Part, type Sitting, whyNotCorrectable, whyNotScorable } from './sitting.ts'
import { settleScoreDuties } from './sitting-duties.ts'
import { type Candidate, candidatesOf } from './store/candidates.ts'
import {
  finalScore,
  insertCorrection,
  insertEntries,
  type NewEntry,
  roundsOf,
  type ScoreProgress,
  type ScoreRound,
  scoreProgress,
  setFinalScores,
} from './store/scores.ts'
import { lockAnySitting } from './store/sittings.ts'

export interface ComputerScore {
  candidateId: string
  /** As the hall keeps it beside the attempt. */
  projectedTenths: number
  /** As worked out again from the journal by itself. */
  recomputedTenths: number
}

interface ComputerScores {
  sittingId: string
  part: Part
  scores: ComputerScore[]
  actor: Actor
  /** Scores given before are replaced, because an item's key was wrong; the earlier entries stay. */
  regrade?: { reason: string }
}

export type RecordComputerScoresRefusal =
  | RefusalOf<
      typeof no,
      | 'SITTING_NOT_FOUND'
      | 'SITTING_NOT_ENDED'
      | 'SCORE_ROWS_REFUSED'
      | 'COMPUTER_SCORES_DISAGREE'
      | 'SCORE_LISTED_TWICE'
    >
  | Refusal

const ENTRANTS = [
  { entry: 1, examiner: 'computer:projection', name: '计算机阅卷' },
  { entry: 2, examiner: 'computer:journal', name: '计算机阅卷（按作答记录复算）' },
] as const

/**
 * For the door, and the only way a computer's scores get in (HB-4.4): two entries a candidate, one from what the
 * hall keeps and one worked out again from the journal. Where they differ nothing at all is entered. Sent again,
 * the same scores change nothing.
 */
export async function recordComputerScores(
  tx: Tx,
  app: App,
  { sittingId, part, scores, actor, regrade }: ComputerScores,
): Promise<Result<{ entered: number; progress: ScoreProgress }, RecordComputerScoresRefusal>> {
  const sitting = await lockAnySitting(tx, sittingId)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const refusal = whyNotScorable(sitting)
  if (refusal) return refuse(refusal)
  const candidates = new Map((await candidatesOf(tx, sitting.id)).map((one) => [one.id, one]))
  const rounds = new Map(
    (await roundsOf(tx, sitting.id)).filter((one) => one.part === part).map((one) => [one.candidateId, one]),
  )
  if (new Set(scores.map((one) => one.candidateId)).size < scores.length)
    return refuse(no.SCORE_LISTED_TWICE())
  const differing = scores.filter((one) => one.projectedTenths !== one.recomputedTenths)
  if (differing.length > 0) {
    const rows = differing.map((one) => ({
      ...one,
      ticketNumber: candidates.get(one.candidateId)?.ticketNumber,
    }))
    return refuse({ ...no.COMPUTER_SCORES_DISAGREE({ count: differing.length }), facts: { rows } })
  }
  const problems: { ticketNumber: string; part: Part; refusal: Refusal }[] = []
  const entries: NewEntry[] = []
  for (const score of scores) {
    const candidate = candidates.get(score.candidateId)
    const round = rounds.get(score.candidateId)
    const known = finalScore(round)
    if (known === score.projectedTenths) continue
    const because = whyNotEntered(score, candidate, round, part, regrade !== undefined)
    if (because) problems.push({ ticketNumber: candidate?.ticketNumber ?? '', part, refusal: because })
    for (const { entry } of ENTRANTS)
      entries.push({
        candidateId: score.candidateId,
        part,
        round: (round?.round ?? 0) + 1,
        entry,
        scoreTenths: entry === 1 ? score.projectedTenths : score.recomputedTenths,
        reason: regrade?.reason ?? null,
      })
  }
  if (problems.length > 0)
    return refuse({ ...no.SCORE_ROWS_REFUSED({ count: problems.length }), facts: { rows: problems } })
  const progress = await enter(tx, app, actor, sitting, part, entries)
  return ok({ entered: entries.length / ENTRANTS.length, progress })
}

function whyNotEntered(
  score: ComputerScore,
  candidate: Candidate | undefined,
  round: ScoreRound | undefined,
  part: Part,
  regrade: boolean,
): Refusal | undefined {
  if (!candidate) return no.CANDIDATE_NOT_FOUND({})
  const tenths = score.recomputedTenths
  if (!Number.isInteger(tenths) || tenths < 0 || tenths > 1000) return no.SCORE_OUT_OF_RANGE()
  const mark = part === 'theory' ? candidate.theoryMark : candidate.abilityMark
  if (mark !== 'present') return no.SCORE_OF_ABSENT({ mark: MARKS[mark] })
  if (part === 'theory' ? candidate.theoryRetainedFrom : candidate.abilityRetainedFrom)
    return no.SCORE_RETAINED()
  // What people entered, or an earlier scoring, is replaced by a regrade only.
  return round && !regrade ? no.SCORE_ALREADY_FINAL() : undefined
}

async function enter(tx: Tx, app: App, actor: Actor, sitting: Sitting, part: Part, entries: NewEntry[]) {
  const at = app.clock.now()
  for (const { entry, examiner, name } of ENTRANTS) {
    const mine = entries.filter((one) => one.entry === entry)
    if (mine.length > 0) await insertEntries(tx, sitting.id, mine, { examiner, name, at })
  }
  const final = entries.filter((one) => one.entry === 1)
  await setFinalScores(tx, sitting.id, final)
  if (final.length > 0)
    await record(tx, {
      name: events['scores.computed'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`],
      data: { part, candidates: final.length, reason: final[0]?.reason ?? null },
    })
  const progress = await scoreProgress(tx, sitting.id)
  await settleScoreDuties(tx, app, actor, sitting, progress)
  return progress
}

/**
 * For the door: after publication a wrong key becomes one correction a candidate, in the name of who proposed the
 * change; a second person decides them, one by one or together. Candidates with a correction already open are named.
 */
export async function proposeComputerCorrections(
  tx: Tx,
  app: App,
  input: {
    sittingId: string
    part: Part
    scores: { candidateId: string; toTenths: number }[]
    reason: string
    proposer: { accountId: string; name: string }
    actor: Actor
  },
): Promise<
  Result<
    { proposed: number; open: string[] },
    RefusalOf<typeof no, 'SITTING_NOT_FOUND' | 'SITTING_NOT_SCORED'>
  >
> {
  const { part, reason, proposer, actor } = input
  const sitting = await lockAnySitting(tx, input.sittingId)
  if (!sitting) return refuse(no.SITTING_NOT_FOUND())
  const refusal = whyNotCorrectable(sitting)
  if (refusal) return refuse(refusal)
  const at = app.clock.now()
  const candidates = new Map((await candidatesOf(tx, sitting.id)).map((one) => [one.id, one]))
  const batchId = randomUUID()
  const open: string[] = []
  let proposed = 0
  for (const { candidateId, toTenths } of input.scores) {
    const candidate = defined(candidates.get(candidateId), 'a candidate of the sitting')
    const fromTenths = part === 'theory' ? candidate.theoryScoreTenths : candidate.abilityScoreTenths
    const mark = part === 'theory' ? candidate.theoryMark : candidate.abilityMark
    if (mark !== 'present' || fromTenths === null || fromTenths === toTenths) continue
    const fromResult = defined(candidate.result, 'a published result')
    const id = await insertCorrection(tx, {
      ...{ sittingId: sitting.id, candidateId, part, fromTenths, toTenths, fromResult, reason, at, batchId },
      proposedBy: proposer.accountId,
      proposedByName: proposer.name,
    })
    if (!id) {
      open.push(candidate.ticketNumber)
      continue
    }
    proposed += 1
    await record(tx, {
      name: events['score.correction-proposed'],
      at,
      actor,
      subjects: [`sitting:${sitting.id}`, `declaration:${candidate.declarationId}`],
      data: { part, fromTenths, toTenths, reason, ticketNumber: candidate.ticketNumber },
    })
  }
  return ok({ proposed, open })
}
