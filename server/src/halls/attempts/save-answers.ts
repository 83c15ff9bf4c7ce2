import type { App } from '../../platform/app.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { type Attempt, clockOf, dueClose } from './attempt.ts'
import { deadlineOf } from './deadline.ts'
import { type AnswerValue, type Draft, isReceived, type Standing } from './entry.ts'
import { awayRefusal, type Holder, leaseRefusal } from './holder.ts'
import type { Decision, Journal } from './journal.ts'
import { no } from './refusals.ts'
import { type AttemptKey, keepLateAnswers, writtenAnswers } from './store.ts'
import type { ClockView, ItemKind, Save, Saved, SaveResult } from './wire.ts'

/** Answers an invigilator carried here in a sealed export: the file names its lease, which may have ended since. */
export interface Carried {
  attemptId: string
  carried: true
}

/** What one look at the state can say; `undefined` results need the journal's own words. */
interface Outcome {
  key: AttemptKey
  clock: ClockView
  results: (SaveResult | undefined)[]
  /** Set when the time is over or the attempt closed. */
  late: { receivedAt: Date; deadlineAt: Date } | undefined
}

/**
 * Writes answers and says of each what became of it, once that has committed. The same save twice is one; a save
 * that was typed over an older answer than the server has is a conflict, and never overwrites.
 */
export async function saveAnswers(
  app: App,
  journal: Journal,
  holder: Holder | Carried,
  saves: Save[],
): Promise<Result<Saved>> {
  const decided = await journal.write(holder.attemptId, (attempt, now) => decide(attempt, now, holder, saves))
  if (!decided) return refuse(no.ATTEMPT_NOT_FOUND())
  if (!decided.ok) return decided
  const { key, late, clock } = decided.value
  const results = await settle(app, decided.value, saves)
  const lost = saves.filter((_, index) => results[index]?.status === 'late')
  if (late && lost.length > 0) await keepLateAnswers(app.db, { ...key, ...late, saves: lost })
  return ok({ results, ...clock })
}

function decide(
  attempt: Attempt,
  now: Date,
  holder: Holder | Carried,
  saves: Save[],
): Decision<Result<Outcome>> {
  const { facts, state } = attempt
  const key = { sittingId: facts.sittingId, attemptId: facts.id }
  const gone = 'carried' in holder ? undefined : leaseRefusal(state, holder)
  if (gone) return { answer: refuse(gone), maxAgeMs: 0 }
  const away = awayRefusal(attempt)
  if (away) return { answer: refuse(away), maxAgeMs: 0 }
  if (!state.startedAt) return { answer: refuse(no.ATTEMPT_NOT_STARTED()), maxAgeMs: 0 }
  const due = dueClose(attempt, now)
  if (state.closed || due) {
    const late = { receivedAt: now, deadlineAt: deadlineOf(facts.window, state, now) }
    const answer = () => ok({ key, late, clock: clockOf(attempt, now), results: saves.map(() => undefined) })
    return due ? { append: [due], answer, maxAgeMs: 0 } : { answer: answer(), maxAgeMs: 0 }
  }
  if (state.pausedAt) return { answer: refuse(no.ATTEMPT_PAUSED()), maxAgeMs: 0 }

  const drafts: Draft[] = []
  const written = new Map<string, Standing>()
  const at = now.toISOString()
  const results = saves.map((save): SaveResult | undefined => {
    const { item, clientSeq, baseRevision, value, clientAt } = save
    const kind = facts.outline.get(item)
    const standing = written.get(item) ?? state.answers.get(item)
    const stands = standing?.revision ?? 0
    if (!kind || !fits(kind, value) || !isReceived(state, item, value))
      return { item, clientSeq, status: 'refused', revision: stands }
    if (standing?.clientSeq === clientSeq) return { item, clientSeq, status: 'same', revision: stands }
    if (baseRevision !== stands || (standing && clientSeq < standing.clientSeq)) return undefined
    const revision = stands + 1
    drafts.push({ kind: 'answer', body: { baseRevision, clientAt, clientSeq, item, revision, value } })
    written.set(item, { revision, clientSeq, filled: true })
    return { item, clientSeq, status: 'saved', revision, at }
  })
  const answer = ok({ key, late: undefined, clock: clockOf(attempt, now), results })
  if (drafts.length > 0) return { append: drafts, answer: () => answer }
  return { answer, maxAgeMs: 0 }
}

/** Whether a value can be an answer to an item of this kind; what it is worth is not asked here. */
function fits(kind: ItemKind, value: AnswerValue): boolean {
  if (value === null) return true
  switch (kind) {
    case 'single':
    case 'judgement':
    case 'short':
    case 'long':
      return typeof value === 'string'
    case 'multiple':
    case 'fill':
      return Array.isArray(value)
    case 'file':
      return typeof value === 'object' && !Array.isArray(value)
    case 'scenario':
      return false
  }
}

/** A save that does not fit what stands: it was written earlier, or it is in conflict, or it came too late. */
async function settle(app: App, { key, late, results }: Outcome, saves: Save[]): Promise<SaveResult[]> {
  if (!results.includes(undefined)) return results as SaveResult[]
  const written = await writtenAnswers(app.db, key)
  return saves.map((save, index) => {
    const settled = results[index]
    if (settled) return settled
    const { item, clientSeq } = save
    const ofItem = written.filter((one) => one.item === item)
    const before = ofItem.find((one) => one.clientSeq === clientSeq)
    if (before)
      return { item, clientSeq, status: 'same', revision: before.revision, at: before.at.toISOString() }
    const stands = ofItem.at(-1)
    const revision = stands?.revision ?? 0
    if (late) return { item, clientSeq, status: 'late', revision }
    return { item, clientSeq, status: 'conflict', revision, value: stands?.value ?? null }
  })
}
