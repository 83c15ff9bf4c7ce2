import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import { defined } from '../../../platform/assert.ts'
import type { Tx } from '../../../platform/db.ts'
import { containing } from '../../scope.ts'
import type { Family, FamilyState, MemberState, Unified } from '../family.ts'

const family = sql`f.id, f.number, f.province_code, f.title, f.occupation_id, f.direction, f.level, f.unified,
  f.theory_starts_at, f.theory_ends_at, f.ability_starts_at, f.ability_ends_at, f.state, f.announced_at`

export async function findFamilyNumber(tx: Tx, familyId: string): Promise<string> {
  return defined(await findFamily(tx, familyId), `joint examination ${familyId}`).number
}

export async function findFamily(tx: Tx, id: string): Promise<Family | undefined> {
  const { rows } = await sql<Family>`select ${family} from halls.families f where f.id = ${id}`.execute(tx)
  return rows[0]
}

export async function lockFamily(tx: Tx, id: string, provinceCode: string): Promise<Family | undefined> {
  const { rows } = await sql<Family>`
    select ${family} from halls.families f where f.id = ${id} and f.province_code = ${provinceCode} for update`.execute(
    tx,
  )
  return rows[0]
}

/** A province sees its own; an institution those it is invited to; a city those announced in its province. */
function familyInScope(scope: Scope) {
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`(f.state <> 'drafted' and exists (select from halls.family_members m
        where m.family_id = f.id and m.organisation_id = ${scope.organisationId}))`
    case 'city':
      return sql<boolean>`(f.state <> 'drafted' and f.province_code = ${scope.provinceCode})`
    case 'province':
      return sql<boolean>`f.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql<boolean>`true`
  }
}

export async function findFamilyInScope(tx: Tx, id: string, scope: Scope): Promise<Family | undefined> {
  const { rows } = await sql<Family>`
    select ${family} from halls.families f where f.id = ${id} and ${familyInScope(scope)}`.execute(tx)
  return rows[0]
}

export async function insertFamily(
  tx: Tx,
  one: Omit<Family, 'id' | 'state' | 'announcedAt'> & { createdBy: string },
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.families (number, province_code, title, occupation_id, direction, level, unified, theory_starts_at,
      theory_ends_at, ability_starts_at, ability_ends_at, state, created_by, created_at)
    values (${one.number}, ${one.provinceCode}, ${one.title}, ${one.occupationId}, ${one.direction}, ${one.level},
      ${JSON.stringify(one.unified)}::jsonb, ${one.theoryStartsAt}, ${one.theoryEndsAt}, ${one.abilityStartsAt},
      ${one.abilityEndsAt}, 'drafted', ${one.createdBy}, ${at}) returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function setUnified(tx: Tx, id: string, unified: Unified[]): Promise<void> {
  await sql`update halls.families set unified = ${JSON.stringify(unified)}::jsonb where id = ${id}`.execute(
    tx,
  )
}

export async function setFamilyState(tx: Tx, id: string, state: FamilyState, at: Date): Promise<void> {
  await sql`
    update halls.families set state = ${state},
      announced_at = case when ${state} = 'announced' then ${at}::timestamptz else announced_at end where id = ${id}`.execute(
    tx,
  )
}

export interface FamilyRow extends Family {
  occupationName: string
  members: number
  accepted: number
  sittings: number
  candidates: number
}

export interface FamilyFilter {
  q?: string | undefined
  state?: FamilyState | undefined
  page: number
  size: number
}

export async function listFamilies(tx: Tx, scope: Scope, filter: FamilyFilter) {
  const like = containing(filter.q)
  const from = sql`halls.families f join institutions.occupation_names o on o.occupation_id = f.occupation_id
    where ${familyInScope(scope)} and (${filter.state ?? null}::text is null or f.state = ${filter.state ?? null})
      and (f.number like ${like} or f.title like ${like})`
  const { rows } = await sql<FamilyRow>`
    select ${family}, o.name as occupation_name,
      (select count(*)::int from halls.family_members m where m.family_id = f.id) as members,
      (select count(*)::int from halls.family_members m where m.family_id = f.id and m.state = 'accepted') as accepted,
      (select count(*)::int from halls.arrangements a where a.family_id = f.id) as sittings,
      (select count(*)::int from halls.arrangements a join exams.sitting_candidates c on c.sitting_id = a.sitting_id
        where a.family_id = f.id) as candidates
    from ${from} order by f.number desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(tx)
  return { rows, total: total[0]?.n ?? 0 }
}

// --- members and their sittings ----------------------------------------------------------------------------

export interface Member {
  organisationId: string
  state: MemberState
  invitedAt: Date
  decidedByName: string | null
  decidedReason: string | null
  decidedAt: Date | null
}

