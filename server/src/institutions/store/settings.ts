import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export type SettingValue = string | number | boolean

export interface SettingRow {
  id: string
  parameter: string
  occupationId: string | null
  level: string | null
  value: SettingValue
  fromOn: string
  toOn: string | null
  source: string
  proposedBy: string
  confirmedBy: string | null
  confirmedAt: Date | null
  createdAt: Date
  /** Account of who proposed it: the second person must be another. */
  proposerAccountId: string | null
}

const columns = sql`s.id, s.parameter, s.occupation_id, s.level, s.value, s.from_on, s.to_on, s.source, s.proposed_by,
  s.confirmed_by, s.confirmed_at, s.created_at, p.account_id as proposer_account_id`
const from = sql`from platform.policy_settings s
  left join institutions.setting_proposers p on p.setting_id = s.id`

/** Only plain values: a figure, a word, a yes or no. */
export async function confirmedSettings(
  tx: Tx,
  provinceCode: string,
): Promise<(SettingRow & { confirmedBy: string })[]> {
  const { rows } = await sql<SettingRow & { confirmedBy: string }>`
    select ${columns} ${from}
    where s.province_code = ${provinceCode} and s.confirmed_at is not null
      and jsonb_typeof(s.value) in ('string', 'number', 'boolean')
    order by s.confirmed_at`.execute(tx)
  return rows
}

/** Everything a province has proposed or confirmed, newest first. */
export async function provinceSettings(tx: Tx, provinceCode: string): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    select ${columns} ${from} where s.province_code = ${provinceCode}
    order by s.from_on desc, s.created_at desc limit 2000`.execute(tx)
  return rows
}

/** One figure at a time: two officers proposing the same one are put in order. */
export async function lockParameter(tx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`setting:${key}`}))`.execute(tx)
}

export async function lockSetting(tx: Tx, provinceCode: string, id: string): Promise<SettingRow | undefined> {
  const { rows } = await sql<SettingRow>`
    select ${columns} ${from} where s.id = ${id} and s.province_code = ${provinceCode} for update of s`.execute(
    tx,
  )
  return rows[0]
}

export async function insertSetting(
  tx: Tx,
  setting: {
    provinceCode: string
    parameter: string
    occupationId: string | null
    level: string | null
    value: SettingValue
    fromOn: string
    source: string
    by: string
    accountId: string | null
    at: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into platform.policy_settings (province_code, parameter, occupation_id, level, value, from_on, source, proposed_by,
      created_at)
    values (${setting.provinceCode}, ${setting.parameter}, ${setting.occupationId}, ${setting.level},
      ${JSON.stringify(setting.value)}::jsonb, ${setting.fromOn}, ${setting.source}, ${setting.by}, ${setting.at})
    returning id`.execute(tx)
  const id = rows[0]!.id
  await sql`
    insert into institutions.setting_proposers (setting_id, account_id) values (${id}, ${setting.accountId})`.execute(
    tx,
  )
  return id
}

export async function setConfirmed(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await sql`
    update platform.policy_settings set confirmed_by = ${by}, confirmed_at = ${at} where id = ${id}`.execute(
    tx,
  )
}

/** A proposal that was turned down; what it said stays in the audit log. */
export async function removeProposal(tx: Tx, id: string): Promise<void> {
  await sql`delete from institutions.setting_proposers where setting_id = ${id}`.execute(tx)
  await sql`delete from platform.policy_settings where id = ${id} and confirmed_at is null`.execute(tx)
}
