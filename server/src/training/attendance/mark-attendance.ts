import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { CLASS_STATES } from '../classes/class.ts'
import { lockClass } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-learners.ts'
import { findLessonInScope, marksBefore, upsertTeacherMarks } from './store.ts'

export interface MarkAttendanceInput {
  lessonId: string
  /** Minutes attended; 0 is absent. */
  marks: { enrolmentId: string; minutes: number }[]
  reason: string
}

export type MarkAttendanceRefusal =
  | RefusalOf<typeof noOfClasses, 'LESSON_NOT_FOUND' | 'LESSON_CANCELLED'>
  | RefusalOf<typeof no, 'CLASS_NOT_RUNNING' | 'LESSON_NOT_BEGUN' | 'MARK_TOO_LONG' | 'ENROLMENT_NOT_FOUND'>

/** The teacher marks attendance by hand, with a reason; any number at once. What stood before is in the log. */
export async function markAttendance(
  app: App,
  actor: Actor,
  input: MarkAttendanceInput,
): Promise<Result<{ marked: number }, MarkAttendanceRefusal>> {
  return transact<{ marked: number }, MarkAttendanceRefusal>(app.db, async (tx) => {
    const lesson = await findLessonInScope(tx, actor, input.lessonId)
    if (!lesson) return refuse(noOfClasses.LESSON_NOT_FOUND())
    // Held against completing the class at the same moment: a completed class's hours no longer change.
    const one = await lockClass(tx, actor, lesson.classId)
    if (one?.state !== 'running')
      return refuse(no.CLASS_NOT_RUNNING({ state: CLASS_STATES[lesson.classState] }))
    if (lesson.cancelledAt) return refuse(noOfClasses.LESSON_CANCELLED())
    const at = app.clock.now()
    if (at < lesson.startsAt) return refuse(no.LESSON_NOT_BEGUN())
    if (input.marks.some((mark) => mark.minutes > lesson.minutes))
      return refuse(no.MARK_TOO_LONG({ minutes: lesson.minutes }))
    const marks = [...new Map(input.marks.map((mark) => [mark.enrolmentId, mark])).values()]
    const before = await marksBefore(
      tx,
      lesson.id,
      lesson.classId,
      marks.map((mark) => mark.enrolmentId),
    )
    if (before.length < marks.length) return refuse(no.ENROLMENT_NOT_FOUND())

    await upsertTeacherMarks(tx, {
      lessonId: lesson.id,
      marks: marks.map((mark) => ({ enrolmentId: mark.enrolmentId, seconds: mark.minutes * 60 })),
      by: actor.name,
      reason: input.reason,
      at,
    })
    const minutesOf = new Map(marks.map((mark) => [mark.enrolmentId, mark.minutes]))
    await record(
      tx,
      ...before.map((mark) => ({
        name: events['attendance.marked'],
        at,
        actor,
        subjects: [`enrolment:${mark.enrolmentId}` as const, `lesson:${lesson.id}` as const],
        data: {
          lesson: lesson.title,
          minutes: minutesOf.get(mark.enrolmentId) ?? 0,
          before: mark.creditedSeconds === null ? null : Math.floor(mark.creditedSeconds / 60),
          reason: input.reason,
        },
      })),
    )
    return ok({ marked: marks.length })
  })
}
