import { cancelDuty } from '../../duties/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { countValidCertificates } from '../certificates/store.ts'
import { openClassDuty } from '../class-duties.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass, setRunningAgain } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-papers.ts'
import { reportDuty } from '../reports/report-duties.ts'
import { deleteUnsentReport, findReportOfClass } from '../reports/store.ts'
import { setEnrolmentsAdmittedAgain } from './store.ts'

export type ReopenClassRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<typeof no, 'CLASS_HAS_CERTIFICATES' | 'CLASS_REPORT_OUT'>

/** The reverse of completing, while nothing has left the house: no certificate stands and no report was sent. */
export async function reopenClass(
  app: App,
  actor: Actor,
  input: { classId: string; reason: string },
): Promise<Result<void, ReopenClassRefusal>> {
  return transact<void, ReopenClassRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'reopen')
    if (forbidden) return refuse(forbidden)
    const count = await countValidCertificates(tx, one.id)
    if (count > 0) return refuse(no.CLASS_HAS_CERTIFICATES({ count }))
    const report = await findReportOfClass(tx, one.id)
    if (report && report.round > 0) return refuse(no.CLASS_REPORT_OUT())

    await setEnrolmentsAdmittedAgain(tx, one.id)
    await setRunningAgain(tx, one.id)
    if (report) {
      await deleteUnsentReport(tx, report.id)
      await cancelDuty(tx, app, {
        kind: reportDuty.submit,
        subject: `training-report:${report.id}`,
        reason: '培训班恢复培训',
        actor,
      })
    }
    await record(tx, {
      name: events['class.reopened'],
      at: app.clock.now(),
      actor,
      subjects: [`class:${one.id}`],
      data: { reason: input.reason },
    })
    await cancelDuty(tx, app, {
      kind: 'training.issue-certificates',
      subject: `class:${one.id}`,
      reason: '培训班恢复培训',
      actor,
    })
    await openClassDuty(tx, app, actor, one, 'training.complete-class')
    return ok()
  })
}
