import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Day } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db.ts'

type CertificateState = 'issued' | 'corrected' | 'withdrawn'

export interface RecognisableCertificate {
  id: string
  number: string
  personId: string
  organisationId: string
  organisationName: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  occupationName: string
  level: Level
  /** When the first of its line was issued: neither a correction nor a reinstatement costs anybody seniority. */
  firstIssuedOn: Day
  supersedesId: string | null
}

export async function isRecognised(tx: Tx, certificateId: string): Promise<boolean> {
  const { rows } = await sql`
    select from benefits.title_recognitions
    where level_certificate_id = ${certificateId} and revoked_on is null`.execute(tx)
  return rows.length > 0
}

/**
 * Waits for the other jobs that speak of the same institution's certificates, then gives the certificate's state as
 * it is by now: what is read before the lock may be history by the time it is granted.
 */
export async function lockIssuer(
  tx: Tx,
  certificateId: string,
): Promise<{ personId: string; state: CertificateState } | undefined> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(organisation_id::text, 10))
    from certificates.level_register where id = ${certificateId}`.execute(tx)
  const { rows } = await sql<{ personId: string; state: CertificateState }>`
    select person_id, state from certificates.level_register where id = ${certificateId}`.execute(tx)
  return rows[0]
}

/** The certificate asked about first, then those its institution issued with it that are not recognised yet. */
export async function recognisableWith(
  tx: Tx,
  ask: { certificateId: string; limit: number },
): Promise<RecognisableCertificate[]> {
  const { rows } = await sql<RecognisableCertificate>`
    select c.id, c.number, c.person_id, c.organisation_id, c.organisation_name, c.province_code, c.city_code, c.occupation_id,
      c.occupation_name, c.level, c.supersedes_id,
      (select min(f.issued_on) from certificates.level_register f
        where f.report_item_id = c.report_item_id and f.state <> 'withdrawn') as first_issued_on
    from certificates.level_register own
    join certificates.level_register c on c.organisation_id = own.organisation_id and c.issued_on = own.issued_on
      and c.occupation_id = own.occupation_id and c.level = own.level
    where own.id = ${ask.certificateId} and c.state = 'issued'
      and not exists (select from benefits.title_recognitions t where t.level_certificate_id = c.id and t.revoked_on is null)
    order by c.id <> own.id, c.number limit ${ask.limit}`.execute(tx)
  return rows
}

export interface NewRecognition {
  id: string
  number: string
  code: string
  certificate: RecognisableCertificate
  effect: 'direct' | 'reference'
  titleLevel: string
  specialty: string
  specialtyStatus: string
  decisionId: string
}

export async function insertRecognitions(tx: Tx, recognitions: NewRecognition[], at: Date): Promise<void> {
  const rows = recognitions.map(({ certificate: c, ...one }) => ({
    ...c,
    ...one,
    certificateId: c.id,
    certificateNumber: c.number,
  }))
  await sql`
    insert into benefits.title_recognitions (id, number, code, person_id, level_certificate_id, certificate_number, organisation_id,
      organisation_name, province_code, city_code, occupation_id, level, effect, title_level, specialty, specialty_status, decision_id,
      recognised_on, created_at)
    select n.id, n.number, n.code, n."personId", n."certificateId", n."certificateNumber", n."organisationId", n."organisationName",
      n."provinceCode", n."cityCode", n."occupationId", n.level, n.effect, n."titleLevel", n.specialty, n."specialtyStatus",
      n."decisionId", n."firstIssuedOn", ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(
      id uuid, number text, code text, "personId" uuid, "certificateId" uuid, "certificateNumber" text, "organisationId" uuid,
      "organisationName" text, "provinceCode" text, "cityCode" text, "occupationId" text, level text, effect text, "titleLevel" text,
      specialty text, "specialtyStatus" text, "decisionId" uuid, "firstIssuedOn" date)`.execute(tx)
}

/** Ends the standing recognitions of these certificates, each with its reason; returns those it ended. */
export async function revokeRecognitions(
  tx: Tx,
  ended: { certificateId: string; reason: string }[],
  on: Day,
): Promise<{ id: string; number: string; certificateId: string; personId: string; reason: string }[]> {
  if (ended.length === 0) return []
  const { rows } = await sql<{
    id: string
    number: string
    certificateId: string
    personId: string
    reason: string
  }>`
    update benefits.title_recognitions t set revoked_on = ${on}, revoke_reason = n.reason
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as n("certificateId" uuid, reason text)
    where t.level_certificate_id = n."certificateId" and t.revoked_on is null
    returning t.id, t.number, t.level_certificate_id as certificate_id, t.person_id, t.revoke_reason as reason`.execute(
    tx,
  )
  return rows
}
