import type { Actor, Download } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { type WrittenColumn, writeSheet } from '../platform/sheets.ts'

export const EXPORT_ROWS = 20_000

/** A list as an Excel download, saying who exported it, when and how many rows. */
export async function sheet<R extends object>(
  app: App,
  actor: Actor,
  written: { title: string; columns: WrittenColumn<R>[]; rows: R[] },
): Promise<Download> {
  const today = app.clock.today()
  return {
    fileName: `${written.title}-${today}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeSheet({
      ...written,
      note: `导出日期 ${today}，导出人 ${actor.name}，共 ${written.rows.length} 条`,
    }),
  }
}
