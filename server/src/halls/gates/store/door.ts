import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../../attempts/wire.ts'
import { containing, inScope } from '../../scope.ts'
import type { AdmissionState, ConsentState } from '../admission.ts'

export interface Door {
  sittingId: string
  hallId: string
  hall: string
  site: string
  state: 'waiting' | 'admitting' | 'running' | 'paused' | 'ended'
  title: string
  provinceCode: string
  cityCode: string
  rules: unknown
  /** How far the sitting is. */
  arrangement: 'preparing' | 'drawn' | 'sealed' | 'running' | 'closed' | 'archived'
  /** The hall node that has the hall, while it has it. */
  nodeId: string | null
  /** What the asking account is in this hall; null when nothing. */
  role: 'chief' | 'invigilator' | 'patrol' | null
  invigilators: number
}

export async function findDoor(
  tx: Tx,
  of: { sittingId: string; hallId: string; accountId: string | null },
  scope: Scope,
): Promise<Door | undefined> {
  const { rows } = await sql<Door>`
    select u.sitting_id, u.hall_id, h.name as hall, e.name as site, u.state, s.title, a.province_code, a.city_code, a.rules,
      a.state as arrangement, u.node_id,
      (select i.role from halls.invigilators i where i.sitting_id = u.sitting_id and i.hall_id = u.hall_id
        and i.account_id = ${of.accountId} and i.removed_at is null) as role,
      (select count(*)::int from halls.invigilators i where i.sitting_id = u.sitting_id and i.hall_id = u.hall_id
        and i.role <> 'patrol' and i.removed_at is null) as invigilators
    from halls.sitting_halls u
    join halls.halls h on h.id = u.hall_id
    join halls.sites e on e.id = h.site_id
    join halls.arrangements a on a.sitting_id = u.sitting_id
    join exams.sitting_cards s on s.sitting_id = u.sitting_id
    where u.sitting_id = ${of.sittingId} and u.hall_id = ${of.hallId} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

/** False when it was not waiting. */
export async function setDoorOpen(
  tx: Tx,
  of: { sittingId: string; hallId: string },
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update halls.sitting_halls set state = 'admitting', admitting_at = ${at}
    where sitting_id = ${of.sittingId} and hall_id = ${of.hallId} and state = 'waiting'`.execute(tx)
  return numAffectedRows === 1n
}

/** With its first door; an examination under way stays so. */
export async function setRunning(tx: Tx, sittingId: string): Promise<void> {
  await sql`update halls.arrangements set state = 'running' where sitting_id = ${sittingId} and state = 'sealed'`.execute(
    tx,
  )
}

export interface DoorRow {
  candidateId: string
  personId: string
  name: string
  maskedIdNumber: string
  ticketNumber: string
  seatId: string
  seat: string
  admissionId: string | null
  state: AdmissionState | 'expected'
  consent: ConsentState | null
  checksFrom: Date | null
  lateMinutes: number
  late: boolean
  identifiedAt: Date | null
  admittedAt: Date | null
  turnedAwayReason: string | null
  photo: boolean
}

