// The one deadline of an attempt. Every write path asks here and nowhere else.
import type { AttemptState } from './entry.ts'

/** What was fixed when the attempt was made. */
export interface Window {
  opensAt: Date
  closesAt: Date
  minutes: number
  /** Time approved beforehand for this candidate. */
  extraMinutes: number
  graceSeconds: number
}

type Clocked = Pick<
  AttemptState,
  'startedAt' | 'extendedMs' | 'pausedMs' | 'pausedBeforeStartMs' | 'pausedAt'
>

const MINUTE = 60_000

/**
 * When this candidate's time is over: the working time from the start, or the end of the window if that is earlier,
 * both with the candidate's own extra time; then whatever an invigilator added and every span paused (of a pause
 * before the start only the window's end takes notice: the working time had not begun). While paused the end moves
 * on with the clock.
 */
export function deadlineOf(window: Window, state: Clocked, now: Date): Date {
  const extra = window.extraMinutes * MINUTE
  const paused = state.pausedMs + (state.pausedAt ? Math.max(0, now.getTime() - state.pausedAt.getTime()) : 0)
  const windowEnd = window.closesAt.getTime() + extra + paused
  const ownEnd = state.startedAt
    ? state.startedAt.getTime() + window.minutes * MINUTE + extra + paused - state.pausedBeforeStartMs
    : windowEnd
  return new Date(Math.min(ownEnd, windowEnd) + state.extendedMs)
}

/** Whether an answer that is written at `now` still counts. */
export function inTime(window: Window, state: Clocked, now: Date): boolean {
  return now.getTime() <= deadlineOf(window, state, now).getTime() + window.graceSeconds * 1000
}
