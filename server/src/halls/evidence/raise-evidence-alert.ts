import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface EvidenceAlert {
  sittingId: string
  hallId: string
  candidateId: string
  attemptId: string | null
  kind: 'other_face' | 'no_face' | 'several_faces' | 'face_unsure' | 'impostor'
  severity: 'notice' | 'warning' | 'urgent'
  data: Record<string, unknown>
  captureId: string | null
  clientAt: Date | null
  at: Date
}

/** One open alert of a kind a candidate: the next one of the same kind counts up in it. */
export async function raiseEvidenceAlert(tx: Tx, alert: EvidenceAlert): Promise<void> {
  await sql`
    insert into halls.alerts as a (sitting_id, hall_id, attempt_id, candidate_id, kind, severity, data, capture_id, client_at, at)
    values (${alert.sittingId}, ${alert.hallId}, ${alert.attemptId}, ${alert.candidateId}, ${alert.kind},
      ${alert.severity}, ${JSON.stringify({ ...alert.data, times: 1 })}::jsonb, ${alert.captureId}, ${alert.clientAt}, ${alert.at})
    on conflict (sitting_id, candidate_id, kind) where settled_at is null do update
      set data = a.data || excluded.data || jsonb_build_object('times', coalesce((a.data ->> 'times')::int, 1) + 1,
          'latestAt', ${alert.at.toISOString()}::text, 'latestCapture', ${alert.captureId}::text)`.execute(tx)
}
