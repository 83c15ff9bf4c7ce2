import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadedFile } from '../../platform/api.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aReport, type CertificateWorld, value } from '../fixtures.ts'
import { findReport, itemsOf } from '../store/reports.ts'
import { downloadExchange } from './download-exchange.ts'
import { IN_FORMAT } from './exchange-file.ts'
import { importAuditResult } from './import-audit-result.ts'
import { sendToNational } from './send-to-national.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const upload = (bytes: Buffer, name = 'result.json'): UploadedFile => ({
  field: 'file',
  name,
  mediaType: 'x',
  bytes,
})
const stateOf = async (id: string) => (await findReport(app.db, world.national, id))?.state

async function anExport(passed = 3) {
  const { reportId } = await aReport(app, { world, passed, state: 'confirmed' })
  const sent = value(await sendToNational(app, world.province, { reportIds: [reportId] }))
  const file = value(await downloadExchange(app, world.province, { exchangeId: sent.id, format: 'json' }))
  const document = JSON.parse(Buffer.from(file.bytes).toString()) as {
    exchange: string
    itemsSha256: string
    items: { item: string; name: string; idNumber: string }[]
  }
  return { reportId, sent, document }
}
function answer(
  document: Awaited<ReturnType<typeof anExport>>['document'],
  change: (result: Answer) => void = () => {},
) {
  const result: Answer = {
    format: IN_FORMAT,
    exchange: document.exchange,
    itemsSha256: document.itemsSha256,
    results: document.items.map((one) => ({ item: one.item, name: one.name, decision: 'approved' })),
  }
  change(result)
  return upload(Buffer.from(JSON.stringify(result)))
}
interface Answer {
  format: string
  exchange: string
  itemsSha256: string
  results: { item: string; name?: string; decision: string; reason?: string }[]
}

