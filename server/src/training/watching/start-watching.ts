import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { sayInstant, within } from '../attendance/lesson-time.ts'
import { lessonForLearner } from '../attendance/store.ts'
import { events } from '../audit-events.ts'
import { CLASS_STATES } from '../classes/class.ts'
import { no } from '../refusals-of-learners.ts'
import { firstUnwatchedMs, type Span, watchedMs } from './credit.ts'
import { lockLease, takeLease, watchedOf } from './store.ts'

export type StartWatchingRefusal = RefusalOf<
  typeof no,
  | 'LEARNER_LESSON_NOT_FOUND'
  | 'NOT_ENROLLED'
  | 'LEARNER_LESSON_CANCELLED'
  | 'LESSON_MODE'
  | 'CLASS_NOT_RUNNING'
  | 'LESSON_NOT_ON'
>

export interface WatchStarted {
  sessionId: string
  lengthMs: number
  /** Where to begin: the first part not watched. */
  positionMs: number
  creditedMs: number
  watched: Span[]
}

/** Takes the person's one lease. Whatever was being watched elsewhere, in any course or tab, stops counting. */
export async function startWatching(
  app: App,
  actor: Actor,
  input: { lessonId: string },
): Promise<Result<WatchStarted, StartWatchingRefusal>> {
  const { personId } = actor
  if (!personId) return refuse(no.NOT_ENROLLED())
  return transact<WatchStarted, StartWatchingRefusal>(app.db, async (tx) => {
    const former = await lockLease(tx, personId)
    const lesson = await lessonForLearner(tx, input.lessonId, personId)
    if (!lesson) return refuse(no.LEARNER_LESSON_NOT_FOUND())
    if (!lesson.enrolmentId) return refuse(no.NOT_ENROLLED())
    if (lesson.cancelledAt) return refuse(no.LEARNER_LESSON_CANCELLED())
    if (lesson.mode !== 'online') return refuse(no.LESSON_MODE({ act: '在线学习' }))
    if (lesson.classState !== 'running')
      return refuse(no.CLASS_NOT_RUNNING({ state: CLASS_STATES[lesson.classState] }))
    if (lesson.enrolmentState !== 'admitted') return refuse(no.NOT_ENROLLED())
    const at = app.clock.now()
    const time = { from: lesson.startsAt, to: lesson.endsAt }
    if (!within(time, at))
      return refuse(no.LESSON_NOT_ON({ from: sayInstant(time.from), to: sayInstant(time.to) }))

    const watched = await watchedOf(tx, lesson.id, lesson.enrolmentId)
    const lengthMs = lesson.minutes * 60_000
    const positionMs = firstUnwatchedMs(watched, lengthMs)
    const sessionId = crypto.randomUUID()
    await takeLease(tx, {
      personId,
      sessionId,
      lessonId: lesson.id,
      enrolmentId: lesson.enrolmentId,
      at,
      positionMs,
    })
    if (former && !former.endedAt && at.getTime() - former.lastBeatAt.getTime() < 60_000) {
      await record(tx, {
        name: events['watching.taken-over'],
        at,
        actor,
        subjects: [`enrolment:${lesson.enrolmentId}`, `lesson:${lesson.id}`],
        data: { lesson: lesson.title, former: former.lessonTitle },
      })
    }
    return ok({ sessionId, lengthMs, positionMs, creditedMs: watchedMs(watched), watched })
  })
}
