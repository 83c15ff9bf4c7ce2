import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIdNumber, aPerson } from '../../people/fixtures.ts'
import { countQueries } from '../../platform/db.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aClass, aTrainingWorld, type ClassFixture, type TrainingWorld, value } from '../fixtures.ts'
import { importRoster } from './import-roster.ts'
import { rosterTemplate } from './roster-sheet.ts'

let app: TestApp
let world: TrainingWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
})
afterAll(() => app.close())

type Row = Record<'name' | 'idNumber' | 'phone' | 'situation' | 'retired' | 'graduatesOn', string>
const row = (rest: Partial<Row> = {}): Row => ({
  name: '王建国',
  idNumber: anIdNumber(),
  phone: '13900000001',
  situation: '在岗',
  retired: '否',
  graduatesOn: '',
  ...rest,
})
const sheet = (rows: Row[]) =>
  writeSheet({
    title: '学员名单',
    columns: [
      { key: 'name', title: '姓名' },
      { key: 'idNumber', title: '证件号码' },
      { key: 'phone', title: '手机号' },
      { key: 'situation', title: '从业状态' },
      { key: 'retired', title: '是否已退休' },
      { key: 'graduatesOn', title: '预计毕业日期' },
    ],
    rows,
  })
const load = async (one: ClassFixture, rows: Row[], keep = true, actor = world.manager) =>
  importRoster(app, actor, { classId: one.classId, keep, bytes: await sheet(rows) })
const enrolled = async (one: ClassFixture) => {
  const { rows } = await sql<{ state: string }>`
    select state from training.enrolments where class_id = ${one.classId} order by position`.execute(app.db)
  return rows.map((found) => found.state)
}

describe('importing a roster', () => {
  it('is refused for another institution, outside enrolment, and when the file is no sheet', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    expect(await load(one, [row()], true, world.otherManager)).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    const planned = await aClass(app, { world })
    expect(await load(planned, [row()])).toMatchObject({ refusal: { code: 'CLASS_STATE' } })
    const noise = { classId: one.classId, keep: true, bytes: Buffer.from('not a workbook') }
    expect(await importRoster(app, world.manager, noise)).toMatchObject({
      refusal: { code: 'ROSTER_UNREADABLE' },
    })
    expect(await importRoster(app, world.manager, { ...noise, bytes: await rosterTemplate() })).toMatchObject(
      {
        refusal: { code: 'ROSTER_UNREADABLE' },
      },
    )
  })

  it('tells every bad row with its number and takes the good ones', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const known = await aPerson(app, { name: '李秀英' })
    const twice = row({ name: '赵敏' })
    const report = value(
      await load(one, [
        row({ idNumber: '420106199506150001' }),
        row({ name: '李秀兰', idNumber: known.idNumber }),
        row({ retired: '是' }),
        row({ situation: '毕业学年学生' }),
        twice,
        twice,
        row({ phone: '123' }),
        row({ name: '孙立' }),
      ]),
    )
    expect(report).toMatchObject({ rows: 8, good: 2, saved: 2, waiting: 0 })
    // The sheet has its title above the header: data begins in row 3.
    expect(
      report.errors.map((error) => [error.row, error.message.replace(/第 \d+ 行/, '').slice(0, 16)]),
    ).toEqual([
      [3, expect.stringContaining('实名登记未通过')],
      [4, expect.stringContaining('实名登记未通过')],
      [5, expect.any(String)],
      [6, expect.stringContaining('还不能判断')],
      [8, expect.stringContaining('证件号码相同')],
      [9, expect.any(String)],
    ])
    expect(await enrolled(one)).toEqual(['registered', 'registered'])
  })

  it('leaves no trace as a preview, and shows what keeping would do', async () => {
    const one = await aClass(app, { world, state: 'announced' })
    const given = row({ name: '周预览' })
    expect(value(await load(one, [given], false))).toMatchObject({ good: 1, saved: 0, errors: [] })
    const { rows } = await sql`select from people.persons where name = '周预览'`.execute(app.db)
    expect(rows).toHaveLength(0)
    expect(value(await load(one, [given]))).toMatchObject({ saved: 1 })
    expect(value(await load(one, [given]))).toMatchObject({
      saved: 0,
      errors: [{ message: expect.stringContaining('已在本班报名') }],
    })
  })

  it('puts those beyond the seats on the waiting list, in the order of the sheet', async () => {
    const one = await aClass(app, { world, state: 'announced', capacity: 2 })
    expect(value(await load(one, [row(), row(), row()]))).toMatchObject({ saved: 3, waiting: 1 })
    expect(await enrolled(one)).toEqual(['registered', 'registered', 'waiting'])
  })

  it('imports many with as many queries as few', async () => {
    const queries = async (count: number) => {
      const one = await aClass(app, { world, state: 'announced', capacity: 100 })
      const rows = Array.from({ length: count }, () => row())
      return countQueries(async (counted) => {
        value(await load(one, rows))
        return counted.queries
      })
    }
    expect(await queries(60)).toBe(await queries(2))
  })
})
