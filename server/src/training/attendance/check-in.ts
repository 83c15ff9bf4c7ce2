import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { CLASS_STATES } from '../classes/class.ts'
import { no } from '../refusals-of-learners.ts'
import { checkDoorToken } from './door-token.ts'
import { creditAtDoor, doorTime, sayInstant, within } from './lesson-time.ts'
import { insertCheckIn, lessonForLearner } from './store.ts'

export type CheckInRefusal = RefusalOf<
  typeof no,
  | 'LEARNER_LESSON_NOT_FOUND'
  | 'DOOR_CODE_FORGED'
  | 'DOOR_CODE_EXPIRED'
  | 'LEARNER_LESSON_CANCELLED'
  | 'LESSON_MODE'
  | 'CLASS_NOT_RUNNING'
  | 'NOT_ENROLLED'
  | 'LESSON_NOT_ON'
  | 'CHECKED_IN_ALREADY'
>

export interface CheckedIn {
  lessonTitle: string
  className: string
  minutes: number
  at: string
}

/** The learner's phone opened the code at the door. The server's clock alone decides (HB-4.3). */
export async function checkIn(
  app: App,
  actor: Actor,
  input: { lessonId: string; token: string },
): Promise<Result<CheckedIn, CheckInRefusal>> {
  const { personId } = actor
  if (!personId) return refuse(no.NOT_ENROLLED())
  const at = app.clock.now()
  const token = checkDoorToken(app.crypto, input.lessonId, input.token, at)
  if (token === 'forged') return refuse(no.DOOR_CODE_FORGED())
  return transact<CheckedIn, CheckInRefusal>(app.db, async (tx) => {
    const lesson = await lessonForLearner(tx, input.lessonId, personId)
    if (!lesson) return refuse(no.LEARNER_LESSON_NOT_FOUND())
    if (!lesson.enrolmentId) return refuse(no.NOT_ENROLLED())
    if (lesson.cancelledAt) return refuse(no.LEARNER_LESSON_CANCELLED())
    if (lesson.mode !== 'offline') return refuse(no.LESSON_MODE({ act: '扫码签到' }))
    if (lesson.classState !== 'running')
      return refuse(no.CLASS_NOT_RUNNING({ state: CLASS_STATES[lesson.classState] }))
    if (lesson.enrolmentState !== 'admitted') return refuse(no.NOT_ENROLLED())
    const time = doorTime(lesson)
    if (!within(time, at))
      return refuse(no.LESSON_NOT_ON({ from: sayInstant(time.from), to: sayInstant(time.to) }))
    if (token === 'expired') return refuse(no.DOOR_CODE_EXPIRED())

    const seconds = creditAtDoor(lesson, at)
    const mark = { lessonId: lesson.id, enrolmentId: lesson.enrolmentId, seconds, at }
    const earlier = await insertCheckIn(tx, mark)
    if (earlier) return refuse(no.CHECKED_IN_ALREADY({ at: sayInstant(earlier.firstAt) }))
    const minutes = Math.floor(seconds / 60)
    await record(tx, {
      name: events['attendance.checked-in'],
      at,
      actor,
      subjects: [`enrolment:${lesson.enrolmentId}`, `lesson:${lesson.id}`],
      data: { lesson: lesson.title, minutes },
    })
    return ok({ lessonTitle: lesson.title, className: lesson.className, minutes, at: at.toISOString() })
  })
}
