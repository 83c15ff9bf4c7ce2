import { sql } from 'kysely'
import type { Actor, Level } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'

export interface CreditableCertificate {
  id: string
  number: string
  enrolmentId: string
  personId: string
  organisationId: string
  organisationName: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  level: Level
  totalHours: number
  issuedOn: Day
  state: 'issued' | 'corrected' | 'withdrawn'
  /** When the first of its line was issued: a correction does not move the year. */
  firstIssuedOn: Day
}

/** The certificate in its present state, locked against the other job that may speak of the same enrolment. */
export async function findCreditable(
  tx: Tx,
  certificateId: string,
): Promise<CreditableCertificate | undefined> {
  // The lock first: what is read before it may be history by the time it is granted.
  await sql`select pg_advisory_xact_lock(hashtextextended(enrolment_id::text, 9))
    from training.certificate_register where id = ${certificateId}`.execute(tx)
  const { rows } = await sql<CreditableCertificate>`
    with recursive line as (
      select id, supersedes_id, issued_on from training.certificate_register where id = ${certificateId}
      union all
      select e.id, e.supersedes_id, e.issued_on from training.certificate_register e join line on e.id = line.supersedes_id)
    select c.id, c.number, c.enrolment_id, c.person_id, c.organisation_id, c.organisation_name, c.province_code, c.city_code,
      c.occupation_id, c.level, (c.hours ->> 'total')::float8 as total_hours, c.issued_on, c.state,
      (select min(issued_on) from line) as first_issued_on
    from training.certificate_register c where c.id = ${certificateId}`.execute(tx)
  return rows[0]
}

export async function findStandingCredit(
  tx: Tx,
  enrolmentId: string,
): Promise<{ id: string; number: string; trainingCertificateId: string } | undefined> {
  const { rows } = await sql<{ id: string; number: string; trainingCertificateId: string }>`
    select id, number, training_certificate_id from benefits.education_hours
    where enrolment_id = ${enrolmentId} and revoked_on is null for update`.execute(tx)
  return rows[0]
}

export interface NewCredit {
  number: string
  certificate: CreditableCertificate
  year: number
  hoursTenths: number
  decisionId: string
  on: Day
  at: Date
}

export async function insertCredit(tx: Tx, credit: NewCredit): Promise<string> {
  const { certificate: c } = credit
  const { rows } = await sql<{ id: string }>`
    insert into benefits.education_hours (number, person_id, training_certificate_id, enrolment_id, certificate_number, organisation_id,
      organisation_name, province_code, city_code, occupation_id, level, year, hours_tenths, decision_id, credited_on, created_at)
    values (${credit.number}, ${c.personId}, ${c.id}, ${c.enrolmentId}, ${c.number}, ${c.organisationId}, ${c.organisationName},
      ${c.provinceCode}, ${c.cityCode}, ${c.occupationId}, ${c.level}, ${credit.year}, ${credit.hoursTenths}, ${credit.decisionId},
      ${credit.on}, ${credit.at}) returning id`.execute(tx)
  return rows[0]?.id as string
}

export interface RevokedCredit {
  id: string
  number: string
  personId: string
}

export async function revokeCredit(
  tx: Tx,
  certificateId: string,
  reason: string,
  on: Day,
): Promise<RevokedCredit | undefined> {
  const { rows } = await sql<RevokedCredit>`
    update benefits.education_hours set revoked_on = ${on}, revoke_reason = ${reason}
    where training_certificate_id = ${certificateId} and revoked_on is null returning id, number, person_id`.execute(
    tx,
  )
  return rows[0]
}

export interface CreditRow {
  id: string
  number: string
  personId: string
  holderName: string
  maskedIdNumber: string
  certificateNumber: string
  trainingCertificateId: string
  organisationName: string
  cityName: string | null
  occupationId: string
  level: Level
  year: number
  hoursTenths: number
  subjectKind: string | null
  creditedOn: Day
  revokedOn: Day | null
  revokeReason: string | null
}

