import { sql } from 'kysely'
import type { Setting } from '../../../policy/src/index.ts'
import type { Tx } from './db.ts'

/**
 * How a province reads its clocks (is the first day counted, does a last day on a rest day move on), as two of its
 * people confirmed it: pass it to `deadline`. Modules above institutions have it in their `policySettings` already.
 */
export async function confirmedReadings(tx: Tx, provinceCode: string | null): Promise<Setting[]> {
  if (provinceCode === null) return []
  const { rows } = await sql<{
    parameter: string
    value: boolean
    confirmedBy: string
    fromOn: string
    toOn: string | null
  }>`
    select parameter, value, confirmed_by, from_on, to_on from platform.policy_settings
    where province_code = ${provinceCode} and confirmed_at is not null and jsonb_typeof(value) = 'boolean'
      and occupation_id is null and level is null
    order by confirmed_at`.execute(tx)
  return rows.map(({ parameter, value, confirmedBy, fromOn, toOn }) => ({
    id: parameter,
    key: '',
    value,
    confirmedBy,
    from: fromOn,
    to: toOn ?? undefined,
  }))
}
