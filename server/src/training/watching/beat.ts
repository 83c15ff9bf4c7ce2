import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { sayInstant, within } from '../attendance/lesson-time.ts'
import { CLASS_STATES } from '../classes/class.ts'
import { no } from '../refusals-of-learners.ts'
import { applyBeat, type BeatMeaning, firstUnwatchedMs, watchedMs } from './credit.ts'
import { keepBeat, lockLease } from './store.ts'

export interface BeatInput {
  sessionId: string
  positionMs: number
  /** The page is in front and the player runs. */
  playing: boolean
  /** The last beat of this sitting: gives the lease back. */
  ending?: boolean | undefined
}

export type BeatRefusal = RefusalOf<
  typeof no,
  | 'WATCH_SESSION_NOT_FOUND'
  | 'WATCHING_ELSEWHERE'
  | 'LESSON_NOT_ON'
  | 'LEARNER_LESSON_CANCELLED'
  | 'CLASS_NOT_RUNNING'
  | 'NOT_ENROLLED'
>

export interface BeatAnswer {
  meaning: BeatMeaning
  creditedMs: number
  /** Where to go on when the player is at the end or ahead: the first part not watched. */
  resumeMs: number
  done: boolean
}

/** A heartbeat of the player, every 15 seconds. Credits only what the server's own clock and the lease allow. */
export async function beat(
  app: App,
  actor: Actor,
  input: BeatInput,
): Promise<Result<BeatAnswer, BeatRefusal>> {
  const { personId } = actor
  if (!personId) return refuse(no.WATCH_SESSION_NOT_FOUND())
  return transact<BeatAnswer, BeatRefusal>(app.db, async (tx) => {
    const lease = await lockLease(tx, personId)
    if (!lease) return refuse(no.WATCH_SESSION_NOT_FOUND())
    if (lease.sessionId !== input.sessionId) return refuse(no.WATCHING_ELSEWHERE())
    if (lease.endedAt) return refuse(no.WATCH_SESSION_NOT_FOUND())
    if (lease.cancelledAt) return refuse(no.LEARNER_LESSON_CANCELLED())
    if (lease.classState !== 'running')
      return refuse(no.CLASS_NOT_RUNNING({ state: CLASS_STATES[lease.classState] }))
    if (lease.enrolmentState !== 'admitted') return refuse(no.NOT_ENROLLED())
    // Read after the lock: a beat that waited for another is measured from that other one.
    const at = app.clock.now()
    const time = { from: lease.startsAt, to: lease.endsAt }
    if (!within(time, at))
      return refuse(no.LESSON_NOT_ON({ from: sayInstant(time.from), to: sayInstant(time.to) }))

    const lengthMs = lease.minutes * 60_000
    const watched = lease.watched ?? []
    const elapsedMs = at.getTime() - lease.lastBeatAt.getTime()
    const next = applyBeat(
      { watched, vouchedMs: lease.vouchedMs, reportedMs: lease.reportedMs },
      { elapsedMs, positionMs: input.positionMs, playing: input.playing },
      lengthMs,
    )
    const creditedMs = watchedMs(next.state.watched)
    await keepBeat(tx, {
      personId,
      at,
      vouchedMs: next.state.vouchedMs,
      reportedMs: next.state.reportedMs,
      ended: input.ending ?? false,
      credit:
        next.creditedMs > 0
          ? {
              lessonId: lease.lessonId,
              enrolmentId: lease.enrolmentId,
              watched: next.state.watched,
              creditedSeconds: Math.floor(creditedMs / 1000),
            }
          : undefined,
    })
    return ok({
      meaning: next.meaning,
      creditedMs,
      resumeMs: firstUnwatchedMs(next.state.watched, lengthMs),
      done: creditedMs >= lengthMs,
    })
  })
}
