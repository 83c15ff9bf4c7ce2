import type { Actor, UploadedFile } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { saveFile } from '../../platform/files.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { applyAudit } from '../reports/audit-report.ts'
import { REPORT_STATES, type ResultReport, stateAllows } from '../result-report.ts'
import { findExchangeByNumber, insertExchange, itemsOfExchange } from '../store/exchanges.ts'
import { lockReport } from '../store/reports.ts'
import { type ResultProblem, type ResultRow, readResultFile } from './read-result-file.ts'

export type ImportAuditRefusal =
  | RefusalOf<typeof no, 'AUDIT_FILE_UNREADABLE'>
  | RefusalOf<typeof no, 'AUDIT_FILE_FOREIGN'>
  | RefusalOf<typeof no, 'AUDIT_FILE_ROWS'>
  | RefusalOf<typeof no, 'RESULT_REPORT_NOT_FOUND'>
  | RefusalOf<typeof no, 'RESULT_REPORT_STATE'>

export interface ImportedAudit {
  exchange: string
  approved: number
  returned: number
  reports: number
}

/**
 * Takes over a result the national office gave as a file (HB-4.4). It must answer one of our exports: number, hash
 * and the very items, each once. One fault anywhere and nothing of it counts; the faults come back row by row.
 * Without `keep` it only looks.
 */
export async function importAuditResult(
  app: App,
  actor: Actor,
  input: { file: UploadedFile; keep: boolean },
): Promise<Result<ImportedAudit, ImportAuditRefusal>> {
  const reading = await readResultFile(input.file.bytes)
  if (!reading.ok) {
    const [first] = reading.problems
    if (reading.problems.length === 1 && first?.row === 0) {
      return refuse(no.AUDIT_FILE_UNREADABLE({ problem: first.message }))
    }
    return refuse(withProblems(reading.problems))
  }
  return transact<ImportedAudit, ImportAuditRefusal>(app.db, async (tx) => {
    const exchange = await findExchangeByNumber(tx, actor, reading.exchange)
    if (!exchange || exchange.itemsSha256 !== reading.itemsSha256) return refuse(no.AUDIT_FILE_FOREIGN())
    const items = await itemsOfExchange(tx, exchange.id)
    const problems = compare(items, reading.rows)
    if (problems.length > 0) return refuse(withProblems(problems))

    const reports: ResultReport[] = []
    for (const reportId of [...new Set(items.map((item) => item.reportId))].sort()) {
      const report = await lockReport(tx, actor, reportId)
      if (!report) return refuse(no.RESULT_REPORT_NOT_FOUND())
      if (!stateAllows(report, 'audit')) {
        return refuse(no.RESULT_REPORT_STATE({ state: REPORT_STATES[report.state], act: '再次导入审核结果' }))
      }
      reports.push(report)
    }

    const returned = reading.rows.filter((row) => row.decision === 'returned')
    const counts = {
      approved: reading.rows.length - returned.length,
      returned: returned.length,
      reports: reports.length,
    }
    if (!input.keep) return ok({ exchange: exchange.number, ...counts })

    const at = app.clock.now()
    const year = app.clock.today().slice(0, 4)
    const serial = await takeNumbers(tx, `certificates.exchange-result.${year}`)
    const number = `SJHZ-${year}-${String(serial).padStart(4, '0')}`
    const fileId = await saveFile(app, tx, {
      name: input.file.name,
      bytes: input.file.bytes,
      purpose: 'exchange',
    })
    const sha256 = app.crypto.sha256(input.file.bytes)
    const id = await insertExchange(
      tx,
      {
        number,
        direction: 'in',
        answersId: exchange.id,
        provinceCode: exchange.provinceCode,
        itemsSha256: exchange.itemsSha256,
        fileId,
        fileSha256: sha256,
        approved: counts.approved,
        returned: counts.returned,
        actor,
        at,
      },
      reading.rows,
    )
    await record(tx, {
      name: events['national-exchange.imported'],
      at,
      actor,
      subjects: [`national-exchange:${id}`, `national-exchange:${exchange.id}`],
      data: { exchange: exchange.number, sha256, approved: counts.approved, returned: counts.returned },
    })
    const reportOf = new Map(items.map((item) => [item.item, item.reportId]))
    for (const report of reports) {
      await applyAudit(tx, app, {
        actor,
        report,
        returned: returned
          .filter((row) => reportOf.get(row.item) === report.id)
          .map((row) => ({ itemId: row.item, reason: row.reason ?? '' })),
        exchange: number,
      })
    }
    return ok({ exchange: number, ...counts })
  })
}

function compare(items: { item: string; name: string }[], rows: ResultRow[]): ResultProblem[] {
  const expected = new Map(items.map((item) => [item.item, item.name]))
  const seen = new Set<string>()
  const problems: ResultProblem[] = []
  for (const row of rows) {
    const name = expected.get(row.item)
    if (name === undefined)
      problems.push({ row: row.row, message: `第 ${row.row} 行的数据编号不在报出的名单中。` })
    else if (seen.has(row.item))
      problems.push({ row: row.row, message: `第 ${row.row} 行与前面的行重复（${name}）。` })
    else if (row.name !== null && row.name !== name) {
      problems.push({ row: row.row, message: `第 ${row.row} 行的姓名与报出的「${name}」不一致。` })
    }
    seen.add(row.item)
  }
  const missing = items.filter((item) => !seen.has(item.item))
  if (missing.length > 0) {
    const names = missing.slice(0, 5).map((item) => item.name)
    problems.push({
      row: 0,
      message: `缺少 ${missing.length} 人的审核结果：${names.join('、')}${missing.length > 5 ? '等' : ''}。`,
    })
  }
  return problems
}

const SHOWN = 50
function withProblems(problems: ResultProblem[]): RefusalOf<typeof no, 'AUDIT_FILE_ROWS'> {
  const refusal = no.AUDIT_FILE_ROWS({ count: problems.length })
  return { ...refusal, facts: { ...refusal.facts, problems: problems.slice(0, SHOWN) } }
}
