import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import type {
  CertificateHours,
  CertificateState,
  CorrectedFields,
  TrainingCertificate,
} from './certificate.ts'

const columns = sql`t.id, t.number, t.code, t.enrolment_id, t.class_id, t.person_id, t.holder_name, t.organisation_id,
  t.organisation_name, t.occupation_id, t.direction, t.level, t.hours, t.starts_on, t.ends_on, t.issued_on, t.state,
  t.supersedes_id, t.reason, t.changed_on`

export async function countValidCertificates(tx: Tx, classId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from training.certificates where class_id = ${classId} and state = 'issued'`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** Completed learners who have never had a certificate. Those whose certificate was withdrawn are not among them. */
export async function awaitingCertificate(
  tx: Tx,
  classId: string,
): Promise<{ enrolmentId: string; personId: string; holderName: string }[]> {
  const { rows } = await sql<{ enrolmentId: string; personId: string; holderName: string }>`
    select e.id as enrolment_id, e.person_id, p.name as holder_name
    from training.enrolments e join people.person_cards p on p.id = e.person_id
    where e.class_id = ${classId} and e.state = 'completed'
      and not exists (select from training.certificates t where t.enrolment_id = e.id)
    order by e.position`.execute(tx)
  return rows
}

export async function countAwaitingCertificate(tx: Tx, classId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from training.enrolments e
    where e.class_id = ${classId} and e.state = 'completed'
      and not exists (select from training.certificates t where t.enrolment_id = e.id)`.execute(tx)
  return rows[0]?.count ?? 0
}

export interface NewCertificate {
  id: string
  number: string
  code: string
  enrolmentId: string
  personId: string
  holderName: string
  hours: CertificateHours
}

export interface CertificateClass {
  classId: string
  organisationId: string
  organisationName: string
  occupationId: string
  direction: string | null
  level: string
  startsOn: string
  endsOn: string
  issuedOn: string
}

/** One statement whatever their number. */
export async function insertCertificates(
  tx: Tx,
  shared: CertificateClass,
  certificates: NewCertificate[],
): Promise<void> {
  const rows = certificates.map((one) => ({
    id: one.id,
    number: one.number,
    code: one.code,
    enrolment_id: one.enrolmentId,
    person_id: one.personId,
    holder_name: one.holderName,
    hours: one.hours,
  }))
  await sql`
    insert into training.certificates (id, number, code, enrolment_id, class_id, person_id, holder_name, organisation_id,
      organisation_name, occupation_id, direction, level, hours, starts_on, ends_on, issued_on, state)
    select r.id, r.number, r.code, r.enrolment_id, ${shared.classId}, r.person_id, r.holder_name, ${shared.organisationId},
           ${shared.organisationName}, ${shared.occupationId}, ${shared.direction}, ${shared.level}, r.hours,
           ${shared.startsOn}, ${shared.endsOn}, ${shared.issuedOn}, 'issued'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, number text, code text, enrolment_id uuid, person_id uuid, holder_name text, hours jsonb)`.execute(
    tx,
  )
}

export async function lockCertificate(
  tx: Tx,
  actor: Actor,
  certificateId: string,
): Promise<(TrainingCertificate & { provinceCode: string; cityCode: string | null }) | undefined> {
  const { rows } = await sql<TrainingCertificate & { provinceCode: string; cityCode: string | null }>`
    select ${columns}, c.province_code, c.city_code
    from training.certificates t join training.classes c on c.id = t.class_id
    where t.id = ${certificateId} and ${withinScope(actor)} for update of t`.execute(tx)
  return rows[0]
}

export interface RegisteredCertificate extends TrainingCertificate {
  maskedIdNumber: string
  classNumber: string
  supersedesNumber: string | null
  successorId: string | null
  successorNumber: string | null
}

const registered = sql`c.id, c.number, c.code, c.enrolment_id, c.class_id, c.class_number, c.person_id, c.holder_name,
  c.masked_id_number, c.organisation_id, c.organisation_name, c.occupation_id, c.direction, c.level, c.hours, c.starts_on,
  c.ends_on, c.issued_on, c.state, c.reason, c.changed_on, c.supersedes_id, c.successor_id, c.successor_number,
  (select f.number from training.certificates f where f.id = c.supersedes_id) as supersedes_number`

