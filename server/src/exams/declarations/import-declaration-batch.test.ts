import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { readSheet, writeSheet } from '../../platform/sheets.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  anExamsWorld,
  certifiedLearners,
  type ExamsWorld,
  endCertificate,
  FACTS,
  value,
} from '../fixtures.ts'
import { examsJobs } from '../jobs.ts'
import { batchesApi } from './batches-api.ts'
import { decideBatchRows } from './decide-batch-rows.ts'
import { exportBatchResults } from './export-batch-results.ts'
import { importDeclarationBatch } from './import-declaration-batch.ts'
import { batchProgress } from './store/batch-rows.ts'
import { submitDeclarationBatch } from './submit-declarations.ts'
import { withdrawDeclarationBatch } from './withdraw-declarations.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

interface Row {
  certificateNumber: string
  name: string
}
async function sheetOf(rows: Row[]) {
  const columns = [
    { key: 'certificateNumber', title: '培训合格证书编号' },
    { key: 'name', title: '姓名' },
  ] as const
  return { bytes: await writeSheet({ title: '等级申报名单', columns, rows }) }
}
const run = async (rows: Row[], keep: boolean) =>
  importDeclarationBatch(
    app,
    world.training.actor,
    { evaluationOrganisationId: world.evaluation.organisationId, keep },
    await sheetOf(rows),
  )
async function results(batchId: string) {
  const file = value(await exportBatchResults(app, world.training.actor, { batchId }))
  const columns = [
    { key: 'row', title: '原表行号' },
    { key: 'certificateNumber', title: '培训合格证书编号' },
    { key: 'outcome', title: '结论' },
    { key: 'path', title: '申报途径' },
    { key: 'clause', title: '依据条款' },
    { key: 'papers', title: '还缺材料' },
    { key: 'opensOn', title: '最早日期' },
    { key: 'said', title: '说明' },
  ] as const
  const { rows, problems } = await readSheet(file.bytes, { columns, maxRows: 2000 })
  expect(problems).toEqual([])
  return rows.map((one) => one.value)
}

