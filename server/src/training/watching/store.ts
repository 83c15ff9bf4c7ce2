import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { ClassState } from '../classes/class.ts'
import type { Span } from './credit.ts'

export interface Lease {
  sessionId: string
  lessonId: string
  enrolmentId: string
  lessonTitle: string
  takenAt: Date
  lastBeatAt: Date
  vouchedMs: number
  reportedMs: number
  endedAt: Date | null
  minutes: number
  startsAt: Date
  endsAt: Date
  cancelledAt: Date | null
  classState: ClassState
  enrolmentState: string
  watched: Span[] | null
}

/** The person's one lease with its lesson and progress, locked: two tabs at once are one after the other. */
export async function lockLease(tx: Tx, personId: string): Promise<Lease | undefined> {
  const { rows } = await sql<Lease>`
    select w.session_id, w.lesson_id, w.enrolment_id, l.title as lesson_title, w.taken_at, w.last_beat_at, w.vouched_ms,
           w.reported_ms, w.ended_at, l.minutes, l.starts_at, l.ends_at, l.cancelled_at, c.state as class_state,
           e.state as enrolment_state, g.watched
    from training.watch_leases w
    join training.lessons l on l.id = w.lesson_id
    join training.classes c on c.id = l.class_id
    join training.enrolments e on e.id = w.enrolment_id
    left join training.watch_progress g on g.lesson_id = w.lesson_id and g.enrolment_id = w.enrolment_id
    where w.person_id = ${personId} for update of w`.execute(tx)
  return rows[0]
}

export async function takeLease(
  tx: Tx,
  lease: {
    personId: string
    sessionId: string
    lessonId: string
    enrolmentId: string
    at: Date
    positionMs: number
  },
): Promise<void> {
  await sql`
    insert into training.watch_leases (person_id, session_id, lesson_id, enrolment_id, taken_at, last_beat_at, vouched_ms,
      reported_ms)
    values (${lease.personId}, ${lease.sessionId}, ${lease.lessonId}, ${lease.enrolmentId}, ${lease.at}, ${lease.at},
      ${lease.positionMs}, ${lease.positionMs})
    on conflict (person_id) do update
    set session_id = excluded.session_id, lesson_id = excluded.lesson_id, enrolment_id = excluded.enrolment_id,
        taken_at = excluded.taken_at, last_beat_at = excluded.last_beat_at, vouched_ms = excluded.vouched_ms,
        reported_ms = excluded.reported_ms, ended_at = null`.execute(tx)
}

/** Keeps a beat: the lease's place, and with credit the progress and the lesson's attendance, in one statement. */
export async function keepBeat(
  tx: Tx,
  beat: {
    personId: string
    at: Date
    vouchedMs: number
    reportedMs: number
    ended: boolean
    credit: { lessonId: string; enrolmentId: string; watched: Span[]; creditedSeconds: number } | undefined
  },
): Promise<void> {
  const { credit } = beat
  const lease = sql`
    update training.watch_leases
    set last_beat_at = ${beat.at}, vouched_ms = ${beat.vouchedMs}, reported_ms = ${beat.reportedMs},
        ended_at = ${beat.ended ? beat.at : null}
    where person_id = ${beat.personId}`
  if (!credit) {
    await lease.execute(tx)
    return
  }
  await sql`
    with lease as (${lease}), progress as (
      insert into training.watch_progress (lesson_id, enrolment_id, watched)
      values (${credit.lessonId}, ${credit.enrolmentId}, ${JSON.stringify(credit.watched)}::jsonb)
      on conflict (lesson_id, enrolment_id) do update set watched = excluded.watched
    )
    insert into training.attendances as a (lesson_id, enrolment_id, method, credited_seconds, first_at, last_at)
    values (${credit.lessonId}, ${credit.enrolmentId}, 'online', ${credit.creditedSeconds}, ${beat.at}, ${beat.at})
    on conflict (lesson_id, enrolment_id) do update
    set credited_seconds = greatest(a.credited_seconds, excluded.credited_seconds), last_at = excluded.last_at
    where a.method = 'online'`.execute(tx)
}

export async function watchedOf(tx: Tx, lessonId: string, enrolmentId: string): Promise<Span[]> {
  const { rows } = await sql<{ watched: Span[] }>`
    select watched from training.watch_progress
    where lesson_id = ${lessonId} and enrolment_id = ${enrolmentId}`.execute(tx)
  return rows[0]?.watched ?? []
}
