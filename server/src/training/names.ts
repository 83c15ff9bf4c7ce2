import { sql } from 'kysely'
import { occupationNames } from '../institutions/index.ts'
import { findOrganisations } from '../people/index.ts'
import type { Tx } from '../platform/db.ts'

/** Names for the ids and codes of a list, in three reads whatever its length. */
export interface Names {
  occupation(id: string): string
  organisation(id: string): string
  region(code: string | null): string | null
}

export async function namesFor(tx: Tx, organisationIds: Iterable<string>): Promise<Names> {
  const occupations = await occupationNames(tx)
  const organisations = new Map(
    (await findOrganisations(tx, { ids: [...new Set(organisationIds)] })).map((one) => [one.id, one.name]),
  )
  const { rows } = await sql<{ code: string; name: string }>`select code, name from platform.regions`.execute(
    tx,
  )
  const regions = new Map(rows.map((row) => [row.code, row.name]))
  return {
    occupation: (id) => occupations.get(id) ?? id,
    organisation: (id) => organisations.get(id) ?? '',
    region: (code) => (code === null ? null : (regions.get(code) ?? code)),
  }
}

export const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Rows an export holds at most; a longer list is told to narrow its filters by its own length. */
export const EXPORT_ROWS = 20_000
