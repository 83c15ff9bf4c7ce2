import { fulfilDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockClass, setNameReviewed } from './store.ts'

export type ReviewClassNameRefusal = RefusalOf<typeof no, 'CLASS_NOT_FOUND' | 'CLASS_NAME_NOT_FLAGGED'>

/** A supervisor looks at a name that sounds like joint training across provinces (HB-6.2). May be decided again. */
export async function reviewClassName(
  app: App,
  actor: Actor,
  input: { classId: string; outcome: 'cleared' | 'rejected'; reason: string },
): Promise<Result<void, ReviewClassNameRefusal>> {
  return transact<void, ReviewClassNameRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(no.CLASS_NOT_FOUND())
    if (one.nameReview === 'none') return refuse(no.CLASS_NAME_NOT_FLAGGED())
    await setNameReviewed(tx, one.id, input.outcome, input.reason)
    await record(tx, {
      name: events['class.name-reviewed'],
      at: app.clock.now(),
      actor,
      subjects: [`class:${one.id}`],
      data: { outcome: input.outcome, reason: input.reason, words: one.nameFlags },
    })
    await fulfilDuty(tx, app, { kind: 'training.review-class-name', subject: `class:${one.id}`, actor })
    return ok()
  })
}
