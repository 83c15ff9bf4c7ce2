import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { upsertTeacherMarks } from '../attendance/store.ts'
import { issueCertificates } from '../certificates/issue-certificates.ts'
import { aClass, aTrainingWorld, type ClassFixture, type TrainingWorld, value } from '../fixtures.ts'
import { submitReport } from '../reports/submit-report.ts'
import { completeClass } from './complete-class.ts'
import { enterScores } from './enter-scores.ts'
import { reopenClass } from './reopen-class.ts'

let app: TestApp
let world: TrainingWorld
const FIRST_DAY = '2026-03-02'
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
beforeEach(() => app.clock.setDay(FIRST_DAY))
afterAll(() => app.close())

const complete = async (classId: string, actor = world.manager) => {
  const result = await completeClass(app, actor, { classId })
  return result.ok ? 'ok' : result.refusal.code
}
const states = async (one: ClassFixture) => {
  const { rows } = await sql<{ state: string }>`
    select state from training.enrolments where class_id = ${one.classId} order by position`.execute(app.db)
  return rows.map((row) => row.state)
}
const attended = (lessonId: string, enrolmentId: string, minutes: number) =>
  upsertTeacherMarks(app.db, {
    lessonId,
    marks: [{ enrolmentId, seconds: minutes * 60 }],
    by: '试验',
    reason: '试验',
    at: app.clock.now(),
  })

describe('entering results of the completion assessment', () => {
  it('is refused to others, outside a running class, ahead of time, and for strangers', async () => {
    const one = await aClass(app, { world, state: 'running' })
    const input = { classId: one.classId, assessedOn: app.clock.today(), scores: [] }
    expect(await enterScores(app, world.otherManager, input)).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    expect(
      await enterScores(app, world.manager, { ...input, assessedOn: addDays(app.clock.today(), 1) }),
    ).toMatchObject({
      refusal: { code: 'ASSESSMENT_IN_FUTURE' },
    })
    const stranger = { enrolmentId: crypto.randomUUID(), mark: 'present' as const, scoreTenths: 900 }
    expect(await enterScores(app, world.manager, { ...input, scores: [stranger] })).toMatchObject({
      refusal: { code: 'SCORES_ENROLMENT_NOT_FOUND' },
    })
    const early = await aClass(app, { world, state: 'announced' })
    expect(await enterScores(app, world.manager, { ...input, classId: early.classId })).toMatchObject({
      refusal: { code: 'CLASS_STATE' },
    })
  })

  it('passes at the mark of the scheme and not a tenth below; absent never passes', async () => {
    const one = await aClass(app, { world, state: 'running', learners: 3 })
    const [a, b, c] = one.learners.map((learner) => learner.enrolmentId) as [string, string, string]
    value(
      await enterScores(app, world.manager, {
        classId: one.classId,
        assessedOn: app.clock.today(),
        scores: [
          { enrolmentId: a, mark: 'present', scoreTenths: 600 },
          { enrolmentId: b, mark: 'present', scoreTenths: 599 },
          { enrolmentId: c, mark: 'absent' },
        ],
      }),
    )
    const { rows } = await sql`
      select a.passed, a.score_tenths from training.assessments a join training.enrolments e on e.id = a.enrolment_id
      where e.class_id = ${one.classId} order by e.position`.execute(app.db)
    expect(rows).toEqual([
      { passed: true, scoreTenths: 600 },
      { passed: false, scoreTenths: 599 },
      { passed: false, scoreTenths: null },
    ])
  })
})