/** Everybody drawn into a hall and how far each has come; who needs somebody now first. */
export async function doorRows(
  tx: Tx,
  of: {
    sittingId: string
    hallId: string
    part: Part
    q?: string | undefined
    state?: DoorRow['state'] | undefined
    page: number
    size: number
  },
): Promise<{ rows: DoorRow[]; total: number }> {
  const { rows } = await sql<DoorRow & { total: number }>`
    select c.candidate_id, c.person_id, p.name, p.masked_id_number, c.ticket_number, t.id as seat_id, t.label as seat,
      d.id as admission_id, coalesce(d.state, 'expected') as state, d.consent, d.checks_from,
      coalesce(d.late_minutes, 0) as late_minutes, coalesce(d.late, false) as late, d.identified_at, d.admitted_at,
      d.turned_away_reason,
      exists (select from halls.photos f where f.person_id = c.person_id and f.replaced_at is null
        and f.deleted_at is null) as photo,
      count(*) over ()::int as total
    from halls.seat_assignments g
    join halls.seats t on t.id = g.seat_id
    join exams.sitting_candidates c on c.candidate_id = g.candidate_id
    join people.person_cards p on p.id = c.person_id
    left join halls.admissions d on d.sitting_id = g.sitting_id and d.candidate_id = g.candidate_id and d.part = ${of.part}
    where g.sitting_id = ${of.sittingId} and g.hall_id = ${of.hallId} and g.ended_at is null
      and not (${of.part} = 'theory' and c.theory_retained) and not (${of.part} = 'ability' and c.ability_retained)
      and (${of.state ?? null}::text is null or coalesce(d.state, 'expected') = ${of.state ?? null})
      and (${of.q ?? ''} = '' or p.name like ${containing(of.q)} or c.ticket_number like ${containing(of.q)}
        or t.label like ${containing(of.q)})
    order by case coalesce(d.state, 'expected') when 'waiting' then 0 when 'turned_away' then 1 when 'expected' then 2
      else 3 end, d.identified_at, t.row_number, t.column_number
    limit ${of.size} offset ${(of.page - 1) * of.size}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export async function doorCounts(
  tx: Tx,
  of: { sittingId: string; hallId: string; part: Part },
): Promise<Record<DoorRow['state'], number>> {
  const { rows } = await sql<{ state: DoorRow['state']; count: number }>`
    select coalesce(d.state, 'expected') as state, count(*)::int as count
    from halls.seat_assignments g
    join exams.sitting_candidates c on c.candidate_id = g.candidate_id
    left join halls.admissions d on d.sitting_id = g.sitting_id and d.candidate_id = g.candidate_id and d.part = ${of.part}
    where g.sitting_id = ${of.sittingId} and g.hall_id = ${of.hallId} and g.ended_at is null
      and not (${of.part} = 'theory' and c.theory_retained) and not (${of.part} = 'ability' and c.ability_retained)
    group by 1`.execute(tx)
  const counts = { expected: 0, waiting: 0, admitted: 0, turned_away: 0 }
  for (const row of rows) counts[row.state] = row.count
  return counts
}

/** Where an admission is, when the asker may see it. */
export async function doorOfAdmission(
  tx: Tx,
  admissionId: string,
  accountId: string | null,
  scope: Scope,
): Promise<Door | undefined> {
  const { rows } = await sql<{ sittingId: string; hallId: string }>`
    select sitting_id, hall_id from halls.admissions where id = ${admissionId}`.execute(tx)
  return rows[0] ? findDoor(tx, { ...rows[0], accountId }, scope) : undefined
}

export async function insertAct(
  tx: Tx,
  act: {
    sittingId: string
    hallId: string
    candidateId: string
    kind: 'confirm' | 'turn_away'
    reason: string | null
    data: Record<string, unknown>
    by: { account: string; name: string }
    second: { account: string; name: string } | null
    clientAt: Date
    at: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.acts (sitting_id, hall_id, candidate_id, kind, reason, data, by_account, by_name, second_account,
      second_name, client_at, at)
    values (${act.sittingId}, ${act.hallId}, ${act.candidateId}, ${act.kind}, ${act.reason},
      ${JSON.stringify(act.data)}::jsonb, ${act.by.account}, ${act.by.name}, ${act.second?.account ?? null},
      ${act.second?.name ?? null}, ${act.clientAt}, ${act.at})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

/** Whether the asker may see a sitting held by computer. */
export async function findAnySitting(
  tx: Tx,
  sittingId: string,
  scope: Scope,
): Promise<{ sittingId: string; provinceCode: string } | undefined> {
  const { rows } = await sql<{ sittingId: string; provinceCode: string }>`
    select a.sitting_id, a.province_code from halls.arrangements a
    where a.sitting_id = ${sittingId} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

export interface DoorCard {
  sittingId: string
  hallId: string
  title: string
  number: string
  hall: string
  site: string
  startsAt: Date
  endsAt: Date
  state: Door['state']
  role: Door['role']
  seated: number
  admitted: number
}

/** Halls of sittings, nearest in time first; for an invigilator those assigned to come before the rest. */
export async function doorCards(
  tx: Tx,
  scope: Scope,
  ask: {
    accountId: string | null
    q?: string | undefined
    on?: string | undefined
    mine: boolean
    now: Date
    page: number
    size: number
  },
): Promise<{ rows: DoorCard[]; total: number }> {
  const { rows } = await sql<DoorCard & { total: number }>`
    select u.sitting_id, u.hall_id, s.title, s.number, h.name as hall, e.name as site, s.starts_at, s.ends_at, u.state, i.role,
      (select count(*)::int from halls.seat_assignments g
        where g.sitting_id = u.sitting_id and g.hall_id = u.hall_id and g.ended_at is null) as seated,
      (select count(distinct d.candidate_id)::int from halls.admissions d
        where d.sitting_id = u.sitting_id and d.hall_id = u.hall_id and d.state = 'admitted') as admitted,
      count(*) over ()::int as total
    from halls.sitting_halls u
    join halls.halls h on h.id = u.hall_id join halls.sites e on e.id = h.site_id
    join halls.arrangements a on a.sitting_id = u.sitting_id
    join exams.sitting_cards s on s.sitting_id = u.sitting_id
    left join halls.invigilators i on i.sitting_id = u.sitting_id and i.hall_id = u.hall_id
      and i.account_id = ${ask.accountId} and i.removed_at is null
    where ${inScope(scope, 'a')}
      and (not ${ask.mine} or i.role is not null)
      and (${ask.on ?? null}::date is null or (s.starts_at at time zone 'Asia/Shanghai')::date = ${ask.on ?? null}::date)
      and (${ask.q ?? ''} = '' or s.title like ${containing(ask.q)} or h.name like ${containing(ask.q)}
        or e.name like ${containing(ask.q)} or s.number like ${containing(ask.q)})
    order by i.role is null, abs(extract(epoch from s.starts_at - ${ask.now}::timestamptz)), h.name
    limit ${ask.size} offset ${(ask.page - 1) * ask.size}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}
