import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertOrganisation } from '../../people/fixtures.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { officialData } from '../fixtures.ts'
import { listedOn } from '../listed-on.ts'
import { findEntry } from '../store/entries.ts'
import { changeInstitutionEntry } from './change-institution-entry.ts'
import { endInstitutionEntry } from './end-institution-entry.ts'
import type { EntryInput } from './entry-input.ts'
import { listInstitution } from './list-institution.ts'
import { reviewInstitutionName } from './review-institution-name.ts'

let app: TestApp
const hubei = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
const anhui = anActor('provincial_officer', { provinceCode: '340000', cityCode: null })
const nation = anActor('national_officer', { provinceCode: '110000', cityCode: null })
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  await officialData(app)
})
afterAll(() => app.close())

let serial = 0
function input(fields: Partial<EntryInput> = {}): EntryInput {
  serial += 1
  return {
    catalogue: 'training',
    organisationName: `目录试验学院${serial}`,
    creditCode: null,
    provinceCode: '420000',
    occupationIds: ['ai'],
    levels: ['初级'],
    batch: null,
    fromOn: '2026-03-02',
    source: '鄂试〔2026〕1号',
    note: null,
    ...fields,
  }
}
async function listed(fields: Partial<EntryInput> = {}): Promise<string> {
  const result = await listInstitution(app, nation, input(fields))
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.id
}
async function entryCount(): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from institutions.catalogue_entries`.execute(app.db)
  return rows[0]!.count
}

describe('refuses to list', () => {
  test('an institution of another province', async () => {
    const before = await entryCount()
    const result = await listInstitution(app, anhui, input())
    expect(result).toMatchObject({ ok: false, refusal: { code: 'ENTRY_PROVINCE_OUTSIDE', clause: 'HB-6.2' } })
    expect(await entryCount()).toBe(before)
  })

  test('a nationwide institution by a department: that is the national office’s act', async () => {
    const result = await listInstitution(app, hubei, input({ catalogue: 'evaluation', provinceCode: null }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'ENTRY_PROVINCE_OUTSIDE' } })
  })

  test('an occupation nobody knows, and one that is not in the catalogue', async () => {
    const unknown = await listInstitution(app, hubei, input({ occupationIds: ['alchemy'] }))
    expect(unknown).toMatchObject({ ok: false, refusal: { code: 'OCCUPATION_UNKNOWN' } })
    const unlisted = await listInstitution(app, hubei, input({ occupationIds: ['ai', 'robot'] }))
    expect(unlisted).toMatchObject({
      ok: false,
      refusal: { code: 'OCCUPATION_NOT_LISTED', clause: 'HB-6.2' },
    })
  })

  test('an institution that stands in the catalogue already, also for two officers in the same second', async () => {
    const twice = input()
    const results = await Promise.all([
      listInstitution(app, hubei, twice),
      listInstitution(app, nation, twice),
    ])
    expect(results.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'ENTRY_ALREADY_LISTED',
      'ok',
    ])
  })

  test('a day inside a row that has ended', async () => {
    const name = '曾经在册学院'
    const id = await listed({ organisationName: name })
    await endInstitutionEntry(app, hubei, { id, toOn: '2026-05-31', reason: '主动退出' })
    const result = await listInstitution(app, hubei, input({ organisationName: name, fromOn: '2026-05-31' }))
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'ENTRY_OVERLAPS', facts: { to: '2026-05-31' } },
    })
    const after = await listInstitution(app, hubei, input({ organisationName: name, fromOn: '2026-06-01' }))
    expect(after.ok).toBe(true)
  })

  test('a credit code that belongs to another name', async () => {
    const creditCode = '92420100DEM0000779'
    await insertOrganisation(app, {
      kind: 'training_institution',
      name: '登记名称学院',
      creditCode,
      provinceCode: '420000',
      cityCode: '420100',
    })
    const result = await listInstitution(app, hubei, input({ creditCode, organisationName: '别的名称学院' }))
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'ENTRY_ORGANISATION_DIFFERS', facts: { expected: '登记名称学院' } },
    })
  })
})

describe('refuses to change or end', () => {
  test('another province’s row, as if it did not exist', async () => {
    const id = await listed()
    const end = await endInstitutionEntry(app, anhui, { id, toOn: '2026-04-01', reason: '越权' })
    expect(end).toMatchObject({ ok: false, refusal: { code: 'ENTRY_NOT_FOUND' } })
  })

  test('into the past: decisions already made stand', async () => {
    const id = await listed({ fromOn: '2026-01-01' })
    const end = await endInstitutionEntry(app, hubei, { id, toOn: '2026-03-01', reason: '追溯' })
    expect(end).toMatchObject({
      ok: false,
      refusal: { code: 'ENTRY_DAY_PAST', facts: { earliest: '2026-03-02' } },
    })
  })

  test('a row that has ended, and a change that changes nothing', async () => {
    const name = '不变学院'
    const id = await listed({ organisationName: name, fromOn: '2026-01-01' })
    const same = { id, organisationName: name, occupationIds: ['ai'], levels: ['初级' as const], batch: null }
    const change = { ...same, fromOn: '2026-04-01', source: '文件', reason: '无改动' }
    expect(await changeInstitutionEntry(app, hubei, change)).toMatchObject({
      refusal: { code: 'ENTRY_UNCHANGED' },
    })
    await endInstitutionEntry(app, hubei, { id, toOn: '2026-03-31', reason: '退出' })
    expect(await endInstitutionEntry(app, hubei, { id, toOn: '2026-04-30', reason: '再退' })).toMatchObject({
      refusal: { code: 'ENTRY_ALREADY_ENDED' },
    })
  })

  test('any edit of a dated row, whoever asks the database', async () => {
    const id = await listed()
    const edit =
      sql`update institutions.catalogue_entries set organisation_name = '改名' where id = ${id}`.execute(
        app.db,
      )
    await expect(edit).rejects.toThrow('history')
    const removal = sql`delete from institutions.catalogue_entries where id = ${id}`.execute(app.db)
    await expect(removal).rejects.toThrow('history')
  })
})

test('a change ends the row the day before and opens another; both days read as they were', async () => {
  const organisationId = await insertOrganisation(app, {
    kind: 'training_institution',
    name: '变更学院',
    creditCode: '92420100DEM0000780',
    provinceCode: '420000',
    cityCode: '420100',
  })
  const id = await listed({
    organisationName: '变更学院',
    creditCode: '92420100DEM0000780',
    fromOn: '2026-01-01',
  })
  const changed = await changeInstitutionEntry(app, hubei, {
    id,
    organisationName: '变更学院',
    occupationIds: ['ai', 'bigdata'],
    levels: ['初级', '中级'],
    batch: '第二批',
    fromOn: '2026-04-01',
    source: '鄂试〔2026〕9号',
    reason: '扩项',
  })
  expect(changed.ok).toBe(true)
  expect(await findEntry(app.db, id)).toMatchObject({ toOn: '2026-03-31', endedReason: '变更：扩项' })
  const ask = { catalogue: 'training', organisationId, occupationId: 'bigdata', level: '中级' } as const
  expect(await listedOn(app.db, { ...ask, on: '2026-03-31' })).toMatchObject({
    ok: false,
    refusal: { code: 'INSTITUTION_NOT_LISTED_FOR', clause: 'HB-6.2' },
  })
  expect((await listedOn(app.db, { ...ask, on: '2026-04-01' })).ok).toBe(true)
})

test('an institution that never entered a catalogue is refused everywhere, with the clause', async () => {
  const organisationId = await insertOrganisation(app, {
    kind: 'training_institution',
    name: '目录外学院',
    provinceCode: '420000',
    cityCode: '420100',
  })
  const ask = {
    catalogue: 'training',
    organisationId,
    occupationId: 'ai',
    level: '初级',
    on: '2026-03-02',
  } as const
  expect(await listedOn(app.db, ask)).toMatchObject({
    refusal: { code: 'INSTITUTION_NOT_LISTED', clause: 'HB-6.2' },
  })
  expect(await listedOn(app.db, { ...ask, occupationId: 'digital_twin' })).toMatchObject({
    refusal: { code: 'OCCUPATION_NOT_LISTED' },
  })
})

test('a published row whose source is only inferred is shown but authorises nobody', async () => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from institutions.listed_institutions where organisation_name = '中国机械工程学会'`.execute(
    app.db,
  )
  expect(rows[0]!.count).toBe(0)
  const { rows: all } = await sql<{ sourceStatus: string }>`
    select source_status from institutions.catalogue_entries where organisation_name = '中国机械工程学会'`.execute(
    app.db,
  )
  expect(all).toEqual([{ sourceStatus: 'inferred' }])
})

test('a name with 联盟 is listed, flagged, reviewed once, and never refused for its name', async () => {
  const id = await listed({ organisationName: '长江数字产业联盟学院' })
  expect((await findEntry(app.db, id))?.nameFlags).toEqual(['联盟'])
  const review = { id, outcome: 'cleared', reason: '系登记名称，仅在本省办学' } as const
  expect((await reviewInstitutionName(app, hubei, review)).ok).toBe(true)
  expect(await reviewInstitutionName(app, hubei, review)).toMatchObject({
    refusal: { code: 'NAME_NOT_FLAGGED' },
  })
  const plain = await listed()
  expect(await reviewInstitutionName(app, hubei, { ...review, id: plain })).toMatchObject({
    refusal: { code: 'NAME_NOT_FLAGGED' },
  })
})
