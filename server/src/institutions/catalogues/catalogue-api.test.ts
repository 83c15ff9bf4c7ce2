import { afterAll, beforeAll, expect, test } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aListedInstitution, aPublishedFee, officialData } from '../fixtures.ts'
import { catalogueApi } from './catalogue-api.ts'
import { changeInstitutionEntry } from './change-institution-entry.ts'
import { endInstitutionEntry } from './end-institution-entry.ts'
import { listInstitution } from './list-institution.ts'

let app: TestApp
const hubei = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
const anybody = anActor('public')
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  await officialData(app)
})
afterAll(() => app.close())

const call = (actor = anybody) => ({ app, actor, ip: '127.0.0.1', files: [] })
async function entries(filter: object, actor = anybody) {
  const api = catalogueApi['institutions.list-entries']
  const result = await api.handle(call(actor), api.input.parse({ catalogue: 'training', ...filter }))
  if (!result.ok) throw new Error(result.refusal.code)
  return api.output.parse(result.value)
}

test('anybody reads the catalogue as it stood on a day, and the whole history', async () => {
  const { entryId, name } = await aListedInstitution(app, { fromOn: '2025-01-01', levels: ['初级'] })
  await changeInstitutionEntry(app, hubei, {
    id: entryId,
    organisationName: name,
    occupationIds: ['ai'],
    levels: ['初级', '中级'],
    batch: null,
    fromOn: '2026-04-01',
    source: '文件',
    reason: '增加等级',
  })
  const on = async (day: string) => (await entries({ q: name, on: day })).rows.map((row) => row.levels.length)
  expect(await on('2024-12-31')).toEqual([])
  expect(await on('2026-03-31')).toEqual([1])
  expect(await on('2026-04-01')).toEqual([2])
  expect((await entries({ q: name, history: 'yes' })).total).toBe(2)
})

test('the public sees unverified rows with their status, and not what officers think of a name', async () => {
  const found = await entries({ catalogue: 'evaluation', q: '中国机械工程学会' })
  expect(found.rows[0]).toMatchObject({
    verified: false,
    sourceStatus: '推断，待核实',
    province: '全国',
    levels: [],
  })
  const listed = await listInstitution(app, hubei, {
    catalogue: 'training',
    organisationName: '楚汉合作学院',
    creditCode: null,
    provinceCode: '420000',
    occupationIds: ['ai'],
    levels: ['初级'],
    batch: null,
    fromOn: '2026-03-02',
    source: '文件',
    note: null,
  })
  expect(listed.ok).toBe(true)
  expect((await entries({ q: '楚汉合作' })).rows[0]?.flags).toEqual([])
  expect((await entries({ q: '楚汉合作' }, hubei)).rows[0]?.flags).toEqual(['合作'])
  expect((await entries({ flagged: 'yes' }, hubei)).rows.map((row) => row.organisationName)).toEqual([
    '楚汉合作学院',
  ])
})

test('an ended row is out the day after, with its reason in the history', async () => {
  const { entryId, name } = await aListedInstitution(app)
  await endInstitutionEntry(app, hubei, { id: entryId, toOn: '2026-03-31', reason: '主动退出' })
  expect((await entries({ q: name, on: '2026-03-31' })).total).toBe(1)
  expect((await entries({ q: name, on: '2026-04-01' })).total).toBe(0)
  expect((await entries({ q: name, history: 'yes' })).rows[0]).toMatchObject({
    endedReason: '主动退出',
    toOn: '2026-03-31',
  })
})

test('fees are found by the institution’s name, with history; lists leave as Excel', async () => {
  const institution = await aListedInstitution(app, { name: '收费可查学院' })
  await aPublishedFee(app, institution, { fromOn: '2026-03-02' })
  await aPublishedFee(app, institution, { fromOn: '2026-05-01', amountCents: 300_000 })
  const api = catalogueApi['institutions.list-fees']
  const fees = async (filter: object) => {
    const result = await api.handle(call(), api.input.parse({ q: '收费可查', ...filter }))
    return result.ok ? api.output.parse(result.value).rows.map((row) => row.amountCents) : []
  }
  expect(await fees({})).toEqual([280_000])
  expect(await fees({ on: '2026-05-01' })).toEqual([300_000])
  expect(await fees({ history: 'yes' })).toEqual([300_000, 280_000])
  for (const name of [
    'export-fees',
    'export-entries',
    'export-occupations',
    'export-subsidy-standards',
  ] as const) {
    const download = catalogueApi[`institutions.${name}`]
    const input = download.input.parse(name === 'export-entries' ? { catalogue: 'training' } : {})
    const file = await download.handle(call(), input as never)
    expect(file.ok && Buffer.from(file.value.bytes).subarray(0, 2).toString()).toBe('PK')
  }
})
