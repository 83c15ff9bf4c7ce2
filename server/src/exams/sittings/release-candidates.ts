import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from '../audit-events.ts'
import { deletePlannedCandidates } from './store/candidates.ts'

/** Takes declarations out of sittings that have not begun; returns the numbers of those sittings. */
export async function releaseCandidates(
  tx: Tx,
  app: App,
  actor: Actor,
  declarationIds: string[],
  reason: string,
  sittingId?: string,
): Promise<{ released: number; sittings: string[] }> {
  const released = await deletePlannedCandidates(tx, declarationIds, sittingId)
  await record(
    tx,
    ...released.map((one) => ({
      name: events['candidate.released'],
      at: app.clock.now(),
      actor,
      subjects: [`declaration:${one.declarationId}` as const, `sitting:${one.sittingId}` as const],
      data: { ticketNumber: one.ticketNumber, sitting: one.sittingNumber, reason },
    })),
  )
  return { released: released.length, sittings: [...new Set(released.map((one) => one.sittingNumber))] }
}
