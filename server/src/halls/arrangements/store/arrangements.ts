import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import { containing, inScope } from '../../scope.ts'
import type { Arrangement, ArrangementState } from '../arrangement.ts'
import type { HallRules } from '../hall-rules.ts'

const arrangement = sql`a.sitting_id, a.organisation_id, a.province_code, a.city_code, a.family_id, a.state, a.rules,
  a.forms, a.draw_inputs_file_id, a.draw_inputs_sha256, a.registration_closed_at, a.draw_proof_file_id,
  a.draw_proof_sha256, a.drawn_at, a.tickets_published_at, a.sealed_at`

export async function insertArrangement(
  tx: Tx,
  one: Pick<Arrangement, 'sittingId' | 'organisationId' | 'provinceCode' | 'cityCode' | 'forms'> & {
    rules: HallRules
  },
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into halls.arrangements (sitting_id, organisation_id, province_code, city_code, state, rules, forms, created_at)
    values (${one.sittingId}, ${one.organisationId}, ${one.provinceCode}, ${one.cityCode}, 'preparing',
      ${JSON.stringify(one.rules)}::jsonb, ${one.forms}, ${at})
    on conflict do nothing returning sitting_id`.execute(tx)
  return rows.length > 0
}

export async function lockArrangement(
  tx: Tx,
  sittingId: string,
  organisationId: string,
): Promise<Arrangement | undefined> {
  const { rows } = await sql<Arrangement>`
    select ${arrangement} from halls.arrangements a
    where a.sitting_id = ${sittingId} and a.organisation_id = ${organisationId} for update`.execute(tx)
  return rows[0]
}

export async function findArrangement(
  tx: Tx,
  sittingId: string,
  scope: Scope,
): Promise<Arrangement | undefined> {
  const { rows } = await sql<Arrangement>`
    select ${arrangement} from halls.arrangements a where a.sitting_id = ${sittingId} and ${inScope(scope, 'a')}`.execute(
    tx,
  )
  return rows[0]
}

export async function setForms(tx: Tx, sittingId: string, forms: number): Promise<void> {
  await sql`update halls.arrangements set forms = ${forms} where sitting_id = ${sittingId}`.execute(tx)
}

export async function setTicketsPublished(tx: Tx, sittingId: string, at: Date): Promise<void> {
  await sql`update halls.arrangements set tickets_published_at = ${at} where sitting_id = ${sittingId}`.execute(
    tx,
  )
}

// --- halls of a sitting -------------------------------------------------------------------------------------

export interface ChosenHall {
  hallId: string
  hall: string
  siteId: string
  siteNumber: string
  site: string
  address: string
  usable: number
  spare: number
  accessible: number
  bound: number
  /** Candidates drawn to it. */
  seated: number
}

export async function hallsOfSitting(tx: Tx, sittingId: string): Promise<ChosenHall[]> {
  const { rows } = await sql<ChosenHall>`
    select h.id as hall_id, h.name as hall, s.id as site_id, s.number as site_number, s.name as site, s.address,
      (count(t.id) filter (where t.state = 'usable'))::int as usable,
      (count(t.id) filter (where t.state = 'spare'))::int as spare,
      (count(t.id) filter (where t.state = 'usable' and t.accessible))::int as accessible,
      (count(t.id) filter (where t.state <> 'broken' and t.station_hash is not null))::int as bound,
      (select count(*)::int from halls.seat_assignments a
        where a.sitting_id = u.sitting_id and a.hall_id = h.id and a.ended_at is null) as seated
    from halls.sitting_halls u join halls.halls h on h.id = u.hall_id join halls.sites s on s.id = h.site_id
    left join halls.seats t on t.hall_id = h.id
    where u.sitting_id = ${sittingId} group by u.sitting_id, h.id, s.id order by s.number, h.name`.execute(tx)
  return rows
}

/** Own halls in use by their ids, locked so that nobody lays them out anew meanwhile; with their usable seats. */
export async function lockHallsToChoose(
  tx: Tx,
  hallIds: string[],
  organisationId: string,
): Promise<{ id: string; name: string; usable: number }[]> {
  const { rows } = await sql<{ id: string; name: string; usable: number }>`
    select h.id, h.name, (select count(*)::int from halls.seats t where t.hall_id = h.id and t.state = 'usable') as usable
    from halls.halls h join halls.sites s on s.id = h.site_id
    where h.id = any(${hallIds}::uuid[]) and s.organisation_id = ${organisationId} and s.state = 'active'
      and h.state = 'active' order by h.id for update of h`.execute(tx)
  return rows
}

/** Halls that another sitting has chosen for a time that overlaps one of this sitting's windows. */
export async function hallsTaken(
  tx: Tx,
  sittingId: string,
  hallIds: string[],
): Promise<{ hallId: string; hall: string; sitting: string }[]> {
  const { rows } = await sql<{ hallId: string; hall: string; sitting: string }>`
    select distinct h.id as hall_id, h.name as hall, c.number as sitting
    from halls.sitting_halls u join halls.halls h on h.id = u.hall_id
    join exams.sitting_cards c on c.sitting_id = u.sitting_id and c.state in ('planned', 'open')
    join exams.sitting_windows theirs on theirs.sitting_id = u.sitting_id
    join exams.sitting_windows ours on ours.sitting_id = ${sittingId}
    where u.sitting_id <> ${sittingId} and u.hall_id = any(${hallIds}::uuid[])
      and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at order by h.name`.execute(tx)
  return rows
}

/** Exactly these halls; who was to invigilate one that goes is released with it (the log keeps who it was). */
export async function replaceHalls(tx: Tx, sittingId: string, hallIds: string[]): Promise<void> {
  await sql`delete from halls.invigilators
    where sitting_id = ${sittingId} and not hall_id = any(${hallIds}::uuid[])`.execute(tx)
  await sql`delete from halls.sitting_halls
    where sitting_id = ${sittingId} and not hall_id = any(${hallIds}::uuid[])`.execute(tx)
  await sql`
    insert into halls.sitting_halls (sitting_id, hall_id, state)
    select ${sittingId}::uuid, id, 'waiting' from unnest(${hallIds}::uuid[]) as id on conflict do nothing`.execute(
    tx,
  )
}

export interface HallChoice {
  id: string
  name: string
  site: string
  siteId: string
  cityName: string
  usable: number
  accessible: number
  takenBy: string | null
}

export async function hallChoices(tx: Tx, sittingId: string, organisationId: string): Promise<HallChoice[]> {
  const { rows } = await sql<Omit<HallChoice, 'takenBy'>>`
    select h.id, h.name, s.name as site, s.id as site_id, r.name as city_name,
      (count(t.id) filter (where t.state = 'usable'))::int as usable,
      (count(t.id) filter (where t.state = 'usable' and t.accessible))::int as accessible
    from halls.halls h join halls.sites s on s.id = h.site_id join platform.regions r on r.code = s.city_code
    left join halls.seats t on t.hall_id = h.id
    where s.organisation_id = ${organisationId} and s.state = 'active' and h.state = 'active'
    group by h.id, s.id, r.name order by s.number, h.name`.execute(tx)
  const taken = await hallsTaken(
    tx,
    sittingId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    ...row,
    takenBy: taken.find((one) => one.hallId === row.id)?.sitting ?? null,
  }))
}

// --- lists ----------------------------------------------------------------------------------------------------

export interface ArrangementRow {
  sittingId: string
  number: string
  title: string
  organisationId: string
  cityName: string
  level: string
  startsAt: Date
  endsAt: Date
  sittingState: string
  state: ArrangementState | null
  familyId: string | null
  family: string | null
  candidates: number
  halls: number
  seated: number
  drawnAt: Date | null
  ticketsPublishedAt: Date | null
}

export interface ArrangementFilter {
  q?: string | undefined
  state?: ArrangementState | 'none' | undefined
  startsFrom?: string | undefined
  startsTo?: string | undefined
  page: number
  size: number
}

/** Sittings that are held or may be held by computer: planned ones without an arrangement too. */
export async function listArrangements(tx: Tx, scope: Scope, filter: ArrangementFilter) {
  const like = containing(filter.q)
  const state = filter.state ?? null
  const from = sql`exams.sitting_cards c join platform.regions r on r.code = c.city_code
    left join halls.arrangements a on a.sitting_id = c.sitting_id left join halls.families f on f.id = a.family_id
    where ${inScope(scope, 'c')} and (a.sitting_id is not null or c.state = 'planned')
      and (${state}::text is null or coalesce(a.state, 'none') = ${state})
      and (${filter.startsFrom ?? null}::date is null
        or (c.starts_at at time zone 'Asia/Shanghai')::date >= ${filter.startsFrom ?? null}::date)
      and (${filter.startsTo ?? null}::date is null
        or (c.starts_at at time zone 'Asia/Shanghai')::date <= ${filter.startsTo ?? null}::date)
      and (c.number like ${like} or c.title like ${like} or f.title like ${like})`
  const { rows } = await sql<ArrangementRow>`
    select c.sitting_id, c.number, c.title, c.organisation_id, r.name as city_name, c.level, c.starts_at, c.ends_at,
      c.state as sitting_state, a.state, a.family_id, f.title as family, c.candidates, a.drawn_at, a.tickets_published_at,
      (select count(*)::int from halls.sitting_halls u where u.sitting_id = c.sitting_id) as halls,
      (select count(*)::int from halls.seat_assignments s where s.sitting_id = c.sitting_id and s.ended_at is null) as seated
    from ${from}
    order by c.starts_at desc, c.number desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(tx)
  return { rows, total: total[0]?.n ?? 0 }
}

