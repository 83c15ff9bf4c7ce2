import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, type SubjectKey } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { events } from './audit-events.ts'
import type { DutyHolder } from './duty.ts'
import { setCancelled } from './store.ts'

export interface CancelDutyInput {
  kind: string
  subject: SubjectKey | readonly SubjectKey[]
  holder?: DutyHolder
  /** Why the act is no longer owed, in a few Chinese words. */
  reason: string
  actor: Actor
}

/** The act is no longer owed (the record was withdrawn, or returned). Returns how many duties ended. */
export async function cancelDuty(tx: Tx, app: App, input: CancelDutyInput): Promise<number> {
  const at = app.clock.now()
  const ended = await setCancelled(tx, input, at, input.reason)
  await record(
    tx,
    ...ended.map((duty) => ({
      name: events['duty.cancelled'],
      at,
      actor: input.actor,
      subjects: [duty.subject as SubjectKey],
      data: { kind: duty.kind, title: duty.title, reason: input.reason },
    })),
  )
  return ended.length
}
