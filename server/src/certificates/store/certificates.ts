import { sql } from 'kysely'
import type { Actor } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { CertificateState, LevelCertificate } from '../level-certificate.ts'
import { withinScope } from '../within-scope.ts'

const columns = sql`r.id, r.number, r.code, r.person_id, r.holder_name, r.masked_id_number, r.occupation_id, r.occupation_name,
  r.direction, r.level, r.organisation_id, r.organisation_name, r.province_code, r.city_code, r.report_item_id, r.issued_on,
  r.supersedes_id, r.statement, r.signature, r.key_id, r.state, r.reason, r.clause, r.changed_on`

export type NewCertificate = Omit<LevelCertificate, 'id' | 'state' | 'reason' | 'clause' | 'changedOn'> & {
  id: string
}

export async function insertCertificates(tx: Tx, certificates: NewCertificate[]): Promise<void> {
  await sql`
    insert into certificates.level_certificates (id, number, code, person_id, holder_name, masked_id_number, occupation_id, occupation_name,
      direction, level, organisation_id, organisation_name, province_code, city_code, report_item_id, issued_on, supersedes_id,
      statement, signature, key_id, state)
    select n.id, n.number, n.code, n."personId", n."holderName", n."maskedIdNumber", n."occupationId", n."occupationName", n.direction,
      n.level, n."organisationId", n."organisationName", n."provinceCode", n."cityCode", n."reportItemId", n."issuedOn",
      n."supersedesId", n.statement, n.signature, n."keyId", 'issued'
    from jsonb_to_recordset(${JSON.stringify(certificates)}::jsonb) as n(
      id uuid, number text, code text, "personId" uuid, "holderName" text, "maskedIdNumber" text, "occupationId" text,
      "occupationName" text, direction text, level text, "organisationId" uuid, "organisationName" text, "provinceCode" text,
      "cityCode" text, "reportItemId" uuid, "issuedOn" date, "supersedesId" uuid, statement text, signature text, "keyId" text)`.execute(
    tx,
  )
}

export async function lockCertificate(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<LevelCertificate | undefined> {
  const { rows } = await sql<LevelCertificate>`
    select ${columns} from certificates.level_certificates r
    where r.id = ${id} and ${withinScope(actor)} for update`.execute(tx)
  return rows[0]
}

export async function findCertificate(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<LevelCertificate | undefined> {
  const { rows } = await sql<LevelCertificate>`
    select ${columns} from certificates.level_certificates r where r.id = ${id} and ${withinScope(actor)}`.execute(
    tx,
  )
  return rows[0]
}

/** A person's own certificate, whatever its state. */
export async function findOwnCertificate(
  tx: Tx,
  personId: string,
  id: string,
): Promise<LevelCertificate | undefined> {
  const { rows } = await sql<LevelCertificate>`
    select ${columns} from certificates.level_certificates r where r.id = ${id} and r.person_id = ${personId}`.execute(
    tx,
  )
  return rows[0]
}

export async function certificatesOfReport(tx: Tx, reportId: string): Promise<LevelCertificate[]> {
  const { rows } = await sql<LevelCertificate>`
    select ${columns} from certificates.level_certificates r
    join certificates.report_items i on i.id = r.report_item_id
    where i.report_id = ${reportId} order by r.number`.execute(tx)
  return rows
}

export async function setCertificateState(
  tx: Tx,
  id: string,
  change: { state: CertificateState; reason: string | null; clause: string | null; on: Day | null },
): Promise<void> {
  await sql`
    update certificates.level_certificates set state = ${change.state}, reason = ${change.reason}, clause = ${change.clause},
      changed_on = ${change.on} where id = ${id}`.execute(tx)
}

/** How a province numbers its certificates from a day on; undefined: the platform's own form, 待核实. */
export async function numberPattern(
  tx: Tx,
  provinceCode: string,
  on: Day,
): Promise<{ value: unknown; source: string } | undefined> {
  const { rows } = await sql<{ value: unknown; source: string }>`
    select value, source from platform.policy_settings
    where province_code = ${provinceCode} and parameter = 'certificates.level-number-pattern' and occupation_id is null
      and level is null and confirmed_at is not null and from_on <= ${on} and (to_on is null or to_on >= ${on})
    order by from_on desc, confirmed_at desc limit 1`.execute(tx)
  return rows[0]
}

// --- the register's hash chain -------------------------------------------------------------------------------

export interface RegisterEntry {
  position: number
  certificateId: string
  kind: 'issued' | 'corrected' | 'withdrawn' | 'reinstated'
  statementSha256: string
  enteredOn: Day
  hash: string
}

const REGISTER_LOCK = 7_201_008

/** Takes the chain's end until the transaction ends: entries are written one act after another. */
export async function lockRegisterHead(tx: Tx): Promise<{ position: number; hash: string } | undefined> {
  await sql`select pg_advisory_xact_lock(${REGISTER_LOCK})`.execute(tx)
  const { rows } = await sql<{ position: number; hash: string }>`
    select position, hash from certificates.register_entries order by position desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertRegisterEntries(tx: Tx, entries: RegisterEntry[]): Promise<void> {
  await sql`
    insert into certificates.register_entries (position, certificate_id, kind, statement_sha256, entered_on, hash)
    select n.position, n."certificateId", n.kind, n."statementSha256", n."enteredOn", n.hash
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as n(
      position bigint, "certificateId" uuid, kind text, "statementSha256" text, "enteredOn" date, hash text)`.execute(
    tx,
  )
}

export async function registerEntriesAfter(
  tx: Tx,
  position: number,
  limit: number,
): Promise<(RegisterEntry & { statement: string; signature: string; keyId: string })[]> {
  const { rows } = await sql<RegisterEntry & { statement: string; signature: string; keyId: string }>`
    select e.position, e.certificate_id, e.kind, e.statement_sha256, e.entered_on, e.hash, c.statement, c.signature, c.key_id
    from certificates.register_entries e join certificates.level_certificates c on c.id = e.certificate_id
    where e.position > ${position} order by e.position limit ${limit}`.execute(tx)
  return rows
}

export async function registerEntriesOf(tx: Tx, certificateId: string): Promise<RegisterEntry[]> {
  const { rows } = await sql<RegisterEntry>`
    select position, certificate_id, kind, statement_sha256, entered_on, hash from certificates.register_entries
    where certificate_id = ${certificateId} order by position`.execute(tx)
  return rows
}
