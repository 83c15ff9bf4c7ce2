import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals-of-papers.ts'
import { REPORT_STATES } from './report.ts'
import { saveNarrative as keep, lockReport } from './store.ts'

/** Keeps the institution's own words while the report is still on its desk; nothing typed is lost. */
export async function saveNarrative(
  app: App,
  actor: Actor,
  input: { reportId: string; narrative: string },
): Promise<Result<void, RefusalOf<typeof no, 'REPORT_NOT_FOUND' | 'REPORT_STATE'>>> {
  return transact<void, RefusalOf<typeof no, 'REPORT_NOT_FOUND' | 'REPORT_STATE'>>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.REPORT_NOT_FOUND())
    if (report.state !== 'drafted' && report.state !== 'returned') {
      return refuse(no.REPORT_STATE({ state: REPORT_STATES[report.state], act: '修改' }))
    }
    await keep(tx, report.id, input.narrative)
    return ok()
  })
}
