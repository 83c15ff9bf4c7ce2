import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aFiledPlan, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { type PlanClassInput, planClass } from './plan-class.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
afterAll(() => app.close())

async function input(rest: Partial<PlanClassInput> = {}): Promise<PlanClassInput> {
  return {
    filingId: rest.filingId ?? (await aFiledPlan(app, world)),
    name: '人工智能初级 1 班',
    capacity: 40,
    startsOn: app.clock.today(),
    endsOn: addDays(app.clock.today(), 30),
    passMarkTenths: 600,
    ...rest,
  }
}
const code = async (given: PlanClassInput, actor = world.manager) => {
  const result = await planClass(app, actor, given)
  return result.ok ? 'ok' : result.refusal.code
}

describe('planning a class', () => {
  it('is refused on a plan that is not filed yet', async () => {
    const filingId = await aFiledPlan(app, world, { state: 'submitted' })
    const result = await planClass(app, world.manager, await input({ filingId }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'FILED_PLAN_NOT_FOUND', clause: 'HB-4.1' } })
  })

  it("is refused on another institution's plan", async () => {
    expect(await code(await input(), world.otherManager)).toBe('FILED_PLAN_NOT_FOUND')
  })

  it('is refused once the institution is out of the catalogue', async () => {
    const other = await aTrainingWorld(app)
    const filingId = await aFiledPlan(app, other)
    await sql`update institutions.catalogue_entries set to_on = ${addDays(app.clock.today(), -1)}, ended_reason = '移出'
      where organisation_id = ${other.institution.organisationId}`.execute(app.db)
    const result = await planClass(app, other.manager, await input({ filingId }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'INSTITUTION_NOT_LISTED', clause: 'HB-6.2' } })
  })

  it('is refused at a venue in another province', async () => {
    const venue = { name: '合肥分部', provinceCode: '340000', cityCode: '340100' }
    const result = await planClass(app, world.manager, await input({ venue }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'CLASS_OUT_OF_PROVINCE', clause: 'HB-6.2' } })
  })

  it('is refused outside the filed days, beyond the filed learners and beyond the filed classes', async () => {
    expect(await code(await input({ endsOn: addDays(app.clock.today(), 400) }))).toBe(
      'CLASS_DAYS_BEYOND_PLAN',
    )
    const filingId = await aFiledPlan(app, world, { plannedLearners: 50, classes: 2 })
    expect(await code(await input({ filingId }))).toBe('ok')
    expect(await code(await input({ filingId, capacity: 11 }))).toBe('CLASS_BEYOND_PLAN')
    expect(await code(await input({ filingId, capacity: 5 }))).toBe('ok')
    expect(await code(await input({ filingId, capacity: 5 }))).toBe('CLASS_COUNT_BEYOND_PLAN')
  })

  it('lets only one of two browsers take the last filed places', async () => {
    const filingId = await aFiledPlan(app, world, { plannedLearners: 60 })
    const given = await input({ filingId })
    const codes = await Promise.all([code(given), code(given)])
    expect(codes.sort()).toEqual(['CLASS_BEYOND_PLAN', 'ok'])
  })

  it('repeats what was filed and opens the duty to announce', async () => {
    const { id } = value(await planClass(app, world.manager, await input()))
    const { rows } = await sql`
      select c.occupation_id, c.level, c.state, c.province_code, c.standard_hour_minutes, d.kind, d.clause
      from training.classes c join duties.duties d on d.subject = 'class:' || c.id where c.id = ${id}`.execute(
      app.db,
    )
    expect(rows).toEqual([
      {
        occupationId: 'ai',
        level: '初级',
        state: 'planned',
        provinceCode: '420000',
        standardHourMinutes: 45,
        kind: 'training.announce-class',
        clause: 'HB-4.2',
      },
    ])
  })

  it('flags a name that sounds like joint training, for the city to look at', async () => {
    const { id } = value(await planClass(app, world.manager, await input({ name: '长三角联合办学班' })))
    const { rows } = await sql`
      select c.name_flags, c.name_review, d.holder_role from training.classes c
      join duties.duties d on d.subject = 'class:' || c.id and d.kind = 'training.review-class-name'
      where c.id = ${id}`.execute(app.db)
    expect(rows).toEqual([{ nameFlags: ['联合'], nameReview: 'open', holderRole: 'city_officer' }])
  })
})