/** What the checklist counts, in one read. */
export interface Readiness {
  candidates: number
  seated: number
  unseated: number
  onBrokenSeats: number
  photos: number
  undecided: number
  accessibleNeeded: number
  papers: { part: string; forms: number; approved: boolean }[]
  sealed: number
}

export async function readinessOf(tx: Tx, sittingId: string): Promise<Readiness> {
  const { rows } = await sql<Readiness>`
    select
      (select count(*)::int from exams.sitting_candidates c where c.sitting_id = ${sittingId}) as candidates,
      (select count(*)::int from halls.seat_assignments a where a.sitting_id = ${sittingId} and a.ended_at is null) as seated,
      (select count(*)::int from exams.sitting_candidates c where c.sitting_id = ${sittingId} and not exists (
        select from halls.seat_assignments a
        where a.sitting_id = c.sitting_id and a.candidate_id = c.candidate_id and a.ended_at is null)) as unseated,
      (select count(*)::int from halls.seat_assignments a join halls.seats t on t.id = a.seat_id
        where a.sitting_id = ${sittingId} and a.ended_at is null and t.state = 'broken') as on_broken_seats,
      (select count(*)::int from exams.sitting_candidates c join halls.photos p on p.person_id = c.person_id
        where c.sitting_id = ${sittingId} and p.replaced_at is null and p.deleted_at is null) as photos,
      (select count(*)::int from halls.accommodations m where m.sitting_id = ${sittingId} and m.decision is null) as undecided,
      (select count(*)::int from halls.accommodations m
        where m.sitting_id = ${sittingId} and m.decision = 'approved' and m.accessible_seat) as accessible_needed,
      (select coalesce(jsonb_agg(jsonb_build_object('part', p.part, 'forms', p.forms, 'approved', p.approved_at is not null)), '[]')
        from halls.papers p where p.sitting_id = ${sittingId} and p.replaced_at is null) as papers,
      (select count(*)::int from halls.attempts t where t.sitting_id = ${sittingId}) as sealed`.execute(tx)
  return rows[0] as Readiness
}
