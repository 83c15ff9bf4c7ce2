import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { SettableClock } from '../../platform/clock.ts'
import { anArrangedSitting } from '../papers/fixtures.ts'

type ClockedApp = App & { clock: SettableClock }

/** Another tenant's records by kind, for the walk of every procedure over every role. */
export const archivesRecords = {
  'hall-archive': async (app: ClockedApp) => {
    const { sittingId } = await anArrangedSitting(app, { candidates: 1 })
    const id = randomUUID()
    await sql`
      insert into halls.archives (id, sitting_id, number, includes_keys, reason, requested_by, requested_by_name, requested_at)
      values (${id}, ${sittingId}, 1, false, '试验', 'a', '甲', ${app.clock.now()})`.execute(app.db)
    return id
  },
}
