import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { REPORT_STATES, type ResultReport, stateAllows } from '../result-report.ts'
import { insertExchange, itemsToSend } from '../store/exchanges.ts'
import { insertDecision, lockReport, moveReport } from '../store/reports.ts'
import { itemsHash } from './exchange-file.ts'

export type SendToNationalRefusal =
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>
  | RefusalOf<typeof no, 'REPORT_EMPTY'>

/**
 * Sends confirmed reports to the national office (HB-4.4) as one recorded exchange: which items, and their hash.
 * From here the national office audits on the platform, or answers with a file that carries this hash.
 */
export function sendToNational(
  app: App,
  actor: Actor,
  input: { reportIds: string[] },
): Promise<Result<{ id: string; number: string; items: number }, SendToNationalRefusal>> {
  return transact<{ id: string; number: string; items: number }, SendToNationalRefusal>(
    app.db,
    async (tx) => {
      const reports: ResultReport[] = []
      // Always in the same order, so that two batches never wait for each other.
      for (const reportId of [...new Set(input.reportIds)].sort()) {
        const report = await lockReport(tx, actor, reportId)
        if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
        if (!stateAllows(report, 'send')) {
          return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '报国家审核' }))
        }
        reports.push(report)
      }
      const items = await itemsToSend(
        tx,
        reports.map((report) => report.id),
      )
      const sent = new Set(items.map((item) => item.report))
      if (items.length === 0 || reports.some((report) => !sent.has(report.number)))
        return refuse(no.REPORT_EMPTY())

      const at = app.clock.now()
      const on = app.clock.today()
      const provinceCode = defined(reports[0], 'a report to send').provinceCode
      const itemsSha256 = itemsHash(app.crypto, items)
      const year = on.slice(0, 4)
      const serial = await takeNumbers(tx, `certificates.exchange.${year}`)
      const number = `SJJH-${year}-${String(serial).padStart(4, '0')}`
      const id = await insertExchange(
        tx,
        {
          number,
          direction: 'out',
          answersId: null,
          provinceCode,
          itemsSha256,
          fileId: null,
          fileSha256: null,
          approved: null,
          returned: null,
          actor,
          at,
        },
        items.map(({ item }) => ({ item })),
      )
      for (const report of reports) {
        const subject = `result-report:${report.id}` as const
        const count = items.filter((item) => item.report === report.number).length
        await moveReport(tx, report.id, { state: 'exported', exportedOn: on })
        await insertDecision(tx, {
          reportId: report.id,
          round: report.round,
          office: 'province',
          act: 'exported',
          data: { exchange: number, items: count },
          actor,
          on,
          at,
        })
        await record(tx, {
          name: events['result-report.sent'],
          at,
          actor,
          subjects: [subject, `national-exchange:${id}`],
          data: { exchange: number, items: count, sha256: itemsSha256 },
        })
        await fulfilDuty(tx, app, { kind: 'certificates.send-report', subject, actor })
        const { national } = await supervisorsOf(tx, report)
        await openDuty(tx, app, {
          kind: 'certificates.audit-report',
          subject,
          title: `审核证书数据：${report.sittingTitle}`,
          link: `/certificates/reports/${report.id}`,
          holder: { organisationId: national.id, role: 'national_officer' },
          startedOn: on,
          clause: 'HB-4.4',
          provinceCode: report.provinceCode,
          cityCode: report.cityCode,
          actor,
        })
      }
      return ok({ id, number, items: items.length })
    },
  )
}
