import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { reopenSittingAfterReturn } from '../../exams/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { dueOn, dutyClock } from '../deadlines.ts'
import { no } from '../refusals.ts'
import { REPORT_STATES, type ResultReport, stateAllows } from '../result-report.ts'
import { insertDecision, itemsOf, lockReport, moveReport, setAllItems, setItems } from '../store/reports.ts'

export interface AuditReportInput {
  reportId: string
  /** Whom the office sends back, and why; everybody else is approved. */
  returned: { itemId: string; reason: string }[]
}
export type AuditReportRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>
  | RefusalOf<typeof no, 'REPORT_ITEM_NOT_FOUND'>

/** The national office audits a report on the platform (HB-4.4): approves, or sends back item by item. */
export function auditReport(
  app: App,
  actor: Actor,
  input: AuditReportInput,
): Promise<Result<{ id: string; approved: number; returned: number }, AuditReportRefusal>> {
  return transact<{ id: string; approved: number; returned: number }, AuditReportRefusal>(
    app.db,
    async (tx) => {
      const report = await lockReport(tx, actor, input.reportId)
      if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
      if (!stateAllows(report, 'audit')) {
        return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '审核' }))
      }
      const included = new Set((await itemsOf(tx, report.id, ['included'])).map((item) => item.id))
      if (input.returned.some((one) => !included.has(one.itemId))) return refuse(no.REPORT_ITEM_NOT_FOUND())
      const counts = await applyAudit(tx, app, { actor, report, returned: input.returned, exchange: null })
      return ok({ id: report.id, ...counts })
    },
  )
}

/** The audit's effect, the same whether it was given on the platform or came in a file. The report is locked. */
export async function applyAudit(
  tx: Tx,
  app: App,
  audit: {
    actor: Actor
    report: ResultReport
    returned: { itemId: string; reason: string }[]
    exchange: string | null
  },
): Promise<{ approved: number; returned: number }> {
  const { actor, report } = audit
  const returned = await setItems(
    tx,
    report.id,
    ['included'],
    audit.returned.map((one) => ({ ...one, state: 'national_returned' as const })),
  )
  const approved = await setAllItems(tx, report.id, 'included', 'approved')
  const on = app.clock.today()
  const at = app.clock.now()
  const passed = approved > 0
  const subject = `result-report:${report.id}` as const
  await moveReport(
    tx,
    report.id,
    passed
      ? {
          state: 'audited',
          auditedOn: on,
          issueDueOn: await dueOn(tx, app, report.provinceCode, 'issue', on),
        }
      : { state: 'national_returned' },
  )
  const reasons = [...new Set(audit.returned.map((one) => one.reason))].join('；')
  await insertDecision(tx, {
    reportId: report.id,
    round: report.round,
    office: 'national',
    act: passed ? 'audited' : 'national_returned',
    reason: reasons || null,
    data: { approved, returned, exchange: audit.exchange },
    actor,
    on,
    at,
  })
  await record(tx, {
    name: events['result-report.audited'],
    at,
    actor,
    subjects: [subject],
    data: { approved, returned, by: audit.exchange ? 'file' : 'platform', exchange: audit.exchange },
  })
  await fulfilDuty(tx, app, { kind: 'certificates.audit-report', subject, actor })
  const common = {
    subject,
    link: `/certificates/reports/${report.id}`,
    holder: { organisationId: report.organisationId, role: 'evaluation_manager' as const },
    startedOn: on,
    provinceCode: report.provinceCode,
    cityCode: report.cityCode,
    actor,
  }
  if (passed) {
    await openDuty(tx, app, {
      ...common,
      kind: 'certificates.issue',
      title: `颁发证书：${report.sittingTitle}`,
      ...dutyClock(report.provinceCode, 'issue'),
    })
  } else {
    // Scores may have to be corrected before it is reported again.
    if (report.supplementsId === null)
      await reopenSittingAfterReturn(tx, app, { sittingId: report.sittingId, actor })
    await openDuty(tx, app, {
      ...common,
      kind: 'certificates.resubmit-report',
      title: `国家退回，重新报送：${report.sittingTitle}`,
      clause: 'HB-4.4',
    })
  }
  return { approved, returned }
}
