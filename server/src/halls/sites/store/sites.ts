import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import { containing, inScope } from '../../scope.ts'
import type { Hall, SeatPlan, SeatState, Site, SiteState } from '../site.ts'

const site = sql`s.id, s.number, s.organisation_id, s.province_code, s.city_code, s.name, s.address, s.contact_name,
  s.contact_phone, s.state`

export async function lockSite(tx: Tx, id: string, organisationId: string): Promise<Site | undefined> {
  const { rows } = await sql<Site>`
    select ${site} from halls.sites s where s.id = ${id} and s.organisation_id = ${organisationId} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function insertSite(tx: Tx, one: Omit<Site, 'id' | 'state'>, at: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.sites (number, organisation_id, province_code, city_code, name, address, contact_name,
      contact_phone, state, created_at)
    values (${one.number}, ${one.organisationId}, ${one.provinceCode}, ${one.cityCode}, ${one.name}, ${one.address},
      ${one.contactName}, ${one.contactPhone}, 'active', ${at}) returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function updateSite(
  tx: Tx,
  id: string,
  to: Pick<Site, 'name' | 'address' | 'contactName' | 'contactPhone'>,
): Promise<void> {
  await sql`update halls.sites set name = ${to.name}, address = ${to.address}, contact_name = ${to.contactName},
    contact_phone = ${to.contactPhone} where id = ${id}`.execute(tx)
}

export async function setSiteClosed(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update halls.sites set state = 'closed', closed_at = ${at} where id = ${id}`.execute(tx)
  await sql`update halls.halls set state = 'closed' where site_id = ${id}`.execute(tx)
}

export async function findCityOf(tx: Tx, cityCode: string): Promise<{ provinceCode: string } | undefined> {
  const { rows } = await sql<{ provinceCode: string }>`
    select province_code from platform.regions where code = ${cityCode} and province_code is not null`.execute(
    tx,
  )
  return rows[0]
}

export interface SiteRow extends Site {
  cityName: string
  halls: number
  usable: number
  spare: number
  broken: number
  bound: number
}

export interface SiteFilter {
  q?: string | undefined
  state?: SiteState | undefined
  cityCode?: string | undefined
  page: number
  size: number
}

const counted = sql`
  select ${site}, r.name as city_name, count(distinct h.id)::int as halls,
    (count(t.id) filter (where t.state = 'usable'))::int as usable,
    (count(t.id) filter (where t.state = 'spare'))::int as spare,
    (count(t.id) filter (where t.state = 'broken'))::int as broken,
    count(t.station_hash)::int as bound
  from halls.sites s join platform.regions r on r.code = s.city_code
  left join halls.halls h on h.site_id = s.id and h.state = 'active' left join halls.seats t on t.hall_id = h.id`

export async function listSites(tx: Tx, scope: Scope, filter: SiteFilter) {
  const like = containing(filter.q)
  const where = sql`${inScope(scope, 's')}
    and (${filter.state ?? null}::text is null or s.state = ${filter.state ?? null})
    and (${filter.cityCode ?? null}::text is null or s.city_code = ${filter.cityCode ?? null})
    and (s.number like ${like} or s.name like ${like} or s.address like ${like})`
  const { rows } = await sql<SiteRow>`
    ${counted} where ${where} group by s.id, r.name order by s.state, s.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const { rows: total } = await sql<{ n: number }>`
    select count(*)::int as n from halls.sites s where ${where}`.execute(tx)
  return { rows, total: total[0]?.n ?? 0 }
}

export async function findSite(tx: Tx, id: string, scope: Scope): Promise<SiteRow | undefined> {
  const { rows } = await sql<SiteRow>`
    ${counted} where s.id = ${id} and ${inScope(scope, 's')} group by s.id, r.name`.execute(tx)
  return rows[0]
}

// --- halls and seats ----------------------------------------------------------------------------------------

const hall = sql`h.id, h.site_id, h.name, h.rows, h.columns, h.seb_config_key, h.state`

export interface HallOfSite extends Hall {
  site: Pick<Site, 'id' | 'name' | 'address' | 'state' | 'organisationId'>
}

const withSite = sql`${hall}, jsonb_build_object('id', s.id, 'name', s.name, 'address', s.address, 'state', s.state,
  'organisationId', s.organisation_id) as site`

export async function lockHall(tx: Tx, id: string, organisationId: string): Promise<HallOfSite | undefined> {
  const { rows } = await sql<HallOfSite>`
    select ${withSite} from halls.halls h join halls.sites s on s.id = h.site_id
    where h.id = ${id} and s.organisation_id = ${organisationId} for update of h`.execute(tx)
  return rows[0]
}

export async function findHall(tx: Tx, id: string, scope: Scope): Promise<HallOfSite | undefined> {
  const { rows } = await sql<HallOfSite>`
    select ${withSite} from halls.halls h join halls.sites s on s.id = h.site_id
    where h.id = ${id} and ${inScope(scope, 's')}`.execute(tx)
  return rows[0]
}

export interface HallRow extends Hall {
  usable: number
  spare: number
  broken: number
  accessible: number
  bound: number
}

export async function hallsOf(tx: Tx, siteIds: string[]): Promise<HallRow[]> {
  const { rows } = await sql<HallRow>`
    select ${hall}, (count(t.id) filter (where t.state = 'usable'))::int as usable,
      (count(t.id) filter (where t.state = 'spare'))::int as spare,
      (count(t.id) filter (where t.state = 'broken'))::int as broken,
      (count(t.id) filter (where t.accessible and t.state = 'usable'))::int as accessible,
      count(t.station_hash)::int as bound
    from halls.halls h left join halls.seats t on t.hall_id = h.id
    where h.site_id = any(${siteIds}::uuid[]) group by h.id order by h.state, h.name`.execute(tx)
  return rows
}

/** A new hall; undefined when its site has one of that name. */
export async function insertHall(
  tx: Tx,
  one: Pick<Hall, 'siteId' | 'name' | 'rows' | 'columns' | 'sebConfigKey'>,
  at: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.halls (site_id, name, rows, columns, seb_config_key, state, created_at)
    values (${one.siteId}, ${one.name}, ${one.rows}, ${one.columns}, ${one.sebConfigKey}, 'active', ${at})
    on conflict (site_id, name) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function updateHall(
  tx: Tx,
  id: string,
  to: Pick<Hall, 'name' | 'rows' | 'columns' | 'sebConfigKey'>,
): Promise<void> {
  await sql`update halls.halls set name = ${to.name}, rows = ${to.rows}, columns = ${to.columns},
    seb_config_key = ${to.sebConfigKey} where id = ${id}`.execute(tx)
}

export async function hasHallNamed(tx: Tx, siteId: string, name: string, notId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from halls.halls where site_id = ${siteId} and name = ${name} and id <> ${notId}`.execute(tx)
  return rows.length > 0
}

