import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { cancelClass } from '../classes/cancel-class.ts'
import { aClass, aLearner, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { enrol } from './enrol.ts'
import { withdrawEnrolment } from './withdraw-enrolment.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
afterAll(() => app.close())

describe('enrolling', () => {
  it('is refused without a real name on record', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced' })
    const nameless = anActor('learner', {}, { personId: null })
    expect(await enrol(app, nameless, { announcementId })).toMatchObject({
      refusal: { code: 'REAL_NAME_NEEDED', clause: 'HB-5.4' },
    })
  })

  it('is refused to somebody retired, with the verdict and its clause', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced' })
    const retired = await aLearner(app, {
      facts: {
        employment: [{ status: '在岗', from: '2024-01-01' }],
        retirement: { retired: true, on: '2025-01-01' },
      },
    })
    const result = await enrol(app, retired, { announcementId })
    expect(result).toMatchObject({
      refusal: { code: 'AUDIENCE_NOT_MET', clause: 'HB-2', facts: { verdict: { outcome: '不符合' } } },
    })
  })

  it('is refused while the person has not said what the rule must know, and names it', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced' })
    const silent = await aLearner(app, { facts: {} })
    const result = await enrol(app, silent, { announcementId })
    expect(result).toMatchObject({ refusal: { code: 'AUDIENCE_UNSAID', clause: 'HB-2' } })
    expect(!result.ok && result.refusal.message).toContain('是否已退休')
  })

  it('is refused before and after the window, and when the class was cancelled', async () => {
    const { announcementId, classId } = await aClass(app, { world, state: 'announced' })
    const learner = await aLearner(app)
    const today = app.clock.today()
    for (const on of [addDays(today, -1), addDays(today, 1)]) {
      app.clock.setDay(on)
      expect(await enrol(app, learner, { announcementId })).toMatchObject({
        refusal: { code: 'ENROLMENT_NOT_OPEN' },
      })
    }
    app.clock.setDay(today)
    value(await cancelClass(app, world.manager, { classId, reason: '停办' }))
    expect(await enrol(app, learner, { announcementId })).toMatchObject({
      refusal: { code: 'ANNOUNCEMENT_NOT_FOUND' },
    })
  })

  it('is refused twice, also from two browsers at once', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced' })
    const learner = await aLearner(app)
    const results = await Promise.all([
      enrol(app, learner, { announcementId }),
      enrol(app, learner, { announcementId }),
    ])
    expect(results.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual(['ENROLMENT_TWICE', 'ok'])
  })

  it('gives the last seat to one of two browsers; the other waits', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced', capacity: 1 })
    const learners = await Promise.all([aLearner(app), aLearner(app)])
    const results = await Promise.all(learners.map((learner) => enrol(app, learner, { announcementId })))
    expect(results.map((one) => one.ok && one.value.state).sort()).toEqual(['registered', 'waiting'])
  })

  it('keeps the verdict with its facts and lets the institution see the person', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced' })
    const learner = await aLearner(app)
    const enrolled = value(await enrol(app, learner, { announcementId }))
    expect(enrolled).toMatchObject({ state: 'registered', verdict: { outcome: '符合' } })
    const { rows } = await sql`
      select d.rule, d.outcome, g.basis from training.enrolments e
      join platform.decisions d on d.id = e.decision_id
      join people.dealings g on g.person_id = e.person_id where e.id = ${enrolled.id}`.execute(app.db)
    expect(rows).toEqual([{ rule: 'hubei.audience', outcome: '符合', basis: 'enrolment' }])
  })
})

describe('withdrawing from a class', () => {
  it("does not find another person's enrolment", async () => {
    const { learners } = await aClass(app, { world, state: 'admitted' })
    const stranger = await aLearner(app)
    expect(await withdrawEnrolment(app, stranger, { enrolmentId: learners[0]!.enrolmentId })).toMatchObject({
      refusal: { code: 'ENROLMENT_NOT_FOUND' },
    })
  })

  it('is refused twice and after completion', async () => {
    const done = await aClass(app, { world, state: 'completed' })
    const finished = done.learners[0]!
    expect(await withdrawEnrolment(app, finished.actor, finished)).toMatchObject({
      refusal: { code: 'ENROLMENT_STATE' },
    })
    const { learners } = await aClass(app, { world, state: 'admitted' })
    value(await withdrawEnrolment(app, learners[0]!.actor, learners[0]!))
    expect(await withdrawEnrolment(app, learners[0]!.actor, learners[0]!)).toMatchObject({
      refusal: { code: 'ENROLMENT_STATE' },
    })
  })

  it('moves the waiting list up in the order of registration, and the person may come back at its end', async () => {
    const { announcementId } = await aClass(app, { world, state: 'announced', capacity: 1 })
    const people = [await aLearner(app), await aLearner(app), await aLearner(app)]
    const ids: string[] = []
    for (const person of people) ids.push(value(await enrol(app, person, { announcementId })).id)
    expect(value(await withdrawEnrolment(app, people[0]!, { enrolmentId: ids[0]! }))).toEqual({ movedUp: 1 })
    const { rows } =
      await sql`select state from training.enrolments where id = any(${ids}::uuid[]) order by position`.execute(
        app.db,
      )
    expect(rows.map((row) => (row as { state: string }).state)).toEqual([
      'withdrawn',
      'registered',
      'waiting',
    ])
    expect(value(await enrol(app, people[0]!, { announcementId }))).toMatchObject({
      state: 'waiting',
      waitingPlace: 2,
    })
  })
})
