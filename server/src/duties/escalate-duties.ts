import { SYSTEM_ACTOR } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, type SubjectKey } from '../platform/audit.ts'
import { events } from './audit-events.ts'
import { setEscalated } from './store.ts'

const BATCH = 500

/** Marks every overdue duty once and writes it into the timeline of its record; the desks show it anyway. */
export async function escalateDuties(app: App): Promise<number> {
  for (let total = 0; ; ) {
    const escalated = await app.db.transaction().execute(async (tx) => {
      const at = app.clock.now()
      const duties = await setEscalated(tx, app.clock.today(), at, BATCH)
      await record(
        tx,
        ...duties.map((duty) => ({
          name: events['duty.escalated'],
          at,
          actor: SYSTEM_ACTOR,
          subjects: [duty.subject as SubjectKey],
          data: { kind: duty.kind, title: duty.title, holder: duty.holderOrganisationId, dueOn: duty.dueOn },
        })),
      )
      return duties.length
    })
    total += escalated
    if (escalated < BATCH) return total
  }
}
