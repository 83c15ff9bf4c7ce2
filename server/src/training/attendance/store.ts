import { sql } from 'kysely'
import type { Actor } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import type { ClassState } from '../classes/class.ts'
import type { EnrolmentState } from '../enrolments/enrolment.ts'
import type { Lesson } from '../timetable/lesson.ts'
import { withinScope } from '../within-scope.ts'

export interface LessonForLearner extends Lesson {
  classState: ClassState
  className: string
  standardHourMinutes: number
  enrolmentId: string | null
  enrolmentState: EnrolmentState | null
}

/** A lesson with the person's standing enrolment, in one read. Held against a cancellation at the same moment. */
export async function lessonForLearner(
  tx: Tx,
  lessonId: string,
  personId: string,
): Promise<LessonForLearner | undefined> {
  const { rows } = await sql<LessonForLearner>`
    select l.id, l.class_id, l.organisation_id, l.title, l.mode, l.content, l.teacher_id, l.room, l.starts_at, l.ends_at,
           l.minutes, l.cancelled_at, c.state as class_state, c.name as class_name, c.standard_hour_minutes,
           e.id as enrolment_id, e.state as enrolment_state
    from training.lessons l
    join training.classes c on c.id = l.class_id
    left join training.enrolments e on e.class_id = l.class_id and e.person_id = ${personId}
      and e.state not in ('declined', 'withdrawn')
    where l.id = ${lessonId} for key share of l`.execute(tx)
  return rows[0]
}

/** The earlier mark when there is one already, else undefined and the new mark stands. */
export async function insertCheckIn(
  tx: Tx,
  mark: { lessonId: string; enrolmentId: string; seconds: number; at: Date },
): Promise<{ firstAt: Date } | undefined> {
  const { rows } = await sql<{ firstAt: Date; inserted: boolean }>`
    insert into training.attendances (lesson_id, enrolment_id, method, credited_seconds, first_at, last_at)
    values (${mark.lessonId}, ${mark.enrolmentId}, 'qr', ${mark.seconds}, ${mark.at}, ${mark.at})
    on conflict (lesson_id, enrolment_id) do update set lesson_id = excluded.lesson_id
    returning first_at, xmax = 0 as inserted`.execute(tx)
  const row = rows[0]
  return row && !row.inserted ? { firstAt: row.firstAt } : undefined
}

export interface LearnerMark {
  enrolmentId: string
  personId: string
  name: string
  maskedIdNumber: string
  method: 'qr' | 'online' | 'teacher' | null
  creditedSeconds: number | null
  firstAt: Date | null
  lastAt: Date | null
  markedBy: string | null
  reason: string | null
}

/** Every learner of a lesson's class with the mark of that lesson, absent ones included. */
export async function marksOfLesson(tx: Tx, lessonId: string): Promise<LearnerMark[]> {
  const { rows } = await sql<LearnerMark>`
    select e.id as enrolment_id, e.person_id, p.name, p.masked_id_number, a.method, a.credited_seconds, a.first_at,
           a.last_at, a.marked_by, a.reason
    from training.lessons l
    join training.enrolments e on e.class_id = l.class_id and e.state in ('admitted', 'completed', 'failed')
    join people.person_cards p on p.id = e.person_id
    left join training.attendances a on a.lesson_id = l.id and a.enrolment_id = e.id
    where l.id = ${lessonId} order by e.position limit 5000`.execute(tx)
  return rows
}

export async function presentCount(tx: Tx, lessonId: string): Promise<{ present: number; expected: number }> {
  const { rows } = await sql<{ present: number; expected: number }>`
    select (select count(*) from training.attendances where lesson_id = ${lessonId} and credited_seconds > 0) as present,
           (select count(*) from training.enrolments e join training.lessons l on l.class_id = e.class_id
            where l.id = ${lessonId} and e.state = 'admitted') as expected`.execute(tx)
  return rows[0] ?? { present: 0, expected: 0 }
}

export interface LessonOfStaff extends Lesson {
  classState: ClassState
  className: string
}

export async function findLessonInScope(
  tx: Tx,
  actor: Actor,
  lessonId: string,
): Promise<LessonOfStaff | undefined> {
  const { rows } = await sql<LessonOfStaff>`
    select l.id, l.class_id, l.organisation_id, l.title, l.mode, l.content, l.teacher_id, l.room, l.starts_at, l.ends_at,
           l.minutes, l.cancelled_at, c.state as class_state, c.name as class_name
    from training.lessons l join training.classes c on c.id = l.class_id
    where l.id = ${lessonId} and ${withinScope(actor)}`.execute(tx)
  return rows[0]
}

export interface MarkBefore {
  enrolmentId: string
  personId: string
  creditedSeconds: number | null
  method: string | null
}

/** The admitted learners among `enrolmentIds` with what stood before. */
export async function marksBefore(
  tx: Tx,
  lessonId: string,
  classId: string,
  enrolmentIds: string[],
): Promise<MarkBefore[]> {
  const { rows } = await sql<MarkBefore>`
    select e.id as enrolment_id, e.person_id, a.credited_seconds, a.method
    from training.enrolments e
    left join training.attendances a on a.lesson_id = ${lessonId} and a.enrolment_id = e.id
    where e.class_id = ${classId} and e.state = 'admitted' and e.id = any(${enrolmentIds}::uuid[])`.execute(
    tx,
  )
  return rows
}

/** One statement whatever their number; a mark replaces what stood before. */
export async function upsertTeacherMarks(
  tx: Tx,
  input: {
    lessonId: string
    marks: { enrolmentId: string; seconds: number }[]
    by: string
    reason: string
    at: Date
  },
): Promise<void> {
  const rows = input.marks.map((mark) => ({ enrolment_id: mark.enrolmentId, seconds: mark.seconds }))
  await sql`
    insert into training.attendances (lesson_id, enrolment_id, method, credited_seconds, first_at, last_at, marked_by, reason)
    select ${input.lessonId}, r.enrolment_id, 'teacher', r.seconds, ${input.at}, ${input.at}, ${input.by}, ${input.reason}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(enrolment_id uuid, seconds int)
    on conflict (lesson_id, enrolment_id) do update
    set method = 'teacher', credited_seconds = excluded.credited_seconds, last_at = excluded.last_at,
        marked_by = excluded.marked_by, reason = excluded.reason`.execute(tx)
}
