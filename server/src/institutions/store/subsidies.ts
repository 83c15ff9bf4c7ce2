import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface SubsidyStandard {
  id: string
  name: string
  kind: string
  occupationId: string | null
  level: string | null
  amountCents: number | null
  amountMaxCents: number | null
  conditions: string | null
  provinceCode: string | null
  provinceName: string | null
  fromOn: string
  toOn: string | null
  source: string
  sourceStatus: string
  endedReason: string | null
}

const columns = sql`s.id, s.name, s.kind, s.occupation_id, s.level, s.amount_cents, s.amount_max_cents, s.conditions,
  s.province_code, p.name as province_name, s.from_on, s.to_on, s.source, s.source_status, s.ended_reason`
const from = sql`from institutions.subsidy_standards s left join platform.regions p on p.code = s.province_code`

export async function searchSubsidyStandards(
  tx: Tx,
  filter: {
    q?: string | undefined
    provinceCode?: string | undefined
    on: string | null
    limit: number
    offset: number
  },
): Promise<{ rows: SubsidyStandard[]; total: number }> {
  const q = filter.q ?? null
  const where = sql`
    where (${q}::text is null or s.name ilike '%' || ${q} || '%' or s.kind ilike '%' || ${q} || '%')
      and (${filter.provinceCode ?? null}::text is null or s.province_code = ${filter.provinceCode ?? null}
           or s.province_code is null)
      and (${filter.on}::date is null or (s.from_on <= ${filter.on} and (s.to_on is null or s.to_on >= ${filter.on})))`
  const { rows } = await sql<SubsidyStandard>`
    select ${columns} ${from} ${where} order by s.from_on desc, s.name limit ${filter.limit} offset ${filter.offset}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`select count(*) as total ${from} ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** A row in the maintainer's reach (`provinceCode` null: any), locked. */
export async function lockSubsidyStandard(
  tx: Tx,
  id: string,
  provinceCode: string | null,
): Promise<SubsidyStandard | undefined> {
  const { rows } = await sql<SubsidyStandard>`
    select ${columns} ${from}
    where s.id = ${id} and (${provinceCode}::text is null or s.province_code = ${provinceCode}) for update of s`.execute(
    tx,
  )
  return rows[0]
}

export interface NewSubsidyStandard {
  name: string
  kind: string
  occupationId: string | null
  level: string | null
  amountCents: number
  amountMaxCents: number | null
  conditions: string | null
  provinceCode: string | null
  fromOn: string
  source: string
  sourceStatus: string
  supersedesId: string | null
}

export async function insertSubsidyStandard(
  tx: Tx,
  row: NewSubsidyStandard,
  by: { recordedBy: string; recordedAt: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into institutions.subsidy_standards (name, kind, occupation_id, level, amount_cents, amount_max_cents, conditions,
      province_code, from_on, source, source_status, supersedes_id, recorded_by, recorded_at)
    values (${row.name}, ${row.kind}, ${row.occupationId}, ${row.level}, ${row.amountCents}, ${row.amountMaxCents},
      ${row.conditions}, ${row.provinceCode}, ${row.fromOn}, ${row.source}, ${row.sourceStatus}, ${row.supersedesId},
      ${by.recordedBy}, ${by.recordedAt})
    returning id`.execute(tx)
  return rows[0]!.id
}

export async function endSubsidyStandard(
  tx: Tx,
  id: string,
  end: { toOn: string; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    update institutions.subsidy_standards
    set to_on = ${end.toOn}, ended_reason = ${end.reason}, ended_by = ${end.by}, ended_at = ${end.at}
    where id = ${id}`.execute(tx)
}
