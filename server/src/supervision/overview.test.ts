import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aCertificateWorld,
  aLevelCertificate,
  aScoredSitting,
  type CertificateWorld,
} from '../certificates/fixtures.ts'
import { type Actor, type Call, PUBLIC_ACTOR } from '../platform/api.ts'
import { countQueries } from '../platform/db.ts'
import { aTestApp, type TestApp } from '../platform/testing/index.ts'
import { overview } from './overview.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let world: CertificateWorld
const YEAR = { year: 2026 }

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
  await aScoredSitting(app, world, { passed: 3, failed: 2 })
  await aLevelCertificate(app, { world })
})
afterAll(() => app.close())

const call = (actor: Actor): Call => ({ app, actor, files: [], ip: '' })
const stage = (found: Awaited<ReturnType<typeof overview>>, name: string) =>
  found.funnel.find((one) => one.stage === name)?.people

describe('the year at a glance (HB-1)', () => {
  it('tells another province nothing of this one, neither figures nor people', async () => {
    const elsewhere = await overview(app, world.otherProvince, YEAR)
    expect(elsewhere.funnel.every((one) => one.people === 0)).toBe(true)
    expect(elsewhere.cells).toEqual([])
    expect(elsewhere.target).toBeNull()
    const people = await workbenchApi['supervision.list-people'].handle(call(world.otherProvince), {
      ...YEAR,
      stage: 'trained',
      page: 1,
      size: 20,
    })
    expect(people).toMatchObject({ ok: true, value: { total: 0 } })
  })

  it("counts the province's people once a stage, by city, and compares with the notice's own target", async () => {
    const found = await overview(app, world.province, YEAR)
    expect(found.target).toMatchObject({ people: 2000, clause: 'HB-1', origin: 'notice' })
    expect(stage(found, 'passed')).toBeGreaterThan(0)
    expect(stage(found, 'certified')).toBe(1)
    expect(found.reached).toBe(stage(found, 'trained'))
    expect(found.reached).toBeGreaterThan(0)
    expect(found.cities.length).toBeGreaterThan(1)
    expect(found.cities.reduce((sum, one) => sum + one.reached, 0)).toBe(found.reached)
    expect(found.cities.find((one) => one.cityCode === '420100')?.reached).toBe(found.reached)
  })

  it('asks as often for seventeen cities as for one', async () => {
    const queries = (actor: Actor) =>
      countQueries(async (count) => {
        await overview(app, actor, YEAR)
        return count.queries
      })
    expect(await queries(world.province)).toBeLessThanOrEqual((await queries(world.city)) + 2)
  })

  it('leaves a trace of who looked at the people behind a figure, without the name searched for', async () => {
    const input = { ...YEAR, stage: 'trained' as const, q: '赵一', page: 1, size: 20 }
    await workbenchApi['supervision.list-people'].handle(call(world.province), input)
    await workbenchApi['supervision.export-people'].handle(call(world.province), {
      ...YEAR,
      stage: 'trained',
      q: '赵一',
    })
    const { rows } = await sql<{ data: unknown }>`
      select data from platform.audit_events where name = 'numbers.people-read'
        and actor_account = ${world.province.accountId ?? PUBLIC_ACTOR.name} order by seq desc limit 2`.execute(
      app.db,
    )
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('赵一')
  })
})