describe('sending to the national office', () => {
  it('refuses what is not confirmed, and sends nothing of the batch', async () => {
    const ready = await aReport(app, { world, state: 'confirmed' })
    const early = await aReport(app, { world, state: 'submitted' })
    const result = await sendToNational(app, world.province, { reportIds: [ready.reportId, early.reportId] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE' } })
    expect(await stateOf(ready.reportId)).toBe('confirmed')
  })

  it('refuses to send it twice', async () => {
    const { reportId } = await anExport()
    const result = await sendToNational(app, world.province, { reportIds: [reportId] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE' } })
  })

  it('refuses a download by another province', async () => {
    const { sent } = await anExport()
    const result = await downloadExchange(app, world.otherProvince, { exchangeId: sent.id, format: 'json' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'EXCHANGE_NOT_FOUND' } })
  })

  it('writes the ID numbers into the file and the reading of them into the log, never into storage', async () => {
    const { sent, document } = await anExport(2)
    expect(document.items).toHaveLength(2)
    expect(document.items[0]?.idNumber).toMatch(/^\d{17}[\dX]$/)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from platform.audit_events where name = 'person.id-number-read'
        and data ->> 'purpose' like ${`%${sent.number}`}`.execute(app.db)
    expect(rows[0]?.count).toBe(1)
    const files = await sql`select from platform.files where purpose = 'exchange'`.execute(app.db)
    expect(files.rows).toHaveLength(0)
  })
})

describe('importing the result of the national office', () => {
  it.each([
    ['rubbish', Buffer.from('rubbish')],
    ['nothing', Buffer.alloc(0)],
    ['a broken workbook', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(300, 1)])],
    ['half a JSON', Buffer.from('{"format":')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
  ])('refuses %s with a sentence', async (_, bytes) => {
    const result = await importAuditResult(app, world.province, { file: upload(bytes), keep: true })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'AUDIT_FILE_UNREADABLE' } })
  })

  it('refuses a file for an export of another province, or none of ours', async () => {
    const { document, reportId } = await anExport()
    const foreign = await importAuditResult(app, world.otherProvince, { file: answer(document), keep: true })
    expect(foreign).toMatchObject({ ok: false, refusal: { code: 'AUDIT_FILE_FOREIGN' } })
    const changed = await importAuditResult(app, world.province, {
      file: answer(document, (result) => {
        result.itemsSha256 = 'a'.repeat(64)
      }),
      keep: true,
    })
    expect(changed).toMatchObject({ ok: false, refusal: { code: 'AUDIT_FILE_FOREIGN', clause: 'HB-4.4' } })
    expect(await stateOf(reportId)).toBe('exported')
  })

  it('refuses rows that are missing, foreign, repeated, renamed or without a reason, and takes over none', async () => {
    const { document, reportId } = await anExport(3)
    const faults: ((result: Answer) => void)[] = [
      (result) => result.results.pop(),
      (result) => result.results.push({ item: '00000000-0000-4000-8000-000000000000', decision: 'approved' }),
      (result) => result.results.push({ ...(result.results[0] as Answer['results'][number]) }),
      (result) => {
        ;(result.results[1] as Answer['results'][number]).name = '别人'
      },
      (result) => {
        ;(result.results[1] as Answer['results'][number]).decision = 'returned'
      },
      (result) => {
        ;(result.results[1] as Answer['results'][number]).decision = '__proto__'
      },
    ]
    for (const fault of faults) {
      const result = await importAuditResult(app, world.province, {
        file: answer(document, fault),
        keep: true,
      })
      expect(result).toMatchObject({
        ok: false,
        refusal: { code: 'AUDIT_FILE_ROWS', facts: { problems: [expect.anything()] } },
      })
    }
    expect(await stateOf(reportId)).toBe('exported')
    expect((await itemsOf(app.db, reportId)).every((item) => item.state === 'included')).toBe(true)
  })

  it('only looks when it is not told to keep', async () => {
    const { document, reportId } = await anExport(2)
    const looked = await importAuditResult(app, world.province, { file: answer(document), keep: false })
    expect(value(looked)).toMatchObject({ exchange: document.exchange, approved: 2, returned: 0 })
    expect(await stateOf(reportId)).toBe('exported')
  })

  it('takes over a JSON result once, with its file and hash', async () => {
    const { document, reportId } = await anExport(3)
    const file = answer(document, (result) => {
      const [first] = result.results
      if (first) Object.assign(first, { decision: 'returned', reason: '证件号码有误' })
    })
    const imported = value(await importAuditResult(app, world.province, { file, keep: true }))
    expect(imported).toMatchObject({ approved: 2, returned: 1, reports: 1 })
    expect(await stateOf(reportId)).toBe('audited')
    expect((await itemsOf(app.db, reportId)).map((item) => item.reason)).toEqual(['证件号码有误', null, null])
    const { rows } =
      await sql`select direction, approved, returned, file_sha256 from certificates.national_exchanges
      where number = ${imported.exchange}`.execute(app.db)
    expect(rows).toEqual([
      { direction: 'in', approved: 2, returned: 1, fileSha256: app.crypto.sha256(file.bytes) },
    ])
    const again = await importAuditResult(app, world.province, { file, keep: true })
    expect(again).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE' } })
  })

  it('takes over the sheet it sent out, filled in', async () => {
    const { reportId, sent } = await anExport(2)
    const out = value(await downloadExchange(app, world.national, { exchangeId: sent.id, format: 'xlsx' }))
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(out.bytes) as unknown as ExcelJS.Buffer)
    const page = book.worksheets[0] as ExcelJS.Worksheet
    let decisionColumn = 0
    page.eachRow((row) => {
      row.eachCell((cell, at) => {
        if (cell.value === '审核结果') decisionColumn = at
      })
    })
    page.eachRow((row, at) => {
      if (at > 3) row.getCell(decisionColumn).value = '通过'
    })
    const file = upload(Buffer.from(await book.xlsx.writeBuffer()), 'result.xlsx')
    expect(value(await importAuditResult(app, world.province, { file, keep: true }))).toMatchObject({
      approved: 2,
      returned: 0,
    })
    expect(await stateOf(reportId)).toBe('audited')
  })
})
