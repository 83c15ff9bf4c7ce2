import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { cancelClassDuties } from '../class-duties.ts'
import { endEnrolments } from '../enrolments/store.ts'
import { no } from '../refusals.ts'
import { setAnnouncementWithdrawn } from './announcement-store.ts'
import { stateForbids } from './class-refusals.ts'
import { lockClass, setCancelled } from './store.ts'

export type CancelClassRefusal = RefusalOf<typeof no, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>

/** Ends a class that will not be completed. Its learners are told why; what they attended stays on record. */
export async function cancelClass(
  app: App,
  actor: Actor,
  input: { classId: string; reason: string },
): Promise<Result<void, CancelClassRefusal>> {
  return transact<void, CancelClassRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'cancel')
    if (forbidden) return refuse(forbidden)

    const at = app.clock.now()
    const ended = await endEnrolments(tx, {
      classId: one.id,
      from: ['registered', 'waiting', 'admitted'],
      to: 'declined',
      reason: `培训班取消：${input.reason}`,
      by: actor.name,
      at,
    })
    await setAnnouncementWithdrawn(tx, one.id, input.reason, at)
    await setCancelled(tx, one.id, input.reason, at)
    await record(
      tx,
      {
        name: events['class.cancelled'],
        at,
        actor,
        subjects: [`class:${one.id}`, `filing:${one.filingId}`],
        data: { reason: input.reason, enrolments: ended.length },
      },
      ...ended.map((enrolment) => ({
        name: events['enrolment.declined'],
        at,
        actor,
        subjects: [`enrolment:${enrolment.id}` as const, `person:${enrolment.personId}` as const],
        data: { reason: `培训班取消：${input.reason}` },
      })),
    )
    await cancelClassDuties(tx, app, actor, one.id, '培训班已取消')
    return ok()
  })
}
