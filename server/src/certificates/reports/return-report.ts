import { fulfilDuty, openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { dutyClock } from '../deadlines.ts'
import { no } from '../refusals.ts'
import { isLate, REPORT_STATES, stateAllows } from '../result-report.ts'
import { insertDecision, lockReport, moveReport } from '../store/reports.ts'

export type ReturnReportRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>

/** The province sends a report back with its reason; the institution reports again, in the next round (HB-4.4). */
export function returnReport(
  app: App,
  actor: Actor,
  input: { reportId: string; reason: string },
): Promise<Result<{ id: string }, ReturnReportRefusal>> {
  return transact<{ id: string }, ReturnReportRefusal>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
    if (!stateAllows(report, 'return')) {
      return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '退回' }))
    }
    const on = app.clock.today()
    const at = app.clock.now()
    await moveReport(tx, report.id, { state: 'returned' })
    await insertDecision(tx, {
      reportId: report.id,
      round: report.round,
      office: 'province',
      act: 'returned',
      reason: input.reason,
      dueOn: report.confirmDueOn,
      late: isLate(report.confirmDueOn, on),
      actor,
      on,
      at,
    })
    const subject = `result-report:${report.id}` as const
    await record(tx, {
      name: events['result-report.returned'],
      at,
      actor,
      subjects: [subject],
      data: { round: report.round, reason: input.reason },
    })
    await fulfilDuty(tx, app, { kind: 'certificates.confirm-report', subject, actor })
    await openDuty(tx, app, {
      kind: 'certificates.resubmit-report',
      subject,
      title: `补正后重新报送：${report.sittingTitle}`,
      link: `/certificates/reports/${report.id}`,
      holder: { organisationId: report.organisationId, role: 'evaluation_manager' },
      // The 30 days run from the sitting's end, whatever the round (HB-4.4): a return does not set the clock back.
      ...(report.supplementsId === null
        ? { startedOn: report.endedOn, ...dutyClock(report.provinceCode, 'report') }
        : { startedOn: on, clause: 'HB-4.4' }),
      provinceCode: report.provinceCode,
      cityCode: report.cityCode,
      actor,
    })
    return ok({ id: report.id })
  })
}
