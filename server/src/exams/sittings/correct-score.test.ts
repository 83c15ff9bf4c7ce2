import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aScoredSitting, type SittingFixture, value } from '../fixtures.ts'
import { decideCorrectionsTogether, decideScoreCorrection } from './correct-score.ts'
import { proposeComputerCorrections } from './record-computer-scores.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app?.close())

/** Three who failed the theory by a wrong key; the change of key was proposed by the manager. */
async function aWrongKey() {
  const sitting = await aScoredSitting(app, { candidates: 3, scores: { theory: 550, ability: 680 } })
  const manager = sitting.world.evaluation.actor
  const proposed = await app.db.transaction().execute((tx) =>
    proposeComputerCorrections(tx, app, {
      sittingId: sitting.sittingId,
      part: 'theory',
      scores: sitting.candidates.map((one) => ({ candidateId: one.id, toTenths: 650 })),
      reason: '参考答案印错',
      proposer: { accountId: manager.accountId as string, name: manager.name },
      actor: manager,
    }),
  )
  expect(value(proposed)).toEqual({ proposed: 3, open: [] })
  const { rows } = await sql<{ id: string; batchId: string }>`
    select id, batch_id from exams.score_corrections where sitting_id = ${sitting.sittingId}`.execute(app.db)
  expect(new Set(rows.map((one) => one.batchId)).size).toBe(1)
  const { sittingId } = sitting
  return {
    sitting,
    manager,
    ids: rows.map((one) => one.id),
    batch: { sittingId, batchId: rows[0]?.batchId as string },
  }
}
async function results({ sittingId }: SittingFixture) {
  const { rows } = await sql<{ theory: number; result: string }>`
    select theory_score_tenths as theory, result from exams.candidates where sitting_id = ${sittingId}`.execute(
    app.db,
  )
  return rows.map((one) => `${one.theory} ${one.result}`)
}
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

describe('corrections that came from one wrong key', () => {
  test('are not decided together by who proposed them, from elsewhere, for no such act, nor once reported', async () => {
    const { sitting, manager, batch } = await aWrongKey()
    const { sittingId } = sitting
    const approve = (actor = sitting.world.second, of = batch) =>
      decideCorrectionsTogether(app, actor, { ...of, decision: 'approved' })
    expect(code(await approve(anActor('evaluation_manager')))).toBe('SITTING_NOT_FOUND')
    expect(code(await approve(undefined, { sittingId, batchId: sittingId }))).toBe('CORRECTION_NOT_FOUND')
    expect(code(await approve(manager))).toBe('CORRECTION_SAME_PERSON')
    await sql`update exams.sittings set state = 'reported' where id = ${sittingId}`.execute(app.db)
    expect(code(await approve())).toBe('SITTING_NOT_SCORED')
    expect(await results(sitting)).toEqual(['550 failed', '550 failed', '550 failed'])
  })

  test('are decided together by the second person, each written by itself; what was decided before stays', async () => {
    const { sitting, ids, batch } = await aWrongKey()
    const second = sitting.world.second
    value(await decideScoreCorrection(app, second, { correctionId: ids[0] as string, decision: 'rejected' }))
    expect(value(await decideCorrectionsTogether(app, second, { ...batch, decision: 'approved' }))).toEqual({
      decided: 2,
    })
    expect((await results(sitting)).sort()).toEqual(['550 failed', '650 passed', '650 passed'])
    const { rows } = await sql`
      select from platform.audit_events where name = 'score.corrected'
        and ${`sitting:${sitting.sittingId}`} = any(subjects)`.execute(app.db)
    expect(rows).toHaveLength(2)
    expect(code(await decideCorrectionsTogether(app, second, { ...batch, decision: 'approved' }))).toBe(
      'CORRECTION_NOT_FOUND',
    )
  })

  test('rejected together change nothing', async () => {
    const { sitting, batch } = await aWrongKey()
    value(await decideCorrectionsTogether(app, sitting.world.second, { ...batch, decision: 'rejected' }))
    expect(await results(sitting)).toEqual(['550 failed', '550 failed', '550 failed'])
  })
})
