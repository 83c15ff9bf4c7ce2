import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aReport, type CertificateWorld, value } from '../fixtures.ts'
import { issueReport } from '../issuing/issue-report.ts'
import { findReport, itemsOf } from '../store/reports.ts'
import { auditReport } from './audit-report.ts'
import { submitReport } from './submit-report.ts'
import { supplementReport } from './supplement-report.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const read = (id: string) => findReport(app.db, world.national, id)

describe('the national audit (HB-4.4)', () => {
  it('refuses what the province has not sent', async () => {
    const { reportId } = await aReport(app, { world, state: 'confirmed' })
    const result = await auditReport(app, world.national, { reportId, returned: [] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE', clause: 'HB-4.4' } })
  })

  it('refuses to send back somebody who is not on the list', async () => {
    const { reportId } = await aReport(app, { world, state: 'exported' })
    const returned = [{ itemId: randomUUID(), reason: '信息不全' }]
    const result = await auditReport(app, world.national, { reportId, returned })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'REPORT_ITEM_NOT_FOUND' } })
    expect((await read(reportId))?.state).toBe('exported')
  })

  it('lets one of two browsers audit', async () => {
    const { reportId } = await aReport(app, { world, state: 'exported' })
    const results = await Promise.all([
      auditReport(app, world.national, { reportId, returned: [] }),
      auditReport(app, world.national, { reportId, returned: [] }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
  })

  it('approves the list, and gives the institution 30 days to issue', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world, state: 'exported' })
    expect(value(await auditReport(app, world.national, { reportId, returned: [] }))).toMatchObject({
      approved: 2,
      returned: 0,
    })
    expect(await read(reportId)).toMatchObject({ state: 'audited', issueDueOn: '2026-04-01' })
  })

  it('approves some and sends others back with their reason', async () => {
    const { reportId } = await aReport(app, { world, passed: 3, state: 'exported' })
    const [first] = await itemsOf(app.db, reportId)
    const returned = [{ itemId: first?.id ?? '', reason: '证件号码与国家库不一致' }]
    expect(value(await auditReport(app, world.national, { reportId, returned }))).toMatchObject({
      approved: 2,
      returned: 1,
    })
    expect((await itemsOf(app.db, reportId)).map((item) => [item.state, item.reason])).toEqual([
      ['national_returned', '证件号码与国家库不一致'],
      ['approved', null],
      ['approved', null],
    ])
  })

  it('sends the whole report back when nobody is approved: scores open again, and it is reported anew', async () => {
    const { reportId, sittingId } = await aReport(app, { world, passed: 1, state: 'exported' })
    const [only] = await itemsOf(app.db, reportId)
    const returned = [{ itemId: only?.id ?? '', reason: '信息不全' }]
    value(await auditReport(app, world.national, { reportId, returned }))
    expect((await read(reportId))?.state).toBe('national_returned')
    const { rows } = await sql<{
      state: string
    }>`select state from exams.sittings where id = ${sittingId}`.execute(app.db)
    expect(rows[0]?.state).toBe('scored')
    value(await submitReport(app, world.evaluator, { reportId, narrative: '已补齐信息。', withheld: [] }))
    expect((await itemsOf(app.db, reportId)).map((item) => [item.state, item.reason])).toEqual([
      ['included', null],
    ])
  })
})

describe('a supplementary report', () => {
  it('refuses while the first one is on its way', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    const result = await supplementReport(app, world.evaluator, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE' } })
  })

  it('refuses when everybody was reported', async () => {
    const { reportId } = await aReport(app, { world, state: 'issued' })
    const result = await supplementReport(app, world.evaluator, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'SUPPLEMENT_EMPTY' } })
    const { rows } =
      await sql`select from certificates.result_reports where supplements_id = ${reportId}`.execute(app.db)
    expect(rows).toHaveLength(0)
  })

  it('takes up who was sent back, once', async () => {
    const { reportId } = await aReport(app, { world, passed: 3, state: 'exported' })
    const [first] = await itemsOf(app.db, reportId)
    value(
      await auditReport(app, world.national, {
        reportId,
        returned: [{ itemId: first?.id ?? '', reason: '信息不全' }],
      }),
    )
    value(await issueReport(app, world.evaluator, { reportId }))
    const { id } = value(await supplementReport(app, world.evaluator, { reportId }))
    expect((await itemsOf(app.db, id)).map((item) => [item.candidateId, item.state])).toEqual([
      [first?.candidateId, 'included'],
    ])
    expect(await supplementReport(app, world.evaluator, { reportId })).toMatchObject({
      ok: false,
      refusal: { code: 'SUPPLEMENT_OPEN' },
    })
  })
})
