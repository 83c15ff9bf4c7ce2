import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aClass,
  aLearner,
  aTrainingWorld,
  type ClassFixture,
  type TrainingWorld,
  value,
} from '../fixtures.ts'
import { cancelLesson } from '../timetable/cancel-lesson.ts'
import { checkIn } from './check-in.ts'
import { markAttendance } from './mark-attendance.ts'
import { showDoorCode } from './show-door-code.ts'

let app: TestApp
let world: TrainingWorld
let one: ClassFixture
let firstDay: string
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  firstDay = app.clock.today()
})
// A fresh class each time: 人工智能概论 is tomorrow 14:00–17:30 with 90 minutes.
beforeEach(async () => {
  app.clock.setDay(firstDay)
  one = await aClass(app, { world, state: 'running', learners: 2 })
  at('14:00')
})
afterAll(() => app.close())

const at = (time: string, inDays = 1) => app.clock.setDay(addDays(firstDay, inDays), time)
const token = async (lessonId = one.lessons.theoryOffline) => {
  const { url } = value(await showDoorCode(app, world.manager, { lessonId }))
  return new URL(url).searchParams.get('token') ?? ''
}
const sign = async (
  given: string,
  learner = one.learners[0]!.actor,
  lessonId = one.lessons.theoryOffline,
) => {
  const result = await checkIn(app, learner, { lessonId, token: given })
  return result.ok ? result.value.minutes : result.refusal.code
}

describe('the code on the screen', () => {
  it('is shown to the institution only, and only around the lesson', async () => {
    const ask = { lessonId: one.lessons.theoryOffline }
    expect(await showDoorCode(app, world.otherManager, ask)).toMatchObject({
      refusal: { code: 'LESSON_NOT_FOUND' },
    })
    expect(await showDoorCode(app, world.manager, { lessonId: one.lessons.theoryOnline })).toMatchObject({
      refusal: { code: 'LESSON_MODE' },
    })
    at('13:29')
    expect(await showDoorCode(app, world.manager, ask)).toMatchObject({ refusal: { code: 'LESSON_NOT_ON' } })
    at('13:31')
    expect(value(await showDoorCode(app, world.manager, ask))).toMatchObject({ present: 0, expected: 2 })
  })
})

describe('signing in at the door', () => {
  it('is refused with a forged code, and with the code of another lesson', async () => {
    const good = await token()
    expect(await sign('999.abc')).toBe('DOOR_CODE_FORGED')
    expect(await sign(good, one.learners[0]!.actor, one.lessons.practiceOffline)).toBe('DOOR_CODE_FORGED')
  })

  it('is refused with the photo of a code, half a minute later', async () => {
    const good = await token()
    app.clock.advance(31)
    expect(await sign(good)).toBe('DOOR_CODE_EXPIRED')
  })

  it('is refused to somebody who is not a learner of the class', async () => {
    expect(await sign(await token(), await aLearner(app))).toBe('NOT_ENROLLED')
  })

  it('is refused after the lesson has ended', async () => {
    at('17:29')
    app.clock.advance(55)
    const good = await token()
    app.clock.advance(6)
    expect(await sign(good)).toBe('LESSON_NOT_ON')
  })

  it('is refused when the lesson was cancelled', async () => {
    const good = await token()
    value(await cancelLesson(app, world.manager, { lessonId: one.lessons.theoryOffline, reason: '停电' }))
    expect(await sign(good)).toBe('LEARNER_LESSON_CANCELLED')
  })

  it('is refused twice, also from two phones at once', async () => {
    const good = await token()
    const answers = await Promise.all([sign(good), sign(good)])
    expect(answers.map(String).sort()).toEqual(['90', 'CHECKED_IN_ALREADY'])
  })

  it('credits the whole lesson up to ten minutes late, and afterwards what is left', async () => {
    at('14:09')
    expect(await sign(await token())).toBe(90)
    at('16:30')
    expect(await sign(await token(), one.learners[1]!.actor)).toBe(59)
  })
})

describe("a teacher's mark", () => {
  const mark = (marks: { enrolmentId: string; minutes: number }[], actor = world.manager) =>
    markAttendance(app, actor, { lessonId: one.lessons.theoryOffline, marks, reason: '手机没电' })

  it('is refused to others, before the lesson, beyond its length, and for strangers', async () => {
    const { enrolmentId } = one.learners[0]!
    expect(await mark([{ enrolmentId, minutes: 90 }], world.otherManager)).toMatchObject({
      refusal: { code: 'LESSON_NOT_FOUND' },
    })
    expect(await mark([{ enrolmentId, minutes: 91 }])).toMatchObject({ refusal: { code: 'MARK_TOO_LONG' } })
    expect(await mark([{ enrolmentId: crypto.randomUUID(), minutes: 90 }])).toMatchObject({
      refusal: { code: 'ENROLMENT_NOT_FOUND' },
    })
    at('13:00')
    expect(await mark([{ enrolmentId, minutes: 90 }])).toMatchObject({
      refusal: { code: 'LESSON_NOT_BEGUN' },
    })
  })

  it('replaces what stood, and the log keeps both with the reason', async () => {
    await sign(await token())
    const { enrolmentId } = one.learners[0]!
    value(
      await mark([
        { enrolmentId, minutes: 45 },
        { enrolmentId: one.learners[1]!.enrolmentId, minutes: 0 },
      ]),
    )
    const { rows } = await sql`select credited_seconds, method from training.attendances
      where lesson_id = ${one.lessons.theoryOffline} order by credited_seconds`.execute(app.db)
    expect(rows).toEqual([
      { creditedSeconds: 0, method: 'teacher' },
      { creditedSeconds: 2700, method: 'teacher' },
    ])
    const log = await sql`select data from platform.audit_events
      where name = 'attendance.marked' and subjects @> array[${`enrolment:${enrolmentId}`}]::text[]`.execute(
      app.db,
    )
    expect(log.rows).toEqual([
      { data: { lesson: '人工智能概论', minutes: 45, before: 90, reason: '手机没电' } },
    ])
  })
})
