import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { countAwaitingCertificate } from '../certificates/store.ts'
import { lockClass } from '../classes/store.ts'
import { hoursByLearner } from '../hours/store.ts'
import { no } from '../refusals-of-papers.ts'
import { summaryOf } from './draft-report.ts'
import { REPORT_STATES } from './report.ts'
import { reportDuty, reportLink } from './report-duties.ts'
import { lockReport, setSubmitted, snapshotRoster } from './store.ts'

export type SubmitReportRefusal = RefusalOf<
  typeof no,
  'REPORT_NOT_FOUND' | 'REPORT_STATE' | 'CERTIFICATES_OUTSTANDING'
>

/** Sends roster and training situation to province and city; late is sent all the same, and marked 逾期. */
export async function submitReport(
  app: App,
  actor: Actor,
  input: { reportId: string; narrative: string },
): Promise<Result<{ round: number; late: boolean }, SubmitReportRefusal>> {
  return transact<{ round: number; late: boolean }, SubmitReportRefusal>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.REPORT_NOT_FOUND())
    if (report.state !== 'drafted' && report.state !== 'returned') {
      return refuse(no.REPORT_STATE({ state: REPORT_STATES[report.state], act: '报送' }))
    }
    const one = defined(await lockClass(tx, actor, report.classId), 'the class of a report')
    const outstanding = await countAwaitingCertificate(tx, one.id)
    if (outstanding > 0) return refuse(no.CERTIFICATES_OUTSTANDING({ count: outstanding }))

    const round = report.round + 1
    const at = app.clock.now()
    const late = report.late || (report.firstSubmittedAt === null && app.clock.today() > report.dueOn)
    const hours = await hoursByLearner(tx, one)
    const learners = await snapshotRoster(tx, { reportId: report.id, classId: one.id, round, hours })
    const summary = await summaryOf(tx, one)
    await setSubmitted(tx, { reportId: report.id, round, narrative: input.narrative, summary, late, at })
    await record(tx, {
      name: events['training-report.submitted'],
      at,
      actor,
      subjects: [`training-report:${report.id}`, `class:${one.id}`],
      data: { round, learners, late },
    })
    await fulfilDuty(tx, app, { kind: reportDuty.submit, subject: `training-report:${report.id}`, actor })
    const { province, city } = await supervisorsOf(tx, report)
    const offices = [
      { organisationId: province.id, role: 'provincial_officer' as const },
      ...(city ? [{ organisationId: city.id, role: 'city_officer' as const }] : []),
    ]
    for (const holder of offices) {
      await openDuty(tx, app, {
        kind: reportDuty.receive,
        subject: `training-report:${report.id}`,
        title: `接收培训报告：${one.name}${late ? '（逾期报送）' : ''}`,
        link: reportLink(report.id),
        holder,
        startedOn: app.clock.today(),
        clause: 'HB-4.3',
        provinceCode: report.provinceCode,
        cityCode: report.cityCode,
        actor,
      })
    }
    return ok({ round, late })
  })
}
