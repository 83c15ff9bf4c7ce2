import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Api, Procedure } from '../platform/api.ts'
import { addDays } from '../platform/clock.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { aClass, aCompletedLearner, aTrainingWorld, type TrainingWorld, value } from './fixtures.ts'
import { portalApi } from './portal-api.ts'
import { decideReport } from './reports/decide-report.ts'
import { submitReport } from './reports/submit-report.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let world: TrainingWorld
let done: Awaited<ReturnType<typeof aCompletedLearner>>
let reportId: string
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  done = await aCompletedLearner(app, { world })
  const { rows } = await sql<{ id: string }>`select id from training.reports`.execute(app.db)
  reportId = rows[0]!.id
  value(await submitReport(app, world.manager, { reportId, narrative: '按计划完成。' }))
  value(await decideReport(app, world.city, { reportId, decision: 'received' }))
})
afterAll(() => app.close())

/** Calls a procedure as the surface does: input parsed, output picked. */
async function call(api: Api, name: string, actor: Actor, input: unknown) {
  const procedure = api[name] as Procedure
  expect(procedure.permission.roles).toContain(actor.role)
  const result = await procedure.handle({ app, actor, files: [], ip: '' }, procedure.input.parse(input))
  if (!result.ok) throw new Error(`${name}: ${result.refusal.message}`)
  return procedure.kind === 'download' ? result.value : procedure.output.parse(result.value)
}

const ids = () => ({
  classId: done.classId,
  enrolmentId: done.enrolmentId,
  certificateId: done.certificateId,
  reportId,
  lessonId: done.lessons.theoryOffline,
})
const reads: [string, (given: ReturnType<typeof ids>) => object][] = [
  ['training.list-classes', () => ({})],
  ['training.export-classes', () => ({})],
  ['training.read-class', ({ classId }) => ({ classId })],
  ['training.list-filed-plans', () => ({})],
  ['training.list-enrolments', ({ classId }) => ({ classId })],
  ['training.export-enrolments', ({ classId }) => ({ classId })],
  ['training.read-enrolment', ({ enrolmentId }) => ({ enrolmentId })],
  ['training.roster-template', () => ({})],
  ['training.list-register', () => ({ q: '学员' })],
  ['training.export-register', () => ({})],
  ['training.list-teachers', () => ({})],
  ['training.export-teachers', () => ({})],
  ['training.teacher-requirements', () => ({})],
  ['training.read-timetable', ({ classId }) => ({ classId })],
  ['training.export-timetable', ({ classId }) => ({ classId })],
  ['training.read-attendance', ({ lessonId }) => ({ lessonId })],
  ['training.export-attendance', ({ lessonId }) => ({ lessonId })],
  ['training.list-hours', ({ classId }) => ({ classId })],
  ['training.export-hours', ({ classId }) => ({ classId })],
  ['training.list-assessments', ({ classId }) => ({ classId })],
  ['training.score-sheet', ({ classId }) => ({ classId })],
  ['training.list-certificates', () => ({})],
  ['training.export-certificates', () => ({})],
  ['training.read-certificate', ({ certificateId }) => ({ certificateId })],
  ['training.certificate-pdf', ({ certificateId }) => ({ certificateId })],
  ['training.certificates-pdf', ({ classId }) => ({ classId })],
  ['training.list-reports', () => ({})],
  ['training.export-reports', () => ({})],
  ['training.read-report', (given) => ({ reportId: given.reportId })],
  ['training.report-roster', (given) => ({ reportId: given.reportId })],
  ['training.report-pdf', (given) => ({ reportId: given.reportId })],
  ['training.report-receipt', (given) => ({ reportId: given.reportId, round: '1', office: 'city' })],
]

