/**
 * What a heartbeat of an online lesson is worth. All in whole milliseconds, so that a timer that is a little early or
 * late loses nothing.
 *
 * Credit is the length of the set of moments watched, so none counts twice and a lesson never credits more
 * than its length. A beat adds at most the time the server itself measured since the last one: skipping ahead, a
 * faster playback, a second tab or a changed clock on the phone add nothing (HB-4.3 规定学时).
 *
 * The server vouches for a position of its own beside the one the player reports. At 1× both are the same; at 2×
 * the server's lags behind, and the learner finds the remaining part marked 未观看.
 */
export interface WatchState {
  /** Disjoint, ascending [from, to) pairs. */
  watched: Span[]
  vouchedMs: number
  reportedMs: number
}
export type Span = [from: number, to: number]

export interface Beat {
  /** What the server measured since the last beat (or since the lease was taken). */
  elapsedMs: number
  /** Where the player says it is. */
  positionMs: number
  /** The page is in front and the player runs. Anything else is a pause. */
  playing: boolean
}

/** Beats come every 15 s; a gap longer than two of them is an interruption and credits no more than this. */
export const BEAT_SECONDS = 15
const LONGEST_CREDIT_MS = 30_000
/** Players offer up to 2×; beyond that, and a little for a late timer, a move is a skip. */
const FASTEST_PLAYBACK = 2
const LATE_TIMER_MS = 5000

export type BeatMeaning = 'watched' | 'paused' | 'skipped' | 'rewound'

/** Applies one beat: the next state and what the beat meant. Pure; `lengthMs` is the lesson's. */
export function applyBeat(
  state: WatchState,
  beat: Beat,
  lengthMs: number,
): { state: WatchState; meaning: BeatMeaning; creditedMs: number } {
  const position = Math.min(Math.max(Math.floor(beat.positionMs), 0), lengthMs)
  const moveTo = (meaning: BeatMeaning) => ({
    state: { watched: state.watched, vouchedMs: position, reportedMs: position },
    meaning,
    creditedMs: 0,
  })
  if (!beat.playing) return moveTo('paused')
  const advance = position - state.reportedMs
  if (advance < 0) return moveTo('rewound')
  if (advance > beat.elapsedMs * FASTEST_PLAYBACK + LATE_TIMER_MS) return moveTo('skipped')
  if (advance === 0) return { state, meaning: 'paused', creditedMs: 0 }

  const allowed = Math.floor(Math.min(Math.max(beat.elapsedMs, 0), LONGEST_CREDIT_MS))
  const reach = Math.min(state.vouchedMs + allowed, position)
  const watched = addSpan(state.watched, [state.vouchedMs, reach])
  return {
    state: { watched, vouchedMs: reach, reportedMs: position },
    meaning: 'watched',
    creditedMs: watchedMs(watched) - watchedMs(state.watched),
  }
}

export function watchedMs(watched: Span[]): number {
  return watched.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** Where to go on: the first moment that is not watched yet, or the lesson's end when all is. */
export function firstUnwatchedMs(watched: Span[], lengthMs: number): number {
  const first = watched[0]
  return first && first[0] === 0 ? Math.min(first[1], lengthMs) : 0
}

function addSpan(watched: Span[], [from, to]: Span): Span[] {
  if (to <= from) return watched
  const merged: Span = [from, to]
  const apart: Span[] = []
  for (const span of watched) {
    if (span[1] < merged[0] || span[0] > merged[1]) apart.push(span)
    else {
      merged[0] = Math.min(merged[0], span[0])
      merged[1] = Math.max(merged[1], span[1])
    }
  }
  return [...apart, merged].sort((a, b) => a[0] - b[0])
}
