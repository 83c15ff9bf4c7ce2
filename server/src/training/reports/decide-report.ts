import { cancelDuty, fulfilDuty, openDuty } from '../../duties/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { setReported } from '../classes/store.ts'
import { no } from '../refusals-of-papers.ts'
import { type Office, REPORT_STATES, type TrainingReport } from './report.ts'
import { reportDuty, reportLink } from './report-duties.ts'
import { insertReceipt, lockReport, receiptsOf, setReceived, setReturned } from './store.ts'

export type DecideReportRefusal = RefusalOf<
  typeof no,
  'REPORT_NOT_FOUND' | 'REPORT_STATE' | 'REPORT_DECIDED_ALREADY'
>

export type DecideReportInput =
  | { reportId: string; decision: 'received' }
  | { reportId: string; decision: 'returned'; reason: string }

/** Province or city receives the report, or returns it with a reason; it is received when both have. */
export async function decideReport(
  app: App,
  actor: Actor,
  input: DecideReportInput,
): Promise<Result<{ state: string; receiptNumber: string | null }, DecideReportRefusal>> {
  const office: Office = actor.role === 'provincial_officer' ? 'province' : 'city'
  return transact<{ state: string; receiptNumber: string | null }, DecideReportRefusal>(
    app.db,
    async (tx) => {
      const report = await lockReport(tx, actor, input.reportId)
      if (!report) return refuse(no.REPORT_NOT_FOUND())
      if (report.state !== 'submitted') {
        return refuse(
          no.REPORT_STATE({
            state: REPORT_STATES[report.state],
            act: input.decision === 'received' ? '接收' : '退回',
          }),
        )
      }
      const decided = (await receiptsOf(tx, report.id)).filter((one) => one.round === report.round)
      if (decided.some((one) => one.office === office)) return refuse(no.REPORT_DECIDED_ALREADY())

      const receiptNumber = input.decision === 'received' ? await nextReceipt(tx, app, report, office) : null
      const at = app.clock.now()
      assert(actor.accountId, 'an officer has an account')
      await insertReceipt(tx, report.id, {
        round: report.round,
        office,
        decision: input.decision,
        reason: input.decision === 'returned' ? input.reason : null,
        clause: 'HB-4.3',
        receiptNumber,
        decidedBy: actor.accountId,
        decidedByName: actor.name,
        decidedAt: at,
      })
      await record(tx, {
        name: events[
          input.decision === 'received' ? 'training-report.receipted' : 'training-report.returned'
        ],
        at,
        actor,
        subjects: [`training-report:${report.id}`, `class:${report.classId}`],
        data: {
          office,
          round: report.round,
          ...(input.decision === 'returned' ? { reason: input.reason } : { receiptNumber }),
        },
      })
      if (input.decision === 'returned') {
        await sendBack(tx, app, actor, report)
        return ok({ state: 'returned', receiptNumber })
      }
      const holder = { organisationId: actor.organisation?.id ?? '', role: actor.role }
      await fulfilDuty(tx, app, {
        kind: reportDuty.receive,
        subject: `training-report:${report.id}`,
        holder,
        actor,
      })
      const complete = await bothReceived(tx, report, [...decided.map((one) => one.office), office])
      if (complete) await close(tx, actor, report, at)
      return ok({ state: complete ? 'received' : 'submitted', receiptNumber })
    },
  )
}

async function nextReceipt(tx: Tx, app: App, report: TrainingReport, office: Office): Promise<string> {
  const region = office === 'province' ? report.provinceCode : (report.cityCode ?? report.provinceCode)
  const year = app.clock.today().slice(0, 4)
  const serial = await takeNumbers(tx, `training.receipt:${office}:${region}:${year}`)
  return `JS${office === 'province' ? region.slice(0, 2) : region.slice(0, 4)}${year}${String(serial).padStart(5, '0')}`
}

async function bothReceived(tx: Tx, report: TrainingReport, offices: Office[]): Promise<boolean> {
  if (!offices.includes('province')) return false
  return offices.includes('city') || (await supervisorsOf(tx, report)).city === null
}

async function close(tx: Tx, actor: Actor, report: TrainingReport, at: Date): Promise<void> {
  await setReceived(tx, report.id, at)
  await setReported(tx, report.classId)
  await record(tx, {
    name: events['training-report.received'],
    at,
    actor,
    subjects: [`training-report:${report.id}`, `class:${report.classId}`],
    data: { round: report.round },
  })
}

/** A return ends the other office's duty too: it decides again on the next round. */
async function sendBack(tx: Tx, app: App, actor: Actor, report: TrainingReport): Promise<void> {
  await setReturned(tx, report.id)
  const holder = { organisationId: actor.organisation?.id ?? '', role: actor.role }
  const subject = `training-report:${report.id}` as const
  await fulfilDuty(tx, app, { kind: reportDuty.receive, subject, holder, actor })
  await cancelDuty(tx, app, { kind: reportDuty.receive, subject, reason: '报告已退回补正', actor })
  // The 30 days run from completion, whatever the round (HB-4.3): the clock is not set back.
  await openDuty(tx, app, {
    kind: reportDuty.submit,
    subject,
    title: `补正后重新报送培训报告：${report.number}`,
    link: reportLink(report.id),
    holder: { organisationId: report.organisationId, role: 'training_manager' },
    startedOn: report.completedOn,
    deadline: 'hubei.training-report',
    provinceCode: report.provinceCode,
    cityCode: report.cityCode,
    actor,
  })
}
