import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface SettingInForce {
  id: string
  value: unknown
  source: string
  fromOn: string
}

/** A province's confirmed figure in force on a day, the most specific first (occupation and level before neither). */
export async function settingOn(
  tx: Tx,
  ask: { provinceCode: string; parameter: string; occupationId?: string; level?: string; on: string },
): Promise<SettingInForce | undefined> {
  const { rows } = await sql<SettingInForce>`
    select id, value, source, from_on from platform.policy_settings
    where province_code = ${ask.provinceCode} and parameter = ${ask.parameter} and confirmed_at is not null
      and (occupation_id is null or occupation_id = ${ask.occupationId ?? null})
      and (level is null or level = ${ask.level ?? null})
      and from_on <= ${ask.on} and (to_on is null or to_on >= ${ask.on})
    order by (occupation_id is not null) desc, (level is not null) desc, from_on desc, confirmed_at desc
    limit 1`.execute(tx)
  return rows[0]
}
