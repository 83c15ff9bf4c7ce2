import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { hasAttendance, lockLesson, setLessonCancelled } from './store.ts'

export type CancelLessonRefusal = RefusalOf<
  typeof no,
  'LESSON_NOT_FOUND' | 'LESSON_CANCELLED' | 'LESSON_HAS_ATTENDANCE'
>

/** Takes a lesson off the timetable as long as nobody attended it; it stays visible as cancelled. */
export async function cancelLesson(
  app: App,
  actor: Actor,
  input: { lessonId: string; reason: string },
): Promise<Result<void, CancelLessonRefusal>> {
  return transact<void, CancelLessonRefusal>(app.db, async (tx) => {
    const lesson = await lockLesson(tx, actor, input.lessonId)
    if (!lesson) return refuse(no.LESSON_NOT_FOUND())
    if (lesson.cancelledAt) return refuse(no.LESSON_CANCELLED())
    if (await hasAttendance(tx, lesson.id)) return refuse(no.LESSON_HAS_ATTENDANCE())
    const at = app.clock.now()
    await setLessonCancelled(tx, lesson.id, input.reason, at)
    await record(tx, {
      name: events['lesson.cancelled'],
      at,
      actor,
      subjects: [`class:${lesson.classId}`, `lesson:${lesson.id}`],
      data: { title: lesson.title, reason: input.reason },
    })
    return ok()
  })
}
