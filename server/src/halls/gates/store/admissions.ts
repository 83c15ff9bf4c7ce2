import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../../attempts/wire.ts'
import type { Admission, Check, ConsentState } from '../admission.ts'

/** Who a ticket names, where that person is to sit, and what is on: everything `identify` asks, in one read. */
export interface Ticketed {
  candidateId: string
  personId: string
  name: string
  maskedIdNumber: string
  ticketNumber: string
  sittingId: string
  title: string
  provinceCode: string
  rules: unknown
  hallId: string | null
  hall: string | null
  hallState: string | null
  /** The hall node that has the hall, while it has it. */
  nodeId: string | null
  seatId: string | null
  seat: string | null
}

export async function findTicket(tx: Tx, ticketNumber: string): Promise<Ticketed | undefined> {
  const { rows } = await sql<Ticketed>`
    select c.candidate_id, c.person_id, p.name, p.masked_id_number, c.ticket_number, c.sitting_id, s.title,
      a.province_code, a.rules, h.id as hall_id, h.name as hall, sh.state as hall_state, sh.node_id, t.id as seat_id, t.label as seat
    from exams.sitting_candidates c
    join exams.sitting_cards s on s.sitting_id = c.sitting_id
    join people.person_cards p on p.id = c.person_id
    join halls.arrangements a on a.sitting_id = c.sitting_id
    left join halls.seat_assignments g
      on g.sitting_id = c.sitting_id and g.candidate_id = c.candidate_id and g.ended_at is null
    left join halls.halls h on h.id = g.hall_id
    left join halls.sitting_halls sh on sh.sitting_id = c.sitting_id and sh.hall_id = g.hall_id
    left join halls.seats t on t.id = g.seat_id
    where c.ticket_number = ${ticketNumber}`.execute(tx)
  return rows[0]
}

export interface PartNow {
  part: Part
  opensAt: Date
  closesAt: Date
  minutes: number
  attemptId: string | null
}

/** The part a candidate comes for: the first one that is not over and not passed already. */
export async function partFor(
  tx: Tx,
  candidate: { sittingId: string; candidateId: string },
  now: Date,
): Promise<PartNow | undefined> {
  const { rows } = await sql<PartNow>`
    select w.part, coalesce(a.opens_at, w.starts_at) as opens_at, coalesce(a.closes_at, w.ends_at) as closes_at,
      coalesce(a.minutes, (extract(epoch from w.ends_at - w.starts_at) / 60)::int) as minutes, a.id as attempt_id
    from exams.sitting_windows w
    join exams.sitting_candidates c on c.sitting_id = w.sitting_id and c.candidate_id = ${candidate.candidateId}
    left join halls.attempts a
      on a.sitting_id = w.sitting_id and a.candidate_id = c.candidate_id and a.part = w.part
    where w.sitting_id = ${candidate.sittingId} and w.ends_at > ${now}
      and not (w.part = 'theory' and c.theory_retained) and not (w.part = 'ability' and c.ability_retained)
    order by w.starts_at limit 1`.execute(tx)
  return rows[0]
}

const admission = sql`d.id, d.sitting_id, d.candidate_id, c.person_id, p.name, d.part, d.hall_id, d.seat_id, d.state, d.consent,
  d.checks_from, d.late_minutes, d.late, d.turned_away_reason`
const joined = sql`halls.admissions d
  join exams.sitting_candidates c on c.candidate_id = d.candidate_id
  join people.person_cards p on p.id = c.person_id`

export async function findAdmission(
  tx: Tx,
  by: { sittingId: string; candidateId: string; part: Part },
): Promise<Admission | undefined> {
  const { rows } = await sql<Admission>`
    select ${admission} from ${joined}
    where d.sitting_id = ${by.sittingId} and d.candidate_id = ${by.candidateId} and d.part = ${by.part}`.execute(
    tx,
  )
  return rows[0]
}