describe('completing a class', () => {
  it('is refused to others and before the last lesson has ended', async () => {
    const one = await aClass(app, { world, state: 'running' })
    expect(await complete(one.classId, world.otherManager)).toBe('CLASS_NOT_FOUND')
    expect(await complete(one.classId)).toBe('LESSONS_OUTSTANDING')
  })

  it('is refused while somebody has no assessment result', async () => {
    const one = await aClass(app, { world, state: 'running' })
    app.clock.setDay(addDays(FIRST_DAY, 10))
    expect(await complete(one.classId)).toBe('ASSESSMENTS_MISSING')
  })

  it('is refused where nobody knows the standard hours, and says whom to ask', async () => {
    const unknown = await aTrainingWorld(app, { occupationId: 'cloud' })
    const one = await aClass(app, { world: unknown, state: 'assessed' })
    await sql`delete from platform.policy_settings where occupation_id = 'cloud'`.execute(app.db)
    const result = await completeClass(app, unknown.manager, { classId: one.classId })
    expect(result).toMatchObject({ refusal: { code: 'STANDARD_HOURS_UNKNOWN', clause: 'HB-4.3' } })
    expect(await states(one)).toEqual(['admitted'])
  })

  it('fails nobody on standard hours that are only remembered: the class waits for the province', async () => {
    const remembered = await aTrainingWorld(app, { occupationId: 'smart_mfg' })
    const one = await aClass(app, { world: remembered, state: 'assessed' })
    await sql`delete from platform.policy_settings where occupation_id = 'smart_mfg'`.execute(app.db)
    const result = await completeClass(app, remembered.manager, { classId: one.classId })
    expect(result).toMatchObject({ refusal: { code: 'STANDARD_HOURS_UNKNOWN', clause: 'HB-4.3' } })
    expect(await states(one)).toEqual(['admitted'])
  })

  it('keeps as 未结业 who lacks hours of one kind, by one second, and who did not pass', async () => {
    const one = await aClass(app, { world, state: 'assessed', learners: 3 })
    const [, short, weak] = one.learners.map((learner) => learner.enrolmentId) as [string, string, string]
    await sql`update training.attendances set credited_seconds = credited_seconds - 1
      where enrolment_id = ${short} and lesson_id = ${one.lessons.practiceOffline}`.execute(app.db)
    value(
      await enterScores(app, world.manager, {
        classId: one.classId,
        assessedOn: app.clock.today(),
        scores: [{ enrolmentId: weak, mark: 'present', scoreTenths: 599 }],
      }),
    )
    expect(value(await completeClass(app, world.manager, { classId: one.classId }))).toMatchObject({
      completed: 1,
      failed: 2,
    })
    expect(await states(one)).toEqual(['completed', 'failed', 'failed'])
    const { rows } = await sql`
      select d.rule, d.outcome from training.enrolments e join platform.decisions d on d.id = e.completion_decision_id
      where e.class_id = ${one.classId} order by e.position`.execute(app.db)
    expect(rows).toEqual([
      { rule: 'hubei.completion', outcome: '符合' },
      { rule: 'hubei.completion', outcome: '不符合' },
      { rule: 'hubei.completion', outcome: '不符合' },
    ])
  })

  it('does not let practice make up for theory', async () => {
    const one = await aClass(app, { world, state: 'assessed' })
    const { enrolmentId } = one.learners[0]!
    await attended(one.lessons.theoryOnline, enrolmentId, 0)
    await attended(one.lessons.practiceOffline, enrolmentId, 270)
    expect(value(await completeClass(app, world.manager, { classId: one.classId }))).toMatchObject({
      failed: 1,
    })
  })

  it('starts the thirty days of the report, once', async () => {
    const one = await aClass(app, { world, state: 'assessed' })
    const done = value(await completeClass(app, world.manager, { classId: one.classId }))
    expect(done.reportDueOn).toBe('2026-04-13')
    expect(await complete(one.classId)).toBe('CLASS_STATE')
    const { rows } =
      await sql`select kind, due_on, clause from duties.duties where subject = ${`training-report:${done.reportId}`}`.execute(
        app.db,
      )
    expect(rows).toEqual([{ kind: 'training.submit-report', dueOn: '2026-04-13', clause: 'HB-4.3' }])
  })
})

describe('reopening a class', () => {
  it('is refused to others, with certificates out, and with the report sent', async () => {
    const one = await aClass(app, { world, state: 'completed' })
    const input = { classId: one.classId, reason: '补课' }
    expect(await reopenClass(app, world.otherManager, input)).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    value(await issueCertificates(app, world.manager, { classId: one.classId }))
    expect(await reopenClass(app, world.manager, input)).toMatchObject({
      refusal: { code: 'CLASS_HAS_CERTIFICATES' },
    })
    await sql`update training.certificates set state = 'withdrawn' where class_id = ${one.classId}`.execute(
      app.db,
    )
    const { rows } = await sql<{
      id: string
    }>`select id from training.reports where class_id = ${one.classId}`.execute(app.db)
    value(await submitReport(app, world.manager, { reportId: rows[0]!.id, narrative: '' }))
    expect(await reopenClass(app, world.manager, input)).toMatchObject({
      refusal: { code: 'CLASS_REPORT_OUT' },
    })
  })

  it('takes back the verdicts and the report, and the class can be completed again', async () => {
    const one = await aClass(app, { world, state: 'completed' })
    value(await reopenClass(app, world.manager, { classId: one.classId, reason: '补课' }))
    expect(await states(one)).toEqual(['admitted'])
    expect(await complete(one.classId)).toBe('ok')
    const { rows } = await sql`select from duties.duties d where d.kind = 'training.submit-report'
      and d.fulfilled_at is null and d.cancelled_at is null
      and d.subject in (select 'training-report:' || id from training.reports where class_id = ${one.classId})`.execute(
      app.db,
    )
    expect(rows).toHaveLength(1)
  })
})
