import { fulfilDuty } from '../../duties/index.ts'
import { occupationName } from '../../institutions/index.ts'
import { organisation } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { enqueueMany } from '../../platform/jobs.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { isLate, REPORT_STATES, stateAllows } from '../result-report.ts'
import { insertDecision, itemsOf, lockReport, moveReport, setAllItems } from '../store/reports.ts'
import { holdLevels, makeCertificates } from './make-certificates.ts'
import { appendToRegister } from './register.ts'

export type IssueReportRefusal = RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND' | 'RESULT_REPORT_STATE'>

/**
 * The evaluation institution issues the certificates of an audited report within 30 days (HB-4.4), all in one act:
 * numbered, signed, entered in the register. Later counts too, and says so.
 */
export function issueReport(
  app: App,
  actor: Actor,
  input: { reportId: string },
): Promise<Result<{ id: string; certificates: number; late: boolean }, IssueReportRefusal>> {
  return transact<{ id: string; certificates: number; late: boolean }, IssueReportRefusal>(
    app.db,
    async (tx) => {
      const report = await lockReport(tx, actor, input.reportId)
      if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
      if (!stateAllows(report, 'issue')) {
        return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '颁发证书' }))
      }
      const items = await itemsOf(tx, report.id, ['approved'])
      const issuer = await organisation(tx, report.organisationId)
      const occupation = (await occupationName(tx, report.occupationId)) ?? report.occupationId
      const on = app.clock.today()
      const at = app.clock.now()
      const made = await makeCertificates(
        tx,
        app,
        items.map((item) => ({
          personId: item.personId,
          holderName: item.holderName,
          maskedIdNumber: item.maskedIdNumber,
          occupationId: report.occupationId,
          occupationName: occupation,
          direction: item.direction,
          level: report.level,
          organisationId: report.organisationId,
          organisationName: issuer.name,
          provinceCode: report.provinceCode,
          cityCode: report.cityCode,
          reportItemId: item.id,
          supersedesId: null,
        })),
        { provinceCode: report.provinceCode, level: report.level, on, supersedes: null },
      )
      await holdLevels(tx, app, actor, made)
      await setAllItems(tx, report.id, 'approved', 'issued')
      const late = isLate(report.issueDueOn, on)
      await moveReport(tx, report.id, { state: 'issued', issuedOn: on })
      await insertDecision(tx, {
        reportId: report.id,
        round: report.round,
        office: 'institution',
        act: 'issued',
        dueOn: report.issueDueOn,
        late,
        data: { certificates: made.length },
        actor,
        on,
        at,
      })
      const subject = `result-report:${report.id}` as const
      await record(
        tx,
        {
          name: events['result-report.issued'],
          at,
          actor,
          subjects: [subject, `sitting:${report.sittingId}`],
          data: { certificates: made.length, late, dueOn: report.issueDueOn },
        },
        ...made.map((one) => ({
          name: events['level-certificate.issued'],
          at,
          actor,
          subjects: [`level-certificate:${one.id}` as const, `person:${one.personId}` as const],
          data: { number: one.number, keyId: one.keyId, supersedes: null },
        })),
      )
      await fulfilDuty(tx, app, { kind: 'certificates.issue', subject, actor })
      await enqueueMany(
        tx,
        'certificates.level-issued',
        made.map((one) => ({ certificateId: one.id })),
      )
      await appendToRegister(
        tx,
        made.map((one) => ({ certificateId: one.id, kind: 'issued', statement: one.statement })),
        on,
      )
      return ok({ id: report.id, certificates: made.length, late })
    },
  )
}