export async function findRegisteredCertificate(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<RegisteredCertificate | undefined> {
  const { rows } = await sql<RegisteredCertificate>`
    select ${registered} from training.certificate_register c where c.id = ${id} and ${withinScope(actor)}`.execute(
    tx,
  )
  return rows[0]
}

export async function certificatesOfPerson(tx: Tx, personId: string): Promise<RegisteredCertificate[]> {
  const { rows } = await sql<RegisteredCertificate>`
    select ${registered} from training.certificate_register c where c.person_id = ${personId}
    order by c.issued_on desc, c.number desc limit 200`.execute(tx)
  return rows
}

export async function certificatesOfClass(
  tx: Tx,
  classId: string,
): Promise<(TrainingCertificate & { maskedIdNumber: string })[]> {
  const { rows } = await sql<TrainingCertificate & { maskedIdNumber: string }>`
    select ${columns}, p.masked_id_number
    from training.certificates t join people.person_cards p on p.id = t.person_id
    where t.class_id = ${classId} and t.state = 'issued' order by t.number limit 5000`.execute(tx)
  return rows
}

export async function endCertificate(
  tx: Tx,
  input: { id: string; state: 'corrected' | 'withdrawn'; reason: string; on: string },
): Promise<void> {
  await sql`update training.certificates set state = ${input.state}, reason = ${input.reason}, changed_on = ${input.on}
    where id = ${input.id}`.execute(tx)
}

/** The successor of a corrected certificate: the same, but for what was corrected, its number and its day. */
export async function insertSuccessor(
  tx: Tx,
  input: {
    id: string
    number: string
    code: string
    supersedesId: string
    corrected: CorrectedFields
    issuedOn: string
  },
): Promise<void> {
  const { holderName, direction } = input.corrected
  await sql`
    insert into training.certificates (id, number, code, enrolment_id, class_id, person_id, holder_name, organisation_id,
      organisation_name, occupation_id, direction, level, hours, starts_on, ends_on, issued_on, state, supersedes_id)
    select ${input.id}, ${input.number}, ${input.code}, enrolment_id, class_id, person_id,
           coalesce(${holderName ?? null}, holder_name), organisation_id, organisation_name, occupation_id,
           case when ${direction === undefined} then direction else ${direction ?? null} end, level, hours, starts_on, ends_on,
           ${input.issuedOn}, 'issued', id
    from training.certificates where id = ${input.supersedesId}`.execute(tx)
}

export interface CertificateChange {
  id: string
  certificateId: string
  kind: 'correction' | 'withdrawal'
  reason: string
  corrected: CorrectedFields | null
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  decision: 'approved' | 'rejected' | null
  decidedByName: string | null
  decidedAt: Date | null
  decisionReason: string | null
  successorId: string | null
}

const changeColumns = sql`h.id, h.certificate_id, h.kind, h.reason, h.corrected, h.proposed_by, h.proposed_by_name,
  h.proposed_at, h.decision, h.decided_by_name, h.decided_at, h.decision_reason, h.successor_id`

/** The new proposal's id; undefined when one is open already. */
export async function insertChange(
  tx: Tx,
  one: Pick<
    CertificateChange,
    'certificateId' | 'kind' | 'reason' | 'corrected' | 'proposedBy' | 'proposedByName' | 'proposedAt'
  >,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into training.certificate_changes (certificate_id, kind, reason, corrected, proposed_by, proposed_by_name, proposed_at)
    values (${one.certificateId}, ${one.kind}, ${one.reason},
      ${one.corrected ? JSON.stringify(one.corrected) : null}::jsonb, ${one.proposedBy}, ${one.proposedByName}, ${one.proposedAt})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function findOpenChange(tx: Tx, changeId: string): Promise<CertificateChange | undefined> {
  const { rows } = await sql<CertificateChange>`
    select ${changeColumns} from training.certificate_changes h where h.id = ${changeId} and h.decision is null`.execute(
    tx,
  )
  return rows[0]
}

export async function setChangeDecided(
  tx: Tx,
  input: {
    changeId: string
    decision: 'approved' | 'rejected'
    by: string
    byName: string
    reason: string | null
    successorId: string | null
    at: Date
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update training.certificate_changes
    set decision = ${input.decision}, decided_by = ${input.by}, decided_by_name = ${input.byName}, decided_at = ${input.at},
        decision_reason = ${input.reason}, successor_id = ${input.successorId}
    where id = ${input.changeId} and decision is null`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

export async function changesOfCertificate(tx: Tx, certificateId: string): Promise<CertificateChange[]> {
  const { rows } = await sql<CertificateChange>`
    select ${changeColumns} from training.certificate_changes h where h.certificate_id = ${certificateId}
    order by h.proposed_at desc limit 50`.execute(tx)
  return rows
}

export interface CertificateFilter extends ListInput {
  classId?: string | undefined
  state?: CertificateState | undefined
}

export interface CertificateRow {
  id: string
  number: string
  holderName: string
  maskedIdNumber: string
  organisationName: string
  classId: string
  classNumber: string
  occupationId: string
  direction: string | null
  level: string
  hours: CertificateHours
  issuedOn: string
  state: CertificateState
  successorNumber: string | null
}

export async function listCertificates(
  tx: Tx,
  actor: Actor,
  filter: CertificateFilter,
): Promise<{ rows: CertificateRow[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const from = sql`
    from training.certificate_register c
    where ${withinScope(actor)} and (${filter.classId ?? null}::uuid is null or c.class_id = ${filter.classId ?? null})
      and (${filter.state ?? null}::text is null or c.state = ${filter.state ?? null})
      and (${q}::text is null or c.number ilike ${q} or c.holder_name ilike ${q})`
  const { rows } = await sql<CertificateRow>`
    select c.id, c.number, c.holder_name, c.masked_id_number, c.organisation_name, c.class_id, c.class_number, c.occupation_id,
           c.direction, c.level, c.hours, c.issued_on, c.state, c.successor_number
    ${from} order by c.issued_on desc, c.number limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const counted = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
