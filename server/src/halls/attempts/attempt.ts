// The attempt: one candidate at one part. What was fixed when its paper was sealed, and what its journal amounts to.
// ready → started → handed_in · timed_out · terminated; absent when its time was over before a start.
import type { HallRules } from '../arrangements/hall-rules.ts'
import { deadlineOf, inTime, type Window } from './deadline.ts'
import { type AttemptState, answeredOf, type CloseReason, type Draft } from './entry.ts'
import type { ClockView, ItemKind, Part, Receipt } from './wire.ts'

export interface AttemptFacts {
  sittingId: string
  id: string
  candidateId: string
  part: Part
  window: Window
  items: number
  /** Kind of every item that takes an answer, by id. */
  outline: ReadonlyMap<string, ItemKind>
  keySealed: Buffer
  /** Where the candidate sits now; null before the draw. */
  hallId: string | null
  /** The hall node that has taken the hall: it alone writes this journal. */
  nodeId: string | null
  /** The hall's Safe Exam Browser key, where it uses one. */
  sebConfigKey: string | null
  rules: HallRules
}

export interface Attempt {
  facts: AttemptFacts
  state: AttemptState
}

export type ClosedState = 'handed_in' | 'timed_out' | 'terminated' | 'absent'

/** What lists show of a closed attempt; nobody timed out who never started. */
export function closedStateOf(why: 'handed_in' | CloseReason, startedAt: Date | null): ClosedState {
  return why === 'timed_out' && startedAt === null ? 'absent' : why
}

/** The entry that closes an attempt whose time is over; undefined while it runs, stands still or is closed. */
export function dueClose({ facts, state }: Attempt, now: Date): Draft | undefined {
  if (facts.nodeId) return undefined
  if (state.closed || state.pausedAt || inTime(facts.window, state, now)) return undefined
  return { kind: 'close', body: { why: 'timed_out', act: null, answered: answeredOf(state) } }
}

export function clockOf({ facts, state }: Attempt, now: Date): ClockView {
  return {
    deadline: state.startedAt ? deadlineOf(facts.window, state, now).toISOString() : null,
    pausedAt: state.pausedAt ? state.pausedAt.toISOString() : null,
    closed: state.closed ? { why: state.closed.why, at: state.closed.at.toISOString() } : null,
  }
}

/** What was committed when the attempt was closed; null before. */
export function receiptOf({ facts, state }: Attempt): Receipt | null {
  const { closed } = state
  if (!closed) return null
  const hash = closed.hash.toString('hex')
  return {
    attemptId: facts.id,
    number: receiptNumber(hash),
    why: closed.why,
    seq: closed.seq,
    hash,
    at: closed.at.toISOString(),
    answered: closed.answered,
    items: facts.items,
  }
}

/** Short enough to read out: the head of the hash, in fours. */
export function receiptNumber(hash: string): string {
  return (hash.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-')
}
