import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../platform/testing/index.ts'
import { anExamsWorld, aScoredSitting, type ExamsWorld } from './fixtures.ts'
import { workbenchApi } from './workbench-api.ts'

let app: TestApp
let world: ExamsWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

it('leaves a trace of every list of people that is taken out, without what was searched for', async () => {
  await aScoredSitting(app, { world, candidates: 2 })
  const call = { app, actor: world.evaluation.actor, files: [], ip: '127.0.0.1' }
  await workbenchApi['exams.export-results'].handle(call, { page: 1, size: 20 })
  await workbenchApi['exams.export-declarations'].handle(call, { q: '张三', page: 1, size: 20 })
  const { rows } = await sql<{ data: unknown }>`
    select data from platform.audit_events where name = 'exams-list.exported' order by seq`.execute(app.db)
  expect(rows.map((row) => row.data)).toEqual([
    { list: '考核成绩', rows: 2 },
    { list: '等级申报', rows: 0 },
  ])
})
