import { cancelDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { openClassDuty } from '../class-duties.ts'
import { countEnrolments } from '../enrolments/store.ts'
import { no } from '../refusals.ts'
import { setAnnouncementWithdrawn } from './announcement-store.ts'
import { stateForbids } from './class-refusals.ts'
import { lockClass, setPlannedAgain } from './store.ts'

export type WithdrawAnnouncementRefusal = RefusalOf<
  typeof no,
  'CLASS_NOT_FOUND' | 'CLASS_STATE' | 'ANNOUNCEMENT_HAS_ENROLMENTS'
>

/** The reverse of announcing, as long as nobody relies on it; the text stays on record. */
export async function withdrawAnnouncement(
  app: App,
  actor: Actor,
  input: { classId: string; reason: string },
): Promise<Result<void, WithdrawAnnouncementRefusal>> {
  return transact<void, WithdrawAnnouncementRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'withdrawAnnouncement')
    if (forbidden) return refuse(forbidden)
    const counts = await countEnrolments(tx, one.id)
    const standing = counts.registered + counts.waiting + counts.admitted
    if (standing > 0) return refuse(no.ANNOUNCEMENT_HAS_ENROLMENTS({ count: standing }))

    const at = app.clock.now()
    await setAnnouncementWithdrawn(tx, one.id, input.reason, at)
    await setPlannedAgain(tx, one.id)
    await record(tx, {
      name: events['class.announcement-withdrawn'],
      at,
      actor,
      subjects: [`class:${one.id}`],
      data: { reason: input.reason },
    })
    await cancelDuty(tx, app, {
      kind: 'training.decide-enrolments',
      subject: `class:${one.id}`,
      reason: '公告已撤回',
      actor,
    })
    await openClassDuty(tx, app, actor, one, 'training.announce-class')
    return ok()
  })
}
