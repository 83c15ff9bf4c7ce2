import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { NewAlert } from '../raise-alert.ts'

export async function upsertAlert(tx: Tx, alert: NewAlert): Promise<void> {
  await sql`
    insert into halls.alerts as a (sitting_id, hall_id, attempt_id, candidate_id, kind, severity, data, capture_id, client_at, at)
    values (${alert.sittingId}, ${alert.hallId}, ${alert.attemptId}, ${alert.candidateId}, ${alert.kind},
      ${alert.severity}, ${JSON.stringify({ ...alert.data, times: 1 })}::jsonb, ${alert.captureId}, ${alert.clientAt}, ${alert.at})
    on conflict (sitting_id, candidate_id, kind) where settled_at is null do update
      set severity = case when array_position(array['notice', 'warning', 'urgent'], excluded.severity)
            > array_position(array['notice', 'warning', 'urgent'], a.severity) then excluded.severity else a.severity end,
        data = a.data || excluded.data || jsonb_build_object('times', coalesce((a.data ->> 'times')::int, 1) + 1,
          'latestAt', ${alert.at.toISOString()}::text, 'latestCapture', ${alert.captureId}::text)`.execute(tx)
}

export interface Alert {
  id: string
  candidateId: string
  attemptId: string | null
  kind: string
  severity: 'notice' | 'warning' | 'urgent'
  data: Record<string, unknown>
  captureId: string | null
  clientAt: Date | null
  at: Date
  settledByName: string | null
  settledReason: string | null
  settledAt: Date | null
}

export async function openAlerts(tx: Tx, of: { sittingId: string; hallId: string }): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select id, candidate_id, attempt_id, kind, severity, data, capture_id, client_at, at, settled_by_name, settled_reason, settled_at
    from halls.alerts where sitting_id = ${of.sittingId} and hall_id = ${of.hallId} and settled_at is null
    order by at`.execute(tx)
  return rows
}

export async function alertsOfCandidate(
  tx: Tx,
  of: { sittingId: string; candidateId: string },
): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select id, candidate_id, attempt_id, kind, severity, data, capture_id, client_at, at, settled_by_name, settled_reason, settled_at
    from halls.alerts where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId}
    order by at desc limit 200`.execute(tx)
  return rows
}

export async function findOpenAlert(
  tx: Tx,
  id: string,
): Promise<{ id: string; sittingId: string; hallId: string; candidateId: string; kind: string } | undefined> {
  const { rows } = await sql<{
    id: string
    sittingId: string
    hallId: string
    candidateId: string
    kind: string
  }>`
    select id, sitting_id, hall_id, candidate_id, kind from halls.alerts
    where id = ${id} and settled_at is null for update`.execute(tx)
  return rows[0]
}

export async function setSettled(
  tx: Tx,
  of: { id: string; by: string; byName: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    update halls.alerts set settled_by = ${of.by}, settled_by_name = ${of.byName}, settled_reason = ${of.reason},
      settled_at = ${of.at} where id = ${of.id}`.execute(tx)
}
