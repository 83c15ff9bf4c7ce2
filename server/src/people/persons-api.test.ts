import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { anIdNumber, aPerson } from './fixtures.ts'
import { personsApi } from './persons-api.ts'

let app: TestApp
const idNumber = anIdNumber()
const hubei = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
const anhui = anActor('provincial_officer', { provinceCode: '340000', cityCode: null })

beforeAll(async () => {
  app = await aTestApp()
  await sql`insert into platform.regions (code, name, province_code) values ('420000', '湖北省', null), ('420100', '武汉市', '420000')
    on conflict do nothing`.execute(app.db)
  await aPerson(app, {
    name: '林小满',
    idNumber,
    phone: '13800001234',
    provinceCode: '420000',
    cityCode: '420100',
  })
})
afterAll(() => app.close())

async function found(actor: Actor, number: string) {
  const answer = await personsApi['people.find-by-number'].handle(
    { app, actor, files: [], ip: '' },
    { number },
  )
  return answer.ok ? answer.value.rows.map((row) => row.name) : []
}

test('another province finds nobody of this one, whatever number it knows', async () => {
  expect(await found(anhui, idNumber)).toEqual([])
  expect(await found(anhui, '13800001234')).toEqual([])
})

test('a whole document or phone number finds its person, a part of it nobody', async () => {
  expect(await found(hubei, idNumber)).toEqual(['林小满'])
  expect(await found(hubei, '13800001234')).toEqual(['林小满'])
  expect(await found(hubei, '138000012')).toEqual([])
})

test('the list, whose search stands in addresses, does not look at numbers', async () => {
  const list = async (q: string) => {
    const answer = await personsApi['people.list-persons'].handle(
      { app, actor: hubei, files: [], ip: '' },
      { q, page: 1, size: 20 },
    )
    return answer.ok ? answer.value.total : -1
  }
  expect(await list('林小')).toBe(1)
  expect(await list(idNumber)).toBe(0)
  expect(await list('13800001234')).toBe(0)
})
