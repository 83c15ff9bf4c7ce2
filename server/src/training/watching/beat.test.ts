import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/api.ts'
import { addDays } from '../../platform/clock.ts'
import { countQueries } from '../../platform/db.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { startClass } from '../classes/start-class.ts'
import { decideEnrolments } from '../enrolments/decide-enrolments.ts'
import { enrol } from '../enrolments/enrol.ts'
import {
  aClass,
  aLearner,
  aTrainingWorld,
  type ClassFixture,
  type TrainingWorld,
  value,
} from '../fixtures.ts'
import { beat } from './beat.ts'
import { startWatching } from './start-watching.ts'

let app: TestApp
let world: TrainingWorld
let first: ClassFixture
let second: ClassFixture
let learner: Actor
let firstDay: string
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  firstDay = app.clock.today()
})
// One person in two running classes, each with 机器学习基础: 90 minutes online, from tomorrow 08:00 for a week.
beforeEach(async () => {
  app.clock.setDay(firstDay)
  learner = await aLearner(app)
  first = await inClass(await aClass(app, { world, state: 'announced' }))
  second = await inClass(await aClass(app, { world, state: 'announced' }))
  app.clock.setDay(addDays(firstDay, 1), '09:00')
})
afterAll(() => app.close())

async function inClass(one: ClassFixture): Promise<ClassFixture> {
  const { id } = value(await enrol(app, learner, { announcementId: one.announcementId }))
  value(
    await decideEnrolments(app, world.manager, {
      classId: one.classId,
      enrolmentIds: [id],
      decision: 'admitted',
    }),
  )
  value(await startClass(app, world.manager, { classId: one.classId }))
  return { ...one, learners: [{ actor: learner, enrolmentId: id }] }
}
const start = async (one: ClassFixture, actor = learner) =>
  startWatching(app, actor, { lessonId: one.lessons.theoryOnline })
const tick = async (
  sessionId: string,
  positionSeconds: number,
  rest: { playing?: boolean; ending?: boolean } = {},
) => beat(app, learner, { sessionId, positionMs: positionSeconds * 1000, playing: true, ...rest })
const credited = async (one: ClassFixture) => {
  const { rows } = await sql<{ creditedSeconds: number }>`
    select credited_seconds from training.attendances where lesson_id = ${one.lessons.theoryOnline}`.execute(
    app.db,
  )
  return rows[0]?.creditedSeconds ?? 0
}

describe('starting to watch', () => {
  it('is refused to strangers, for an offline lesson, and outside the window', async () => {
    expect(await start(first, await aLearner(app))).toMatchObject({ refusal: { code: 'NOT_ENROLLED' } })
    expect(await startWatching(app, learner, { lessonId: first.lessons.theoryOffline })).toMatchObject({
      refusal: { code: 'LESSON_MODE' },
    })
    expect(await startWatching(app, learner, { lessonId: crypto.randomUUID() })).toMatchObject({
      refusal: { code: 'LEARNER_LESSON_NOT_FOUND' },
    })
    app.clock.setDay(addDays(firstDay, 9), '09:00')
    expect(await start(first)).toMatchObject({ refusal: { code: 'LESSON_NOT_ON', clause: 'HB-4.3' } })
  })
})

