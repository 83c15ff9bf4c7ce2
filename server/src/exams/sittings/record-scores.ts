import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { MARKS, PARTS, type Part, type Sitting, whyNotScorable } from './sitting.ts'
import { settleScoreDuties } from './sitting-duties.ts'
import { type Candidate, candidatesOf } from './store/candidates.ts'
import {
  insertEntries,
  isDiffering,
  isFinal,
  type NewEntry,
  roundsOf,
  type ScoreProgress,
  type ScoreRound,
  scoreProgress,
  setFinalScores,
} from './store/scores.ts'
import { computerPartsOf, lockSitting } from './store/sittings.ts'

export interface ScoreInput {
  ticketNumber: string
  part: Part
  scoreTenths: number
}

/** Per row: CANDIDATE_NOT_FOUND, SCORE_OUT_OF_RANGE, SCORE_OF_ABSENT, SCORE_RETAINED, SCORE_BY_COMPUTER, SCORE_SAME_EXAMINER, SCORE_ALREADY_FINAL, SCORE_LISTED_TWICE. */
export type RecordScoresRefusal =
  | RefusalOf<typeof no, 'SITTING_NOT_FOUND' | 'SITTING_NOT_ENDED' | 'SCORE_ROWS_REFUSED'>
  | Refusal

export interface RowProblem {
  /** Counts from 0, in the order given. */
  row: number
  ticketNumber: string
  part: Part
  refusal: Refusal
}

export interface Recorded {
  recorded: number
  /** Pairs that now agree, and pairs that do not: those go to the next round or to a third person. */
  agreed: number
  differing: number
  progress: ScoreProgress
}

/**
 * The one way a score gets in (HB-4.4): an examiner's entries for any number of candidates, after the sitting has
 * ended. Two examiners enter apart and blind; the first entry of a part waits for the second, equal entries are the
 * score, different ones open the next round. All rows or none.
 */
export function recordScores(
  app: App,
  actor: Actor,
  input: { sittingId: string; scores: ScoreInput[] },
): Promise<Result<Recorded, RecordScoresRefusal>> {
  return transact<Recorded, RecordScoresRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const examiner = defined(actor.accountId, 'an account')
    // The lock on the sitting orders two examiners who send at the same moment.
    const sitting = await lockSitting(tx, input.sittingId, institution.id)
    if (!sitting) return refuse(no.SITTING_NOT_FOUND())
    const refusal = whyNotScorable(sitting)
    if (refusal) return refuse(refusal)

    const { entries, problems, rounds } = await readScores(tx, sitting.id, input.scores, examiner)
    const [first] = problems
    if (first && input.scores.length === 1) return refuse(first.refusal)
    if (first)
      return refuse({ ...no.SCORE_ROWS_REFUSED({ count: problems.length }), facts: { rows: problems } })
    return ok(await enterScores(tx, app, actor, sitting, entries, rounds))
  })
}

/** Which entries these scores become, and which rows cannot be entered; the sitting must be locked. */
export async function readScores(
  tx: Tx,
  sittingId: string,
  scores: ScoreInput[],
  examiner: string,
): Promise<{ entries: NewEntry[]; problems: RowProblem[]; rounds: Map<string, ScoreRound> }> {
  const candidates = new Map((await candidatesOf(tx, sittingId)).map((one) => [one.ticketNumber, one]))
  const rounds = new Map(
    (await roundsOf(tx, sittingId)).map((one) => [`${one.candidateId} ${one.part}`, one]),
  )
  const byComputer = await computerPartsOf(tx, sittingId)
  const entries: NewEntry[] = []
  const problems: RowProblem[] = []
  const seen = new Set<string>()
  scores.forEach((score, row) => {
    const candidate = candidates.get(score.ticketNumber)
    const key = `${candidate?.id} ${score.part}`
    const round = rounds.get(key)
    const because = byComputer.includes(score.part)
      ? no.SCORE_BY_COMPUTER({ part: PARTS[score.part] })
      : whyNotEntered(score, candidate, round, examiner, seen.has(key))
    seen.add(key)
    if (because || !candidate) {
      const unknown = no.CANDIDATE_NOT_FOUND({ ticket: score.ticketNumber })
      problems.push({ row, ticketNumber: score.ticketNumber, part: score.part, refusal: because ?? unknown })
      return
    }
    const again = isDiffering(round)
    entries.push({
      candidateId: candidate.id,
      part: score.part,
      round: again ? (round?.round ?? 0) + 1 : (round?.round ?? 1),
      entry: round && !again ? 2 : 1,
      scoreTenths: score.scoreTenths,
      reason: null,
    })
  })
  return { entries, problems, rounds }
}

function whyNotEntered(
  score: ScoreInput,
  candidate: Candidate | undefined,
  round: ScoreRound | undefined,
  examiner: string,
  twice: boolean,
): Refusal | undefined {
  if (!candidate) return no.CANDIDATE_NOT_FOUND({ ticket: score.ticketNumber })
  if (twice) return no.SCORE_LISTED_TWICE()
  if (!Number.isInteger(score.scoreTenths) || score.scoreTenths < 0 || score.scoreTenths > 1000) {
    return no.SCORE_OUT_OF_RANGE()
  }
  const mark = score.part === 'theory' ? candidate.theoryMark : candidate.abilityMark
  if (mark !== 'present') return no.SCORE_OF_ABSENT({ mark: MARKS[mark] })
  if (score.part === 'theory' ? candidate.theoryRetainedFrom : candidate.abilityRetainedFrom)
    return no.SCORE_RETAINED()
  if (isFinal(round)) return no.SCORE_ALREADY_FINAL()
  if (round && !isDiffering(round) && round.examiners.includes(examiner)) return no.SCORE_SAME_EXAMINER()
  return undefined
}

export async function enterScores(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: Sitting,
  entries: NewEntry[],
  rounds: Map<string, ScoreRound>,
): Promise<Recorded> {
  const at = app.clock.now()
  await insertEntries(tx, sitting.id, entries, {
    examiner: defined(actor.accountId, 'an account'),
    name: actor.name,
    at,
  })
  const seconds = entries.filter((one) => one.entry === 2)
  const agreed = seconds.filter(
    (one) => rounds.get(`${one.candidateId} ${one.part}`)?.first === one.scoreTenths,
  )
  await setFinalScores(tx, sitting.id, agreed)
  const differing = seconds.length - agreed.length
  await record(tx, {
    name: events['scores.entered'],
    at,
    actor,
    subjects: [`sitting:${sitting.id}`],
    data: { rows: entries.length, final: agreed.length, differing },
  })
  const progress = await scoreProgress(tx, sitting.id)
  await settleScoreDuties(tx, app, actor, sitting, progress)
  return { recorded: entries.length, agreed: agreed.length, differing, progress }
}
