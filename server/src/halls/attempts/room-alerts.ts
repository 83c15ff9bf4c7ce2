// The one place where the room tells the board of something an invigilator should see.
import type { App } from '../../platform/app.ts'
import type { RoomEvent } from './wire.ts'

export interface RoomAlert {
  kind: RoomEvent
  /** What the rules say of it: the candidate was warned, or it was prevented. */
  rule: 'warn' | 'block'
  clientAt: string
  data: Record<string, unknown>
}

export async function raiseRoomAlerts(
  _app: App,
  _of: { sittingId: string; hallId: string; attemptId: string; candidateId: string },
  _alerts: RoomAlert[],
): Promise<void> {
  // The board's own function goes here.
}
