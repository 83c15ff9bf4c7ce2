import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { insertAct } from './store/acts.ts'
import { findOpenAlert, setSettled } from './store/alerts.ts'

export type SettleAlertRefusal = RefusalOf<typeof no, 'ALERT_NOT_FOUND'> | BoardRefusal

/** An invigilator has looked and says what it was; the alert stays on record. */
export function settleAlert(
  app: App,
  actor: Actor,
  input: { alertId: string; reason: string; clientAt: Date },
): Promise<Result<{ id: string }, SettleAlertRefusal>> {
  return transact<{ id: string }, SettleAlertRefusal>(app.db, async (tx) => {
    const alert = await findOpenAlert(tx, input.alertId)
    if (!alert) return refuse(no.ALERT_NOT_FOUND())
    const board = await atTheBoard(tx, actor, alert)
    if (!board.ok) return board.refusal.code === 'BOARD_NOT_FOUND' ? refuse(no.ALERT_NOT_FOUND()) : board
    const { keeper } = board.value
    const at = app.clock.now()
    await setSettled(tx, { id: alert.id, by: keeper.account, byName: keeper.name, reason: input.reason, at })
    await insertAct(tx, {
      sittingId: alert.sittingId,
      hallId: alert.hallId,
      candidateId: alert.candidateId,
      attemptId: null,
      kind: 'settle',
      reason: input.reason,
      data: { alert: alert.id, alertKind: alert.kind },
      by: keeper,
      second: null,
      clientAt: input.clientAt,
      at,
    })
    await record(tx, {
      name: events['board.alert-settled'],
      at,
      actor,
      subjects: subjectsOf(alert),
      data: { kind: alert.kind, reason: input.reason, clientAt: input.clientAt.toISOString() },
    })
    return ok({ id: alert.id })
  })
}
