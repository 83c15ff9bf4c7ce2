import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import type { FeeKind } from '../fees/fee.ts'

export interface FeeKey {
  organisationId: string
  kind: FeeKind
  occupationId: string
  level: EngineerLevel
}

export interface FeeRow extends FeeKey {
  id: string
  amountCents: number
  basis: string
  fromOn: string
  toOn: string | null
  publishedAt: Date
}

export async function feeOn(tx: Tx, key: FeeKey & { on: string }): Promise<FeeRow | undefined> {
  const { rows } = await sql<FeeRow>`
    select id, organisation_id, kind, occupation_id, level, amount_cents, basis, from_on, to_on, published_at
    from institutions.fees
    where organisation_id = ${key.organisationId} and kind = ${key.kind} and occupation_id = ${key.occupationId}
      and level = ${key.level} and from_on <= ${key.on} and (to_on is null or to_on >= ${key.on})
    order by from_on desc limit 1`.execute(tx)
  return rows[0]
}

/** The last fee of a key, locked: a second browser publishing the same one waits here. */
export async function lockLastFee(tx: Tx, key: FeeKey): Promise<FeeRow | undefined> {
  await sql`
    select pg_advisory_xact_lock(hashtext(${`fee:${key.organisationId}:${key.kind}:${key.occupationId}:${key.level}`}))`.execute(
    tx,
  )
  const { rows } = await sql<FeeRow>`
    select id, organisation_id, kind, occupation_id, level, amount_cents, basis, from_on, to_on, published_at
    from institutions.fees
    where organisation_id = ${key.organisationId} and kind = ${key.kind} and occupation_id = ${key.occupationId}
      and level = ${key.level}
    order by from_on desc limit 1`.execute(tx)
  return rows[0]
}

export async function endFee(
  tx: Tx,
  id: string,
  end: { toOn: string; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    update institutions.fees
    set to_on = ${end.toOn}, ended_reason = ${end.reason}, ended_by = ${end.by}, ended_at = ${end.at}
    where id = ${id}`.execute(tx)
}

export async function insertFee(
  tx: Tx,
  fee: FeeKey & {
    amountCents: number
    basis: string
    fromOn: string
    supersedesId: string | null
    by: string
    at: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into institutions.fees (organisation_id, kind, occupation_id, level, amount_cents, basis, from_on, supersedes_id,
      published_by, published_at)
    values (${fee.organisationId}, ${fee.kind}, ${fee.occupationId}, ${fee.level}, ${fee.amountCents}, ${fee.basis},
      ${fee.fromOn}, ${fee.supersedesId}, ${fee.by}, ${fee.at})
    returning id`.execute(tx)
  return rows[0]!.id
}

export interface FeeFilter {
  q?: string | undefined
  /** Institutions whose name matches `q`. */
  organisationIds?: string[] | undefined
  organisationId?: string | undefined
  kind?: FeeKind | undefined
  occupationId?: string | undefined
  level?: string | undefined
  /** In force on this day; null: every fee, the history. */
  on: string | null
  limit: number
  offset: number
}

export interface ListedFee extends FeeRow {
  occupation: string
}

export async function searchFees(tx: Tx, filter: FeeFilter): Promise<{ rows: ListedFee[]; total: number }> {
  const q = filter.q ?? null
  const where = sql`
    where (${q}::text is null or o.name ilike '%' || ${q} || '%'
           or f.organisation_id = any(${filter.organisationIds ?? []}::uuid[]))
      and (${filter.organisationId ?? null}::uuid is null or f.organisation_id = ${filter.organisationId ?? null})
      and (${filter.kind ?? null}::text is null or f.kind = ${filter.kind ?? null})
      and (${filter.occupationId ?? null}::text is null or f.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or f.level = ${filter.level ?? null})
      and (${filter.on}::date is null or (f.from_on <= ${filter.on} and (f.to_on is null or f.to_on >= ${filter.on})))`
  const from = sql`from institutions.fees f join institutions.occupations o on o.id = f.occupation_id`
  const { rows } = await sql<ListedFee>`
    select f.id, f.organisation_id, f.kind, f.occupation_id, o.name as occupation, f.level, f.amount_cents, f.basis, f.from_on,
           f.to_on, f.published_at
    ${from} ${where} order by f.organisation_id, f.kind desc, o.code_2022, f.level, f.from_on desc
    limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  const count = await sql<{ total: number }>`select count(*) as total ${from} ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export async function feeById(tx: Tx, id: string): Promise<FeeRow | undefined> {
  const { rows } = await sql<FeeRow>`
    select id, organisation_id, kind, occupation_id, level, amount_cents, basis, from_on, to_on, published_at
    from institutions.fees where id = ${id}`.execute(tx)
  return rows[0]
}
