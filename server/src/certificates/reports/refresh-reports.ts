import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type Result } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { addUnreported, lockOpenReports, refreshItems } from '../store/reports.ts'

/**
 * A score was corrected: a report still with the institution takes it over. One that has left keeps what it said;
 * the province sees the difference when it confirms, and cannot confirm it.
 */
export function refreshReports(app: App, input: { sittingId: string }): Promise<Result<{ reports: number }>> {
  return transact<{ reports: number }, Refusal>(app.db, async (tx) => {
    const reports = await lockOpenReports(tx, input.sittingId)
    for (const report of reports) {
      const { changed, withheld } = await refreshItems(tx, report.id)
      const added = await addUnreported(tx, report.id, report.sittingId)
      if (changed + withheld + added === 0) continue
      await record(tx, {
        name: events['result-report.refreshed'],
        at: app.clock.now(),
        actor: SYSTEM_ACTOR,
        subjects: [`result-report:${report.id}`],
        data: { added, withheld, changed },
      })
    }
    return ok({ reports: reports.length })
  })
}
