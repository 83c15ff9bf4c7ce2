import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSheet } from '../../platform/sheets.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { officialData } from '../fixtures.ts'
import { confirmImport } from './confirm-import.ts'
import { importColumns, importTemplate } from './import-sheet.ts'
import { type ImportPreview, previewImport } from './preview-import.ts'

let app: TestApp
const hubei = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  await officialData(app)
})
afterAll(() => app.close())

interface SheetRow {
  organisationName: string
  creditCode: string
  province: string
  occupations: string
  levels: string
  batch: string
  fromOn: string
  source: string
  note: string
}
function row(name: string, fields: Partial<SheetRow> = {}): SheetRow {
  return {
    organisationName: name,
    creditCode: '',
    province: '湖北省',
    occupations: '人工智能工程技术人员、大数据工程技术人员',
    levels: '初级、中级',
    batch: '',
    fromOn: '2026-03-02',
    source: '鄂试〔2026〕1号',
    note: '',
    ...fields,
  }
}
function workbook(rows: SheetRow[]): Promise<Buffer> {
  return writeSheet({
    title: '导入试验',
    columns: importColumns.map(({ key, title }) => ({ key, title })),
    rows,
  })
}
async function preview(rows: SheetRow[], actor = hubei): Promise<ImportPreview> {
  const bytes = await workbook(rows)
  const result = await previewImport(app, actor, { catalogue: 'training', fileName: '目录.xlsx', bytes })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
async function countOf(prefix: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from institutions.catalogue_entries where organisation_name like ${`${prefix}%`}`.execute(
    app.db,
  )
  return rows[0]!.count
}

describe('refuses', () => {
  test('a file that is no workbook, saying so', async () => {
    const bytes = Buffer.from('机构名称，所在省份')
    const result = await previewImport(app, hubei, { catalogue: 'training', fileName: 'a.csv', bytes })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'IMPORT_NOT_READABLE' } })
  })

  test('to take over a file with bad rows unless the officer says: only the good ones', async () => {
    const previewed = await preview([row('全对学院'), row('坏省学院', { province: '江湖省' })])
    const all = await confirmImport(app, hubei, {
      id: previewed.id,
      sha256: previewed.sha256,
      onlyGood: false,
    })
    expect(all).toMatchObject({
      ok: false,
      refusal: { code: 'IMPORT_HAS_ERRORS', facts: { bad: 1, good: 1 } },
    })
    expect(await countOf('全对学院')).toBe(0)
    const good = await confirmImport(app, hubei, {
      id: previewed.id,
      sha256: previewed.sha256,
      onlyGood: true,
    })
    expect(good).toEqual({ ok: true, value: { listed: 1, left: 1 } })
    expect(await countOf('全对学院')).toBe(1)
  })

  test('a hash that is not the previewed file’s, somebody else’s preview, and a second confirmation', async () => {
    const previewed = await preview([row('哈希学院')])
    const wrong = { id: previewed.id, sha256: 'a'.repeat(64), onlyGood: false }
    expect(await confirmImport(app, hubei, wrong)).toMatchObject({ refusal: { code: 'IMPORT_FILE_DIFFERS' } })
    const right = { ...wrong, sha256: previewed.sha256 }
    const colleague = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
    expect(await confirmImport(app, colleague, right)).toMatchObject({
      refusal: { code: 'IMPORT_NOT_FOUND' },
    })
    const both = await Promise.all([confirmImport(app, hubei, right), confirmImport(app, hubei, right)])
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'IMPORT_ALREADY_DONE',
      'ok',
    ])
    expect(await countOf('哈希学院')).toBe(1)
  })

  test('rows that went bad between preview and confirmation', async () => {
    const first = await preview([row('竞态学院')])
    const second = await preview([row('竞态学院')])
    await confirmImport(app, hubei, { id: first.id, sha256: first.sha256, onlyGood: false })
    expect(
      await confirmImport(app, hubei, { id: second.id, sha256: second.sha256, onlyGood: false }),
    ).toMatchObject({ ok: false, refusal: { code: 'IMPORT_HAS_ERRORS' } })
  })
})

test('every bad row of 5,000 is told with its place; previewing changes nothing', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) =>
    row(
      `大批学院${index}`,
      index % 50 === 7 ? { levels: '特级' } : index % 50 === 9 ? { occupations: '炼金术士' } : {},
    ),
  )
  rows[100] = row('大批学院99')
  rows[200] = row('大批外省学院', { province: '安徽省' })
  const previewed = await preview(rows)
  // header row 3 or so: the place counts as Excel does
  expect(previewed.problems).toHaveLength(202)
  expect(previewed.good).toHaveLength(4798)
  expect(previewed.problems.every((one) => one.row > 1 && one.message.startsWith(`第 ${one.row} 行`))).toBe(
    true,
  )
  expect(previewed.problems.filter((one) => one.message.includes('是同一机构'))).toHaveLength(1)
  expect(previewed.problems.filter((one) => one.message.includes('只能维护本省'))).toHaveLength(1)
  expect(await countOf('大批')).toBe(0)

  const done = await confirmImport(app, hubei, { id: previewed.id, sha256: previewed.sha256, onlyGood: true })
  expect(done).toEqual({ ok: true, value: { listed: 4798, left: 202 } })
  expect(await countOf('大批')).toBe(4798)
})

test('the template reads back: its one example row is found', async () => {
  const bytes = await importTemplate(app, 'training')
  const result = await previewImport(app, hubei, { catalogue: 'training', fileName: '模板.xlsx', bytes })
  expect(result).toMatchObject({
    ok: true,
    value: { good: [{ value: { provinceCode: '420000' } }], problems: [] },
  })
})
