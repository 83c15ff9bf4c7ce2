import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Catalogue, CatalogueEntry, EngineerLevel } from '../catalogues/catalogue.ts'

/** One maintainer at a time: two officers listing the same institution in the same second are put in order. */
export async function lockCatalogue(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('institutions.catalogue'))`.execute(tx)
}

/** Rows of one organisation that authorise on a day, found by account or by credit code. */
export async function entriesOf(
  tx: Tx,
  where: { catalogue: Catalogue; organisationId: string; creditCode: string | null; on: string },
): Promise<CatalogueEntry[]> {
  const { rows } = await sql<CatalogueEntry>`
    select entry_id, catalogue, organisation_id, organisation_name, credit_code, province_code, occupation_ids, levels,
           batch, from_on, to_on, source, source_status
    from institutions.listed_institutions
    where catalogue = ${where.catalogue}
      and (organisation_id = ${where.organisationId}
           or (organisation_id is null and credit_code = ${where.creditCode}::text))
      and from_on <= ${where.on} and (to_on is null or to_on >= ${where.on})
    order by from_on`.execute(tx)
  return rows
}

export interface EntryRow extends Omit<CatalogueEntry, 'entryId'> {
  id: string
  note: string | null
  nameFlags: string[]
  supersedesId: string | null
  endedReason: string | null
  recordedAt: Date
  provinceName: string | null
  /** Outcome of the newest review of a flagged name. */
  review: string | null
  reviewReason: string | null
}

const entryColumns = sql`
  e.id, e.catalogue, e.organisation_id, e.organisation_name, e.credit_code, e.province_code, e.occupation_ids, e.levels,
  e.batch, e.from_on, e.to_on, e.source, e.source_status, e.note, e.name_flags, e.supersedes_id, e.ended_reason,
  e.recorded_at, p.name as province_name, v.outcome as review, v.reason as review_reason`
const entryFrom = sql`
  from institutions.catalogue_entries e
  left join platform.regions p on p.code = e.province_code
  left join lateral (select outcome, reason from institutions.name_reviews n where n.entry_id = e.id
                     order by reviewed_at desc limit 1) v on true`

export interface EntryFilter {
  q?: string | undefined
  catalogue?: Catalogue | undefined
  occupationId?: string | undefined
  level?: string | undefined
  provinceCode?: string | undefined
  /** Stood in the catalogue on this day; null: rows of any day. */
  on: string | null
  flagged?: boolean | undefined
  limit: number
  offset: number
}

/** Catalogue rows, also those whose source is unverified: the public sees them with their status. */
export async function searchEntries(
  tx: Tx,
  filter: EntryFilter,
): Promise<{ rows: EntryRow[]; total: number }> {
  const q = filter.q ?? null
  const where = sql`
    where (${filter.catalogue ?? null}::text is null or e.catalogue = ${filter.catalogue ?? null})
      and (${q}::text is null or e.organisation_name ilike '%' || ${q} || '%' or e.credit_code ilike ${q} || '%')
      and (${filter.occupationId ?? null}::text is null or ${filter.occupationId ?? null} = any(e.occupation_ids))
      and (${filter.level ?? null}::text is null or ${filter.level ?? null} = any(e.levels))
      and (${filter.provinceCode ?? null}::text is null or e.province_code = ${filter.provinceCode ?? null}
           or e.province_code is null)
      and (${filter.on}::date is null or (e.from_on <= ${filter.on} and (e.to_on is null or e.to_on >= ${filter.on})))
      and (not ${filter.flagged ?? false} or (cardinality(e.name_flags) > 0 and v.outcome is null))`
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} ${entryFrom} ${where}
    order by e.organisation_name, e.from_on desc, e.id limit ${filter.limit} offset ${filter.offset}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`select count(*) as total ${entryFrom} ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export async function findEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`select ${entryColumns} ${entryFrom} where e.id = ${id}`.execute(tx)
  return rows[0]
}

export async function lockEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  await sql`select 1 from institutions.catalogue_entries where id = ${id} for update`.execute(tx)
  return findEntry(tx, id)
}

