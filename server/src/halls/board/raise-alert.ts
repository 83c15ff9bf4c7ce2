import type { Tx } from '../../platform/db.ts'
import { upsertAlert } from './store/alerts.ts'
import type { AlertKind, Severity } from './tile.ts'

export interface NewAlert {
  sittingId: string
  hallId: string
  candidateId: string
  attemptId: string | null
  kind: AlertKind
  severity: Severity
  data: Record<string, unknown>
  captureId: string | null
  clientAt: Date | null
  at: Date
}

/**
 * Puts something before the invigilator. One open alert of a kind a candidate: the next of the same kind counts up in
 * it and may make it graver, so that a flickering window does not bury the board.
 */
export async function raiseAlert(tx: Tx, alert: NewAlert): Promise<void> {
  await upsertAlert(tx, alert)
}
