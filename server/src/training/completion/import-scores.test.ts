import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSheet } from '../../platform/sheets.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aClass, aTrainingWorld, type ClassFixture, type TrainingWorld, value } from '../fixtures.ts'
import { importScores } from './import-scores.ts'
import { scoreSheet } from './score-sheet.ts'
import { assessmentsOfClass } from './store.ts'

let app: TestApp
let world: TrainingWorld
let one: ClassFixture
beforeAll(async () => {
  app = await aTestApp()
  world = await aTrainingWorld(app)
  one = await aClass(app, { world, state: 'running', learners: 3 })
})
afterAll(() => app.close())

const load = async (bytes: Uint8Array, keep = true, actor = world.manager) =>
  importScores(app, actor, { classId: one.classId, assessedOn: app.clock.today(), keep, bytes })
const sheet = (rows: { position: number; name: string; score: string }[]) =>
  writeSheet({
    title: '成绩',
    columns: [
      { key: 'position', title: '报名号', kind: 'number' },
      { key: 'name', title: '姓名' },
      { key: 'score', title: '成绩' },
    ],
    rows,
  })

describe('importing scores', () => {
  it('is refused to others, and when the file is no sheet', async () => {
    expect(await load(await scoreSheet('班', []), true, world.otherManager)).toMatchObject({
      refusal: { code: 'CLASS_NOT_FOUND' },
    })
    expect(await load(Buffer.from('x'))).toMatchObject({ refusal: { code: 'ROSTER_UNREADABLE' } })
  })

  it('tells every bad row and keeps the good ones; a preview keeps none', async () => {
    const [a, b, c] = await assessmentsOfClass(app.db, one.classId)
    const bytes = await sheet([
      { position: a!.position, name: a!.name, score: '76.5' },
      { position: b!.position, name: '别人', score: '80' },
      { position: c!.position, name: c!.name, score: '缺考' },
      { position: c!.position, name: c!.name, score: '90' },
      { position: 999_999, name: '无此人', score: '90' },
      { position: b!.position, name: b!.name, score: '101' },
    ])
    expect(value(await load(bytes, false))).toMatchObject({ rows: 6, good: 2, saved: 0 })
    const report = value(await load(bytes))
    expect(report).toMatchObject({ good: 2, saved: 2 })
    expect(report.errors.map((error) => error.row)).toEqual([4, 6, 7, 8])
    const { rows } =
      await sql`select mark, score_tenths, passed from training.assessments order by mark`.execute(app.db)
    expect(rows).toEqual([
      { mark: 'absent', scoreTenths: null, passed: false },
      { mark: 'present', scoreTenths: 765, passed: true },
    ])
  })

  it('reads back the sheet it gave out', async () => {
    const bytes = await scoreSheet('一班', await assessmentsOfClass(app.db, one.classId))
    expect(value(await load(bytes, false))).toMatchObject({ good: 2, errors: [{ row: 5 }] })
  })
})
