import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface Override {
  id: string
  declarationId: string
  reason: string
  clause: string
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  decision: 'approved' | 'rejected' | 'withdrawn' | null
  decidedByName: string | null
  decisionReason: string | null
  decidedAt: Date | null
}

const columns = sql`id, declaration_id, reason, clause, proposed_by, proposed_by_name, proposed_at, decision,
  decided_by_name, decision_reason, decided_at`

/** The new override's id; undefined when another is open: of two browsers the first has it. */
export async function insertOverride(
  tx: Tx,
  override: Pick<
    Override,
    'declarationId' | 'reason' | 'clause' | 'proposedBy' | 'proposedByName' | 'proposedAt'
  >,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into exams.overrides (declaration_id, to_state, reason, clause, proposed_by, proposed_by_name, proposed_at)
    values (${override.declarationId}, 'qualified', ${override.reason}, ${override.clause}, ${override.proposedBy},
      ${override.proposedByName}, ${override.proposedAt})
    on conflict (declaration_id) where decision is null do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function openOverride(tx: Tx, declarationId: string): Promise<Override | undefined> {
  const { rows } = await sql<Override>`
    select ${columns} from exams.overrides where declaration_id = ${declarationId} and decision is null`.execute(
    tx,
  )
  return rows[0]
}

export async function findOverride(tx: Tx, id: string): Promise<Override | undefined> {
  const { rows } = await sql<Override>`select ${columns} from exams.overrides where id = ${id}`.execute(tx)
  return rows[0]
}

export async function overridesOf(tx: Tx, declarationId: string): Promise<Override[]> {
  const { rows } = await sql<Override>`
    select ${columns} from exams.overrides where declaration_id = ${declarationId} order by proposed_at desc`.execute(
    tx,
  )
  return rows
}

export async function setOverrideDecided(
  tx: Tx,
  id: string,
  decided: { decision: 'approved' | 'rejected'; by: string; byName: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    update exams.overrides set decision = ${decided.decision}, decided_by = ${decided.by}, decided_by_name = ${decided.byName},
      decision_reason = ${decided.reason}, decided_at = ${decided.at}
    where id = ${id}`.execute(tx)
}

/** A declaration that leaves the desk takes its open override with it; returns which had one. */
export async function withdrawOpenOverrides(tx: Tx, declarationIds: string[], at: Date): Promise<string[]> {
  const { rows } = await sql<{ declarationId: string }>`
    update exams.overrides set decision = 'withdrawn', decided_at = ${at}
    where declaration_id = any(${declarationIds}::uuid[]) and decision is null returning declaration_id`.execute(
    tx,
  )
  return rows.map((row) => row.declarationId)
}

export interface Confirmation {
  declarationId: string
  round: number
  act: 'confirmed' | 'overridden' | 'refused' | 'returned' | 'revoked'
  reason: string | null
  clause: string
  needs: string[]
  decisionId: string
  actedBy: string
  actedByName: string
}

export async function insertConfirmations(tx: Tx, rows: Confirmation[], at: Date): Promise<void> {
  await sql`
    insert into exams.confirmations (declaration_id, round, act, reason, clause, needs, decision_id, acted_by, acted_by_name,
      acted_at)
    select r."declarationId", r.round, r.act, r.reason, r.clause, r.needs, r."decisionId", r."actedBy", r."actedByName", ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("declarationId" uuid, round int, act text, reason text,
      clause text, needs jsonb, "decisionId" uuid, "actedBy" text, "actedByName" text)`.execute(tx)
}

export async function confirmationsOf(tx: Tx, declarationId: string) {
  const { rows } = await sql<Omit<Confirmation, 'declarationId' | 'actedBy'> & { actedAt: Date }>`
    select round, act, reason, clause, needs, decision_id, acted_by_name, acted_at from exams.confirmations
    where declaration_id = ${declarationId} order by acted_at desc limit 100`.execute(tx)
  return rows
}
