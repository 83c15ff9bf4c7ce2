import { sql } from 'kysely'
import type { Actor, Level } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { CertificateState } from '../level-certificate.ts'
import { withinScope } from '../within-scope.ts'

/** A certificate of either kind, as far as verification and the holder's list need it. */
export interface RegisteredCertificate {
  kind: 'training' | 'level'
  id: string
  number: string
  code: string
  personId: string
  holderName: string
  maskedIdNumber: string
  occupationName: string
  direction: string | null
  level: Level
  organisationName: string
  issuedOn: Day
  state: CertificateState
  changedOn: Day | null
  successorNumber: string | null
  supersedesNumber: string | null
  /** Training certificates only. */
  hours: { total: number; theory?: number; practice?: number; online?: number; offline?: number } | null
  startsOn: Day | null
  endsOn: Day | null
}

/** Each half keeps its own conditions, so that each uses its own index. */
const level = sql`
  select 'level' as kind, l.id, l.number, l.code, l.person_id, l.holder_name, l.masked_id_number, l.occupation_name, l.direction, l.level,
    l.organisation_name, l.issued_on, l.state, l.changed_on, l.successor_number, e.number as supersedes_number, null::jsonb as hours,
    null::date as starts_on, null::date as ends_on
  from certificates.level_register l left join certificates.level_certificates e on e.id = l.supersedes_id`
const training = sql`
  select 'training' as kind, t.id, t.number, t.code, t.person_id, t.holder_name, t.masked_id_number, o.name as occupation_name, t.direction,
    t.level, t.organisation_name, t.issued_on, t.state, t.changed_on, t.successor_number, e.number as supersedes_number, t.hours,
    t.starts_on, t.ends_on
  from training.certificate_register t join institutions.occupations o on o.id = t.occupation_id
  left join training.certificate_register e on e.id = t.supersedes_id`

export async function findByNumber(
  tx: Tx,
  number: string,
  name: string,
): Promise<RegisteredCertificate | undefined> {
  const { rows } = await sql<RegisteredCertificate>`
    (${level} where l.number = ${number} and l.holder_name = ${name})
    union all (${training} where t.number = ${number} and t.holder_name = ${name}) limit 1`.execute(tx)
  return rows[0]
}

export async function findByCode(tx: Tx, code: string): Promise<RegisteredCertificate | undefined> {
  const { rows } = await sql<RegisteredCertificate>`
    (${level} where l.code = ${code}) union all (${training} where t.code = ${code}) limit 1`.execute(tx)
  return rows[0]
}

/** All certificates of one person, newest first. */
export async function certificatesOfPerson(tx: Tx, personId: string): Promise<RegisteredCertificate[]> {
  const { rows } = await sql<RegisteredCertificate>`
    select * from ((${level} where l.person_id = ${personId}) union all (${training} where t.person_id = ${personId})) c
    order by issued_on desc, number desc limit 200`.execute(tx)
  return rows
}

export async function checksSince(
  tx: Tx,
  asker: Buffer,
  since: Date,
): Promise<{ all: number; missed: number }> {
  // Checks of one address are counted one after another, whatever number of them arrives at once.
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${asker}::bytea, 'hex'), 8))`.execute(tx)
  const { rows } = await sql<{ all: number; missed: number }>`
    select count(*)::int as all, (count(*) filter (where not found))::int as missed
    from certificates.verifications where asker = ${asker} and checked_at > ${since}`.execute(tx)
  return rows[0] ?? { all: 0, missed: 0 }
}

export async function insertVerification(
  tx: Tx,
  check: {
    method: 'number' | 'code'
    certificate: RegisteredCertificate | undefined
    asker: Buffer
    at: Date
  },
): Promise<void> {
  await sql`
    insert into certificates.verifications (method, found, certificate_kind, certificate_id, asker, checked_at)
    values (${check.method}, ${check.certificate !== undefined}, ${check.certificate?.kind ?? null},
      ${check.certificate?.id ?? null}, ${check.asker}, ${check.at})`.execute(tx)
}

/** Level certificates in scope as they are printed: one by id, or all of a report that still stand. */
export async function levelCertificatesToPrint(
  tx: Tx,
  actor: Actor,
  which: { certificateId: string; limit: number } | { reportId: string; limit: number },
): Promise<RegisteredCertificate[]> {
  const condition =
    'certificateId' in which
      ? sql`r.id = ${which.certificateId}`
      : sql`r.state = 'issued' and exists (select 1 from certificates.report_items i
          where i.id = r.report_item_id and i.report_id = ${which.reportId})`
  const { rows } = await sql<RegisteredCertificate>`
    ${level} join certificates.level_certificates r on r.id = l.id
    where ${withinScope(actor)} and ${condition} order by l.number limit ${which.limit}`.execute(tx)
  return rows
}

export interface CertificateRelations {
  reportId: string
  supersedesNumber: string | null
  successorId: string | null
  successorNumber: string | null
  /** How often anybody has checked it. */
  checks: number
}

export async function certificateRelations(tx: Tx, certificateId: string): Promise<CertificateRelations> {
  const { rows } = await sql<CertificateRelations>`
    select i.report_id, e.number as supersedes_number, l.successor_id, l.successor_number,
      (select count(*)::int from certificates.verifications v where v.certificate_id = l.id) as checks
    from certificates.level_register l
    join certificates.report_items i on i.id = l.report_item_id
    left join certificates.level_certificates e on e.id = l.supersedes_id
    where l.id = ${certificateId}`.execute(tx)
  return rows[0] as CertificateRelations
}
