import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'

/** A valid training certificate with the filing its class rests on: what a declaration starts from. */
export interface CertificateToDeclare {
  id: string
  number: string
  personId: string
  holderName: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  filingId: string
  /** The evaluation institution that agreed the filed assessment plan (HB-4.1); null when it is not in force. */
  agreedWith: string | null
}

const certificate = sql`select t.id, t.number, t.person_id, t.holder_name, t.organisation_id, t.province_code,
  t.city_code, t.occupation_id, t.direction, t.level, k.filing_id, p.evaluation_organisation_id as agreed_with
  from training.issued_certificates t
  join training.class_facts k on k.id = t.class_id
  left join institutions.filed_plans p on p.filing_id = k.filing_id`

export async function certificatesOfOrganisation(tx: Tx, organisationId: string, ids: string[]) {
  const { rows } = await sql<CertificateToDeclare>`${certificate}
    where t.organisation_id = ${organisationId} and t.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export async function certificatesByNumber(tx: Tx, organisationId: string, numbers: string[]) {
  const { rows } = await sql<CertificateToDeclare>`${certificate}
    where t.organisation_id = ${organisationId} and t.number = any(${numbers}::text[])`.execute(tx)
  return rows
}

export async function certificatesOfPerson(tx: Tx, personId: string): Promise<CertificateToDeclare[]> {
  const { rows } = await sql<CertificateToDeclare>`${certificate}
    where t.person_id = ${personId} order by t.issued_on desc, t.number limit 200`.execute(tx)
  return rows
}

export interface CertificateStanding {
  personId: string
  occupationId: string
  direction: string | null
  level: Level
  number: string
  totalHours: number | null
  issuedOn: string
  state: 'issued' | 'corrected' | 'withdrawn'
  changedOn: string | null
}

/** Every training certificate of these persons that stands or was withdrawn; a corrected one counts by its successor. */
export async function certificateStandings(tx: Tx, personIds: string[]): Promise<CertificateStanding[]> {
  const { rows } = await sql<CertificateStanding>`
    select person_id, occupation_id, direction, level, number, (hours ->> 'total')::float8 as total_hours, issued_on, state,
      changed_on
    from training.certificate_register
    where person_id = any(${personIds}::uuid[]) and state in ('issued', 'withdrawn')
    order by person_id, issued_on, number`.execute(tx)
  return rows
}

/** Of these declared certificates, the numbers of those that no longer stand, not even through a correction. */
export async function endedCertificates(tx: Tx, certificateIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; number: string }>`
    select c.id, c.number from training.certificate_register c
    where c.id = any(${certificateIds}::uuid[])
      and not exists (select 1 from training.issued_certificates i where i.enrolment_id = c.enrolment_id)`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row.number]))
}

/** Learners of this institution whose certificate can still be declared, for the wizard's first page. */
export async function declarableCertificates(
  tx: Tx,
  where: {
    organisationId: string
    classId: string | undefined
    q: string | undefined
    occupationId: string | undefined
    level: string | undefined
    limit: number
    offset: number
  },
) {
  const filters = sql`t.organisation_id = ${where.organisationId}
    and (${where.classId ?? null}::uuid is null or t.class_id = ${where.classId ?? null}::uuid)
    and (${where.occupationId ?? null}::text is null or t.occupation_id = ${where.occupationId ?? null})
    and (${where.level ?? null}::text is null or t.level = ${where.level ?? null})
    and (${where.q ?? null}::text is null or t.holder_name like ${`%${where.q ?? ''}%`} or t.number like ${`%${where.q ?? ''}%`})
    and not exists (select 1 from exams.declarations d
      where d.person_id = t.person_id and d.occupation_id = t.occupation_id and d.level = t.level
        and d.state in ('drafted', 'submitted', 'returned', 'qualified'))`
  const { rows } = await sql<{
    id: string
    number: string
    personId: string
    holderName: string
    maskedIdNumber: string
    classId: string
    classNumber: string
    className: string
    occupationId: string
    direction: string | null
    level: Level
    issuedOn: string
    evaluationOrganisationId: string | null
  }>`
    select t.id, t.number, t.person_id, t.holder_name, p.masked_id_number, t.class_id, t.class_number, k.name as class_name,
      t.occupation_id, t.direction, t.level, t.issued_on, f.evaluation_organisation_id
    from training.issued_certificates t
    join training.class_facts k on k.id = t.class_id
    join people.person_cards p on p.id = t.person_id
    left join institutions.filed_plans f on f.filing_id = k.filing_id
    where ${filters} order by t.issued_on desc, t.number limit ${where.limit} offset ${where.offset}`.execute(
    tx,
  )
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from training.issued_certificates t where ${filters}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}
