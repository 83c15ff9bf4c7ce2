// The one place where the room tells the board of something an invigilator should see.
import type { App } from '../../platform/app.ts'
import { raiseAlert } from '../board/raise-alert.ts'
import { ALERTS, type AlertKind, type Severity } from '../board/tile.ts'
import type { RoomEvent } from './wire.ts'

export interface RoomAlert {
  kind: RoomEvent
  /** What the rules say of it: the candidate was warned, or it was prevented. */
  rule: 'warn' | 'block'
  clientAt: string
  data: Record<string, unknown>
}

const SEVERITY: Record<RoomAlert['rule'], Severity> = { warn: 'warning', block: 'notice' }

export async function raiseRoomAlerts(
  app: App,
  of: { sittingId: string; hallId: string; attemptId: string; candidateId: string },
  alerts: RoomAlert[],
): Promise<void> {
  for (const { kind, rule, clientAt, data } of alerts) {
    if (!isAlert(kind)) continue
    await raiseAlert(app.db, {
      ...of,
      kind,
      severity: SEVERITY[rule],
      data,
      captureId: null,
      clientAt: new Date(clientAt),
      at: app.clock.now(),
    })
  }
}

/** That somebody is back in the window, or on the network, alarms nobody. */
function isAlert(kind: RoomEvent): kind is RoomEvent & AlertKind {
  return kind in ALERTS
}
