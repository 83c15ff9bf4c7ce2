import { sql } from 'kysely'
import type { Setting } from '../../../policy/src/index.ts'
import type { Tx } from '../platform/db.ts'

/** Figures a province's two people have confirmed, as the policy core takes them. */
export async function settingsOf(tx: Tx, provinceCode: string): Promise<Setting[]> {
  const { rows } = await sql<{
    parameter: string
    occupationId: string | null
    level: string | null
    value: number | string | boolean
    confirmedBy: string
    fromOn: string
    toOn: string | null
    source: string
  }>`
    select parameter, occupation_id, level, value, confirmed_by, from_on, to_on, source from platform.policy_settings
    where province_code = ${provinceCode} and confirmed_at is not null order by confirmed_at`.execute(tx)
  return rows.map((row) => ({
    id: row.parameter,
    key: [row.occupationId, row.level].filter(Boolean).join('/'),
    value: row.value,
    confirmedBy: row.confirmedBy,
    from: row.fromOn,
    ...(row.toOn ? { to: row.toOn } : {}),
    note: row.source,
  }))
}
