import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countQueries } from '../../platform/db.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aClass, aLearner, aTrainingWorld, type TrainingWorld, value } from '../fixtures.ts'
import { decideEnrolments } from './decide-enrolments.ts'
import { enrol } from './enrol.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
afterAll(() => app.close())

async function enrolled(announcementId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i += 1)
    ids.push(value(await enrol(app, await aLearner(app), { announcementId })).id)
  return ids
}
const states = async (ids: string[]) => {
  const { rows } = await sql<{ state: string }>`
    select state from training.enrolments where id = any(${ids}::uuid[]) order by position`.execute(app.db)
  return rows.map((row) => row.state)
}

describe('deciding enrolments', () => {
  it("does not find another institution's class, nor another class's enrolment", async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const other = await aClass(app, { world, state: 'announced' })
    const ids = await enrolled(other.announcementId, 1)
    const input = { classId: one.classId, enrolmentIds: ids, decision: 'admitted' as const }
    expect(await decideEnrolments(app, world.otherManager, input)).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    expect(await decideEnrolments(app, world.manager, input)).toMatchObject({
      refusal: { code: 'ENROLMENT_NOT_FOUND' },
    })
  })

  it('changes nothing when one of the chosen is decided already', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const ids = await enrolled(one.announcementId, 2)
    value(
      await decideEnrolments(app, world.manager, {
        classId: one.classId,
        enrolmentIds: [ids[0]!],
        decision: 'admitted',
      }),
    )
    expect(
      await decideEnrolments(app, world.manager, {
        classId: one.classId,
        enrolmentIds: ids,
        decision: 'declined',
        reason: '条件不符',
      }),
    ).toMatchObject({
      refusal: { code: 'ENROLMENTS_NOT_OPEN' },
    })
    expect(await states(ids)).toEqual(['admitted', 'registered'])
  })

  it('refuses more from the waiting list than there are seats', async () => {
    const one = await aClass(app, { world, state: 'announced', capacity: 1 })
    const ids = await enrolled(one.announcementId, 2)
    expect(
      await decideEnrolments(app, world.manager, {
        classId: one.classId,
        enrolmentIds: ids,
        decision: 'admitted',
      }),
    ).toMatchObject({
      refusal: { code: 'SEATS_FULL' },
    })
  })

  it('asks what was checked where the audience verdict was not a plain yes', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const ids = await enrolled(one.announcementId, 1)
    await sql`update training.enrolments set audience_outcome = '需人工认定' where id = ${ids[0]}`.execute(
      app.db,
    )
    const input = { classId: one.classId, enrolmentIds: ids, decision: 'admitted' as const }
    expect(await decideEnrolments(app, world.manager, input)).toMatchObject({
      refusal: { code: 'AUDIENCE_UNCHECKED', clause: 'HB-2' },
    })
    expect(
      value(await decideEnrolments(app, world.manager, { ...input, reason: '已核验劳动合同' })),
    ).toMatchObject({ decided: 1 })
  })

  it('moves the waiting list up when a seat is freed by declining', async () => {
    const one = await aClass(app, { world, state: 'announced', capacity: 1 })
    const ids = await enrolled(one.announcementId, 2)
    expect(
      value(
        await decideEnrolments(app, world.manager, {
          classId: one.classId,
          enrolmentIds: [ids[0]!],
          decision: 'declined',
          reason: '材料不实',
        }),
      ),
    ).toEqual({
      decided: 1,
      movedUp: 1,
    })
    expect(await states(ids)).toEqual(['declined', 'registered'])
  })

  it('admits many with as many queries as few', async () => {
    const few = await aClass(app, { world, state: 'announced' })
    const many = await aClass(app, { world, state: 'announced' })
    const admit = async (fixture: typeof few, count: number) => {
      const ids = await enrolled(fixture.announcementId, count)
      return countQueries(async (counted) => {
        value(
          await decideEnrolments(app, world.manager, {
            classId: fixture.classId,
            enrolmentIds: ids,
            decision: 'admitted',
          }),
        )
        return counted.queries
      })
    }
    expect(await admit(many, 30)).toBe(await admit(few, 2))
  })
})
