import type { Jurisdiction, Setting } from '../../../../policy/src/index.ts'
import type { Tx } from '../../platform/db.ts'
import { confirmedSettings } from '../store/settings.ts'

const JURISDICTION_OF: Record<string, Jurisdiction> = { '420000': 'hubei', '340000': 'anhui' }

/** Whose rules hold in a province: its own pack, or the national one. */
export function jurisdictionOf(provinceCode: string): Jurisdiction {
  return JURISDICTION_OF[provinceCode] ?? 'national'
}

/** What a province's two people confirmed, as the policy core reads it: pass it to `decide` and `parameter`. */
export async function policySettings(tx: Tx, provinceCode: string): Promise<Setting[]> {
  const rows = await confirmedSettings(tx, provinceCode)
  return rows.map((row) => ({
    id: row.parameter,
    key: [row.occupationId, row.level].filter(Boolean).join('/'),
    value: row.value,
    confirmedBy: row.confirmedBy,
    from: row.fromOn,
    to: row.toOn ?? undefined,
    note: row.source,
  }))
}
