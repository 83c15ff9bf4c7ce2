import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../../attempts/wire.ts'

export interface TileRow {
  candidateId: string
  personId: string
  name: string
  ticketNumber: string
  seatId: string
  seat: string
  row: number
  column: number
  attemptId: string | null
  attemptState: 'ready' | 'started' | 'handed_in' | 'timed_out' | 'terminated' | 'absent' | null
  items: number | null
  admission: 'waiting' | 'admitted' | 'turned_away' | null
  lastSeenAt: Date | null
  clientAt: Date | null
  roundTripMs: number | null
  answered: number | null
  unsaved: number | null
  signals: Record<string, unknown> | null
  captureId: string | null
  captureOutcome: string | null
  captureAt: Date | null
  photo: boolean
  misconduct: boolean
}

/** Everybody seated in a hall at one part, with the newest sign of life and the newest picture. */
export async function tileRows(
  tx: Tx,
  of: { sittingId: string; hallId: string; part: Part },
): Promise<TileRow[]> {
  const { rows } = await sql<TileRow>`
    select g.candidate_id, c.person_id, p.name, c.ticket_number, t.id as seat_id, t.label as seat, t.row_number as row,
      t.column_number as column, a.id as attempt_id, a.state as attempt_state, a.items, d.state as admission,
      r.last_seen_at, r.client_at, r.round_trip_ms, coalesce(r.answered, a.answered) as answered, r.unsaved, r.signals,
      k.id as capture_id, k.outcome as capture_outcome, k.at as capture_at,
      exists (select from halls.photos f where f.person_id = c.person_id and f.replaced_at is null) as photo,
      case ${of.part} when 'theory' then c.theory_mark else c.ability_mark end = 'misconduct' as misconduct
    from halls.seat_assignments g
    join halls.seats t on t.id = g.seat_id
    join exams.sitting_candidates c on c.candidate_id = g.candidate_id
    join people.person_cards p on p.id = c.person_id
    left join halls.attempts a on a.sitting_id = g.sitting_id and a.candidate_id = g.candidate_id and a.part = ${of.part}
    left join halls.admissions d on d.sitting_id = g.sitting_id and d.candidate_id = g.candidate_id and d.part = ${of.part}
    left join halls.presences r on r.sitting_id = a.sitting_id and r.attempt_id = a.id
    left join lateral (
      select id, outcome, at from halls.captures k where k.sitting_id = a.sitting_id and k.attempt_id = a.id
        and k.state <> 'deleted' order by k.at desc limit 1) k on true
    where g.sitting_id = ${of.sittingId} and g.hall_id = ${of.hallId} and g.ended_at is null
      and not (${of.part} = 'theory' and c.theory_retained) and not (${of.part} = 'ability' and c.ability_retained)
    order by t.row_number, t.column_number`.execute(tx)
  return rows
}

/** The door stays open for who comes late, but an examination is on as soon as one attempt was begun. */
const shownState = sql<HallOnBoard['state']>`case when u.state = 'admitting' and exists (
    select from halls.seat_assignments g
    join halls.attempts t on t.sitting_id = g.sitting_id and t.candidate_id = g.candidate_id
    where g.sitting_id = u.sitting_id and g.hall_id = u.hall_id and g.ended_at is null and t.started_at is not null)
  then 'running' else u.state end`

export async function stateOfHall(
  tx: Tx,
  of: { sittingId: string; hallId: string },
): Promise<HallOnBoard['state']> {
  const { rows } = await sql<{ state: HallOnBoard['state'] }>`
    select ${shownState} as state from halls.sitting_halls u
    where u.sitting_id = ${of.sittingId} and u.hall_id = ${of.hallId}`.execute(tx)
  return rows[0]?.state ?? 'ended'
}

export interface PartWindow {
  sittingId: string
  part: Part
  startsAt: Date
  endsAt: Date
}

/** When the parts of sittings are held, in order. */
export async function windowsOf(tx: Tx, sittingIds: string[]): Promise<PartWindow[]> {
  const { rows } = await sql<PartWindow>`
    select sitting_id, part, starts_at, ends_at from exams.sitting_windows
    where sitting_id = any (${sittingIds}::uuid[]) order by starts_at, part desc`.execute(tx)
  return rows
}

