import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aReport, aScoredSitting, type CertificateWorld, value } from '../fixtures.ts'
import { itemsOf } from '../store/reports.ts'
import { draftReport } from './draft-report.ts'
import { submitReport } from './submit-report.ts'

let app: TestApp
let world: CertificateWorld
const narrative = '考核组织规范，无异常情况。'

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

async function report(id: string) {
  const { rows } = await sql<{ state: string; round: number; submitDueOn: string | null }>`
    select state, round, submit_due_on from certificates.result_reports where id = ${id}`.execute(app.db)
  return rows[0]
}
async function openDuties(id: string) {
  const { rows } = await sql<{ kind: string; dueOn: string | null }>`
    select kind, due_on from duties.duties where subject = ${`result-report:${id}`} and fulfilled_at is null
      and cancelled_at is null order by kind`.execute(app.db)
  return rows
}

describe('drawing up a result report', () => {
  it('does nothing for a sitting whose results are not out', async () => {
    const { sittingId } = await aScoredSitting(app, world)
    await sql`update exams.sittings set state = 'ended' where id = ${sittingId}`.execute(app.db)
    expect(value(await draftReport(app, { sittingId })).id).toBeNull()
  })

  it('does nothing the second time', async () => {
    const { sittingId } = await aScoredSitting(app, world)
    const drafts = await Promise.all([draftReport(app, { sittingId }), draftReport(app, { sittingId })])
    expect(drafts.filter((one) => one.ok && one.value.id !== null)).toHaveLength(1)
    expect(value(await draftReport(app, { sittingId })).id).toBeNull()
  })

  it('takes in who passed and nobody else, and gives the institution 30 days from the end', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world, passed: 3, failed: 2, absent: 1, misconduct: 1 })
    const items = await itemsOf(app.db, reportId)
    expect(items.map((item) => [item.position, item.state])).toEqual([
      [1, 'included'],
      [2, 'included'],
      [3, 'included'],
    ])
    expect(await report(reportId)).toMatchObject({ state: 'drafted', round: 0, submitDueOn: '2026-04-01' })
    expect(await openDuties(reportId)).toEqual([{ kind: 'certificates.submit-report', dueOn: '2026-04-01' }])
  })
})

describe('submitting a result report (HB-4.4)', () => {
  it('refuses another institution, as if there were no such report', async () => {
    const { reportId } = await aReport(app, { world })
    const result = await submitReport(app, world.otherEvaluator, { reportId, narrative, withheld: [] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_NOT_FOUND' } })
  })

  it('refuses a report that is with the province', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    const result = await submitReport(app, world.evaluator, { reportId, narrative, withheld: [] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE', clause: 'HB-4.4' } })
  })

  it('refuses to withhold somebody who is not on the list, and leaves no trace', async () => {
    const { reportId } = await aReport(app, { world })
    const result = await submitReport(app, world.evaluator, {
      reportId,
      narrative,
      withheld: [{ itemId: randomUUID(), reason: '材料待核' }],
    })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'REPORT_ITEM_NOT_FOUND' } })
    expect(await report(reportId)).toMatchObject({ state: 'drafted', round: 0 })
  })

  it('refuses an institution that was not in the catalogue when it held the assessment', async () => {
    const { reportId } = await aReport(app, { world, occupationId: 'vr' })
    const result = await submitReport(app, world.evaluator, { reportId, narrative, withheld: [] })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'INSTITUTION_UNLISTED', clause: 'HB-6.2' } })
  })

  it('lets one of two browsers submit', async () => {
    const { reportId } = await aReport(app, { world })
    const input = { reportId, narrative, withheld: [] }
    const results = await Promise.all([
      submitReport(app, world.evaluator, input),
      submitReport(app, world.colleague, input),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(await report(reportId)).toMatchObject({ round: 1 })
  })

  it('hands the report to the province, with 10 working days', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world })
    const { late } = value(await submitReport(app, world.evaluator, { reportId, narrative, withheld: [] }))
    expect(late).toBe(false)
    expect(await report(reportId)).toMatchObject({ state: 'submitted', round: 1 })
    expect(await openDuties(reportId)).toEqual([{ kind: 'certificates.confirm-report', dueOn: '2026-03-16' }])
  })

  it('keeps somebody back with the reason, and reports the rest', async () => {
    const { reportId } = await aReport(app, { world, passed: 2 })
    const [first] = await itemsOf(app.db, reportId)
    const withheld = [{ itemId: first?.id ?? '', reason: '身份待核' }]
    value(await submitReport(app, world.evaluator, { reportId, narrative, withheld }))
    expect((await itemsOf(app.db, reportId)).map((item) => [item.state, item.reason])).toEqual([
      ['withheld', '身份待核'],
      ['included', null],
    ])
  })

  it('takes over a score that was corrected after the draft', async () => {
    const { reportId, persons } = await aReport(app, { world, passed: 2 })
    await sql`update exams.candidates set result = 'failed', theory_score_tenths = 590
      where id = ${persons[0]?.candidateId}`.execute(app.db)
    await sql`update exams.candidates set ability_score_tenths = 990 where id = ${persons[1]?.candidateId}`.execute(
      app.db,
    )
    value(await submitReport(app, world.evaluator, { reportId, narrative, withheld: [] }))
    expect((await itemsOf(app.db, reportId)).map((item) => [item.state, item.abilityScoreTenths])).toEqual([
      ['withheld', 760],
      ['included', 990],
    ])
  })

  it('accepts it after the 30 days, and says that it is late', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world })
    app.clock.setDay('2026-04-02')
    expect(value(await submitReport(app, world.evaluator, { reportId, narrative, withheld: [] })).late).toBe(
      true,
    )
    const { rows } = await sql`select late, due_on, clause from certificates.report_decisions
      where report_id = ${reportId}`.execute(app.db)
    expect(rows).toEqual([{ late: true, dueOn: '2026-04-01', clause: 'HB-4.4' }])
    app.clock.setDay('2026-03-02')
  })
})
