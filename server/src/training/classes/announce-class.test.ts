import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { enrol } from '../enrolments/enrol.ts'
import {
  aClass,
  aLearner,
  aTrainingWorld,
  type ClassFixture,
  type TrainingWorld,
  value,
} from '../fixtures.ts'
import { type AnnounceClassInput, announceClass } from './announce-class.ts'
import { reviewClassName } from './review-class-name.ts'
import { withdrawAnnouncement } from './withdraw-announcement.ts'

let app: TestApp
let world: TrainingWorld
let planned: ClassFixture
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  planned = await aClass(app, { world })
})
afterAll(() => app.close())

const input = (rest: Partial<AnnounceClassInput> = {}): AnnounceClassInput => ({
  classId: planned.classId,
  title: '招生公告',
  body: '面向社会公开招生。',
  contact: '027-00000000',
  enrolFromOn: app.clock.today(),
  enrolToOn: app.clock.today(),
  ...rest,
})
const refusal = async (given: AnnounceClassInput, actor = world.manager) => {
  const result = await announceClass(app, actor, given)
  return result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.clause}`
}

describe('announcing a class', () => {
  it("does not find another institution's class", async () => {
    expect(await refusal(input(), world.otherManager)).toBe('CLASS_NOT_FOUND null')
  })

  it('is refused when the last day of enrolment is before the first, past, or after the class starts', async () => {
    const today = app.clock.today()
    expect(await refusal(input({ enrolToOn: addDays(today, -1) }))).toBe('ENROL_WINDOW_INVALID HB-4.2')
    expect(await refusal(input({ enrolFromOn: addDays(today, -9), enrolToOn: addDays(today, -3) }))).toBe(
      'ENROL_WINDOW_INVALID HB-4.2',
    )
    expect(await refusal(input({ enrolToOn: addDays(today, 1) }))).toBe('ENROL_WINDOW_INVALID HB-4.2')
  })

  it('is refused with words that promise too much', async () => {
    expect(await refusal(input({ body: '零基础，包 就业，可办培训贷' }))).toBe(
      'ADVERTISING_PROHIBITED HB-6.2',
    )
  })

  it('is refused while the fee is not published', async () => {
    const other = await aTrainingWorld(app, { withoutFee: true })
    const one = await aClass(app, { world: other })
    expect(await refusal(input({ classId: one.classId }), other.manager)).toBe('FEE_NOT_PUBLISHED HB-6.3')
  })

  it('is refused while a flagged name is under review, and after it was rejected', async () => {
    const flagged = await aClass(app, { world, name: '校企联盟班' })
    expect(await refusal(input({ classId: flagged.classId }))).toBe('CLASS_NAME_UNDER_REVIEW HB-6.2')
    const review = { classId: flagged.classId, reason: '与外省机构联合招生' }
    expect(
      await reviewClassName(
        app,
        { ...world.city, organisation: { ...world.city.organisation!, cityCode: '420500' } },
        { ...review, outcome: 'cleared' },
      ),
    ).toMatchObject({ refusal: { code: 'CLASS_NOT_FOUND' } })
    value(await reviewClassName(app, world.city, { ...review, outcome: 'rejected' }))
    expect(await refusal(input({ classId: flagged.classId }))).toBe('CLASS_NAME_REJECTED HB-6.2')
    value(await reviewClassName(app, world.city, { ...review, outcome: 'cleared' }))
    expect(await refusal(input({ classId: flagged.classId }))).toBe('ok')
  })

  it('publishes once, with the fee of the day', async () => {
    expect(await refusal(input())).toBe('ok')
    expect(await refusal(input())).toBe('CLASS_STATE HB-4.3')
    const { rows } =
      await sql`select state, fee_cents from training.classes where id = ${planned.classId}`.execute(app.db)
    expect(rows).toEqual([{ state: 'announced', feeCents: 280_000 }])
  })
})

describe('withdrawing an announcement', () => {
  it('is refused once somebody has enrolled', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    value(await enrol(app, await aLearner(app), { announcementId: one.announcementId }))
    expect(
      await withdrawAnnouncement(app, world.manager, { classId: one.classId, reason: '改期' }),
    ).toMatchObject({
      refusal: { code: 'ANNOUNCEMENT_HAS_ENROLMENTS' },
    })
  })

  it('leads back to planned, and the class can be announced again', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    value(await withdrawAnnouncement(app, world.manager, { classId: one.classId, reason: '改期' }))
    expect(await refusal(input({ classId: one.classId }))).toBe('ok')
  })
})