describe('importDeclarationBatch', () => {
  it('says of every bad row where and why, and saves nothing while only checking', async () => {
    const [good, misnamed] = await certifiedLearners(app, world, 2)
    if (!good || !misnamed) throw new Error('two learners')
    const rows = [
      { certificateNumber: good.certificateNumber, name: good.name },
      { certificateNumber: misnamed.certificateNumber, name: '别人' },
      { certificateNumber: 'PX-不存在', name: '甲' },
      { certificateNumber: good.certificateNumber, name: good.name },
      { certificateNumber: '', name: '乙' },
    ]
    const checked = value(await run(rows, false))
    expect(checked).toMatchObject({ rows: 5, good: 1, saved: 0, batch: null })
    expect(checked.errors.map((one) => one.message)).toEqual([
      expect.stringContaining('不一致'),
      expect.stringContaining('没有查到'),
      expect.stringContaining('出现了两次'),
      expect.stringContaining('为空'),
    ])
    const bad = rows.slice(1, 3)
    expect(value(await run(bad, true))).toMatchObject({ good: 0, saved: 0, batch: null })
  })

  it('refuses to submit while rows wait, and stops deciding a batch that was given up', async () => {
    const learners = await certifiedLearners(app, world, 3)
    const rows = learners.map((one) => ({ certificateNumber: one.certificateNumber, name: one.name }))
    const batchId = value(await run(rows, true)).batch?.id as string
    expect(await submitDeclarationBatch(app, world.training.actor, { batchId })).toMatchObject({
      refusal: { code: 'DECLARATION_BATCH_DECIDING', facts: { waiting: 3 } },
    })
    value(await withdrawDeclarationBatch(app, world.training.actor, { batchId, reason: '名单有误' }))
    await decideBatchRows(app, { batchId, actor: world.training.actor })
    expect(await batchProgress(app.db, batchId)).toMatchObject({ waiting: 3, declared: 0 })
  })

  it('does not give another institution the results, nor the evaluator those of a draft', async () => {
    const [learner] = await certifiedLearners(app, world, 1)
    const row = { certificateNumber: learner?.certificateNumber as string, name: learner?.name as string }
    const batchId = value(await run([row], true)).batch?.id as string
    for (const actor of [anActor('training_manager'), world.evaluation.actor, anActor('city_officer')])
      expect(await exportBatchResults(app, actor, { batchId })).toMatchObject({
        refusal: { code: 'DECLARATION_BATCH_NOT_FOUND' },
      })
  })

  it('says of a certificate that ended after the check why it was not declared', async () => {
    const [gone] = await certifiedLearners(app, world, 1)
    const row = { certificateNumber: gone?.certificateNumber as string, name: gone?.name as string }
    const batchId = value(await run([row], true)).batch?.id as string
    await endCertificate(app, gone?.certificateId as string)
    await decideBatchRows(app, { batchId, actor: world.training.actor })
    expect(await results(batchId)).toMatchObject([
      { outcome: '未申报', said: expect.stringContaining('不再有效') },
    ])
  })

  it('takes up after a stop where it was, each row once', async () => {
    const learners = await certifiedLearners(app, world, 120)
    const rows = learners.map((one) => ({ certificateNumber: one.certificateNumber, name: one.name }))
    const batchId = value(await run(rows, true)).batch?.id as string
    const job = { batchId, actor: world.training.actor }
    await Promise.all([decideBatchRows(app, job), decideBatchRows(app, job)])
    await decideBatchRows(app, job)
    expect(await batchProgress(app.db, batchId)).toEqual({
      rows: 120,
      waiting: 0,
      declared: 120,
      refused: 0,
      unread: 0,
    })
  })

  it('decides 1,000 rows of which 30 are bad, each explained, in seconds', { timeout: 120_000 }, async () => {
    const kinds = [FACTS.met, FACTS.paper, FACTS.judge, FACTS.unmet]
    const learners = (
      await Promise.all(
        [250, 240, 240, 240].map((count, i) => certifiedLearners(app, world, count, kinds[i])),
      )
    ).flat()
    const good = learners.map((one) => ({ certificateNumber: one.certificateNumber, name: one.name }))
    const bad = good
      .slice(0, 10)
      .map((one, i) => ({ ...one, name: `别人${i}`, certificateNumber: `PX-没有-${i}` }))
    const rows = [
      ...good,
      ...bad,
      ...good.slice(0, 10),
      ...bad.map((_, i) => ({ certificateNumber: `PX-无-${i}`, name: '' })),
    ]
    expect(rows).toHaveLength(1000)
    const startedAt = performance.now()
    const checked = value(await run(rows, false))
    expect(checked).toMatchObject({ rows: 1000, good: 970 })
    expect(new Set(checked.errors.map((one) => one.row)).size).toBe(30)
    const kept = value(await run(rows, true))
    const batchId = kept.batch?.id as string
    const importedAt = performance.now()
    await runJobsNow(app, examsJobs)
    const decidedAt = performance.now()
    expect(await batchProgress(app.db, batchId)).toEqual({
      rows: 1000,
      waiting: 0,
      declared: 970,
      refused: 0,
      unread: 30,
    })
    const table = await results(batchId)
    const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10
    console.log(
      `1,000 rows: checked and imported in ${seconds(startedAt, importedAt)} s, decided in ${seconds(importedAt, decidedAt)} s, result sheet in ${seconds(decidedAt, performance.now())} s`,
    )
    expect(table).toHaveLength(1000)
    const count = (outcome: string) => table.filter((one) => one.outcome === outcome).length
    expect(['符合', '材料不足', '需人工认定', '不符合', '未申报'].map(count)).toEqual([
      250, 240, 240, 240, 30,
    ])
    for (const one of table) {
      expect(one.said).not.toBeNull()
      if (one.outcome === '未申报') continue
      expect(one.path).not.toBeNull()
      expect(one.clause).toMatch(/·/)
      if (one.outcome === '材料不足') expect(one.papers).not.toBeNull()
    }
    expect(seconds(startedAt, performance.now())).toBeLessThan(60)
    const listed = await batchesApi['exams.read-batch'].handle(
      { app, actor: world.training.actor, files: [], ip: '' },
      { batchId },
    )
    expect(listed).toMatchObject({
      value: { total: 970, ready: 490, exceptions: 480, progress: { rows: 1000, waiting: 0 } },
    })
  })
})