describe('a beat', () => {
  it('is refused without a lease, and after the lease was given back', async () => {
    expect(await tick(crypto.randomUUID(), 15)).toMatchObject({
      refusal: { code: 'WATCH_SESSION_NOT_FOUND' },
    })
    const { sessionId } = value(await start(first))
    app.clock.advance(15)
    value(await tick(sessionId, 15, { ending: true }))
    expect(await tick(sessionId, 30)).toMatchObject({ refusal: { code: 'WATCH_SESSION_NOT_FOUND' } })
  })

  it('counts in one tab only: the second takes the lease, the first is told', async () => {
    const former = value(await start(first))
    const latter = value(await start(first))
    app.clock.advance(15)
    expect(await tick(former.sessionId, 15)).toMatchObject({
      refusal: { code: 'WATCHING_ELSEWHERE', clause: 'HB-4.3' },
    })
    expect(value(await tick(latter.sessionId, 15))).toMatchObject({ meaning: 'watched', creditedMs: 15_000 })
  })

  it('counts in one course only, however the two take turns', async () => {
    const from = app.clock.now().getTime()
    for (let i = 0; i < 6; i += 1) {
      for (const one of [first, second]) {
        const { sessionId, positionMs } = value(await start(one))
        app.clock.advance(15)
        await tick(sessionId, positionMs / 1000 + 15)
      }
    }
    const elapsed = (app.clock.now().getTime() - from) / 1000
    expect((await credited(first)) + (await credited(second))).toBeLessThanOrEqual(elapsed)
    expect((await credited(first)) + (await credited(second))).toBe(180)
  })

  it('credits nothing for a skip, nor while the page is in the background', async () => {
    const { sessionId } = value(await start(first))
    app.clock.advance(15)
    expect(value(await tick(sessionId, 3000))).toMatchObject({
      meaning: 'skipped',
      creditedMs: 0,
      resumeMs: 0,
    })
    app.clock.advance(15)
    expect(value(await tick(sessionId, 3015, { playing: false }))).toMatchObject({
      meaning: 'paused',
      creditedMs: 0,
    })
  })

  it('counts two beats that arrive at the same instant once', async () => {
    const { sessionId } = value(await start(first))
    app.clock.advance(15)
    await Promise.all([tick(sessionId, 15), tick(sessionId, 15)])
    expect(await credited(first)).toBe(15)
  })

  it('stops counting when the class is not running any more', async () => {
    const { sessionId } = value(await start(first))
    await sql`update training.classes set state = 'completed' where id = ${first.classId}`.execute(app.db)
    app.clock.advance(15)
    expect(await tick(sessionId, 15)).toMatchObject({ refusal: { code: 'CLASS_NOT_RUNNING' } })
  })

  it('credits a lesson watched through whole, with four statements a beat', async () => {
    const { sessionId, lengthMs } = value(await start(first))
    await sql`update training.watch_progress set watched = '[]'`.execute(app.db)
    let position = 0
    let last = 0
    while (position < lengthMs / 1000) {
      position += 15
      app.clock.advance(15)
      last = await countQueries(async (count) => {
        value(await tick(sessionId, position))
        return count.queries
      })
    }
    expect(await credited(first)).toBe(5400)
    expect(last).toBeLessThanOrEqual(4)
    expect(value(await start(first))).toMatchObject({ creditedMs: lengthMs })
  })
})

describe('any interleaving of tabs, courses, skips and pauses', () => {
  it('credits no more than real time and no more than each lesson', { timeout: 120_000 }, async () => {
    const act = fc.record({
      who: fc.constantFrom('first', 'second'),
      restart: fc.boolean(),
      wait: fc.integer({ min: 0, max: 60 }),
      move: fc.oneof(fc.constant(15), fc.integer({ min: -600, max: 6000 })),
      playing: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        const before = (await credited(first)) + (await credited(second))
        const from = app.clock.now().getTime()
        const sessions: Record<string, { id: string; at: number }> = {}
        for (const { who, restart, wait, move, playing } of acts) {
          const one = who === 'first' ? first : second
          let session = sessions[who]
          if (restart || !session) {
            const started = value(await start(one))
            session = { id: started.sessionId, at: started.positionMs / 1000 }
            sessions[who] = session
          }
          app.clock.advance(wait)
          session.at = Math.max(0, session.at + move)
          await tick(session.id, session.at, { playing })
        }
        const elapsed = (app.clock.now().getTime() - from) / 1000
        const after = [await credited(first), await credited(second)]
        expect(after[0]! + after[1]! - before).toBeLessThanOrEqual(elapsed + 1)
        expect(Math.max(...after)).toBeLessThanOrEqual(5400)
      }),
      { numRuns: 12 },
    )
  })
})
