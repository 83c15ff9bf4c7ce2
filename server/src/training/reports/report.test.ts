import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aClass, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { decideReport } from './decide-report.ts'
import { submitReport } from './submit-report.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
beforeEach(() => app.clock.setDay('2026-03-02'))
afterAll(() => app.close())

async function aReport(state: 'completed' | 'certified' = 'certified') {
  const one = await aClass(app, { world, state, learners: 2 })
  const { rows } = await sql<{
    id: string
  }>`select id from training.reports where class_id = ${one.classId}`.execute(app.db)
  return { ...one, reportId: rows[0]!.id }
}
const submit = (reportId: string, actor = world.manager) =>
  submitReport(app, actor, { reportId, narrative: '培训按计划完成。' })
const receive = (reportId: string, actor = world.city) =>
  decideReport(app, actor, { reportId, decision: 'received' })
const openDuties = async (reportId: string) => {
  const { rows } = await sql<{ kind: string; holderRole: string; dueOn: string | null }>`
    select kind, holder_role, due_on from duties.duties
    where subject = ${`training-report:${reportId}`} and fulfilled_at is null and cancelled_at is null order by holder_role`.execute(
    app.db,
  )
  return rows
}

describe('submitting a training report', () => {
  it('is refused to others, and while certificates are outstanding', async () => {
    const { reportId } = await aReport('completed')
    expect(await submit(reportId, world.otherManager)).toMatchObject({
      refusal: { code: 'REPORT_NOT_FOUND' },
    })
    expect(await submit(reportId)).toMatchObject({
      refusal: { code: 'CERTIFICATES_OUTSTANDING', clause: 'HB-4.3' },
    })
  })

  it('is refused twice', async () => {
    const { reportId } = await aReport()
    const both = await Promise.all([submit(reportId), submit(reportId)])
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual(['REPORT_STATE', 'ok'])
  })

  it('is in time on the due day and marked late on the next', async () => {
    const inTime = await aReport()
    app.clock.setDay('2026-04-13')
    expect(value(await submit(inTime.reportId))).toEqual({ round: 1, late: false })
    app.clock.setDay('2026-03-02')
    const late = await aReport()
    app.clock.setDay('2026-04-14')
    expect(value(await submit(late.reportId))).toEqual({ round: 1, late: true })
  })

  it('takes the roster down and asks province and city to receive it', async () => {
    const { reportId, classId } = await aReport()
    value(await submit(reportId))
    const { rows } =
      await sql`select holder_name, result, score_tenths, certificate_number is not null as certified
      from training.report_learners where report_id = ${reportId} order by holder_name`.execute(app.db)
    expect(rows).toEqual([
      { holderName: '学员乙', result: 'completed', scoreTenths: 820, certified: true },
      { holderName: '学员甲', result: 'completed', scoreTenths: 820, certified: true },
    ])
    expect((await openDuties(reportId)).map((duty) => duty.holderRole)).toEqual([
      'city_officer',
      'provincial_officer',
    ])
    const summary = await sql`select summary from training.reports where class_id = ${classId}`.execute(
      app.db,
    )
    expect(summary.rows).toEqual([
      {
        summary: {
          admitted: 2,
          completed: 2,
          failed: 0,
          lessons: 3,
          teachers: 1,
          plannedHours: 8,
          heldHours: 8,
          onlineHours: 2,
          offlineHours: 6,
          attendancePermille: 1000,
          assessmentPassed: 2,
          assessmentAverageTenths: 820,
        },
      },
    ])
  })
})

describe('deciding a training report', () => {
  it('is refused before it is submitted, to another city, and twice by the same office', async () => {
    const { reportId } = await aReport()
    expect(await receive(reportId)).toMatchObject({ refusal: { code: 'REPORT_STATE' } })
    value(await submit(reportId))
    expect(await receive(reportId, anActor('city_officer', { cityCode: '420500' }))).toMatchObject({
      refusal: { code: 'REPORT_NOT_FOUND' },
    })
    expect(await receive(reportId, anActor('provincial_officer', { provinceCode: '340000' }))).toMatchObject({
      refusal: { code: 'REPORT_NOT_FOUND' },
    })
    value(await receive(reportId))
    expect(await receive(reportId)).toMatchObject({ refusal: { code: 'REPORT_DECIDED_ALREADY' } })
  })

  it('is received when province and city both have; the class is then reported', async () => {
    const { reportId, classId } = await aReport()
    value(await submit(reportId))
    expect(value(await receive(reportId))).toMatchObject({
      state: 'submitted',
      receiptNumber: expect.stringMatching(/^JS42012026/),
    })
    expect(value(await receive(reportId, world.province))).toMatchObject({ state: 'received' })
    const { rows } = await sql`select state from training.classes where id = ${classId}`.execute(app.db)
    expect(rows).toEqual([{ state: 'reported' }])
    expect(await openDuties(reportId)).toEqual([])
  })

  it('goes back with a reason and the old clock, and both offices decide again on the next round', async () => {
    const { reportId } = await aReport()
    value(await submit(reportId))
    value(await receive(reportId, world.province))
    value(await decideReport(app, world.city, { reportId, decision: 'returned', reason: '学员信息不全' }))
    expect(await openDuties(reportId)).toEqual([
      { kind: 'training.submit-report', holderRole: 'training_manager', dueOn: '2026-04-13' },
    ])
    expect(value(await submit(reportId))).toEqual({ round: 2, late: false })
    value(await receive(reportId))
    expect(value(await receive(reportId, world.province))).toMatchObject({ state: 'received' })
    const { rows } = await sql`select count(*) as rounds from (
      select distinct round from training.report_learners where report_id = ${reportId}) r`.execute(app.db)
    expect(rows).toEqual([{ rounds: 2 }])
  })
})
