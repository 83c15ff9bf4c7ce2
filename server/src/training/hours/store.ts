import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { HoursByKind, TrainingClass } from '../classes/class.ts'
import { hoursOf, missingHours, totalOf } from './hours.ts'

const secondsOfLessons = sql`
  coalesce(sum(l.minutes * 60) filter (where l.content = 'theory' and l.mode = 'online'), 0)::int as theory_online,
  coalesce(sum(l.minutes * 60) filter (where l.content = 'theory' and l.mode = 'offline'), 0)::int as theory_offline,
  coalesce(sum(l.minutes * 60) filter (where l.content = 'practice' and l.mode = 'online'), 0)::int as practice_online,
  coalesce(sum(l.minutes * 60) filter (where l.content = 'practice' and l.mode = 'offline'), 0)::int as practice_offline`

const secondsOfAttendance = sql`
  coalesce(sum(t.credited_seconds) filter (where l.content = 'theory' and l.mode = 'online'), 0)::int as theory_online,
  coalesce(sum(t.credited_seconds) filter (where l.content = 'theory' and l.mode = 'offline'), 0)::int as theory_offline,
  coalesce(sum(t.credited_seconds) filter (where l.content = 'practice' and l.mode = 'online'), 0)::int as practice_online,
  coalesce(sum(t.credited_seconds) filter (where l.content = 'practice' and l.mode = 'offline'), 0)::int as practice_offline`

/** 学时 the timetable holds, by kind. */
export async function timetableHours(
  tx: Tx,
  one: Pick<TrainingClass, 'id' | 'standardHourMinutes'>,
): Promise<HoursByKind> {
  const { rows } = await sql<HoursByKind>`
    select ${secondsOfLessons} from training.lessons l
    where l.class_id = ${one.id} and l.cancelled_at is null`.execute(tx)
  return hoursOf(rows[0] as HoursByKind, one.standardHourMinutes)
}

/** 学时 of every learner of a class by kind, in one read; learners without attendance are there with zeros. */
export async function hoursByLearner(
  tx: Tx,
  one: Pick<TrainingClass, 'id' | 'standardHourMinutes'>,
): Promise<Map<string, HoursByKind>> {
  const { rows } = await sql<HoursByKind & { enrolmentId: string }>`
    select e.id as enrolment_id, ${secondsOfAttendance}
    from training.enrolments e
    left join (training.attendances t
      join training.lessons l on l.id = t.lesson_id and l.class_id = ${one.id} and l.cancelled_at is null)
      on t.enrolment_id = e.id
    where e.class_id = ${one.id} and e.state in ('admitted', 'completed', 'failed')
    group by e.id`.execute(tx)
  return new Map(
    rows.map(({ enrolmentId, ...seconds }) => [enrolmentId, hoursOf(seconds, one.standardHourMinutes)]),
  )
}

export async function hoursOfLearner(
  tx: Tx,
  enrolmentId: string,
  standardHourMinutes: number,
): Promise<HoursByKind> {
  const { rows } = await sql<HoursByKind>`
    select ${secondsOfAttendance} from training.attendances t
    join training.lessons l on l.id = t.lesson_id and l.cancelled_at is null
    where t.enrolment_id = ${enrolmentId}`.execute(tx)
  return hoursOf(rows[0] as HoursByKind, standardHourMinutes)
}

export interface LearnerHours {
  enrolmentId: string
  position: number
  name: string
  maskedIdNumber: string
  state: string
  hours: HoursByKind
  total: number
  enough: boolean
}

/** A page of a class's learners with their hours, in one read. */
export async function learnerHours(
  tx: Tx,
  one: Pick<TrainingClass, 'id' | 'standardHourMinutes' | 'plannedHours'>,
  filter: { q?: string | undefined; page: number; size: number },
): Promise<{ rows: LearnerHours[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const { rows } = await sql<HoursByKind & Omit<LearnerHours, 'hours' | 'enough'> & { found: number }>`
    with page as (
      select e.id, e.position, e.state, p.name, p.masked_id_number, count(*) over () as found
      from training.enrolments e join people.person_cards p on p.id = e.person_id
      where e.class_id = ${one.id} and e.state in ('admitted', 'completed', 'failed')
        and (${q}::text is null or p.name ilike ${q})
      order by e.position limit ${filter.size} offset ${(filter.page - 1) * filter.size}
    )
    select page.id as enrolment_id, page.position, page.state, page.name, page.masked_id_number, page.found,
           ${secondsOfAttendance}
    from page
    left join (training.attendances t
      join training.lessons l on l.id = t.lesson_id and l.class_id = ${one.id} and l.cancelled_at is null)
      on t.enrolment_id = page.id
    group by page.id, page.position, page.state, page.name, page.masked_id_number, page.found
    order by page.position`.execute(tx)
  return {
    total: rows[0]?.found ?? 0,
    rows: rows.map((row) => {
      const hours = hoursOf(row, one.standardHourMinutes)
      return {
        enrolmentId: row.enrolmentId,
        position: row.position,
        name: row.name,
        maskedIdNumber: row.maskedIdNumber,
        state: row.state,
        hours,
        total: totalOf(hours),
        enough: missingHours(one.plannedHours, hours).length === 0,
      }
    }),
  }
}