export async function setHallClosed(tx: Tx, id: string): Promise<void> {
  await sql`update halls.halls set state = 'closed' where id = ${id}`.execute(tx)
}

/** Sittings a hall is wanted for that are not over; `fixed` those whose list is closed and seats not drawn yet. */
export async function sittingsUsing(
  tx: Tx,
  hallIds: string[],
): Promise<{ number: string; fixed: boolean }[]> {
  const { rows } = await sql<{ number: string; fixed: boolean }>`
    select distinct c.number, a.registration_closed_at is not null and a.drawn_at is null as fixed
    from halls.sitting_halls u join halls.arrangements a on a.sitting_id = u.sitting_id
    join exams.sitting_cards c on c.sitting_id = a.sitting_id
    where u.hall_id = any(${hallIds}::uuid[]) and a.state in ('preparing', 'drawn', 'sealed', 'running')
      and c.state <> 'cancelled' order by c.number`.execute(tx)
  return rows
}

/** Lays seats out: those of the plan are added or changed by their place, those not in it are taken away. */
export async function replaceSeats(
  tx: Tx,
  hallId: string,
  seats: SeatPlan[],
): Promise<{ inUse: string[]; removed: number }> {
  const plan = JSON.stringify(
    seats.map(({ row, column, ...rest }) => ({ ...rest, rowNumber: row, columnNumber: column })),
  )
  const { rows: gone } = await sql<{ id: string; label: string; used: boolean }>`
    select t.id, t.label, exists (select from halls.seat_assignments a where a.seat_id = t.id) as used
    from halls.seats t where t.hall_id = ${hallId} and not exists (
      select from jsonb_to_recordset(${plan}::jsonb) as p("rowNumber" int, "columnNumber" int)
      where p."rowNumber" = t.row_number and p."columnNumber" = t.column_number)`.execute(tx)
  const inUse = gone.filter((one) => one.used).map((one) => one.label)
  if (inUse.length > 0) return { inUse, removed: 0 }
  await sql`delete from halls.seats where id = any(${gone.map((one) => one.id)}::uuid[])`.execute(tx)
  // Labels may change places among the seats: the old ones step aside first.
  await sql`update halls.seats set label = '~' || id where hall_id = ${hallId}`.execute(tx)
  await sql`
    insert into halls.seats (hall_id, label, row_number, column_number, machine, state, broken_reason, accessible)
    select ${hallId}::uuid, p.label, p."rowNumber", p."columnNumber", p.machine, p.state,
      case when p.state = 'broken' then p."brokenReason" end, p.accessible
    from jsonb_to_recordset(${plan}::jsonb) as p(label text, "rowNumber" int, "columnNumber" int, machine text, state text,
      "brokenReason" text, accessible boolean)
    on conflict (hall_id, row_number, column_number) do update set label = excluded.label, machine = excluded.machine,
      state = excluded.state, broken_reason = excluded.broken_reason, accessible = excluded.accessible`.execute(
    tx,
  )
  return { inUse, removed: gone.length }
}

export interface SeatListRow {
  hall: string
  label: string
  row: number
  column: number
  machine: string
  state: SeatState
  brokenReason: string | null
  accessible: boolean
  bound: boolean
}

export async function seatsOfSite(tx: Tx, siteId: string): Promise<SeatListRow[]> {
  const { rows } = await sql<SeatListRow>`
    select h.name as hall, t.label, t.row_number as row, t.column_number as column, t.machine, t.state, t.broken_reason,
      t.accessible, t.station_hash is not null as bound
    from halls.seats t join halls.halls h on h.id = t.hall_id
    where h.site_id = ${siteId} and h.state = 'active' order by h.name, t.row_number, t.column_number`.execute(
    tx,
  )
  return rows
}

export async function citiesToChoose(
  tx: Tx,
  provinceCode: string,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from platform.regions where province_code = ${provinceCode}
    order by code`.execute(tx)
  return rows
}
