import { sql } from 'kysely'
import type { Actor } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { CertificateState, ChangeKind } from '../level-certificate.ts'
import { withinScope } from '../within-scope.ts'

export interface Corrected {
  holderName?: string | undefined
  direction?: string | null | undefined
}

export interface CertificateChange {
  id: string
  certificateId: string
  kind: ChangeKind
  reason: string
  clause: string
  corrected: Corrected | null
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  decision: 'approved' | 'rejected' | null
  decidedByName: string | null
  decisionReason: string | null
  decidedAt: Date | null
  successorId: string | null
}

const columns = sql`h.id, h.certificate_id, h.kind, h.reason, h.clause, h.corrected, h.proposed_by, h.proposed_by_name, h.proposed_at,
  h.decision, h.decided_by_name, h.decision_reason, h.decided_at, h.successor_id`

/** The new change's id; undefined when another one waits for its second person. */
export async function insertChange(
  tx: Tx,
  change: Pick<CertificateChange, 'certificateId' | 'kind' | 'reason' | 'clause' | 'corrected'> & {
    proposedBy: string
    proposedByName: string
    at: Date
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into certificates.certificate_changes (certificate_id, kind, reason, clause, corrected, proposed_by, proposed_by_name, proposed_at)
    values (${change.certificateId}, ${change.kind}, ${change.reason}, ${change.clause},
      ${change.corrected ? JSON.stringify(change.corrected) : null}::jsonb, ${change.proposedBy}, ${change.proposedByName}, ${change.at})
    on conflict (certificate_id) where decision is null do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function findOpenChange(tx: Tx, certificateId: string): Promise<CertificateChange | undefined> {
  const { rows } = await sql<CertificateChange>`
    select ${columns} from certificates.certificate_changes h
    where h.certificate_id = ${certificateId} and h.decision is null`.execute(tx)
  return rows[0]
}

export async function lockChange(tx: Tx, actor: Actor, id: string): Promise<CertificateChange | undefined> {
  const { rows } = await sql<CertificateChange>`
    select ${columns} from certificates.certificate_changes h
    join certificates.level_certificates r on r.id = h.certificate_id
    where h.id = ${id} and ${withinScope(actor)} for update of h`.execute(tx)
  return rows[0]
}

export async function decideChangeRow(
  tx: Tx,
  id: string,
  decision: {
    decision: 'approved' | 'rejected'
    by: string
    byName: string
    reason: string | null
    successorId: string | null
    at: Date
  },
): Promise<void> {
  await sql`
    update certificates.certificate_changes set decision = ${decision.decision}, decided_by = ${decision.by},
      decided_by_name = ${decision.byName}, decision_reason = ${decision.reason}, successor_id = ${decision.successorId},
      decided_at = ${decision.at} where id = ${id}`.execute(tx)
}

export async function changesOf(tx: Tx, certificateId: string): Promise<CertificateChange[]> {
  const { rows } = await sql<CertificateChange>`
    select ${columns} from certificates.certificate_changes h where h.certificate_id = ${certificateId}
    order by h.proposed_at desc`.execute(tx)
  return rows
}

export interface ChangeRow extends CertificateChange {
  certificateNumber: string
  holderName: string
  organisationName: string
  certificateState: CertificateState
  issuedOn: Day
}

export async function listChanges(
  tx: Tx,
  actor: Actor,
  filter: { open: boolean; page: number; size: number },
): Promise<{ rows: ChangeRow[]; total: number }> {
  const { rows } = await sql<ChangeRow & { total: number }>`
    select ${columns}, r.number as certificate_number, r.holder_name, r.organisation_name, r.state as certificate_state, r.issued_on,
      count(*) over () as total
    from certificates.certificate_changes h join certificates.level_certificates r on r.id = h.certificate_id
    where ${withinScope(actor)} and (not ${filter.open} or h.decision is null)
    order by (h.decision is null) desc, h.proposed_at desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}
