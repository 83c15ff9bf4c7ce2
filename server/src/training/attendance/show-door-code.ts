import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { CLASS_STATES } from '../classes/class.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-learners.ts'
import { doorToken, WINDOW_SECONDS } from './door-token.ts'
import { doorTime, sayInstant, within } from './lesson-time.ts'
import { findLessonInScope, presentCount } from './store.ts'

export type ShowDoorCodeRefusal =
  | RefusalOf<typeof noOfClasses, 'LESSON_NOT_FOUND' | 'LESSON_CANCELLED'>
  | RefusalOf<typeof no, 'LESSON_MODE' | 'CLASS_NOT_RUNNING' | 'LESSON_NOT_ON'>

export interface DoorCode {
  /** What the QR code holds: the page the learner's phone opens. */
  url: string
  /** Ask again after this long. */
  refreshInMs: number
  lessonTitle: string
  className: string
  room: string | null
  present: number
  expected: number
}

/** The code for the screen at the door, good for this window and the next; only while one can sign in. */
export async function showDoorCode(
  app: App,
  actor: Actor,
  input: { lessonId: string },
): Promise<Result<DoorCode, ShowDoorCodeRefusal>> {
  const lesson = await findLessonInScope(app.db, actor, input.lessonId)
  if (!lesson) return refuse(noOfClasses.LESSON_NOT_FOUND())
  if (lesson.cancelledAt) return refuse(noOfClasses.LESSON_CANCELLED())
  if (lesson.mode !== 'offline') return refuse(no.LESSON_MODE({ act: '扫码签到' }))
  if (lesson.classState !== 'running')
    return refuse(no.CLASS_NOT_RUNNING({ state: CLASS_STATES[lesson.classState] }))
  const at = app.clock.now()
  const time = doorTime(lesson)
  if (!within(time, at))
    return refuse(no.LESSON_NOT_ON({ from: sayInstant(time.from), to: sayInstant(time.to) }))
  const url = new URL('/attend', app.config.publicUrl)
  url.searchParams.set('lesson', lesson.id)
  url.searchParams.set('token', doorToken(app.crypto, lesson.id, at))
  const windowMs = WINDOW_SECONDS * 1000
  return ok({
    url: url.href,
    refreshInMs: windowMs - (at.getTime() % windowMs) + 200,
    lessonTitle: lesson.title,
    className: lesson.className,
    room: lesson.room,
    ...(await presentCount(app.db, lesson.id)),
  })
}
