import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Day } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db.ts'

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
  /** When the first of its line was issued: a correction does not move the year. */
  firstIssuedOn: Day
  /** The credit of the earlier certificate it corrects, while that still stands. */
  replaces: { id: string; number: string; certificateId: string } | null
}

export async function isCredited(tx: Tx, certificateId: string): Promise<boolean> {
  const { rows } = await sql`
    select from benefits.education_hours
    where training_certificate_id = ${certificateId} and revoked_on is null`.execute(tx)
  return rows.length > 0
}

/**
 * Waits for the other jobs that speak of the same class, then gives the certificate's state as it is by now:
 * what is read before the lock may be history by the time it is granted.
 */
export async function lockCertificateClass(
  tx: Tx,
  certificateId: string,
): Promise<{ classId: string; personId: string; state: 'issued' | 'corrected' | 'withdrawn' } | undefined> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(class_id::text, 9))
    from training.certificate_register where id = ${certificateId}`.execute(tx)
  const { rows } = await sql<{
    classId: string
    personId: string
    state: 'issued' | 'corrected' | 'withdrawn'
  }>`
    select class_id, person_id, state from training.certificate_register where id = ${certificateId}`.execute(
    tx,
  )
  return rows[0]
}

/** Standing certificates of a class without their credit: the one asked about first, then its classmates'. */
export async function creditableOfClass(
  tx: Tx,
  ask: { classId: string; certificateId: string; limit: number },
): Promise<CreditableCertificate[]> {
  const { rows } = await sql<CreditableCertificate>`
    select c.id, c.number, c.enrolment_id, c.person_id, c.organisation_id, c.organisation_name, c.province_code, c.city_code,
      c.occupation_id, c.level, (c.hours ->> 'total')::float8 as total_hours,
      (select min(f.issued_on) from training.certificate_register f
        where f.enrolment_id = c.enrolment_id and f.state <> 'withdrawn') as first_issued_on,
      case when s.id is not null then
        jsonb_build_object('id', s.id, 'number', s.number, 'certificateId', s.training_certificate_id) end as replaces
    from training.certificate_register c
    left join benefits.education_hours s on s.enrolment_id = c.enrolment_id and s.revoked_on is null
    where c.class_id = ${ask.classId} and c.state = 'issued' and s.training_certificate_id is distinct from c.id
    order by c.id <> ${ask.certificateId}, c.number limit ${ask.limit}`.execute(tx)
  return rows
}

export interface NewCredit {
  id: string
  number: string
  certificate: CreditableCertificate
  year: number
  hoursTenths: number
  subjectKind: '公需' | '专业' | null
  decisionId: string
}

export async function insertCredits(
  tx: Tx,
  credits: NewCredit[],
  when: { on: Day; at: Date },
): Promise<void> {
  const rows = credits.map(({ certificate: c, id, ...credit }) => ({
    ...c,
    ...credit,
    id,
    certificateId: c.id,
    certificateNumber: c.number,
  }))
  await sql`
    insert into benefits.education_hours (id, number, person_id, training_certificate_id, enrolment_id, certificate_number, organisation_id,
      organisation_name, province_code, city_code, occupation_id, level, year, hours_tenths, subject_kind, decision_id, credited_on,
      created_at)
    select n.id, n.number, n."personId", n."certificateId", n."enrolmentId", n."certificateNumber", n."organisationId",
      n."organisationName", n."provinceCode", n."cityCode", n."occupationId", n.level, n.year, n."hoursTenths", n."subjectKind",
      n."decisionId", ${when.on}, ${when.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(
      id uuid, number text, "personId" uuid, "certificateId" uuid, "enrolmentId" uuid, "certificateNumber" text, "organisationId" uuid,
      "organisationName" text, "provinceCode" text, "cityCode" text, "occupationId" text, level text, year int, "hoursTenths" int,
      "subjectKind" text, "decisionId" uuid)`.execute(tx)
}

/** Ends the standing credits of these certificates, each with its reason; returns those it ended. */
export async function revokeCredits(
  tx: Tx,
  ended: { certificateId: string; reason: string }[],
  on: Day,
): Promise<{ id: string; number: string; certificateId: string; reason: string }[]> {
  if (ended.length === 0) return []
  const { rows } = await sql<{ id: string; number: string; certificateId: string; reason: string }>`
    update benefits.education_hours h set revoked_on = ${on}, revoke_reason = n.reason
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as n("certificateId" uuid, reason text)
    where h.training_certificate_id = n."certificateId" and h.revoked_on is null
    returning h.id, h.number, h.training_certificate_id as certificate_id, h.revoke_reason as reason`.execute(
    tx,
  )
  return rows
}
