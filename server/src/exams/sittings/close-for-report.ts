import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from '../audit-events.ts'
import { lockAnySitting, setSittingState } from './store/sittings.ts'

/** The province has confirmed the result report: scores can no longer be corrected here. In the caller's transaction. */
export async function closeSittingForReport(
  tx: Tx,
  app: App,
  input: { sittingId: string; actor: Actor },
): Promise<void> {
  const sitting = defined(await lockAnySitting(tx, input.sittingId), 'a sitting')
  if (sitting.state === 'reported') return
  assert(sitting.state === 'scored', `a confirmed report is of a scored sitting, not ${sitting.state}`)
  const at = app.clock.now()
  await setSittingState(tx, sitting.id, 'reported', at)
  await record(tx, {
    name: events['sitting.reported'],
    at,
    actor: input.actor,
    subjects: [`sitting:${sitting.id}`],
  })
}

/** A confirmed report came back: its scores may be corrected again, by two people, before it is confirmed anew. */
export async function reopenSittingAfterReturn(
  tx: Tx,
  app: App,
  input: { sittingId: string; actor: Actor; reason?: string },
): Promise<void> {
  const sitting = defined(await lockAnySitting(tx, input.sittingId), 'a sitting')
  if (sitting.state === 'scored') return
  assert(sitting.state === 'reported', `only a reported sitting is reopened, not ${sitting.state}`)
  const at = app.clock.now()
  await setSittingState(tx, sitting.id, 'scored', at)
  await record(tx, {
    name: events['sitting.report-reopened'],
    at,
    actor: input.actor,
    subjects: [`sitting:${sitting.id}`],
    data: { reason: input.reason ?? null },
  })
}
