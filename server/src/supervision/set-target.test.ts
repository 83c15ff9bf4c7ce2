import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { setTarget } from './set-target.ts'
import { targetsOf } from './store.ts'

let app: TestApp
const officer = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })

beforeAll(async () => {
  app = await aTestApp()
  await sql`insert into platform.regions (code, name, province_code) values
    ('420000', '湖北省', null), ('420100', '武汉市', '420000'), ('420500', '宜昌市', '420000'),
    ('340000', '安徽省', null), ('340100', '合肥市', '340000')
    on conflict do nothing`.execute(app.db)
})
afterAll(() => app.close())
beforeEach(async () => {
  await sql`delete from supervision.targets`.execute(app.db)
})

const source = '年度工作会议纪要（演示）'

describe('setting a yearly target (HB-1)', () => {
  it('refuses a city of another province', async () => {
    const result = await setTarget(app, officer, { year: 2026, cityCode: '340100', people: 10, source })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'TARGET_CITY_NOT_FOUND', clause: 'HB-1' } })
    expect(await targetsOf(app.db, '420000', 2026)).toEqual([])
  })

  it('refuses cities that add up to more than the province', async () => {
    await setTarget(app, officer, { year: 2026, people: 2000, source })
    await setTarget(app, officer, { year: 2026, cityCode: '420100', people: 1500, source })
    const result = await setTarget(app, officer, { year: 2026, cityCode: '420500', people: 501, source })
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'TARGET_BELOW_CITIES', facts: { cities: 2001, people: 2000 } },
    })
  })

  it('refuses a provincial figure below what its cities already have', async () => {
    await setTarget(app, officer, { year: 2026, cityCode: '420100', people: 1500, source })
    const result = await setTarget(app, officer, { year: 2026, people: 1499, source })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'TARGET_BELOW_CITIES' } })
  })

  it('lets two officers at once not overshoot together', async () => {
    await setTarget(app, officer, { year: 2026, people: 2000, source })
    const results = await Promise.all([
      setTarget(app, officer, { year: 2026, cityCode: '420100', people: 1200, source }),
      setTarget(app, officer, { year: 2026, cityCode: '420500', people: 1200, source }),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
  })

  it('replaces a figure and keeps the earlier one', async () => {
    await setTarget(app, officer, { year: 2026, people: 2000, source })
    await setTarget(app, officer, { year: 2026, people: 2200, source })
    const targets = await targetsOf(app.db, '420000', 2026)
    expect(targets.map((one) => [one.people, one.replacedAt === null])).toEqual([
      [2200, true],
      [2000, false],
    ])
  })
})
