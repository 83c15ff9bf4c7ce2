import { sql } from 'kysely'
import type { App } from '../../../server/src/platform/app.ts'
import { addDays, dayOf, instantAt } from '../../../server/src/platform/clock.ts'
import { learner } from '../cast.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { arrangeForComputer } from './arranged-sitting.ts'
import { sealTheory } from './computer-sitting.ts'
import { planSitting, type TownSitting } from './sittings.ts'
import type { Town } from './stage.ts'

const TITLE = '人工智能工程技术人员初级考核(今日机考)'
const MINUTE = 60_000
/** Time enough to bind a machine and to come through the door. */
const BEGINS_IN = 15 * MINUTE
/** Whoever looks in later still finds it open; late candidates come in with the chief and a second person. */
const OPEN_FOR = 6 * 60 * MINUTE
const ROUND = 5 * MINUTE

/** Learners of the second class who sit at the computer today. */
export const EXAMINED_TODAY = [51, 52, 53, 54, 55, 56]

/**
 * A theory at the computer that begins a quarter of an hour after the town was built: everything is done but the day
 * itself, so that whoever tries the demo can be its invigilators and its candidates.
 */
export function prepareTodaysExamination(town: Town): void {
  const startsAt = new Date(Math.ceil((town.now.getTime() + BEGINS_IN) / ROUND) * ROUND)
  const endsAt = new Date(startsAt.getTime() + OPEN_FOR)
  const next = addDays(dayOf(endsAt), 1)
  const one: TownSitting = { sittingId: '', reportId: '' }
  const story = {
    parties: WUHAN,
    subject: AI_JUNIOR,
    title: TITLE,
    held: 0,
    learners: EXAMINED_TODAY,
    windows: {
      theory: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      ability: {
        startsAt: instantAt(next, '09:00').toISOString(),
        endsAt: instantAt(next, '11:00').toISOString(),
      },
    },
  }
  planSitting(town, story, one, -6)
  arrangeForComputer(town, one, { hall: 1 })
  sealTheory(town, one, -1)
}

/** Who sits where, as printed at the start while it lasts: what a candidate knows and types at the machine. */
export async function todaysExamination(app: Pick<App, 'db' | 'clock'>): Promise<string | undefined> {
  const { rows } = await sql<{
    at: string
    until: string
    hall: string
    seat: string
    name: string
    ticket: string
  }>`
    select to_char(w.starts_at at time zone 'Asia/Shanghai', 'HH24:MI') as at,
      to_char(w.ends_at at time zone 'Asia/Shanghai', 'HH24:MI') as until,
      h.name as hall, s.label as seat, p.name, c.ticket_number as ticket
    from exams.sittings t
    join exams.sitting_windows w on w.sitting_id = t.id and w.part = 'theory'
    join exams.sitting_candidates c on c.sitting_id = t.id
    join people.persons p on p.id = c.person_id
    join halls.seat_assignments a on a.sitting_id = t.id and a.candidate_id = c.candidate_id and a.ended_at is null
    join halls.seats s on s.id = a.seat_id join halls.halls h on h.id = a.hall_id
    where t.title = ${TITLE} and w.ends_at > ${app.clock.now()} order by s.label`.execute(app.db)
  const [first] = rows
  if (!first) return undefined
  const people = EXAMINED_TODAY.map(learner)
  const seats = rows.map(({ seat, name, ticket }) => {
    const tail = people.find((one) => one.name === name)?.idNumber.slice(-6)
    return `  ${seat}  ${name}  ${ticket}  ${tail}`
  })
  return [
    `Examination today 今日机考 ${first.at}–${first.until}, ${first.hall}. Seat, candidate, ticket number, last six of the ID number:`,
    ...seats,
  ].join('\n')
}
