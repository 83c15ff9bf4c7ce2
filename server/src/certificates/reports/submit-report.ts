import { cancelDuty, fulfilDuty, openDuty } from '../../duties/index.ts'
import { listedOn } from '../../institutions/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { dueOn, dutyClock } from '../deadlines.ts'
import { no } from '../refusals.ts'
import { isLate, NO_LONGER_PASSED, REPORT_STATES, stateAllows } from '../result-report.ts'
import {
  addUnreported,
  insertDecision,
  itemsNow,
  lockReport,
  moveReport,
  refreshItems,
  setItems,
} from '../store/reports.ts'

export interface SubmitReportInput {
  reportId: string
  /** 考核有关情况 in the institution's own words. */
  narrative: string
  /** Whom the institution does not report for now, and why; everybody else goes along. */
  withheld: { itemId: string; reason: string }[]
}

export type SubmitReportRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>
  | RefusalOf<typeof no, 'REPORT_ITEM_NOT_FOUND'>
  | RefusalOf<typeof no, 'INSTITUTION_UNLISTED'>

/**
 * Reports certificate data and assessment facts to the province (HB-4.4), or again after a return. Too late is
 * not too late to report: the act counts and says so. The list is brought in line with the results first.
 */
export function submitReport(
  app: App,
  actor: Actor,
  input: SubmitReportInput,
): Promise<Result<{ id: string; late: boolean }, SubmitReportRefusal>> {
  return transact<{ id: string; late: boolean }, SubmitReportRefusal>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
    if (!stateAllows(report, 'submit')) {
      return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '报送' }))
    }
    const listed = await listedOn(tx, {
      catalogue: 'evaluation',
      organisationId: report.organisationId,
      occupationId: report.occupationId,
      level: report.level,
      on: report.endedOn,
    })
    if (!listed.ok) return refuse(no.INSTITUTION_UNLISTED({ reason: listed.refusal.message }))

    await refreshItems(tx, report.id)
    if (report.supplementsId === null) await addUnreported(tx, report.id, report.sittingId)
    // A new round starts from everybody who still passes: what was set apart before is decided again.
    const items = await itemsNow(tx, [report.id])
    const apart = new Map(input.withheld.map((one) => [one.itemId, one.reason]))
    const known = new Set(items.map((item) => item.id))
    if ([...apart.keys()].some((itemId) => !known.has(itemId))) return refuse(no.REPORT_ITEM_NOT_FOUND())
    const changes = items.map((item) => {
      const reason = item.resultNow === 'passed' ? (apart.get(item.id) ?? null) : NO_LONGER_PASSED
      return {
        itemId: item.id,
        state: reason === null ? ('included' as const) : ('withheld' as const),
        reason,
      }
    })
    await setItems(tx, report.id, ['included', 'withheld', 'national_returned'], changes)

    const on = app.clock.today()
    const round = report.round + 1
    const late = report.round === 0 && isLate(report.submitDueOn, on)
    const confirmDueOn = await dueOn(tx, app, report.provinceCode, 'confirmation', on)
    await moveReport(tx, report.id, {
      state: 'submitted',
      round,
      narrative: input.narrative,
      submittedOn: on,
      confirmDueOn,
    })
    const included = changes.filter((one) => one.state === 'included').length
    const at = app.clock.now()
    await insertDecision(tx, {
      reportId: report.id,
      round,
      office: 'institution',
      act: 'submitted',
      dueOn: report.round === 0 ? report.submitDueOn : null,
      late,
      data: { items: included, withheld: changes.length - included },
      actor,
      on,
      at,
    })
    const subject = `result-report:${report.id}` as const
    await record(tx, {
      name: events['result-report.submitted'],
      at,
      actor,
      subjects: [subject, `sitting:${report.sittingId}`],
      data: { round, items: included, withheld: changes.length - included, late, dueOn: report.submitDueOn },
    })
    await fulfilDuty(tx, app, { kind: 'certificates.submit-report', subject, actor })
    await fulfilDuty(tx, app, { kind: 'certificates.resubmit-report', subject, actor })
    await cancelDuty(tx, app, { kind: 'certificates.confirm-report', subject, reason: '已重新报送', actor })
    const { province } = await supervisorsOf(tx, report)
    await openDuty(tx, app, {
      kind: 'certificates.confirm-report',
      subject,
      title: `确认考核结果：${report.sittingTitle}`,
      link: `/certificates/reports/${report.id}`,
      holder: { organisationId: province.id, role: 'provincial_officer' },
      startedOn: on,
      ...dutyClock(report.provinceCode, 'confirmation'),
      provinceCode: report.provinceCode,
      cityCode: report.cityCode,
      actor,
    })
    return ok({ id: report.id, late })
  })
}
