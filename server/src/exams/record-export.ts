import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { events } from './audit-events.ts'

/** Somebody took a list of people out of the platform: which list and how many rows, never what was searched for. */
export async function recordExport(app: App, actor: Actor, list: string, rows: number): Promise<void> {
  await record(app.db, {
    name: events['exams-list.exported'],
    at: app.clock.now(),
    actor,
    subjects: [`organisation:${actor.organisation?.id ?? 'none'}`],
    data: { list, rows },
  })
}
