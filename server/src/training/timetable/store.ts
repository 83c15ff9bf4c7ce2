import { sql } from 'kysely'
import type { Actor } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import type { Lesson, LessonPage, NewLesson } from './lesson.ts'

/** Orders timetabling within an institution: its teachers and rooms are what lessons compete for. */
export async function lockTimetable(tx: Tx, organisationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`training.timetable:${organisationId}`}, 0))`.execute(
    tx,
  )
}

export interface LessonConflict {
  place: number
  startsAt: Date
  title: string
  className: string
  sameClass: boolean
  sameTeacher: boolean
  sameRoom: boolean
}

/** Which of the offline lessons to add meet another one: same class, teacher or room at an overlapping time. */
export async function conflictsOf(
  tx: Tx,
  input: { classId: string; organisationId: string; lessons: NewLesson[] },
): Promise<LessonConflict[]> {
  const rows = input.lessons.flatMap((lesson, place) =>
    lesson.mode === 'offline'
      ? [
          {
            place,
            teacher_id: lesson.teacherId,
            room: lesson.room,
            starts_at: lesson.startsAt,
            ends_at: lesson.endsAt,
          },
        ]
      : [],
  )
  const { rows: conflicts } = await sql<LessonConflict>`
    select n.place, l.starts_at, l.title, c.name as class_name, l.class_id = ${input.classId} as same_class,
           l.teacher_id = n.teacher_id as same_teacher, coalesce(l.room = n.room, false) as same_room
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(
      place int, teacher_id uuid, room text, starts_at timestamptz, ends_at timestamptz)
    join training.lessons l on l.organisation_id = ${input.organisationId} and l.mode = 'offline'
      and l.cancelled_at is null and l.starts_at < n.ends_at and l.ends_at > n.starts_at
      and (l.class_id = ${input.classId} or l.teacher_id = n.teacher_id or l.room = n.room)
    join training.classes c on c.id = l.class_id and c.state <> 'cancelled'
    order by n.place limit 20`.execute(tx)
  return conflicts
}

export async function insertLessons(
  tx: Tx,
  input: { classId: string; organisationId: string; lessons: NewLesson[]; at: Date },
): Promise<string[]> {
  const rows = input.lessons.map((lesson) => ({
    id: crypto.randomUUID(),
    title: lesson.title,
    mode: lesson.mode,
    content: lesson.content,
    teacher_id: lesson.teacherId,
    room: lesson.room,
    starts_at: lesson.startsAt,
    ends_at: lesson.endsAt,
    minutes: lesson.minutes,
    pages: lesson.pages,
  }))
  await sql`
    insert into training.lessons (id, class_id, organisation_id, title, mode, content, teacher_id, room, starts_at,
      ends_at, minutes, pages, created_at)
    select r.id, ${input.classId}, ${input.organisationId}, r.title, r.mode, r.content, r.teacher_id, r.room, r.starts_at,
           r.ends_at, r.minutes, r.pages, ${input.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, title text, mode text, content text, teacher_id uuid, room text, starts_at timestamptz,
      ends_at timestamptz, minutes int, pages jsonb)`.execute(tx)
  return rows.map((row) => row.id)
}

const columns = sql`l.id, l.class_id, l.organisation_id, l.title, l.mode, l.content, l.teacher_id, l.room, l.starts_at,
  l.ends_at, l.minutes, l.cancelled_at`

export async function lockLesson(tx: Tx, actor: Actor, lessonId: string): Promise<Lesson | undefined> {
  const { rows } = await sql<Lesson>`
    select ${columns} from training.lessons l join training.classes c on c.id = l.class_id
    where l.id = ${lessonId} and ${withinScope(actor)} for update of l`.execute(tx)
  return rows[0]
}

export async function setLessonCancelled(tx: Tx, lessonId: string, reason: string, at: Date): Promise<void> {
  await sql`update training.lessons set cancelled_at = ${at}, cancel_reason = ${reason} where id = ${lessonId}`.execute(
    tx,
  )
}

export async function hasAttendance(tx: Tx, lessonId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from training.attendances where lesson_id = ${lessonId}) as found`.execute(tx)
  return rows[0]?.found ?? false
}

export interface TimetableRow extends Lesson {
  teacherName: string
  cancelReason: string | null
  present: number
}

/** The timetable of a class, cancelled lessons included; at most 1,000. The caller has shown the class in scope. */
export async function lessonsOfClass(tx: Tx, classId: string): Promise<TimetableRow[]> {
  const { rows } = await sql<TimetableRow>`
    select ${columns}, l.cancel_reason, t.name as teacher_name,
           (select count(*) from training.attendances a where a.lesson_id = l.id and a.credited_seconds > 0) as present
    from training.lessons l join training.teachers t on t.id = l.teacher_id
    where l.class_id = ${classId} order by l.starts_at, l.title limit 1000`.execute(tx)
  return rows
}

export async function pagesOfLesson(tx: Tx, lessonId: string): Promise<LessonPage[] | null> {
  const { rows } = await sql<{ pages: LessonPage[] | null }>`
    select pages from training.lessons where id = ${lessonId}`.execute(tx)
  return rows[0]?.pages ?? null
}
