import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { closeSittingForReport } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { isLate, REPORT_STATES, stateAllows } from '../result-report.ts'
import { insertDecision, itemsNow, lockReport, moveReport } from '../store/reports.ts'
import { exceptionsOf } from './exceptions.ts'

export type ConfirmReportRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>
  | RefusalOf<typeof no, 'RESULTS_CHANGED'>

/**
 * The province confirms a report within 10 working days (HB-4.4); later counts too, and says so. A list that no
 * longer fits the results or the register is not confirmed. From here on the sitting's scores are closed.
 */
export function confirmReport(
  app: App,
  actor: Actor,
  input: { reportId: string },
): Promise<Result<{ id: string; late: boolean }, ConfirmReportRefusal>> {
  return transact<{ id: string; late: boolean }, ConfirmReportRefusal>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
    if (!stateAllows(report, 'confirm')) {
      return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '确认' }))
    }
    const items = await itemsNow(tx, [report.id])
    const blocking = exceptionsOf(report, items).filter((one) => one.blocking)
    if (blocking.length > 0) {
      const problems = blocking.map((one) => one.text).join('；')
      return refuse(no.RESULTS_CHANGED({ number: report.number, problems }))
    }

    const on = app.clock.today()
    const at = app.clock.now()
    const late = isLate(report.confirmDueOn, on)
    const included = items.filter((item) => item.state === 'included').length
    await moveReport(tx, report.id, { state: 'confirmed', confirmedOn: on })
    await insertDecision(tx, {
      reportId: report.id,
      round: report.round,
      office: 'province',
      act: 'confirmed',
      dueOn: report.confirmDueOn,
      late,
      data: { items: included },
      actor,
      on,
      at,
    })
    const subject = `result-report:${report.id}` as const
    await record(tx, {
      name: events['result-report.confirmed'],
      at,
      actor,
      subjects: [subject, `sitting:${report.sittingId}`],
      data: { round: report.round, items: included, late, dueOn: report.confirmDueOn },
    })
    await fulfilDuty(tx, app, { kind: 'certificates.confirm-report', subject, actor })
    if (report.supplementsId === null)
      await closeSittingForReport(tx, app, { sittingId: report.sittingId, actor })
    if (included > 0 && actor.organisation) {
      await openDuty(tx, app, {
        kind: 'certificates.send-report',
        subject,
        title: `报国家审核：${report.sittingTitle}`,
        link: `/certificates/reports/${report.id}`,
        holder: { organisationId: actor.organisation.id, role: 'provincial_officer' },
        startedOn: on,
        clause: 'HB-4.4',
        provinceCode: report.provinceCode,
        cityCode: report.cityCode,
        actor,
      })
    }
    return ok({ id: report.id, late })
  })
}

export interface BatchConfirmation {
  confirmed: { id: string; late: boolean }[]
  refused: { id: string; refusal: Refusal }[]
}

/** Confirms many, each for itself: one that cannot be confirmed holds up no other. */
export async function confirmReports(
  app: App,
  actor: Actor,
  input: { reportIds: string[] },
): Promise<Result<BatchConfirmation>> {
  const outcome: BatchConfirmation = { confirmed: [], refused: [] }
  for (const reportId of new Set(input.reportIds)) {
    const result = await confirmReport(app, actor, { reportId })
    if (result.ok) outcome.confirmed.push(result.value)
    else outcome.refused.push({ id: reportId, refusal: result.refusal })
  }
  return ok(outcome)
}