describe('reading at the workbench', () => {
  it.each(reads)('%s answers in its own shape', async (name, input) => {
    const answer = (await call(workbenchApi, name, world.manager, input(ids()))) as { bytes?: Uint8Array }
    expect(answer).toBeDefined()
    if (answer.bytes) expect(answer.bytes.byteLength).toBeGreaterThan(500)
  })

  it('covers every query and download of the workbench', () => {
    const all = Object.entries(workbenchApi).filter(([, procedure]) => procedure.kind !== 'command')
    // The door code needs a lesson that is on: `check-in.test.ts` asks for it.
    const asked = [...reads.map(([name]) => name), 'training.show-door-code']
    expect(all.map(([name]) => name).filter((name) => !asked.includes(name))).toEqual([])
  })

  it('shows a city its own classes only, and the nation all', async () => {
    const rows = async (actor: Actor) =>
      ((await call(workbenchApi, 'training.list-classes', actor, {})) as { total: number }).total
    expect(await rows(world.city)).toBe(1)
    expect(await rows(anActor('city_officer', { cityCode: '420500' }))).toBe(0)
    expect(await rows(anActor('provincial_officer', { provinceCode: '340000' }))).toBe(0)
    expect(await rows(anActor('national_officer'))).toBe(1)
  })

  it('tells a manager what may be done, with the reason when not, and a city nothing of it', async () => {
    const of = async (actor: Actor) =>
      (
        (await call(workbenchApi, 'training.read-class', actor, { classId: done.classId })) as {
          actions: Record<string, unknown>
        }
      ).actions
    expect(await of(world.manager)).toMatchObject({
      start: { allowed: false, because: { code: 'CLASS_STATE' } },
      reopen: { allowed: false, because: { code: 'CLASS_HAS_CERTIFICATES' } },
    })
    expect(await of(world.city)).toEqual({})
  })

  it('keeps the secret code of a certificate to its paper', async () => {
    const answer = await call(workbenchApi, 'training.read-certificate', world.manager, {
      certificateId: done.certificateId,
    })
    expect(answer).not.toHaveProperty('code')
  })
})

describe('reading at the portal', () => {
  it('lists announcements to the public, open ones on request, and finds them by city, occupation and level', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const list = async (input: object) =>
      (
        (await call(portalApi, 'training.list-announcements', anActor('public'), input)) as {
          rows: { id: string }[]
        }
      ).rows.map((row) => row.id)
    expect(await list({ open: 'true', cityCode: '420100', occupationId: 'ai', level: '初级' })).toEqual([
      one.announcementId,
    ])
    expect(await list({ level: '高级' })).toEqual([])
    expect(await list({ q: '没有这样的班' })).toEqual([])
    app.clock.setDay(addDays(app.clock.today(), 1))
    expect(await list({ open: 'true' })).toEqual([])
    expect(await list({})).toEqual([one.announcementId])
    const detail = await call(portalApi, 'training.read-announcement', anActor('public'), {
      announcementId: one.announcementId,
    })
    expect(detail).toMatchObject({
      open: false,
      daysLeft: -1,
      lessons: [{ mode: 'online' }, { mode: 'offline' }, { content: 'practice' }],
      mine: null,
      actions: { enrol: { allowed: false, because: { code: 'ENROLMENT_NOT_OPEN' } } },
    })
    expect(await call(portalApi, 'training.announcement-choices', anActor('public'), {})).toMatchObject({
      occupations: [{ id: 'ai' }],
    })
  })

  it('tells a learner the verdict before enrolling, without keeping it', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const before = await sql`select count(*) as kept from platform.decisions`.execute(app.db)
    const answer = await call(portalApi, 'training.check-audience', done.learner, {
      announcementId: one.announcementId,
    })
    expect(answer).toMatchObject({ verdict: { outcome: '符合' }, unsaid: [] })
    expect((await sql`select count(*) as kept from platform.decisions`.execute(app.db)).rows).toEqual(
      before.rows,
    )
  })

  it('shows a learner the own courses, lessons and certificates, and nobody else theirs', async () => {
    const own = { enrolmentId: done.enrolmentId }
    expect(await call(portalApi, 'training.my-courses', done.learner, {})).toMatchObject({
      rows: [{ ...own, state: 'completed' }],
    })
    expect(await call(portalApi, 'training.read-course', done.learner, own)).toMatchObject({
      totalHours: 8,
      completion: { outcome: '符合' },
      assessment: { mark: 'present', passed: true },
      lessons: [{ creditedMinutes: 90 }, { creditedMinutes: 90 }, { creditedMinutes: 180 }],
    })
    expect(
      await call(portalApi, 'training.read-online-lesson', done.learner, {
        lessonId: done.lessons.theoryOnline,
      }),
    ).toMatchObject({
      lengthMs: 5_400_000,
      pages: { length: 18 },
    })
    expect(await call(portalApi, 'training.my-certificates', done.learner, {})).toMatchObject({
      rows: [{ id: done.certificateId, state: 'issued' }],
    })
    const paper = (await call(portalApi, 'training.my-certificate-pdf', done.learner, {
      certificateId: done.certificateId,
    })) as { bytes: Uint8Array }
    expect(Buffer.from(paper.bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    const stranger = anActor('learner')
    await expect(call(portalApi, 'training.read-course', stranger, own)).rejects.toThrow(
      '没有查到这条报名记录',
    )
    await expect(
      call(portalApi, 'training.my-certificate-pdf', stranger, { certificateId: done.certificateId }),
    ).rejects.toThrow('没有查到')
  })
})
