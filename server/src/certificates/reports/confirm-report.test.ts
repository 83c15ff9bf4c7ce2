import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aCertificateWorld, aReport, type CertificateWorld, value } from '../fixtures.ts'
import { findReport, itemsNow } from '../store/reports.ts'
import { confirmReport, confirmReports } from './confirm-report.ts'
import { exceptionsOf } from './exceptions.ts'
import { returnReport } from './return-report.ts'
import { submitReport } from './submit-report.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

const stateOf = async (id: string) => (await findReport(app.db, world.province, id))?.state
async function sittingState(id: string) {
  const { rows } = await sql<{ state: string }>`select state from exams.sittings where id = ${id}`.execute(
    app.db,
  )
  return rows[0]?.state
}
async function openDuties(id: string) {
  const { rows } = await sql<{ kind: string; dueOn: string | null }>`
    select kind, due_on from duties.duties where subject = ${`result-report:${id}`} and fulfilled_at is null
      and cancelled_at is null`.execute(app.db)
  return rows
}

describe('confirming a result report (HB-4.4)', () => {
  it('refuses another province, as if there were no such report', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    const result = await confirmReport(app, world.otherProvince, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_NOT_FOUND' } })
  })

  it('refuses what has not been submitted, and what is confirmed already', async () => {
    const early = await aReport(app, { world })
    const done = await aReport(app, { world, state: 'confirmed' })
    for (const { reportId } of [early, done]) {
      const result = await confirmReport(app, world.province, { reportId })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE', clause: 'HB-4.4' } })
    }
  })

  it('refuses a list that no longer fits the results', async () => {
    const { reportId, persons, number } = await aReport(app, { world, state: 'submitted' })
    await sql`update exams.candidates set result = 'failed' where id = ${persons[0]?.candidateId}`.execute(
      app.db,
    )
    const result = await confirmReport(app, world.province, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULTS_CHANGED' } })
    expect(result.ok ? '' : result.refusal.message).toContain(number)
    expect(await stateOf(reportId)).toBe('submitted')
  })

  it('refuses a name that no longer fits the register', async () => {
    const { reportId, persons } = await aReport(app, { world, state: 'submitted' })
    await sql`update people.persons set name = '另一人' where id = ${persons[0]?.personId}`.execute(app.db)
    const result = await confirmReport(app, world.province, { reportId })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULTS_CHANGED' } })
  })

  it('lets one of two browsers confirm', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    const results = await Promise.all([
      confirmReport(app, world.province, { reportId }),
      confirmReport(app, world.province, { reportId }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
  })

  it('confirms, closes the scores and owes the national office the data', async () => {
    const { reportId, sittingId } = await aReport(app, { world, state: 'submitted' })
    expect(value(await confirmReport(app, world.province, { reportId })).late).toBe(false)
    expect(await stateOf(reportId)).toBe('confirmed')
    expect(await sittingState(sittingId)).toBe('reported')
    expect(await openDuties(reportId)).toEqual([{ kind: 'certificates.send-report', dueOn: null }])
  })

  it('confirms after the 10 working days, and says that it is late', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    app.clock.setDay('2026-03-17')
    expect(value(await confirmReport(app, world.province, { reportId })).late).toBe(true)
    app.clock.setDay('2026-03-02')
  })

  it('confirms a batch report by report: one bad list holds up no other', async () => {
    const good = await aReport(app, { world, state: 'submitted' })
    const bad = await aReport(app, { world, state: 'submitted' })
    await sql`update exams.candidates set theory_score_tenths = 900 where id = ${bad.persons[0]?.candidateId}`.execute(
      app.db,
    )
    const outcome = value(
      await confirmReports(app, world.province, { reportIds: [good.reportId, bad.reportId, good.reportId] }),
    )
    expect(outcome.confirmed.map((one) => one.id)).toEqual([good.reportId])
    expect(outcome.refused).toMatchObject([{ id: bad.reportId, refusal: { code: 'RESULTS_CHANGED' } }])
  })
})

describe('what stands out in a report', () => {
  it('puts what blocks before what is only worth a look', async () => {
    app.clock.setDay('2026-03-02')
    const { reportId, persons } = await aReport(app, { world, passed: 2, misconduct: 1 })
    app.clock.setDay('2026-04-10')
    value(
      await submitReport(app, world.evaluator, { reportId, narrative: '补充说明情况如下。', withheld: [] }),
    )
    app.clock.setDay('2026-03-02')
    await sql`update exams.candidates set theory_score_tenths = 900 where id = ${persons[0]?.candidateId}`.execute(
      app.db,
    )
    const report = await findReport(app.db, world.province, reportId)
    const exceptions = report ? exceptionsOf(report, await itemsNow(app.db, [reportId])) : []
    expect(exceptions.map((one) => one.blocking)).toEqual([true, false, false])
    expect(exceptions[1]?.text).toContain('逾期报送')
    expect(exceptions[2]?.text).toContain('1 人违纪')
  })
})

describe('returning a result report', () => {
  it('refuses what is not with the province', async () => {
    const { reportId } = await aReport(app, { world })
    const result = await returnReport(app, world.province, { reportId, reason: '名单有误' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RESULT_REPORT_STATE' } })
  })

  it('goes back with its reason under the clock that runs already, and comes again in the next round', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    value(await returnReport(app, world.province, { reportId, reason: '第 1 号考生姓名有误' }))
    expect(await openDuties(reportId)).toEqual([
      { kind: 'certificates.resubmit-report', dueOn: '2026-04-01' },
    ])
    const again = value(
      await submitReport(app, world.evaluator, { reportId, narrative: '已核对更正。', withheld: [] }),
    )
    expect(again.late).toBe(false)
    const { rows } = await sql`select round, act, reason from certificates.report_decisions
      where report_id = ${reportId} order by acted_at`.execute(app.db)
    expect(rows).toEqual([
      { round: 1, act: 'submitted', reason: null },
      { round: 1, act: 'returned', reason: '第 1 号考生姓名有误' },
      { round: 2, act: 'submitted', reason: null },
    ])
  })

  it('keeps its decisions for ever', async () => {
    const { reportId } = await aReport(app, { world, state: 'submitted' })
    await expect(
      sql`delete from certificates.report_decisions where report_id = ${reportId}`.execute(app.db),
    ).rejects.toThrow('append-only')
  })
})