export async function membersOf(tx: Tx, familyId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select organisation_id, state, invited_at, decided_by_name, decided_reason, decided_at from halls.family_members
    where family_id = ${familyId} order by invited_at, organisation_id`.execute(tx)
  return rows
}

export async function inviteMembers(
  tx: Tx,
  familyId: string,
  organisationIds: string[],
  by: string,
  at: Date,
) {
  const { rows } = await sql<{ organisationId: string }>`
    insert into halls.family_members (family_id, organisation_id, state, invited_by, invited_at)
    select ${familyId}::uuid, id, 'invited', ${by}, ${at} from unnest(${organisationIds}::uuid[]) as id
    on conflict do nothing returning organisation_id`.execute(tx)
  return rows.map((row) => row.organisationId)
}

export async function lockMember(
  tx: Tx,
  familyId: string,
  organisationId: string,
): Promise<Member | undefined> {
  const { rows } = await sql<Member>`
    select organisation_id, state, invited_at, decided_by_name, decided_reason, decided_at from halls.family_members
    where family_id = ${familyId} and organisation_id = ${organisationId} for update`.execute(tx)
  return rows[0]
}

export async function setMemberAnswered(
  tx: Tx,
  of: { familyId: string; organisationId: string },
  to: { state: MemberState; byName: string; reason: string | null; at: Date },
): Promise<void> {
  await sql`
    update halls.family_members set state = ${to.state}, decided_by_name = ${to.byName}, decided_reason = ${to.reason},
      decided_at = ${to.at} where family_id = ${of.familyId} and organisation_id = ${of.organisationId}`.execute(
    tx,
  )
}

export async function setFamily(tx: Tx, sittingId: string, familyId: string | null): Promise<void> {
  await sql`update halls.arrangements set family_id = ${familyId} where sitting_id = ${sittingId}`.execute(tx)
}

/** Sittings of a joint examination in the order of their numbers; lock them in this order. */
export async function memberSittings(
  tx: Tx,
  familyId: string,
): Promise<{ sittingId: string; organisationId: string; number: string }[]> {
  const { rows } = await sql<{ sittingId: string; organisationId: string; number: string }>`
    select a.sitting_id, a.organisation_id, c.number from halls.arrangements a
    join exams.sitting_cards c on c.sitting_id = a.sitting_id where a.family_id = ${familyId} order by c.number`.execute(
    tx,
  )
  return rows
}

export interface SiteProgress {
  siteId: string
  site: string
  cityName: string
  sittingId: string
  sitting: string
  organisationId: string
  halls: number
  candidates: number
  admitted: number
  started: number
  handedIn: number
  alerts: number
  urgent: number
  /** Machines not heard of for 15 seconds while their attempt runs. */
  silent: number
  ended: number
}

/** How far every site of a joint examination is. A candidate counts where the seat was drawn. */
export async function siteProgress(tx: Tx, familyId: string, now: Date): Promise<SiteProgress[]> {
  const { rows } = await sql<SiteProgress>`
    with seats as (
      select a.sitting_id, a.candidate_id, h.site_id, a.hall_id from halls.seat_assignments a
      join halls.arrangements r on r.sitting_id = a.sitting_id and r.family_id = ${familyId}
      join halls.halls h on h.id = a.hall_id where a.ended_at is null
    ), latest as (
      -- the part that is on: the last one of the candidate that has begun, else the first
      select distinct on (t.sitting_id, t.candidate_id) t.sitting_id, t.candidate_id, t.id, t.state
      from halls.attempts t join halls.arrangements r on r.sitting_id = t.sitting_id and r.family_id = ${familyId}
      order by t.sitting_id, t.candidate_id, t.opens_at > ${now}, t.opens_at desc
    ), halls_of as (
      select u.sitting_id, h.site_id, count(*)::int as halls, (count(*) filter (where u.state = 'ended'))::int as ended
      from halls.sitting_halls u join halls.arrangements r on r.sitting_id = u.sitting_id and r.family_id = ${familyId}
      join halls.halls h on h.id = u.hall_id group by u.sitting_id, h.site_id
    )
    select s.id as site_id, s.name as site, g.name as city_name, c.sitting_id, c.number as sitting, c.organisation_id,
      o.halls, o.ended, count(e.candidate_id)::int as candidates,
      (count(*) filter (where exists (select from halls.admissions d where d.sitting_id = e.sitting_id
        and d.candidate_id = e.candidate_id and d.state = 'admitted')))::int as admitted,
      (count(*) filter (where l.state in ('started', 'handed_in', 'timed_out', 'terminated')))::int as started,
      (count(*) filter (where l.state in ('handed_in', 'timed_out', 'terminated')))::int as handed_in,
      (select count(*)::int from halls.alerts w join halls.halls wh on wh.id = w.hall_id
        where w.sitting_id = c.sitting_id and wh.site_id = s.id and w.settled_at is null) as alerts,
      (select count(*)::int from halls.alerts w join halls.halls wh on wh.id = w.hall_id
        where w.sitting_id = c.sitting_id and wh.site_id = s.id and w.settled_at is null and w.severity = 'urgent') as urgent,
      (count(*) filter (where l.state = 'started' and not exists (select from halls.presences p
        where p.sitting_id = l.sitting_id and p.attempt_id = l.id and p.last_seen_at > ${now}::timestamptz - interval '15 seconds')))::int as silent
    from halls_of o join halls.sites s on s.id = o.site_id join platform.regions g on g.code = s.city_code
    join exams.sitting_cards c on c.sitting_id = o.sitting_id
    left join seats e on e.sitting_id = o.sitting_id and e.site_id = s.id
    left join latest l on l.sitting_id = e.sitting_id and l.candidate_id = e.candidate_id
    group by s.id, g.name, c.sitting_id, c.number, c.organisation_id, o.halls, o.ended order by g.name, s.name, c.number`.execute(
    tx,
  )
  return rows
}