/** What an attempt's deadline was fixed by when it was made. */
export async function timesOfAttempt(
  tx: Tx,
  of: { sittingId: string; attemptId: string },
): Promise<{ opensAt: Date; closesAt: Date; minutes: number; extraMinutes: number } | undefined> {
  const { rows } = await sql<{ opensAt: Date; closesAt: Date; minutes: number; extraMinutes: number }>`
    select opens_at, closes_at, minutes, extra_minutes from halls.attempts
    where sitting_id = ${of.sittingId} and id = ${of.attemptId}`.execute(tx)
  return rows[0]
}

export interface HallOnBoard {
  sittingId: string
  hallId: string
  title: string
  number: string
  organisation: string
  site: string
  hall: string
  state: 'waiting' | 'admitting' | 'running' | 'paused' | 'ended'
  candidates: number
  admitted: number
  started: number
  closed: number
  openAlerts: number
  urgentAlerts: number
  lastSeenAt: Date | null
  startsAt: Date
  endsAt: Date
  /** What the asking account is in this hall. */
  role: 'chief' | 'invigilator' | 'patrol' | null
}

/** Halls of sittings in scope that are on between the two moments: the asker's own first, then the worst. */
export async function hallsOnBoard(
  tx: Tx,
  of: {
    scope: RawBuilder<boolean>
    accountId: string | null
    onlyMine: boolean
    from: Date
    to: Date
    q?: string | undefined
    state?: string | undefined
    limit: number
    offset: number
  },
): Promise<{ rows: HallOnBoard[]; total: number }> {
  const like = `%${(of.q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  const { rows } = await sql<HallOnBoard & { total: number }>`
    select u.sitting_id, u.hall_id, s.title, s.number, o.name as organisation, e.name as site, h.name as hall, ${shownState} as state,
      s.starts_at, s.ends_at, i.role,
      (select count(*)::int from halls.seat_assignments g where g.sitting_id = u.sitting_id and g.hall_id = u.hall_id
        and g.ended_at is null) as candidates,
      (select count(distinct d.candidate_id)::int from halls.admissions d where d.sitting_id = u.sitting_id and d.hall_id = u.hall_id
        and d.state = 'admitted') as admitted,
      n.started, n.closed, n.last_seen_at,
      (select count(*)::int from halls.alerts l where l.sitting_id = u.sitting_id and l.hall_id = u.hall_id
        and l.settled_at is null) as open_alerts,
      (select count(*)::int from halls.alerts l where l.sitting_id = u.sitting_id and l.hall_id = u.hall_id
        and l.settled_at is null and l.severity = 'urgent') as urgent_alerts,
      count(*) over ()::int as total
    from halls.sitting_halls u
    join halls.arrangements a on a.sitting_id = u.sitting_id
    join exams.sitting_cards s on s.sitting_id = u.sitting_id
    join halls.halls h on h.id = u.hall_id
    join halls.sites e on e.id = h.site_id
    join people.organisations o on o.id = a.organisation_id
    left join halls.invigilators i on i.sitting_id = u.sitting_id and i.hall_id = u.hall_id
      and i.account_id = ${of.accountId} and i.removed_at is null
    left join lateral (
      select count(*) filter (where t.state = 'started')::int as started,
        count(*) filter (where t.closed_at is not null)::int as closed, max(r.last_seen_at) as last_seen_at
      from halls.seat_assignments g
      join halls.attempts t on t.sitting_id = g.sitting_id and t.candidate_id = g.candidate_id
      left join halls.presences r on r.sitting_id = t.sitting_id and r.attempt_id = t.id
      where g.sitting_id = u.sitting_id and g.hall_id = u.hall_id and g.ended_at is null) n on true
    where ${of.scope} and s.ends_at >= ${of.from} and s.starts_at <= ${of.to}
      and (not ${of.onlyMine} or i.role is not null)
      and (${of.state ?? null}::text is null or ${shownState} = ${of.state ?? null})
      and (${of.q ?? ''} = '' or s.title like ${like} or e.name like ${like} or h.name like ${like} or o.name like ${like})
    order by (i.role is null), (u.state = 'ended'), urgent_alerts desc, open_alerts desc, s.starts_at, e.name, h.name
    limit ${of.limit} offset ${of.offset}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export async function openAttemptsOfHall(
  tx: Tx,
  of: { sittingId: string; hallId: string },
): Promise<{ attemptId: string; candidateId: string; part: Part }[]> {
  const { rows } = await sql<{ attemptId: string; candidateId: string; part: Part }>`
    select a.id as attempt_id, a.candidate_id, a.part
    from halls.seat_assignments g
    join halls.attempts a on a.sitting_id = g.sitting_id and a.candidate_id = g.candidate_id
    where g.sitting_id = ${of.sittingId} and g.hall_id = ${of.hallId} and g.ended_at is null
      and a.state in ('ready', 'started')`.execute(tx)
  return rows
}

export interface SeatedCandidate {
  candidateId: string
  personId: string
  name: string
  seatId: string
  seat: string
  form: string
  attemptId: string | null
  attemptState: TileRow['attemptState']
  /** What the sitting has on record of this part. */
  mark: 'present' | 'absent' | 'misconduct'
  /** Until the results are out a mark can be taken back. */
  markable: boolean
}

interface SeatedKey {
  sittingId: string
  hallId: string
  candidateId: string
  part: Part
}

/** A candidate of this hall with the attempt of a part, the seat locked. */
export function lockSeated(tx: Tx, of: SeatedKey): Promise<SeatedCandidate | undefined> {
  return seatedOf(tx, of, sql`for update of g`)
}

export function findSeated(tx: Tx, of: SeatedKey): Promise<SeatedCandidate | undefined> {
  return seatedOf(tx, of, sql``)
}

async function seatedOf(
  tx: Tx,
  of: SeatedKey,
  lock: RawBuilder<unknown>,
): Promise<SeatedCandidate | undefined> {
  const { rows } = await sql<SeatedCandidate>`
    select g.candidate_id, c.person_id, p.name, g.seat_id, t.label as seat, g.form, a.id as attempt_id, a.state as attempt_state,
      case ${of.part} when 'theory' then c.theory_mark else c.ability_mark end as mark,
      exists (select from exams.sitting_cards s where s.sitting_id = g.sitting_id and s.state in ('open', 'ended')) as markable
    from halls.seat_assignments g
    join halls.seats t on t.id = g.seat_id
    join exams.sitting_candidates c on c.candidate_id = g.candidate_id
    join people.person_cards p on p.id = c.person_id
    left join halls.attempts a on a.sitting_id = g.sitting_id and a.candidate_id = g.candidate_id and a.part = ${of.part}
    where g.sitting_id = ${of.sittingId} and g.hall_id = ${of.hallId} and g.candidate_id = ${of.candidateId}
      and g.ended_at is null ${lock}`.execute(tx)
  return rows[0]
}

/** Seats of the hall that nobody has in this sitting and whose machine works. */
export async function freeSeats(
  tx: Tx,
  of: { sittingId: string; hallId: string },
): Promise<{ id: string; label: string; spare: boolean }[]> {
  const { rows } = await sql<{ id: string; label: string; spare: boolean }>`
    select t.id, t.label, t.state = 'spare' as spare from halls.seats t
    where t.hall_id = ${of.hallId} and t.state in ('usable', 'spare')
      and not exists (select from halls.seat_assignments g
        where g.sitting_id = ${of.sittingId} and g.seat_id = t.id and g.ended_at is null)
    order by t.state = 'spare' desc, t.row_number, t.column_number`.execute(tx)
  return rows
}

export async function moveSeat(
  tx: Tx,
  of: {
    sittingId: string
    candidateId: string
    hallId: string
    seatId: string
    form: string
    actId: string
    at: Date
  },
): Promise<void> {
  await sql`
    update halls.seat_assignments set ended_at = ${of.at}
    where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId} and ended_at is null`.execute(tx)
  await sql`
    insert into halls.seat_assignments (sitting_id, candidate_id, hall_id, seat_id, form, origin, act_id, assigned_at)
    values (${of.sittingId}, ${of.candidateId}, ${of.hallId}, ${of.seatId}, ${of.form}, 'moved', ${of.actId}, ${of.at})`.execute(
    tx,
  )
}

export async function setHallState(
  tx: Tx,
  of: { sittingId: string; hallId: string },
  state: 'running' | 'paused',
): Promise<void> {
  await sql`
    update halls.sitting_halls set state = ${state}
    where sitting_id = ${of.sittingId} and hall_id = ${of.hallId}`.execute(tx)
}