const creditColumns = sql`b.id, b.number, b.person_id, p.name as holder_name, p.masked_id_number, b.certificate_number,
  b.training_certificate_id, b.organisation_name, g.name as city_name, b.occupation_id, b.level, b.year, b.hours_tenths, b.subject_kind,
  b.credited_on, b.revoked_on, b.revoke_reason`
const creditSource = sql`benefits.education_hours b
  join people.person_cards p on p.id = b.person_id
  left join platform.regions g on g.code = b.city_code`

export interface CreditFilter {
  q?: string | undefined
  year?: number | undefined
  occupationId?: string | undefined
  state?: 'standing' | 'revoked' | undefined
  page: number
  size: number
}

export async function listCredits(
  tx: Tx,
  actor: Actor,
  filter: CreditFilter,
): Promise<{ rows: CreditRow[]; total: number; hoursTenths: number }> {
  const like = filter.q ? `${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<CreditRow & { total: number; allTenths: number }>`
    select ${creditColumns}, count(*) over () as total,
      coalesce(sum(b.hours_tenths) filter (where b.revoked_on is null) over (), 0) as all_tenths
    from ${creditSource}
    where ${withinScope(actor)}
      and (${like}::text is null or b.number ilike ${like} or b.certificate_number ilike ${like} or p.name like ${like})
      and (${filter.year ?? null}::int is null or b.year = ${filter.year ?? null})
      and (${filter.occupationId ?? null}::text is null or b.occupation_id = ${filter.occupationId ?? null})
      and (${filter.state ?? null}::text is null or (b.revoked_on is null) = (${filter.state ?? null} = 'standing'))
    order by b.credited_on desc, b.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0, hoursTenths: Number(rows[0]?.allTenths ?? 0) }
}

/** A person's credits, revoked ones too, newest year first. */
export async function creditsOfPerson(tx: Tx, personId: string): Promise<CreditRow[]> {
  const { rows } = await sql<CreditRow>`
    select ${creditColumns} from ${creditSource} where b.person_id = ${personId}
    order by b.year desc, b.credited_on desc limit 500`.execute(tx)
  return rows
}

// --- proofs --------------------------------------------------------------------------------------------------

export interface HoursProof {
  id: string
  number: string
  code: string
  personId: string
  year: number
  totalTenths: number
  creditIds: string[]
  issuedOn: Day
}

const proofColumns = sql`id, number, code, person_id, year, total_tenths, credit_ids, issued_on`

export async function findSameProof(
  tx: Tx,
  personId: string,
  year: number,
  creditIds: string[],
): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${proofColumns} from benefits.hours_proofs
    where person_id = ${personId} and year = ${year} and credit_ids = ${creditIds}::uuid[]
    order by created_at desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertProof(tx: Tx, proof: Omit<HoursProof, 'id'> & { at: Date }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into benefits.hours_proofs (number, code, person_id, year, total_tenths, credit_ids, issued_on, created_at)
    values (${proof.number}, ${proof.code}, ${proof.personId}, ${proof.year}, ${proof.totalTenths}, ${proof.creditIds}::uuid[],
      ${proof.issuedOn}, ${proof.at}) returning id`.execute(tx)
  return rows[0]?.id as string
}

export async function findOwnProof(tx: Tx, personId: string, id: string): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${proofColumns} from benefits.hours_proofs where id = ${id} and person_id = ${personId}`.execute(
    tx,
  )
  return rows[0]
}

export async function findProofByCode(tx: Tx, code: string): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${proofColumns} from benefits.hours_proofs where code = ${code}`.execute(tx)
  return rows[0]
}

export async function creditsByIds(
  tx: Tx,
  ids: string[],
): Promise<(CreditRow & { provinceCode: string; certificateIssuedOn: Day })[]> {
  const { rows } = await sql<CreditRow & { provinceCode: string; certificateIssuedOn: Day }>`
    select ${creditColumns}, b.province_code, c.issued_on as certificate_issued_on
    from ${creditSource} join training.certificate_register c on c.id = b.training_certificate_id
    where b.id = any(${ids}::uuid[]) order by b.credited_on, b.number`.execute(tx)
  return rows
}
