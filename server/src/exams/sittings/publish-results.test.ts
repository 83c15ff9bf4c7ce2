import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeline } from '../../platform/audit.ts'
import { ok } from '../../platform/result.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { transact } from '../../platform/transact.ts'
import {
  anExamsWorld,
  aScoredSitting,
  aSitting,
  type ExamsWorld,
  type SittingFixture,
  scoresOf,
  value,
} from '../fixtures.ts'
import { closeSittingForReport, reopenSittingAfterReturn } from './close-for-report.ts'
import { decideScoreCorrection, proposeScoreCorrection } from './correct-score.ts'
import { markCandidate } from './mark-candidate.ts'
import { publishResults } from './publish-results.ts'
import { recordScores } from './record-scores.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const publish = (sitting: SittingFixture) =>
  publishResults(app, world.evaluation.actor, { sittingId: sitting.sittingId })
const jobs = async (name: string) =>
  (
    await sql<{ payload: unknown }>`
      select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${name}`.execute(app.db)
  ).rows.map((row) => row.payload)

describe('publishResults', () => {
  it("refuses before the end, before every score is final, another institution's, and twice at once", async () => {
    expect(await publish(await aSitting(app, { world, state: 'open' }))).toMatchObject({
      refusal: { code: 'SITTING_NOT_ENDED' },
    })
    const sitting = await aSitting(app, { world, state: 'ended' })
    expect(await publish(sitting)).toMatchObject({ refusal: { code: 'SCORES_INCOMPLETE' } })
    expect(await publish(await aSitting(app, { state: 'ended' }))).toMatchObject({
      refusal: { code: 'SITTING_NOT_FOUND' },
    })
    for (const examiner of world.examiners) {
      const scores = scoresOf(sitting.candidates, 700, 700)
      value(await recordScores(app, examiner, { sittingId: sitting.sittingId, scores }))
    }
    const results = await Promise.all([publish(sitting), publish(sitting)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'SITTING_NOT_ENDED' } })
  })

  it('passes at 60.0 in both parts and at nothing less; absence and misconduct are results of their own', async () => {
    const sitting = await aSitting(app, { world, state: 'ended', candidates: 5 })
    const [pass, theory, ability, absent, misconduct] = sitting.candidates as [
      SittingFixture['candidates'][0],
      SittingFixture['candidates'][0],
      SittingFixture['candidates'][0],
      SittingFixture['candidates'][0],
      SittingFixture['candidates'][0],
    ]
    const { sittingId } = sitting
    const mark = (candidateId: string, what: 'absent' | 'misconduct') =>
      markCandidate(
        app,
        world.invigilator,
        { sittingId, candidateId, part: 'ability', mark: what, reason: '监考记录在案' },
        { field: 'evidence', name: 'a.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.4') },
      )
    value(await mark(absent.id, 'absent'))
    value(await mark(misconduct.id, 'misconduct'))
    const scores = [
      ...scoresOf([pass], 600, 600),
      ...scoresOf([theory], 599, 1000),
      ...scoresOf([ability], 1000, 599),
      ...scoresOf([absent, misconduct], 900, 900).filter((one) => one.part === 'theory'),
    ]
    for (const examiner of world.examiners) value(await recordScores(app, examiner, { sittingId, scores }))
    expect(value(await publish(sitting))).toEqual({ passed: 1, failed: 2, absent: 1, misconduct: 1 })

    const { rows } = await sql<{ candidateId: string; result: string; rule: string; closed: boolean }>`
      select r.candidate_id, r.result, k.rule, d.closed_at is not null as closed
      from exams.published_results r join platform.decisions k on k.id = r.decision_id
      join exams.declarations d on d.id = r.declaration_id where r.sitting_id = ${sittingId} order by r.ticket_number`.execute(
      app.db,
    )
    expect(rows.map((row) => row.result)).toEqual(['passed', 'failed', 'failed', 'absent', 'misconduct'])
    expect(rows.map((row) => row.closed)).toEqual([true, false, false, false, false])
    expect(rows.every((row) => row.rule === 'engineer.passing')).toBe(true)
    expect(await jobs('exams.sitting-scored')).toContainEqual({ sittingId })
    const { rows: open } = await sql`
      select kind from duties.duties where subject = ${`sitting:${sittingId}`} and fulfilled_at is null`.execute(
      app.db,
    )
    expect(open).toEqual([])
  })

  it('publishes nothing of a sitting before its results are out', async () => {
    const sitting = await aSitting(app, { world, state: 'ended' })
    const { rows } =
      await sql`select 1 from exams.published_results where sitting_id = ${sitting.sittingId}`.execute(app.db)
    expect(rows).toEqual([])
  })
})

