import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { dayOf, instantAt } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import type { TrainingClass } from '../classes/class.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass } from '../classes/store.ts'
import { no } from '../refusals.ts'
import { lockTeacher } from '../teachers/store.ts'
import { whoIsUnqualified } from '../teachers/unqualified-teachers.ts'
import type { NewLesson } from './lesson.ts'
import { conflictsOf, insertLessons, type LessonConflict, lockTimetable } from './store.ts'
import { weeklyDays } from './weekly-days.ts'

export type AddLessonsRefusal = RefusalOf<
  typeof no,
  | 'CLASS_NOT_FOUND'
  | 'CLASS_STATE'
  | 'TEACHER_NOT_FOUND'
  | 'TEACHER_LEFT'
  | 'TEACHER_NOT_QUALIFIED'
  | 'LESSON_OUTSIDE_CLASS'
  | 'LESSON_TOO_LONG'
  | 'LESSON_IN_PAST'
  | 'LESSON_OVERLAPS'
  | 'NO_LESSON_DAYS'
>

interface Weekly {
  fromOn: string
  toOn: string
  /** 1 Monday … 7 Sunday. */
  weekdays: number[]
  /** HH:MM */
  startTime: string
  endTime: string
  skip?: string[] | undefined
}

/** One lesson, or one on every day of a weekly pattern; all are added or none. */
export async function addLessons(
  app: App,
  actor: Actor,
  input:
    | { classId: string; lesson: NewLesson }
    | { classId: string; lesson: Omit<NewLesson, 'startsAt' | 'endsAt'>; weekly: Weekly },
): Promise<Result<{ ids: string[] }, AddLessonsRefusal>> {
  const lessons = 'weekly' in input ? spread(input.lesson, input.weekly) : [input.lesson]
  const first = lessons[0]
  if (!first) return refuse(no.NO_LESSON_DAYS())
  return transact<{ ids: string[] }, AddLessonsRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'arrangeLessons')
    if (forbidden) return refuse(forbidden)
    await lockTimetable(tx, one.organisationId)
    const refused =
      (await timeForbids(tx, one, lessons, app.clock.now())) ??
      (await teacherForbids(tx, actor, one, lessons))
    if (refused) return refuse(refused)

    const at = app.clock.now()
    const ids = await insertLessons(tx, { classId: one.id, organisationId: one.organisationId, lessons, at })
    await record(tx, {
      name: events['lesson.added'],
      at,
      actor,
      subjects: [`class:${one.id}`],
      data: {
        lessons: lessons.length,
        title: first.title,
        minutes: first.minutes,
        mode: first.mode,
        content: first.content,
      },
    })
    return ok({ ids })
  })
}

function spread(lesson: Omit<NewLesson, 'startsAt' | 'endsAt'>, weekly: Weekly): NewLesson[] {
  const days = weeklyDays(weekly.fromOn, weekly.toOn, weekly.weekdays, weekly.skip)
  return days.map((on, place) => ({
    ...lesson,
    title: days.length > 1 ? `${lesson.title}（${place + 1}）` : lesson.title,
    startsAt: instantAt(on, weekly.startTime),
    endsAt: instantAt(on, weekly.endTime),
  }))
}

async function timeForbids(tx: Tx, one: TrainingClass, lessons: NewLesson[], now: Date) {
  for (const lesson of lessons) {
    if (dayOf(lesson.startsAt) < one.startsOn || dayOf(lesson.endsAt) > one.endsOn) {
      return no.LESSON_OUTSIDE_CLASS({ from: one.startsOn, to: one.endsOn })
    }
    const span = Math.floor((lesson.endsAt.getTime() - lesson.startsAt.getTime()) / 60_000)
    if (lesson.minutes > span) return no.LESSON_TOO_LONG({ span })
    // A lesson entered afterwards would turn attendance into paperwork.
    if (lesson.startsAt < now) return no.LESSON_IN_PAST()
  }
  const conflicts = await conflictsOf(tx, { classId: one.id, organisationId: one.organisationId, lessons })
  return conflicts.length > 0
    ? no.LESSON_OVERLAPS({ conflicts: conflicts.slice(0, 3).map(sayConflict).join(';') })
    : undefined
}

async function teacherForbids(tx: Tx, actor: Actor, one: TrainingClass, lessons: NewLesson[]) {
  const lastDays = new Map<string, string>()
  for (const lesson of lessons) {
    const on = dayOf(lesson.startsAt)
    if ((lastDays.get(lesson.teacherId) ?? '') < on) lastDays.set(lesson.teacherId, on)
  }
  const teachers = []
  for (const [teacherId, lastOn] of lastDays) {
    const teacher = await lockTeacher(tx, actor, teacherId)
    if (!teacher || teacher.organisationId !== one.organisationId) return no.TEACHER_NOT_FOUND()
    if (teacher.leftOn) return no.TEACHER_LEFT({ name: teacher.name })
    teachers.push({ teacherId, name: teacher.name, lastOn })
  }
  const unqualified = await whoIsUnqualified(tx, one, teachers)
  return unqualified && no.TEACHER_NOT_QUALIFIED(unqualified)
}

function sayConflict(conflict: LessonConflict): string {
  const what = [
    conflict.sameClass && '本班',
    conflict.sameTeacher && '教师',
    conflict.sameRoom && '教室',
  ].filter(Boolean)
  return `${dayOf(conflict.startsAt)} 的${what.join('、')}与“${conflict.className}”的《${conflict.title}》重叠`
}
