import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Catalogue, CatalogueEntry } from '../catalogues/catalogue.ts'

/** Rows of one organisation that authorise on a day; several batches may stand side by side. */
export async function entriesOf(
  tx: Tx,
  where: { catalogue: Catalogue; organisationId: string; on: string },
): Promise<CatalogueEntry[]> {
  const { rows } = await sql<CatalogueEntry>`
    select entry_id, catalogue, organisation_id, organisation_name, credit_code, province_code, occupation_ids, levels,
           batch, from_on, to_on, source, source_status
    from institutions.listed_institutions
    where catalogue = ${where.catalogue} and organisation_id = ${where.organisationId}
      and from_on <= ${where.on} and (to_on is null or to_on >= ${where.on})
    order by from_on`.execute(tx)
  return rows
}

export async function isOccupationListed(tx: Tx, occupationId: string, on: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from institutions.listed_occupations
    where occupation_id = ${occupationId} and from_on <= ${on} and (to_on is null or to_on >= ${on})`.execute(tx)
  return rows.length > 0
}

export async function occupationNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ occupationId: string; name: string }>`
    select occupation_id, name from institutions.occupation_names`.execute(tx)
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
  directionsStatus: string
  hours: number | null
  hoursStatus: string
  hoursSource: string | null
}

export async function findOccupationLevel(
  tx: Tx,
  occupationId: string,
  level: string,
): Promise<OccupationLevel | undefined> {
  const { rows } = await sql<OccupationLevel>`
    select occupation_id, level, directions, directions_status, hours, hours_status, hours_source
    from institutions.occupation_levels where occupation_id = ${occupationId} and level = ${level}`.execute(tx)
  return rows[0]
}
