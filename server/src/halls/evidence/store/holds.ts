import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import { inScope } from '../../scope.ts'

/** What is going on, or was, about a candidate of a sitting; open while `closedAt` is empty. */
export interface CaseRow {
  candidateId: string
  kind: 'misconduct' | 'correction' | 'proposal' | 'termination' | 'impostor'
  openedAt: Date
  closedAt: Date | null
}

/** Cases of a sitting's candidates: those exams publishes, and those still at the board. */
export async function casesOf(
  tx: Tx,
  of: { sittingId: string; candidateId?: string | undefined },
): Promise<CaseRow[]> {
  const one = of.candidateId ?? null
  const { rows } = await sql<CaseRow>`
    select c.candidate_id, c.kind, c.opened_at, c.closed_at from (
      select candidate_id, kind, opened_at, closed_at from exams.candidate_cases where sitting_id = ${of.sittingId}
      union all
      select candidate_id, 'proposal', proposed_at, decided_at from halls.act_proposals
      where sitting_id = ${of.sittingId} and candidate_id is not null and kind in ('misconduct', 'withdraw', 'annul')
      union all
      select a.candidate_id, 'termination', a.at, s.published_at
      from halls.acts a join exams.sitting_cards s on s.sitting_id = a.sitting_id
      where a.sitting_id = ${of.sittingId} and a.kind in ('terminate', 'annul') and a.candidate_id is not null
      union all
      select candidate_id, 'impostor', at, settled_at from halls.alerts
      where sitting_id = ${of.sittingId} and kind = 'impostor'
    ) c
    where ${one}::uuid is null or c.candidate_id = ${one}::uuid
    order by c.opened_at`.execute(tx)
  return rows
}

export interface Hold {
  id: string
  sittingId: string
  candidateId: string
  reason: string
  putBy: string
  putByName: string
  putAt: Date
  decision: 'agreed' | 'declined' | 'withdrawn' | null
  decidedByName: string | null
  decidedAt: Date | null
  liftReason: string | null
  liftBy: string | null
  liftByName: string | null
  liftAt: Date | null
}

const HOLD = sql`h.id, h.sitting_id, h.candidate_id, h.reason, h.put_by, h.put_by_name, h.put_at, h.decision,
  h.decided_by_name, h.decided_at, h.lift_reason, h.lift_by, h.lift_by_name, h.lift_at`
const STANDS = sql`h.lifted_at is null and (h.decision is null or h.decision = 'agreed')`

/** Holds that stand, a second person's answer or not. */
export async function standingHolds(
  tx: Tx,
  of: { sittingId: string; candidateId?: string | undefined },
): Promise<Hold[]> {
  const one = of.candidateId ?? null
  const { rows } = await sql<Hold>`
    select ${HOLD} from halls.evidence_holds h
    where h.sitting_id = ${of.sittingId} and ${STANDS} and (${one}::uuid is null or h.candidate_id = ${one}::uuid)`.execute(
    tx,
  )
  return rows
}

export async function lockHold(tx: Tx, id: string, scope: Scope): Promise<Hold | undefined> {
  const { rows } = await sql<Hold>`
    select ${HOLD} from halls.evidence_holds h join halls.arrangements r on r.sitting_id = h.sitting_id
    where h.id = ${id} and ${STANDS} and ${inScope(scope, 'r')} for update of h`.execute(tx)
  return rows[0]
}

/** Undefined when one stands already. */
export async function insertHold(
  tx: Tx,
  hold: Pick<Hold, 'sittingId' | 'candidateId' | 'reason' | 'putBy' | 'putByName' | 'putAt'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.evidence_holds (sitting_id, candidate_id, reason, put_by, put_by_name, put_at)
    values (${hold.sittingId}, ${hold.candidateId}, ${hold.reason}, ${hold.putBy}, ${hold.putByName}, ${hold.putAt})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function setHoldDecided(
  tx: Tx,
  of: {
    id: string
    decision: 'agreed' | 'declined' | 'withdrawn'
    by: string
    byName: string
    reason: string | null
    at: Date
  },
): Promise<void> {
  await sql`
    update halls.evidence_holds set decision = ${of.decision}, decided_by = ${of.by}, decided_by_name = ${of.byName},
      decided_reason = ${of.reason}, decided_at = ${of.at} where id = ${of.id}`.execute(tx)
}

export async function setLiftProposed(
  tx: Tx,
  of: { id: string; by: string; byName: string; reason: string; at: Date } | { id: string; by: null },
): Promise<void> {
  const by = of.by === null ? undefined : of
  await sql`
    update halls.evidence_holds set lift_by = ${by?.by ?? null}, lift_by_name = ${by?.byName ?? null},
      lift_reason = ${by?.reason ?? null}, lift_at = ${by?.at ?? null} where id = ${of.id}`.execute(tx)
}

export async function setLifted(
  tx: Tx,
  of: { id: string; by: string; byName: string; at: Date },
): Promise<void> {
  await sql`
    update halls.evidence_holds set lifted_by = ${of.by}, lifted_by_name = ${of.byName}, lifted_at = ${of.at}
    where id = ${of.id}`.execute(tx)
}

/** Deletion and holds of one sitting take turns: nobody is told that something is kept while it goes. */
export async function lockEvidence(tx: Tx, sittingId: string): Promise<void> {
  await sql`select sitting_id from halls.arrangements where sitting_id = ${sittingId} for update`.execute(tx)
}

/** How many pictures and videos of a candidate are still there. */
export async function countKept(
  tx: Tx,
  of: { sittingId: string; candidateId: string },
): Promise<{ captures: number; segments: number }> {
  const { rows } = await sql<{ captures: number; segments: number }>`
    select (select count(*)::int from halls.captures where sitting_id = ${of.sittingId}
        and candidate_id = ${of.candidateId} and deleted_at is null) as captures,
      (select count(*)::int from halls.video_segments v
        join halls.attempts a on a.sitting_id = v.sitting_id and a.id = v.attempt_id
        where v.sitting_id = ${of.sittingId} and a.candidate_id = ${of.candidateId} and v.deleted_at is null) as segments`.execute(
    tx,
  )
  return rows[0] as { captures: number; segments: number }
}

/** Those of the candidates with something that would be due; what is new or other than before is returned. */
export async function upsertKeptOn(
  tx: Tx,
  sittingId: string,
  kept: { candidateId: string; reasons: string[] }[],
  due: { capturesBefore: Date; videoBefore: Date; at: Date },
): Promise<{ candidateId: string; reasons: string[] }[]> {
  const { rows } = await sql<{ candidateId: string; reasons: string[] }>`
    insert into halls.evidence_kept_on as k (sitting_id, candidate_id, reasons, at)
    select ${sittingId}::uuid, r."candidateId", r.reasons, ${due.at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r("candidateId" uuid, reasons text[])
    where exists (select from halls.captures c where c.sitting_id = ${sittingId} and c.candidate_id = r."candidateId"
        and c.deleted_at is null and c.at < ${due.capturesBefore})
      or exists (select from halls.video_segments v
        join halls.attempts a on a.sitting_id = v.sitting_id and a.id = v.attempt_id
        where v.sitting_id = ${sittingId} and a.candidate_id = r."candidateId" and v.deleted_at is null
          and v.received_at < ${due.videoBefore})
    on conflict (sitting_id, candidate_id) do update set reasons = excluded.reasons, at = excluded.at
      where k.reasons <> excluded.reasons
    returning candidate_id, reasons`.execute(tx)
  return rows
}
