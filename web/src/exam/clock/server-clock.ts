// The server's time in the room. It runs on the browser's monotonic clock, so a machine whose clock is set anew, or
// wrong from the start, shows and does the same as every other.

export interface Sample {
  /** Monotonic milliseconds when the request left and the answer came. */
  sentAt: number
  receivedAt: number
  /** What the server's clock said in between, in milliseconds since 1970. */
  serverMs: number
}

export interface ServerClock {
  /** Server time = monotonic time + offset; off by at most `uncertaintyMs`. */
  offsetMs: number
  uncertaintyMs: number
  takenAt: number
}

/** A sample ages: even a good one gives way to a fresh one after a while. Quartz drifts by less than this. */
const DRIFT_PER_MS = 0.0002
/** A machine that slept stops its monotonic clock; then the old samples say nothing any more. */
const SLACK_MS = 250

/** Takes a sample in: the surer of the two stays, unless they contradict each other, then the new one. */
export function takeSample(clock: ServerClock | undefined, sample: Sample): ServerClock {
  const half = Math.max(0, (sample.receivedAt - sample.sentAt) / 2)
  const fresh: ServerClock = {
    offsetMs: sample.serverMs - (sample.sentAt + half),
    uncertaintyMs: half,
    takenAt: sample.receivedAt,
  }
  if (!clock) return fresh
  const aged = clock.uncertaintyMs + Math.max(0, sample.receivedAt - clock.takenAt) * DRIFT_PER_MS
  const apart = Math.abs(clock.offsetMs - fresh.offsetMs)
  if (apart > aged + fresh.uncertaintyMs + SLACK_MS) return fresh
  return fresh.uncertaintyMs <= aged ? fresh : clock
}

export function serverNow(clock: ServerClock, monotonicMs: number): number {
  return monotonicMs + clock.offsetMs
}

/** What is left of the time; it stands while the hall is paused. */
export function leftMs(
  times: { deadline: string | null; pausedAt: string | null; heardAtMs: number },
  nowMs: number,
): number | null {
  if (!times.deadline) return null
  // While paused the server moves the deadline on with its clock: what was left when it last spoke is still left.
  return Date.parse(times.deadline) - (times.pausedAt ? times.heardAtMs : nowMs)
}
