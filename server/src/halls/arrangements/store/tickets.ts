import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'
import type { HallRules } from '../hall-rules.ts'

export interface Ticket {
  sittingId: string
  candidateId: string
  personId: string
  ticketNumber: string
  personName: string
  maskedIdNumber: string
  number: string
  title: string
  organisationId: string
  occupationName: string
  level: Level
  site: string
  address: string
  contactPhone: string
  hallId: string
  hall: string
  seat: string
  extraMinutes: number
  rules: HallRules
  parts: { part: 'theory' | 'ability'; startsAt: string; endsAt: string; retained: boolean }[]
  hasPhoto: boolean
  publishedAt: Date | null
  state: string
}

const ticket = sql`
  select c.sitting_id, c.candidate_id, c.person_id, c.ticket_number, p.name as person_name, p.masked_id_number, k.number,
    k.title, k.organisation_id, o.name as occupation_name, k.level, s.name as site, s.address, s.contact_phone, h.id as hall_id,
    h.name as hall, t.label as seat, r.rules, r.tickets_published_at as published_at, k.state,
    coalesce((select m.extra_minutes from halls.accommodations m where m.sitting_id = c.sitting_id
      and m.person_id = c.person_id and m.decision = 'approved'), 0) as extra_minutes,
    (select jsonb_agg(jsonb_build_object('part', w.part, 'startsAt', w.starts_at, 'endsAt', w.ends_at,
      'retained', case when w.part = 'theory' then c.theory_retained else c.ability_retained end) order by w.starts_at)
      from exams.sitting_windows w where w.sitting_id = c.sitting_id) as parts,
    exists (select from halls.photos f where f.person_id = c.person_id and f.replaced_at is null and f.deleted_at is null)
      as has_photo
  from exams.sitting_candidates c
  join halls.arrangements r on r.sitting_id = c.sitting_id
  join halls.seat_assignments a on a.sitting_id = c.sitting_id and a.candidate_id = c.candidate_id and a.ended_at is null
  join halls.halls h on h.id = a.hall_id join halls.sites s on s.id = h.site_id join halls.seats t on t.id = a.seat_id
  join exams.sitting_cards k on k.sitting_id = c.sitting_id
  join institutions.occupation_names o on o.occupation_id = k.occupation_id
  join people.person_cards p on p.id = c.person_id`

/** Tickets of a person that have been published, the next examination first. */
export async function ticketsOfPerson(tx: Tx, personId: string): Promise<Ticket[]> {
  const { rows } = await sql<Ticket>`
    ${ticket} where c.person_id = ${personId} and r.tickets_published_at is not null
    order by k.starts_at desc limit 50`.execute(tx)
  return rows
}

export async function ticketsOfHall(tx: Tx, sittingId: string, hallId: string): Promise<Ticket[]> {
  const { rows } = await sql<Ticket>`
    ${ticket} where c.sitting_id = ${sittingId} and a.hall_id = ${hallId}
    order by t.row_number, t.column_number`.execute(tx)
  return rows
}

export interface TicketHolder {
  candidateId: string
  personId: string
  title: string
}

/** Who has a seat, in a fixed order; `after` goes on behind a candidate, `limit` null takes them all. */
export async function ticketHolders(
  tx: Tx,
  sittingId: string,
  after: string | null,
  limit: number | null,
): Promise<TicketHolder[]> {
  const { rows } = await sql<TicketHolder>`
    select c.candidate_id, c.person_id, k.title from exams.sitting_candidates c
    join exams.sitting_cards k on k.sitting_id = c.sitting_id
    join halls.seat_assignments a on a.sitting_id = c.sitting_id and a.candidate_id = c.candidate_id and a.ended_at is null
    where c.sitting_id = ${sittingId} and (${after}::uuid is null or c.candidate_id > ${after})
    order by c.candidate_id limit ${limit}`.execute(tx)
  return rows
}
