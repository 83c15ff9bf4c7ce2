import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { ClassState, HoursByKind } from '../classes/class.ts'
import type { EnrolmentState } from './enrolment.ts'

export interface CourseRow {
  enrolmentId: string
  classId: string
  className: string
  classNumber: string
  classState: ClassState
  organisationId: string
  occupationId: string
  direction: string | null
  level: string
  venue: string
  feeCents: number | null
  startsOn: string
  endsOn: string
  plannedHours: HoursByKind
  standardHourMinutes: number
  state: EnrolmentState
  reason: string | null
  registeredAt: Date
  decisionId: string
  completionDecisionId: string | null
  /** Place on the waiting list, from 1. */
  waitingPlace: number | null
  certificateId: string | null
  certificateNumber: string | null
  nextLessonAt: Date | null
  nextLessonTitle: string | null
}

/** A person's enrolments, newest first, each with its next lesson and certificate, in one read. */
export async function coursesOf(
  tx: Tx,
  personId: string,
  at: Date,
  enrolmentId: string | null = null,
): Promise<CourseRow[]> {
  const { rows } = await sql<CourseRow>`
    select e.id as enrolment_id, c.id as class_id, c.name as class_name, c.number as class_number, c.state as class_state,
           c.organisation_id, c.occupation_id, c.direction, c.level, c.venue, c.fee_cents, c.starts_on, c.ends_on,
           c.planned_hours, c.standard_hour_minutes, e.state, e.reason, e.registered_at, e.decision_id,
           e.completion_decision_id,
           case when e.state = 'waiting' then (select count(*) from training.enrolments w
             where w.class_id = e.class_id and w.state = 'waiting' and w.position <= e.position) end as waiting_place,
           t.id as certificate_id, t.number as certificate_number,
           n.starts_at as next_lesson_at, n.title as next_lesson_title
    from training.enrolments e
    join training.classes c on c.id = e.class_id
    left join training.certificates t on t.enrolment_id = e.id and t.state = 'issued'
    left join lateral (
      select l.starts_at, l.title from training.lessons l
      where l.class_id = c.id and l.cancelled_at is null and l.mode = 'offline' and l.ends_at > ${at}
        and e.state = 'admitted'
      order by l.starts_at limit 1
    ) n on true
    where e.person_id = ${personId} and (${enrolmentId}::uuid is null or e.id = ${enrolmentId})
    order by e.registered_at desc limit 200`.execute(tx)
  return rows
}

export interface OwnLesson {
  id: string
  title: string
  mode: 'online' | 'offline'
  content: 'theory' | 'practice'
  room: string | null
  teacherName: string
  startsAt: Date
  endsAt: Date
  minutes: number
  cancelledAt: Date | null
  creditedSeconds: number | null
  method: 'qr' | 'online' | 'teacher' | null
}

export interface OwnAssessment {
  mark: 'present' | 'absent'
  scoreTenths: number | null
  passed: boolean
  assessedOn: string
}

/** The 结业考核 of an enrolment, once it was held. */
export async function assessmentOf(tx: Tx, enrolmentId: string): Promise<OwnAssessment | undefined> {
  const { rows } = await sql<OwnAssessment>`
    select mark, score_tenths, passed, assessed_on from training.assessments
    where enrolment_id = ${enrolmentId}`.execute(tx)
  return rows[0]
}

/** The timetable of the learner's class with what was credited for each lesson. */
export async function lessonsOfLearner(tx: Tx, classId: string, enrolmentId: string): Promise<OwnLesson[]> {
  const { rows } = await sql<OwnLesson>`
    select l.id, l.title, l.mode, l.content, l.room, t.name as teacher_name, l.starts_at, l.ends_at, l.minutes,
           l.cancelled_at, a.credited_seconds, a.method
    from training.lessons l
    join training.teachers t on t.id = l.teacher_id
    left join training.attendances a on a.lesson_id = l.id and a.enrolment_id = ${enrolmentId}
    where l.class_id = ${classId} order by l.starts_at, l.title limit 1000`.execute(tx)
  return rows
}
