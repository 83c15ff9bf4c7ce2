import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { forgetFace } from './forget-face.ts'
import { keptUntil } from './register-photo.ts'
import { findPersonProvince } from './store/persons.ts'
import { duePersons, findTemplate, setDeleteAfter } from './store/photos.ts'

const AT_ONCE = 500

/** Deletes every face whose period is over, each in a transaction of its own; one kept for a sitting to come stays. */
export async function forgetDueFaces(app: App): Promise<{ deleted: number; kept: number }> {
  const done = { deleted: 0, kept: 0 }
  const today = app.clock.today()
  for (;;) {
    const persons = await duePersons(app.db, today, AT_ONCE)
    for (const personId of persons) {
      const kept = await forgetOrKeep(app, personId, today)
      done[kept ? 'kept' : 'deleted'] += 1
    }
    if (persons.length < AT_ONCE) return done
  }
}

async function forgetOrKeep(app: App, personId: string, today: string): Promise<boolean> {
  const result = await transact(app.db, async (tx) => {
    const template = await findTemplate(tx, personId)
    if (!template || template.deleteAfter >= today) return ok(true)
    const kept = await keptUntil(tx, app, { personId, provinceCode: await findPersonProvince(tx, personId) })
    // keptUntil counts from today where no sitting is to come: then the period is simply over.
    if (kept.sittingId === null) {
      await forgetFace(tx, app, { personId, reason: 'period_over', actor: SYSTEM_ACTOR })
      return ok(false)
    }
    await setDeleteAfter(tx, personId, kept.deleteAfter)
    await record(tx, {
      name: events['face.kept-on'],
      at: app.clock.now(),
      actor: SYSTEM_ACTOR,
      subjects: [`person:${personId}`],
      data: { deleteAfter: kept.deleteAfter, sitting: kept.sittingId },
    })
    return ok(true)
  })
  return result.ok && result.value
}
