import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { decideEnrolments } from '../enrolments/decide-enrolments.ts'
import { enrol } from '../enrolments/enrol.ts'
import { aClass, aLearner, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { cancelLesson } from '../timetable/cancel-lesson.ts'
import { cancelClass } from './cancel-class.ts'
import { readClass } from './read-class.ts'
import { startClass } from './start-class.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
afterAll(() => app.close())

const start = async (classId: string, actor = world.manager) => {
  const result = await startClass(app, actor, { classId })
  return result.ok ? 'ok' : result.refusal.code
}

describe('starting a class', () => {
  it('is refused before it is announced, and to another institution', async () => {
    const { classId } = await aClass(app, { world })
    expect(await start(classId)).toBe('CLASS_STATE')
    expect(await start(classId, world.otherManager)).toBe('CLASS_NOT_FOUND')
  })

  it('is refused without anybody admitted, or with enrolments nobody has decided', async () => {
    const { classId, announcementId } = await aClass(app, { world, state: 'announced' })
    expect(await start(classId)).toBe('NOBODY_ADMITTED')
    value(await enrol(app, await aLearner(app), { announcementId }))
    expect(await start(classId)).toBe('ENROLMENTS_UNDECIDED')
  })

  it('is refused while the timetable lacks hours of one kind, and says which', async () => {
    const { classId, lessons } = await aClass(app, { world, state: 'admitted' })
    value(await cancelLesson(app, world.manager, { lessonId: lessons.practiceOffline, reason: '调课' }))
    const result = await startClass(app, world.manager, { classId })
    expect(result).toMatchObject({ refusal: { code: 'TIMETABLE_SHORT', clause: 'HB-4.3' } })
    expect(!result.ok && result.refusal.message).toContain('线下实操已排 0 学时，计划 4 学时')
  })

  it('is refused below the standard hours the province has confirmed, never on a figure nobody has verified', async () => {
    const standard = sql`parameter = 'engineer.standard-hours' and occupation_id = ${world.occupationId}`
    const { classId } = await aClass(app, { world, state: 'admitted' })
    await sql`update platform.policy_settings set value = '800'::jsonb where ${standard}`.execute(app.db)
    expect(await start(classId)).toBe('TIMETABLE_SHORT')
    await sql`delete from platform.policy_settings where ${standard}`.execute(app.db)
    const read = await readClass(app, world.manager, { classId })
    expect(read).toMatchObject({ ok: true, value: { standardHours: { verified: false } } })
    expect(await start(classId)).toBe('ok')
    await sql`insert into platform.policy_settings (province_code, parameter, occupation_id, level, value, from_on, source,
        proposed_by, confirmed_by, confirmed_at, created_at)
      values ('420000', 'engineer.standard-hours', ${world.occupationId}, ${world.level}, '8'::jsonb, '2023-06-02', '试验设定',
        '甲', '乙', ${app.clock.now()}, ${app.clock.now()})`.execute(app.db)
  })

  it('is refused when a teacher has lost the qualification since', async () => {
    const { classId, teacherId } = await aClass(app, { world, state: 'admitted' })
    await sql`update training.teacher_qualifications set withdrawn_on = '2020-01-01' where teacher_id = ${teacherId}`.execute(
      app.db,
    )
    expect(await start(classId)).toBe('TEACHER_NOT_QUALIFIED')
  })

  it('starts once, and tells those still waiting', async () => {
    const one = await aClass(app, { world, state: 'admitted', capacity: 1 })
    const waiting = value(await enrol(app, await aLearner(app), { announcementId: one.announcementId }))
    expect(waiting).toMatchObject({ state: 'waiting', waitingPlace: 1 })
    expect(await start(one.classId)).toBe('ok')
    expect(await start(one.classId)).toBe('CLASS_STATE')
    const { rows } = await sql`select state from training.enrolments where id = ${waiting.id}`.execute(app.db)
    expect(rows).toEqual([{ state: 'declined' }])
  })
})

describe('cancelling a class', () => {
  it('is refused once it is completed', async () => {
    const { classId } = await aClass(app, { world, state: 'completed' })
    expect(await cancelClass(app, world.manager, { classId, reason: '无' })).toMatchObject({
      refusal: { code: 'CLASS_STATE' },
    })
  })

  it('ends its enrolments with the reason and its open duties', async () => {
    const { classId, learners } = await aClass(app, { world, state: 'admitted' })
    value(await cancelClass(app, world.manager, { classId, reason: '场地维修' }))
    const { rows } =
      await sql`select state, reason from training.enrolments where id = ${learners[0]!.enrolmentId}`.execute(
        app.db,
      )
    expect(rows).toEqual([{ state: 'declined', reason: '培训班取消：场地维修' }])
    const open = await sql`select from duties.duties where subject = ${`class:${classId}`}
      and fulfilled_at is null and cancelled_at is null`.execute(app.db)
    expect(open.rows).toHaveLength(0)
    expect(
      await decideEnrolments(app, world.manager, {
        classId,
        enrolmentIds: [learners[0]!.enrolmentId],
        decision: 'admitted',
      }),
    ).toMatchObject({
      refusal: { code: 'CLASS_STATE' },
    })
  })
})
