import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../people/index.ts'
import type { Level } from '../platform/api.ts'
import type { Tx } from '../platform/db.ts'
import type { Stage } from './stage.ts'

export interface NumbersFilter {
  year: number
  cityCode?: string | undefined
  occupationId?: string | undefined
  level?: Level | undefined
}

/** The part of the facts a viewer may see; organisations see the people they trained or assess. */
function inScope(scope: Scope): RawBuilder<unknown> {
  switch (scope.kind) {
    case 'nation':
      return sql`true`
    case 'province':
      return sql`f.province_code = ${scope.provinceCode}`
    case 'city':
      return sql`f.province_code = ${scope.provinceCode} and f.city_code = ${scope.cityCode}`
    case 'organisation':
      return sql`(f.organisation_id = ${scope.organisationId} or f.training_organisation_id = ${scope.organisationId})`
    case 'person':
      return sql`f.person_id = ${scope.personId}`
  }
}

function matching(scope: Scope, filter: NumbersFilter): RawBuilder<unknown> {
  const from = `${filter.year}-01-01`
  const to = `${filter.year}-12-31`
  return sql`${inScope(scope)} and f.on_day between ${from}::date and ${to}::date
    and (${filter.cityCode ?? null}::text is null or f.city_code = ${filter.cityCode ?? null})
    and (${filter.occupationId ?? null}::text is null or f.occupation_id = ${filter.occupationId ?? null})
    and (${filter.level ?? null}::text is null or f.level = ${filter.level ?? null})`
}

export async function stageTotals(tx: Tx, scope: Scope, filter: NumbersFilter): Promise<Map<Stage, number>> {
  const { rows } = await sql<{ stage: Stage; people: number }>`
    select f.stage, count(distinct f.person_id)::int as people
    from supervision.stage_facts f where ${matching(scope, filter)} group by f.stage`.execute(tx)
  return new Map(rows.map((row) => [row.stage, row.people]))
}

/** People trained in each city of the scope, whatever city the filter asks for. */
export async function trainedByCity(
  tx: Tx,
  scope: Scope,
  filter: NumbersFilter,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ cityCode: string; people: number }>`
    select f.city_code, count(distinct f.person_id)::int as people from supervision.stage_facts f
    where f.stage = 'trained' and f.city_code is not null and ${matching(scope, { ...filter, cityCode: undefined })}
    group by f.city_code`.execute(tx)
  return new Map(rows.map((row) => [row.cityCode, row.people]))
}

export interface NumberCell {
  cityCode: string | null
  cityName: string | null
  occupationId: string
  occupationName: string
  level: Level
  stage: Stage
  people: number
}

export async function numberCells(tx: Tx, scope: Scope, filter: NumbersFilter): Promise<NumberCell[]> {
  const { rows } = await sql<NumberCell>`
    select f.city_code, r.name as city_name, f.occupation_id, o.name as occupation_name, f.level, f.stage,
           count(distinct f.person_id)::int as people
    from supervision.stage_facts f
    join institutions.occupation_names o on o.occupation_id = f.occupation_id
    left join platform.regions r on r.code = f.city_code
    where ${matching(scope, filter)}
    group by f.city_code, r.name, f.occupation_id, o.name, f.level, f.stage
    order by f.city_code nulls first, o.name, f.level`.execute(tx)
  return rows
}

export async function monthlyTrained(tx: Tx, scope: Scope, filter: NumbersFilter): Promise<number[]> {
  const { rows } = await sql<{ month: number; people: number }>`
    select extract(month from f.on_day)::int as month, count(distinct f.person_id)::int as people
    from supervision.stage_facts f
    where f.stage = 'trained' and ${matching(scope, filter)} group by 1`.execute(tx)
  const byMonth = new Map(rows.map((row) => [row.month, row.people]))
  return Array.from({ length: 12 }, (_, index) => byMonth.get(index + 1) ?? 0)
}

export interface PersonRow {
  personId: string
  name: string
  maskedIdNumber: string
  cityName: string | null
  organisationName: string
  occupationName: string
  direction: string | null
  level: Level
  onDay: string
  record: string
}

export async function peopleBehind(
  tx: Tx,
  scope: Scope,
  filter: NumbersFilter & { stage: Stage; q?: string | undefined },
  page: { limit: number; offset: number },
): Promise<{ rows: PersonRow[]; total: number }> {
  const search = filter.q ? `%${filter.q}%` : null
  const where = sql`f.stage = ${filter.stage} and ${matching(scope, filter)}
    and (${search}::text is null or p.name like ${search} or g.name like ${search} or f.record like ${search})`
  const from = sql`
    from supervision.stage_facts f
    join people.person_cards p on p.id = f.person_id
    join people.organisations g on g.id = f.organisation_id
    join institutions.occupation_names o on o.occupation_id = f.occupation_id
    left join platform.regions r on r.code = f.city_code
    where ${where}`
  const { rows } = await sql<PersonRow>`
    select f.person_id, p.name, p.masked_id_number, r.name as city_name, g.name as organisation_name,
           o.name as occupation_name, f.direction, f.level, f.on_day, f.record
    ${from} order by f.on_day desc, p.name, f.record limit ${page.limit} offset ${page.offset}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*)::int as total ${from}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export interface Target {
  cityCode: string | null
  cityName: string | null
  year: number
  people: number
  source: string
  setBy: string
  setAt: Date
  replacedAt: Date | null
}

/** Targets a province has set for a year, in force and replaced, newest first. */
export async function targetsOf(tx: Tx, provinceCode: string, year: number): Promise<Target[]> {
  const { rows } = await sql<Target>`
    select t.city_code, r.name as city_name, t.year, t.people, t.source, t.set_by, t.set_at, t.replaced_at
    from supervision.targets t left join platform.regions r on r.code = t.city_code
    where t.province_code = ${provinceCode} and t.year = ${year}
    order by t.set_at desc limit 500`.execute(tx)
  return rows
}

/** Locks a province's year, so that two officers cannot overshoot its total together. */
export async function lockTargets(tx: Tx, provinceCode: string, year: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`supervision.targets ${provinceCode} ${year}`}))`.execute(
    tx,
  )
}

export async function replaceTarget(
  tx: Tx,
  target: {
    provinceCode: string
    cityCode: string | null
    year: number
    people: number
    source: string
    setBy: string
    at: Date
  },
): Promise<void> {
  await sql`
    update supervision.targets set replaced_at = ${target.at}
    where province_code = ${target.provinceCode} and city_code is not distinct from ${target.cityCode}
      and year = ${target.year} and replaced_at is null`.execute(tx)
  await sql`
    insert into supervision.targets (province_code, city_code, year, people, source, set_by, set_at)
    values (${target.provinceCode}, ${target.cityCode}, ${target.year}, ${target.people}, ${target.source},
            ${target.setBy}, ${target.at})`.execute(tx)
}

export async function isCityOf(tx: Tx, cityCode: string, provinceCode: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from platform.regions where code = ${cityCode} and province_code = ${provinceCode}`.execute(tx)
  return rows.length > 0
}

export async function citiesOf(tx: Tx, provinceCode: string): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from platform.regions where province_code = ${provinceCode} order by code`.execute(tx)
  return rows
}
