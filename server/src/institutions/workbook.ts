import type { Actor, Download } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { type WrittenColumn, writeSheet } from '../platform/sheets.ts'

/** Longest export; more than any province's catalogue. */
export const EXPORT_ROWS = 20_000

/** A list as an Excel download, saying who exported it, when and what of. */
export async function workbook<R extends object>(
  app: App,
  actor: Actor,
  sheet: { title: string; columns: WrittenColumn<R>[]; rows: R[]; note?: string },
): Promise<Download> {
  const who = actor.role === 'public' ? '' : `，导出人 ${actor.name}`
  return {
    fileName: `${sheet.title}-${app.clock.today()}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeSheet({
      ...sheet,
      note: [sheet.note, `导出日期 ${app.clock.today()}${who}，共 ${sheet.rows.length} 条`]
        .filter(Boolean)
        .join('；'),
    }),
  }
}
