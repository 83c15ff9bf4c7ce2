import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface RegionRow {
  code: string
  name: string
  provinceCode: string | null
}

export async function listRegionRows(tx: Tx): Promise<RegionRow[]> {
  const { rows } =
    await sql<RegionRow>`select code, name, province_code from platform.regions order by code`.execute(tx)
  return rows
}

/** The province a city belongs to, or the province itself; undefined when there is no such region. */
export async function regionProvince(tx: Tx, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ province: string }>`
    select coalesce(province_code, code) as province from platform.regions where code = ${code}`.execute(tx)
  return rows[0]?.province
}

export async function regionName(tx: Tx, code: string): Promise<string | undefined> {
  const { rows } = await sql<{
    name: string
  }>`select name from platform.regions where code = ${code}`.execute(tx)
  return rows[0]?.name
}
