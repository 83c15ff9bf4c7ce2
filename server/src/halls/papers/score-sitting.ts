import { recordComputerScores } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { PART_TITLES, type Part } from './paper.ts'
import { no } from './refusals.ts'
import {
  type ArrangedSitting,
  lockArranged,
  type ScorableAttempt,
  scorableAttempts,
  setAttemptScores,
} from './store.ts'
import { type WorkedOut, workOutScores } from './work-out-scores.ts'

export interface ScoredPart {
  part: Part
  scored: number
  /** Items people must mark: while there are any the scores stay here. */
  waiting: number
  /** Candidates whose score stands in exams now; null where scores are not passed up. */
  passedUp: number | null
  words: string
}

export type ScoreSittingRefusal =
  | RefusalOf<
      typeof no,
      | 'PAPER_SITTING_NOT_FOUND'
      | 'HALL_NOT_CLOSED'
      | 'ATTEMPTS_STILL_OPEN'
      | 'ABSENCE_NOT_MARKED'
      | 'JOURNAL_UNSOUND'
    >
  | Refusal

/**
 * Scores what a computer can after the close, once, from the last acknowledged answers; a part that is wholly
 * objective is passed up to exams in the same transaction. Asked for again it changes nothing.
 */
export function scoreSitting(
  app: App,
  actor: Actor,
  input: { sittingId: string },
): Promise<Result<{ parts: ScoredPart[] }, ScoreSittingRefusal>> {
  return transact<{ parts: ScoredPart[] }, ScoreSittingRefusal>(app.db, async (tx) => {
    const sitting = await lockArranged(tx, input.sittingId, scopeOf(actor))
    if (!sitting) return refuse(no.PAPER_SITTING_NOT_FOUND())
    const attempts = await scorableAttempts(tx, sitting.sittingId)
    const refusal = whyNotScorable(sitting, attempts)
    if (refusal) return refuse(refusal)
    const sat = attempts.filter((one) => one.state !== 'absent')
    const { worked, unsound } = await workOutScores(tx, app, sitting, sat)
    if (unsound.length > 0)
      return refuse(no.JOURNAL_UNSOUND({ count: unsound.length, attempts: unsound.slice(0, 50) }))

    const parts: ScoredPart[] = []
    for (const part of Object.keys(PART_TITLES) as Part[]) {
      const mine = worked.filter((one) => one.attempt.part === part)
      if (mine.length === 0) continue
      const scored = await scorePart(tx, app, actor, sitting, part, mine)
      if (!scored.ok) return scored
      parts.push(scored.value)
    }
    return ok({ parts })
  })
}

export function whyNotScorable(sitting: ArrangedSitting, attempts: ScorableAttempt[]): Refusal | undefined {
  if (sitting.state !== 'closed' && sitting.state !== 'archived') return no.HALL_NOT_CLOSED()
  const open = attempts.filter((one) => one.state === 'ready' || one.state === 'started').length
  if (open > 0) return no.ATTEMPTS_STILL_OPEN({ count: open })
  const unmarked = attempts.filter((one) => one.state === 'absent' && one.mark === 'present' && !one.retained)
  if (unmarked.length === 0) return undefined
  const tickets = [...new Set(unmarked.map((one) => one.ticketNumber))]
  return no.ABSENCE_NOT_MARKED({ count: tickets.length, tickets: tickets.slice(0, 50) })
}

async function scorePart(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: ArrangedSitting,
  part: Part,
  worked: WorkedOut[],
): Promise<Result<ScoredPart>> {
  const waiting = Math.max(...worked.map((one) => one.waiting))
  const at = app.clock.now()
  const scores = worked.map(({ attempt, projectedTenths }) => ({
    id: attempt.id,
    objectiveTenths: projectedTenths,
    scoreTenths: waiting === 0 ? projectedTenths : null,
  }))
  const kept = await setAttemptScores(tx, sitting.sittingId, scores, { at, again: false })
  let passedUp: number | null = null
  if (waiting === 0) {
    const entered = await passUp(tx, app, actor, sitting, part, worked, new Set(kept.map((one) => one.id)))
    if (!entered.ok) return entered
    passedUp = entered.value
  }
  if (kept.length > 0)
    await record(tx, {
      name: events['attempts.scored'],
      at,
      actor,
      subjects: [`sitting:${sitting.sittingId}`],
      data: { part, scored: kept.length, passedUp, waiting },
    })
  return ok({
    part,
    scored: worked.length,
    waiting,
    passedUp,
    words: wordsOf(part, worked.length, waiting, passedUp),
  })
}

/** Present candidates whose part counts in this sitting; what stands beside the attempt, and the second look. */
export async function passUp(
  tx: Tx,
  app: App,
  actor: Actor,
  sitting: ArrangedSitting,
  part: Part,
  worked: WorkedOut[],
  changed: ReadonlySet<string>,
  regrade?: { reason: string },
): Promise<Result<number>> {
  const counted = worked.filter(({ attempt }) => attempt.mark === 'present' && !attempt.retained)
  const entered = await recordComputerScores(tx, app, {
    sittingId: sitting.sittingId,
    part,
    actor,
    scores: counted.map(({ attempt, projectedTenths, recomputedTenths }) => ({
      candidateId: attempt.candidateId,
      projectedTenths: changed.has(attempt.id) ? projectedTenths : (attempt.scoreTenths ?? projectedTenths),
      recomputedTenths,
    })),
    ...(regrade ? { regrade } : {}),
  })
  return entered.ok ? ok(counted.length) : entered
}

function wordsOf(part: Part, scored: number, waiting: number, passedUp: number | null): string {
  const title = PART_TITLES[part]
  if (passedUp === null)
    return `${title}：已对 ${scored} 份答卷的客观题计分。试卷含 ${waiting} 道需人工评阅的题，成绩未上报，待评阅完成后再办理。`
  return `${title}：已计分 ${scored} 份，${passedUp} 名考生的成绩已上报场次，两次计算一致。`
}