export async function findAdmissionBySecret(tx: Tx, hash: string): Promise<Admission | undefined> {
  const { rows } = await sql<Admission>`
    select ${admission} from ${joined} where d.secret_hash = ${hash}`.execute(tx)
  return rows[0]
}

/** Locks the row itself, so that two invigilators at one candidate come one after the other. */
export async function lockAdmission(tx: Tx, id: string): Promise<Admission | undefined> {
  await sql`select id from halls.admissions where id = ${id} for update`.execute(tx)
  const { rows } = await sql<Admission>`select ${admission} from ${joined} where d.id = ${id}`.execute(tx)
  return rows[0]
}

export interface Identification {
  sittingId: string
  candidateId: string
  part: Part
  hallId: string
  seatId: string
  secretHash: string
  consent: ConsentState
  lateMinutes: number
  late: boolean
  at: Date
}

/** Opens the admission, or gives it a new secret: whoever identified before elsewhere is out. */
export async function saveIdentification(
  tx: Tx,
  one: Identification,
): Promise<{ id: string; again: boolean }> {
  const { rows } = await sql<{ id: string; again: boolean }>`
    insert into halls.admissions as d (sitting_id, candidate_id, part, hall_id, seat_id, secret_hash, state, consent,
      late_minutes, late, checks_from, identified_at)
    values (${one.sittingId}, ${one.candidateId}, ${one.part}, ${one.hallId}, ${one.seatId}, ${one.secretHash}, 'waiting',
      ${one.consent}, ${one.lateMinutes}, ${one.late}, ${one.at}, ${one.at})
    on conflict (sitting_id, candidate_id, part) do update
      set secret_hash = excluded.secret_hash, hall_id = excluded.hall_id, seat_id = excluded.seat_id
    returning d.id, d.identified_at <> ${one.at} as again`.execute(tx)
  return rows[0] as { id: string; again: boolean }
}

export async function setConsent(tx: Tx, id: string, consent: ConsentState): Promise<void> {
  await sql`update halls.admissions set consent = ${consent} where id = ${id}`.execute(tx)
}

/** Somebody took the agreement back: those still at the door go the way by documents. */
export async function setConsentsDeclined(tx: Tx, personId: string): Promise<void> {
  await sql`
    update halls.admissions d set consent = 'declined' from exams.sitting_candidates c
    where c.candidate_id = d.candidate_id and c.person_id = ${personId} and d.state = 'waiting'`.execute(tx)
}

export async function setAdmitted(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`
    update halls.admissions set state = 'admitted', admitted_at = ${at}, turned_away_reason = null
    where id = ${id}`.execute(tx)
}

export async function setTurnedAway(tx: Tx, id: string, reason: string): Promise<void> {
  await sql`
    update halls.admissions set state = 'turned_away', turned_away_reason = ${reason}, admitted_at = null
    where id = ${id}`.execute(tx)
}

export async function setWaitingAgain(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`
    update halls.admissions set state = 'waiting', turned_away_reason = null, checks_from = ${at}
    where id = ${id}`.execute(tx)
}

export interface NewCheck {
  sittingId: string
  candidateId: string
  part: Part
  gate: Check['gate']
  outcome: Check['outcome']
  hallId: string | null
  seatId: string | null
  score?: number | null
  findings?: Record<string, unknown>
  captureId?: string | null
  proposalId?: string | null
  by?: { account: string; name: string } | null
  second?: { account: string; name: string } | null
  reason?: string | null
  clientAt?: Date | null
  at: Date
}

export async function insertCheck(tx: Tx, one: NewCheck): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.gate_checks (sitting_id, candidate_id, part, gate, outcome, hall_id, seat_id, score, findings,
      capture_id, proposal_id, by_account, by_name, second_account, second_name, reason, client_at, at)
    values (${one.sittingId}, ${one.candidateId}, ${one.part}, ${one.gate}, ${one.outcome}, ${one.hallId}, ${one.seatId},
      ${one.score ?? null}, ${JSON.stringify(one.findings ?? {})}::jsonb, ${one.captureId ?? null},
      ${one.proposalId ?? null}, ${one.by?.account ?? null}, ${one.by?.name ?? null}, ${one.second?.account ?? null},
      ${one.second?.name ?? null}, ${one.reason ?? null}, ${one.clientAt ?? null}, ${one.at})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export interface CandidateCheck extends Check {
  candidateId: string
}

