import type { Actor, Download } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { XLSX } from '../platform/media-type.ts'
import { events } from './audit-events.ts'

/** More rows than one workbook is asked for at once are narrowed by the filters. */
export const MOST_EXPORTED = 50_000

/** Hands a list out as a workbook, and says in the log who took how many rows. */
export async function recordExport(
  app: App,
  actor: Actor,
  sheet: { list: string; rows: number; bytes: Buffer },
): Promise<Download> {
  await record(app.db, {
    name: events['benefits.exported'],
    at: app.clock.now(),
    actor,
    subjects: [],
    data: { list: sheet.list, rows: sheet.rows },
  })
  return { fileName: `${sheet.list}.xlsx`, mediaType: XLSX, bytes: sheet.bytes }
}