describe('a correction', () => {
  const propose = (sitting: SittingFixture, toTenths: number, part: 'theory' | 'ability' = 'ability') =>
    proposeScoreCorrection(app, world.evaluation.actor, {
      sittingId: sitting.sittingId,
      candidateId: sitting.candidates[0]?.id as string,
      part,
      toTenths,
      reason: '登分表第 3 行串行，附原始评分表。',
    })
  const decide = (
    correctionId: string,
    actor = world.second,
    decision: 'approved' | 'rejected' = 'approved',
  ) => decideScoreCorrection(app, actor, { correctionId, decision })

  it('is refused before publication, of an absent part, out of range, without a change, and twice', async () => {
    expect(await propose(await aSitting(app, { world, state: 'ended' }), 700)).toMatchObject({
      refusal: { code: 'SITTING_NOT_SCORED' },
    })
    const scored = await aScoredSitting(app, { world })
    expect(await propose(scored, 1200)).toMatchObject({ refusal: { code: 'SCORE_OUT_OF_RANGE' } })
    expect(await propose(scored, 680)).toMatchObject({ refusal: { code: 'CORRECTION_CHANGES_NOTHING' } })
    const results = await Promise.all([propose(scored, 590), propose(scored, 590)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'CORRECTION_ALREADY_OPEN' } })
  })

  it('is refused to its proposer, to another institution, and once the report is confirmed', async () => {
    const scored = await aScoredSitting(app, { world })
    const { id } = value(await propose(scored, 590))
    expect(await decide(id, world.evaluation.actor)).toMatchObject({
      refusal: { code: 'CORRECTION_SAME_PERSON' },
    })
    const other = await anExamsWorld(app)
    expect(await decide(id, other.second)).toMatchObject({ refusal: { code: 'CORRECTION_NOT_FOUND' } })
    const { sittingId } = scored
    const within = (work: typeof closeSittingForReport) =>
      transact(app.db, async (tx) => {
        await work(tx, app, { sittingId, actor: world.province })
        return ok()
      })
    await within(closeSittingForReport)
    expect(await decide(id)).toMatchObject({ refusal: { code: 'SITTING_NOT_SCORED' } })
    await within(reopenSittingAfterReturn)
    value(await decide(id))
  })

  it('rejected changes nothing; approved decides the result again, tells certificates and keeps the old score', async () => {
    const scored = await aScoredSitting(app, { world })
    const subject = `sitting:${scored.sittingId}` as const
    const first = value(await propose(scored, 590))
    expect(value(await decide(first.id, world.second, 'rejected')).result).toBe('passed')
    const second = value(await propose(scored, 590))
    const results = await Promise.all([decide(second.id), decide(second.id)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'CORRECTION_DECIDED' } })
    const { rows } = await sql<{ result: string; abilityScoreTenths: number; closed: boolean }>`
      select r.result, r.ability_score_tenths, d.closed_at is not null as closed
      from exams.published_results r join exams.declarations d on d.id = r.declaration_id
      where r.sitting_id = ${scored.sittingId}`.execute(app.db)
    expect(rows).toEqual([{ result: 'failed', abilityScoreTenths: 590, closed: false }])
    const told = (await timeline(app.db, subject)).find((one) => one.name === 'score.corrected')
    expect(told?.data).toMatchObject({
      fromTenths: 680,
      toTenths: 590,
      fromResult: 'passed',
      toResult: 'failed',
    })
    expect(await jobs('exams.score-corrected')).toContainEqual({
      sittingId: scored.sittingId,
      candidateId: scored.candidates[0]?.id,
    })
  })
})