/** Checks of candidates at one part, oldest first. */
export async function checksOf(
  tx: Tx,
  of: { sittingId: string; candidateIds: string[]; part: Part },
): Promise<CandidateCheck[]> {
  const { rows } = await sql<CandidateCheck>`
    select id, candidate_id, gate, outcome, seat_id, score, findings, capture_id, proposal_id, by_account, by_name,
      second_name, reason, at
    from halls.gate_checks
    where sitting_id = ${of.sittingId} and candidate_id = any(${of.candidateIds}::uuid[]) and part = ${of.part}
    order by at, id`.execute(tx)
  return rows
}

export async function insertFailure(
  tx: Tx,
  one: { seatId: string; ticketIndex: Buffer; at: Date },
): Promise<void> {
  await sql`
    insert into halls.failed_identifications (seat_id, ticket_index, at)
    values (${one.seatId}, ${one.ticketIndex}, ${one.at})`.execute(tx)
}

export async function countFailures(
  tx: Tx,
  of: { seatId: string; ticketIndex: Buffer; since: Date },
): Promise<{ atSeat: number; ofTicket: number }> {
  const { rows } = await sql<{ atSeat: number; ofTicket: number }>`
    select (select count(*)::int from halls.failed_identifications
        where seat_id = ${of.seatId} and at > ${of.since}) as at_seat,
      (select count(*)::int from halls.failed_identifications
        where ticket_index = ${of.ticketIndex} and at > ${of.since}) as of_ticket`.execute(tx)
  return rows[0] as { atSeat: number; ofTicket: number }
}

/** The label of the seat a candidate is to sit at now. */
export async function drawnSeat(
  tx: Tx,
  of: { sittingId: string; candidateId: string },
): Promise<{ seatId: string; seat: string; hallId: string; hall: string } | undefined> {
  const { rows } = await sql<{ seatId: string; seat: string; hallId: string; hall: string }>`
    select t.id as seat_id, t.label as seat, h.id as hall_id, h.name as hall
    from halls.seat_assignments g join halls.seats t on t.id = g.seat_id join halls.halls h on h.id = g.hall_id
    where g.sitting_id = ${of.sittingId} and g.candidate_id = ${of.candidateId} and g.ended_at is null`.execute(
    tx,
  )
  return rows[0]
}

export async function rulesOf(tx: Tx, sittingId: string): Promise<unknown> {
  const { rows } = await sql<{ rules: unknown }>`
    select rules from halls.arrangements where sitting_id = ${sittingId}`.execute(tx)
  return rows[0]?.rules
}

/** The attempt a picture at the door belongs to, once the paper is sealed. */
export async function attemptOf(
  tx: Tx,
  of: { sittingId: string; candidateId: string; part: Part },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from halls.attempts
    where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId} and part = ${of.part}`.execute(tx)
  return rows[0]?.id ?? null
}

export async function sittingAtDoor(
  tx: Tx,
  of: { sittingId: string; candidateId: string; seatId: string },
): Promise<{ title: string; ticketNumber: string; sebConfigKey: string | null }> {
  const { rows } = await sql<{ title: string; ticketNumber: string; sebConfigKey: string | null }>`
    select s.title, c.ticket_number, h.seb_config_key
    from exams.sitting_cards s
    join exams.sitting_candidates c on c.sitting_id = s.sitting_id and c.candidate_id = ${of.candidateId}
    join halls.seats t on t.id = ${of.seatId} join halls.halls h on h.id = t.hall_id
    where s.sitting_id = ${of.sittingId}`.execute(tx)
  return rows[0] as { title: string; ticketNumber: string; sebConfigKey: string | null }
}
