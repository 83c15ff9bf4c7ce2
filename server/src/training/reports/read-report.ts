import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { countAwaitingCertificate } from '../certificates/store.ts'
import { namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-papers.ts'
import { daysLeft, REPORT_STATES } from './report.ts'
import { findReport, receiptsOf, rosterOf } from './store.ts'

/** A training report with its roster as last submitted, every receipt and return, and what may be done now. */
export async function readReport(app: App, actor: Actor, input: { reportId: string }) {
  const tx = app.db
  const report = await findReport(tx, actor, input.reportId)
  if (!report) return refuse(no.REPORT_NOT_FOUND()) as Result<never, RefusalOf<typeof no, 'REPORT_NOT_FOUND'>>
  const names = await namesFor(tx, [report.organisationId])
  const receipts = await receiptsOf(tx, report.id)
  const awaiting = await countAwaitingCertificate(tx, report.classId)
  const holds = (permission: keyof typeof may) => may[permission].roles.includes(actor.role)
  const state = (act: string) => no.REPORT_STATE({ state: REPORT_STATES[report.state], act })
  const sendable = report.state === 'drafted' || report.state === 'returned'
  const office = actor.role === 'provincial_officer' ? 'province' : 'city'
  const decided = receipts.some((one) => one.round === report.round && one.office === office)
  return ok({
    ...report,
    organisation: names.organisation(report.organisationId),
    occupation: names.occupation(report.occupationId),
    city: names.region(report.cityCode),
    daysLeft: daysLeft(report, app.clock.today()),
    overdue: report.late || (report.firstSubmittedAt === null && app.clock.today() > report.dueOn),
    firstSubmittedAt: report.firstSubmittedAt?.toISOString() ?? null,
    submittedAt: report.submittedAt?.toISOString() ?? null,
    receivedAt: report.receivedAt?.toISOString() ?? null,
    receipts: receipts.map((one) => ({ ...one, decidedAt: one.decidedAt.toISOString() })),
    roster: await rosterOf(tx, report.id, report.round),
    actions: {
      ...(holds('training.submit-report')
        ? {
            submit: allowedIf(
              (sendable ? undefined : state('报送')) ??
                (awaiting > 0 ? no.CERTIFICATES_OUTSTANDING({ count: awaiting }) : undefined),
            ),
          }
        : {}),
      ...(holds('training.decide-reports')
        ? {
            decide: allowedIf(
              (report.state === 'submitted' ? undefined : state('处理')) ??
                (decided ? no.REPORT_DECIDED_ALREADY() : undefined),
            ),
          }
        : {}),
    },
    timeline: await timeline(tx, `training-report:${report.id}`),
  })
}
