import { openDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { REPORT_STATES, stateAllows } from '../result-report.ts'
import {
  addUnreported,
  findOpenSupplement,
  findScoredSitting,
  insertReport,
  lockReport,
} from '../store/reports.ts'
import { reportNumber } from './draft-report.ts'

export type SupplementReportRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>
  | RefusalOf<typeof no, 'SUPPLEMENT_OPEN'>
  | RefusalOf<typeof no, 'SUPPLEMENT_EMPTY'>

/**
 * A further report for those an audited report left behind: withheld then, or sent back one by one by the national
 * office. It goes the whole way again (HB-4.4).
 */
export function supplementReport(
  app: App,
  actor: Actor,
  input: { reportId: string },
): Promise<Result<{ id: string }, SupplementReportRefusal>> {
  return transact<{ id: string }, SupplementReportRefusal>(app.db, async (tx) => {
    const report = await lockReport(tx, actor, input.reportId)
    if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
    if (!stateAllows(report, 'supplement')) {
      return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '补充报送' }))
    }
    const open = await findOpenSupplement(tx, report.sittingId)
    if (open) return refuse(no.SUPPLEMENT_OPEN({ number: open.number }))
    const sitting = defined(await findScoredSitting(tx, report.sittingId), 'the scored sitting of a report')
    const at = app.clock.now()
    const number = await reportNumber(tx, app)
    const id = await insertReport(tx, sitting, {
      number,
      supplementsId: report.supplementsId ?? report.id,
      submitDueOn: null,
      at,
    })
    assert(id, 'a supplement is never the first report')
    const items = await addUnreported(tx, id, sitting.sittingId)
    if (items === 0) return refuse(no.SUPPLEMENT_EMPTY())
    const subject = `result-report:${id}` as const
    await record(tx, {
      name: events['result-report.drafted'],
      at,
      actor,
      subjects: [subject, `result-report:${report.id}`, `sitting:${report.sittingId}`],
      data: { number, items, supplements: report.number, dueOn: null },
    })
    await openDuty(tx, app, {
      kind: 'certificates.submit-report',
      subject,
      title: `补充报送考核结果：${report.sittingTitle}`,
      link: `/certificates/reports/${id}`,
      holder: { organisationId: report.organisationId, role: 'evaluation_manager' },
      startedOn: app.clock.today(),
      clause: 'HB-4.4',
      provinceCode: report.provinceCode,
      cityCode: report.cityCode,
      actor,
    })
    return ok({ id })
  })
}
