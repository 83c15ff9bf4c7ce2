import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Day } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Reach } from '../../within-scope.ts'

export interface CreditRow {
  id: string
  number: string
  personId: string
  holderName: string
  maskedIdNumber: string
  certificateNumber: string
  organisationName: string
  cityName: string | null
  occupationName: string
  level: Level
  year: number
  hoursTenths: number
  subjectKind: string | null
  creditedOn: Day
  revokedOn: Day | null
  revokeReason: string | null
}

const columns = sql`b.id, b.number, b.person_id, p.name as holder_name, p.masked_id_number, b.certificate_number, b.organisation_name,
  g.name as city_name, o.name as occupation_name, b.level, b.year, b.hours_tenths, b.subject_kind, b.credited_on, b.revoked_on,
  b.revoke_reason`
const source = sql`benefits.education_hours b
  join people.person_cards p on p.id = b.person_id
  join institutions.occupation_names o on o.occupation_id = b.occupation_id
  left join platform.regions g on g.code = b.city_code`

export interface CreditFilter {
  q?: string | undefined
  personId?: string | undefined
  year?: number | undefined
  level?: Level | undefined
  state?: 'standing' | 'revoked' | undefined
  page: number
  size: number
}

const contains = (q: string | undefined) => (q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null)

/** One page of credits, and the hours that stand over all pages. */
export async function listCredits(
  tx: Tx,
  reach: Reach,
  filter: CreditFilter,
): Promise<{ rows: CreditRow[]; total: number; hoursTenths: number }> {
  const like = contains(filter.q)
  const { rows } = await sql<CreditRow & { total: number; allTenths: number }>`
    select ${columns}, count(*) over () as total,
      coalesce(sum(b.hours_tenths) filter (where b.revoked_on is null) over (), 0) as all_tenths
    from ${source}
    where ${reach}
      and (${like}::text is null or b.number ilike ${like} or b.certificate_number ilike ${like} or p.name like ${like}
        or b.organisation_name like ${like} or o.name like ${like} or g.name like ${like})
      and (${filter.personId ?? null}::uuid is null or b.person_id = ${filter.personId ?? null})
      and (${filter.year ?? null}::int is null or b.year = ${filter.year ?? null})
      and (${filter.level ?? null}::text is null or b.level = ${filter.level ?? null})
      and (${filter.state ?? null}::text is null or (b.revoked_on is null) = (${filter.state ?? null} = 'standing'))
    order by b.credited_on desc, b.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0, hoursTenths: Number(rows[0]?.allTenths ?? 0) }
}

export interface YearRow {
  personId: string
  holderName: string
  maskedIdNumber: string
  year: number
  credits: number
  hoursTenths: number
  organisations: string
  lastCreditedOn: Day
}

/** What stands for each person in each year; `belowTenths` keeps only those short of a figure. */
export async function listYears(
  tx: Tx,
  reach: Reach,
  filter: {
    q?: string | undefined
    year?: number | undefined
    belowTenths?: number | undefined
    page: number
    size: number
  },
): Promise<{ rows: YearRow[]; total: number }> {
  const like = contains(filter.q)
  const below = filter.belowTenths ?? null
  const { rows } = await sql<YearRow & { total: number }>`
    select b.person_id, p.name as holder_name, p.masked_id_number, b.year, count(*)::int as credits,
      sum(b.hours_tenths)::int as hours_tenths, string_agg(distinct b.organisation_name, '、') as organisations,
      max(b.credited_on) as last_credited_on, count(*) over () as total
    from benefits.education_hours b join people.person_cards p on p.id = b.person_id
    where ${reach} and b.revoked_on is null
      and (${like}::text is null or p.name like ${like} or b.organisation_name like ${like})
      and (${filter.year ?? null}::int is null or b.year = ${filter.year ?? null})
    group by b.person_id, p.name, p.masked_id_number, b.year
    having ${below}::int is null or sum(b.hours_tenths) < ${below}::int
    order by b.year desc, max(b.credited_on) desc, p.name, b.person_id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}

export interface CreditDetail extends CreditRow {
  provinceCode: string
  trainingCertificateId: string
  certificateIssuedOn: Day
  certificateState: 'issued' | 'corrected' | 'withdrawn'
  decisionId: string
}

const detail = sql`${columns}, b.province_code, b.training_certificate_id, c.issued_on as certificate_issued_on,
  c.state as certificate_state, b.decision_id`
const detailSource = sql`${source} join training.certificate_register c on c.id = b.training_certificate_id`

export async function findCredit(tx: Tx, reach: Reach, id: string): Promise<CreditDetail | undefined> {
  const { rows } = await sql<CreditDetail>`
    select ${detail} from ${detailSource} where b.id = ${id} and ${reach}`.execute(tx)
  return rows[0]
}

/** What a proof of the year may list: credits that stand, by certificates that are valid this very moment. */
export async function provableCredits(
  tx: Tx,
  reach: Reach,
  of: { personId: string; year: number },
): Promise<CreditDetail[]> {
  const { rows } = await sql<CreditDetail>`
    select ${detail} from ${detailSource}
    where ${reach} and b.person_id = ${of.personId} and b.year = ${of.year} and b.revoked_on is null and c.state = 'issued'
    order by b.credited_on, b.number limit 200`.execute(tx)
  return rows
}

export async function creditsByIds(tx: Tx, ids: string[]): Promise<CreditDetail[]> {
  const { rows } = await sql<CreditDetail>`
    select ${detail} from ${detailSource} where b.id = any(${ids}::uuid[]) order by b.credited_on, b.number`.execute(
    tx,
  )
  return rows
}
