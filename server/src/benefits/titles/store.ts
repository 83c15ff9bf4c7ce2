import { sql } from 'kysely'
import type { Actor, Level } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'

export interface RecognisableCertificate {
  id: string
  number: string
  personId: string
  reportItemId: string
  organisationId: string
  organisationName: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  occupationName: string
  level: Level
  issuedOn: Day
  state: 'issued' | 'corrected' | 'withdrawn'
  supersedesId: string | null
}

/** The certificate in its present state, locked against the other job that may speak of its predecessor. */
export async function findRecognisable(
  tx: Tx,
  certificateId: string,
): Promise<RecognisableCertificate | undefined> {
  // The lock first: what is read before it may be history by the time it is granted.
  await sql`select pg_advisory_xact_lock(hashtextextended(report_item_id::text, 10))
    from certificates.level_register where id = ${certificateId}`.execute(tx)
  const { rows } = await sql<RecognisableCertificate>`
    select id, number, person_id, report_item_id, organisation_id, organisation_name, province_code, city_code, occupation_id,
      occupation_name, level, issued_on, state, supersedes_id
    from certificates.level_register where id = ${certificateId}`.execute(tx)
  return rows[0]
}

export async function findStandingRecognition(
  tx: Tx,
  certificateId: string,
): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from benefits.title_recognitions where level_certificate_id = ${certificateId} and revoked_on is null`.execute(
    tx,
  )
  return rows[0]
}

export interface NewRecognition {
  number: string
  code: string
  certificate: RecognisableCertificate
  effect: 'direct' | 'reference'
  titleLevel: string
  specialty: string
  specialtyStatus: string
  decisionId: string
  on: Day
  at: Date
}

export async function insertRecognition(tx: Tx, one: NewRecognition): Promise<string> {
  const { certificate: c } = one
  const { rows } = await sql<{ id: string }>`
    insert into benefits.title_recognitions (number, code, person_id, level_certificate_id, certificate_number, organisation_id,
      organisation_name, province_code, city_code, occupation_id, level, effect, title_level, specialty, specialty_status, decision_id,
      recognised_on, created_at)
    values (${one.number}, ${one.code}, ${c.personId}, ${c.id}, ${c.number}, ${c.organisationId}, ${c.organisationName}, ${c.provinceCode},
      ${c.cityCode}, ${c.occupationId}, ${c.level}, ${one.effect}, ${one.titleLevel}, ${one.specialty}, ${one.specialtyStatus},
      ${one.decisionId}, ${one.on}, ${one.at}) returning id`.execute(tx)
  return rows[0]?.id as string
}

export async function revokeRecognition(
  tx: Tx,
  certificateId: string,
  reason: string,
  on: Day,
): Promise<{ id: string; number: string; personId: string } | undefined> {
  const { rows } = await sql<{ id: string; number: string; personId: string }>`
    update benefits.title_recognitions set revoked_on = ${on}, revoke_reason = ${reason}
    where level_certificate_id = ${certificateId} and revoked_on is null returning id, number, person_id`.execute(
    tx,
  )
  return rows[0]
}

export interface RecognitionRow {
  id: string
  number: string
  code: string
  personId: string
  holderName: string
  maskedIdNumber: string
  certificateNumber: string
  levelCertificateId: string
  certificateIssuedOn: Day
  organisationName: string
  provinceCode: string
  cityCode: string | null
  cityName: string | null
  occupationId: string
  occupationName: string
  level: Level
  effect: 'direct' | 'reference'
  titleLevel: string
  specialty: string
  specialtyStatus: string
  recognisedOn: Day
  revokedOn: Day | null
  revokeReason: string | null
}

const columns = sql`b.id, b.number, b.code, b.person_id, c.holder_name, c.masked_id_number, b.certificate_number, b.level_certificate_id,
  c.issued_on as certificate_issued_on, b.organisation_name, b.province_code, b.city_code, g.name as city_name, b.occupation_id,
  c.occupation_name, b.level, b.effect, b.title_level, b.specialty, b.specialty_status, b.recognised_on, b.revoked_on, b.revoke_reason`
const source = sql`benefits.title_recognitions b
  join certificates.level_register c on c.id = b.level_certificate_id
  left join platform.regions g on g.code = b.city_code`

export interface RecognitionFilter {
  q?: string | undefined
  occupationId?: string | undefined
  level?: Level | undefined
  effect?: 'direct' | 'reference' | undefined
  state?: 'standing' | 'revoked' | undefined
  page: number
  size: number
}

export async function listRecognitions(
  tx: Tx,
  actor: Actor,
  filter: RecognitionFilter,
): Promise<{ rows: RecognitionRow[]; total: number }> {
  const like = filter.q ? `${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<RecognitionRow & { total: number }>`
    select ${columns}, count(*) over () as total from ${source}
    where ${withinScope(actor)}
      and (${like}::text is null or b.number ilike ${like} or b.certificate_number ilike ${like} or c.holder_name like ${like})
      and (${filter.occupationId ?? null}::text is null or b.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or b.level = ${filter.level ?? null})
      and (${filter.effect ?? null}::text is null or b.effect = ${filter.effect ?? null})
      and (${filter.state ?? null}::text is null or (b.revoked_on is null) = (${filter.state ?? null} = 'standing'))
    order by b.recognised_on desc, b.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}

export async function recognitionsOfPerson(tx: Tx, personId: string): Promise<RecognitionRow[]> {
  const { rows } = await sql<RecognitionRow>`
    select ${columns} from ${source} where b.person_id = ${personId} order by b.recognised_on desc limit 200`.execute(
    tx,
  )
  return rows
}

export async function findRecognition(tx: Tx, actor: Actor, id: string): Promise<RecognitionRow | undefined> {
  const { rows } = await sql<RecognitionRow>`
    select ${columns} from ${source} where b.id = ${id} and ${withinScope(actor)}`.execute(tx)
  return rows[0]
}

export async function findRecognitionByCode(tx: Tx, code: string): Promise<RecognitionRow | undefined> {
  const { rows } = await sql<RecognitionRow>`select ${columns} from ${source} where b.code = ${code}`.execute(
    tx,
  )
  return rows[0]
}