/** Every row of the same institution in the same catalogue, newest first. */
export async function entryHistory(
  tx: Tx,
  identity: { catalogue: Catalogue; organisationName: string; creditCode: string | null },
): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} ${entryFrom}
    where e.catalogue = ${identity.catalogue}
      and (e.organisation_name = ${identity.organisationName} or e.credit_code = ${identity.creditCode}::text)
    order by e.from_on desc`.execute(tx)
  return rows
}

export interface NewEntry {
  catalogue: Catalogue
  organisationId: string | null
  organisationName: string
  creditCode: string | null
  provinceCode: string | null
  occupationIds: string[]
  levels: EngineerLevel[]
  batch: string | null
  fromOn: string
  source: string
  sourceStatus: string
  note: string | null
  nameFlags: string[]
  supersedesId: string | null
}

export async function insertEntries(
  tx: Tx,
  entries: NewEntry[],
  by: { recordedBy: string; recordedAt: Date },
): Promise<string[]> {
  if (entries.length === 0) return []
  const rows = entries.map((entry) => ({ ...entry, id: crypto.randomUUID() }))
  await sql`
    insert into institutions.catalogue_entries (id, catalogue, organisation_id, organisation_name, credit_code, province_code,
      occupation_ids, levels, batch, from_on, source, source_status, note, name_flags, supersedes_id, recorded_by, recorded_at)
    select r."id", r."catalogue", r."organisationId", r."organisationName", r."creditCode", r."provinceCode",
           r."occupationIds", r."levels", r."batch", r."fromOn", r."source", r."sourceStatus", r."note", r."nameFlags",
           r."supersedesId", ${by.recordedBy}, ${by.recordedAt}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      "id" uuid, "catalogue" text, "organisationId" uuid, "organisationName" text, "creditCode" text, "provinceCode" text,
      "occupationIds" text[], "levels" text[], "batch" text, "fromOn" date, "source" text, "sourceStatus" text, "note" text,
      "nameFlags" text[], "supersedesId" uuid)`.execute(tx)
  return rows.map((row) => row.id)
}

export async function endEntry(
  tx: Tx,
  id: string,
  end: { toOn: string; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    update institutions.catalogue_entries
    set to_on = ${end.toOn}, ended_reason = ${end.reason}, ended_by = ${end.by}, ended_at = ${end.at}
    where id = ${id}`.execute(tx)
}

export interface StandingEntry {
  organisationName: string
  creditCode: string | null
  fromOn: string
  toOn: string | null
}

/** Every row that could stand in the way of new ones, by name and credit code, in one query. */
export async function standingEntries(
  tx: Tx,
  catalogue: Catalogue,
  identities: { organisationName: string; creditCode: string | null }[],
): Promise<StandingEntry[]> {
  const names = identities.map((one) => one.organisationName)
  const codes = identities.flatMap((one) => one.creditCode ?? [])
  const { rows } = await sql<StandingEntry>`
    select organisation_name, credit_code, from_on, to_on from institutions.catalogue_entries
    where catalogue = ${catalogue} and (organisation_name = any(${names}) or credit_code = any(${codes}))
    order by from_on`.execute(tx)
  return rows
}

export async function insertNameReview(
  tx: Tx,
  review: { entryId: string; outcome: 'cleared' | 'confirmed'; reason: string; by: string; at: Date },
): Promise<void> {
  await sql`
    insert into institutions.name_reviews (entry_id, outcome, reason, reviewed_by, reviewed_at)
    values (${review.entryId}, ${review.outcome}, ${review.reason}, ${review.by}, ${review.at})`.execute(tx)
}

export async function regionName(tx: Tx, code: string): Promise<string | undefined> {
  const { rows } = await sql<{
    name: string
  }>`select name from platform.regions where code = ${code}`.execute(tx)
  return rows[0]?.name
}

export interface Region {
  code: string
  name: string
  provinceCode: string | null
}

export async function regions(tx: Tx): Promise<Region[]> {
  const { rows } =
    await sql<Region>`select code, name, province_code from platform.regions order by code`.execute(tx)
  return rows
}

/** Accounts of institutions whose catalogue name holds the words, for searching what belongs to them. */
export async function organisationsNamed(tx: Tx, q: string): Promise<string[]> {
  const { rows } = await sql<{ organisationId: string }>`
    select distinct organisation_id from institutions.catalogue_entries
    where organisation_id is not null and organisation_name ilike '%' || ${q} || '%' limit 1000`.execute(tx)
  return rows.map((row) => row.organisationId)
}
