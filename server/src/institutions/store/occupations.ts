import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export async function isOccupationListed(tx: Tx, occupationId: string, on: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from institutions.listed_occupations
    where occupation_id = ${occupationId} and from_on <= ${on} and (to_on is null or to_on >= ${on})`.execute(
    tx,
  )
  return rows.length > 0
}

/** Every known occupation's name by id. There are some dozens. */
export async function occupationNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ occupationId: string; name: string }>`
    select occupation_id, name from institutions.occupation_names order by occupation_id`.execute(tx)
  return new Map(rows.map((row) => [row.occupationId, row.name]))
}

export async function occupationName(tx: Tx, occupationId: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from institutions.occupation_names where occupation_id = ${occupationId}`.execute(tx)
  return rows[0]?.name
}

export interface OccupationLevel {
  occupationId: string
  level: string
  directions: string[] | null
  directionsComplete: boolean
  directionsStatus: string
  directionsNote: string | null
  hours: number | null
  hoursStatus: string
  hoursSource: string | null
}

const levelColumns = sql`occupation_id, level, directions, directions_complete, directions_status, directions_note,
  hours, hours_status, hours_source`

export async function findOccupationLevel(
  tx: Tx,
  occupationId: string,
  level: string,
): Promise<OccupationLevel | undefined> {
  const { rows } = await sql<OccupationLevel>`
    select ${levelColumns} from institutions.occupation_levels
    where occupation_id = ${occupationId} and level = ${level}`.execute(tx)
  return rows[0]
}

export async function occupationLevels(tx: Tx, occupationIds: string[]): Promise<OccupationLevel[]> {
  const { rows } = await sql<OccupationLevel>`
    select ${levelColumns} from institutions.occupation_levels where occupation_id = any(${occupationIds})
    order by occupation_id, array_position(array['初级', '中级', '高级'], level)`.execute(tx)
  return rows
}

export interface OccupationRow {
  id: string
  name: string
  code2015: string | null
  code2015Status: string
  code2022: string | null
  code2022Status: string
  definition: string | null
  definitionStatus: string
  standardDocument: string | null
  standardOn: string | null
  standardStatus: string
  standardSource: string | null
  inProgramme: boolean
  note: string | null
  listed: boolean
  fromOn: string | null
  toOn: string | null
  source: string | null
  sourceStatus: string | null
}

/**
 * Occupations as the catalogue stood on a day. Without `all`, only those listed on that day; with it, also those
 * known but not listed then.
 */
export async function searchOccupations(
  tx: Tx,
  filter: {
    q?: string | undefined
    on: string
    all: boolean
    id?: string | undefined
    limit: number
    offset: number
  },
): Promise<{ rows: OccupationRow[]; total: number }> {
  const q = filter.q ?? null
  const where = sql`
    (${filter.all} or l.id is not null)
    and (${filter.id ?? null}::text is null or o.id = ${filter.id ?? null})
    and (${q}::text is null or o.name ilike '%' || ${q} || '%' or o.code_2015 like ${q} || '%' or o.code_2022 like ${q} || '%')`
  const from = sql`
    from institutions.occupations o
    left join institutions.occupation_listings l on l.occupation_id = o.id and institutions.source_counts(l.source_status)
      and l.from_on <= ${filter.on} and (l.to_on is null or l.to_on >= ${filter.on})
    where ${where}`
  const { rows } = await sql<OccupationRow>`
    select o.id, o.name, o.code_2015 as "code2015", o.code_2015_status as "code2015Status", o.code_2022 as "code2022",
           o.code_2022_status as "code2022Status", o.definition, o.definition_status, o.standard_document, o.standard_on,
           o.standard_status, o.standard_source, o.in_programme, o.note, l.id is not null as listed, l.from_on, l.to_on,
           l.source, l.source_status
    ${from} order by o.in_programme desc, o.code_2022 nulls last, o.id limit ${filter.limit} offset ${filter.offset}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export interface OccupationListing {
  id: string
  occupationId: string
  fromOn: string
  toOn: string | null
  source: string
  sourceStatus: string
  endedReason: string | null
  recordedAt: Date
}

/** Every dated row of an occupation, newest first. */
export async function occupationListings(tx: Tx, occupationId: string): Promise<OccupationListing[]> {
  const { rows } = await sql<OccupationListing>`
    select id, occupation_id, from_on, to_on, source, source_status, ended_reason, recorded_at
    from institutions.occupation_listings where occupation_id = ${occupationId} order by from_on desc`.execute(
    tx,
  )
  return rows
}

export async function lockOccupationListing(tx: Tx, id: string): Promise<OccupationListing | undefined> {
  const { rows } = await sql<OccupationListing>`
    select id, occupation_id, from_on, to_on, source, source_status, ended_reason, recorded_at
    from institutions.occupation_listings where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function insertOccupationListing(
  tx: Tx,
  row: {
    occupationId: string
    fromOn: string
    source: string
    sourceStatus: string
    recordedBy: string
    recordedAt: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into institutions.occupation_listings (occupation_id, from_on, source, source_status, recorded_by, recorded_at)
    values (${row.occupationId}, ${row.fromOn}, ${row.source}, ${row.sourceStatus}, ${row.recordedBy}, ${row.recordedAt})
    returning id`.execute(tx)
  return rows[0]!.id
}

export async function endOccupationListing(
  tx: Tx,
  id: string,
  end: { toOn: string; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    update institutions.occupation_listings
    set to_on = ${end.toOn}, ended_reason = ${end.reason}, ended_by = ${end.by}, ended_at = ${end.at}
    where id = ${id}`.execute(tx)
}

/** Every row that authorises, for checking many days at once. */
export async function listedOccupationRows(
  tx: Tx,
): Promise<{ occupationId: string; fromOn: string; toOn: string | null }[]> {
  const { rows } = await sql<{ occupationId: string; fromOn: string; toOn: string | null }>`
    select occupation_id, from_on, to_on from institutions.listed_occupations`.execute(tx)
  return rows
}
