import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { anExamsWorld, aSitting, type ExamsWorld, type SittingFixture, scoresOf, value } from '../fixtures.ts'
import { endSitting } from './end-sitting.ts'
import { clearMark, markCandidate, markFromHall } from './mark-candidate.ts'
import { openSitting } from './open-sitting.ts'
import { publishResults } from './publish-results.ts'
import { recordScores, type ScoreInput } from './record-scores.ts'
import { settleScore } from './settle-score.ts'
import { listCandidates } from './store/reading.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const ended = (candidates = 1) => aSitting(app, { world, state: 'ended', candidates })
const enter = (sitting: SittingFixture, examiner: 0 | 1, scores: ScoreInput[]) =>
  recordScores(app, world.examiners[examiner], { sittingId: sitting.sittingId, scores })
const theory = (sitting: SittingFixture, scoreTenths: number) => ({
  ticketNumber: sitting.candidates[0]?.ticketNumber as string,
  part: 'theory' as const,
  scoreTenths,
})
const candidateOf = async (sitting: SittingFixture) =>
  (
    await sql<{ theoryScoreTenths: number | null; abilityScoreTenths: number | null; result: string | null }>`
      select theory_score_tenths, ability_score_tenths, result from exams.candidates
      where id = ${sitting.candidates[0]?.id}`.execute(app.db)
  ).rows[0]
const EVIDENCE = {
  field: 'evidence',
  name: '记录单.pdf',
  mediaType: 'application/pdf',
  bytes: Buffer.from('%PDF-1.4'),
}

describe('opening and ending', () => {
  it('refuses to open an empty sitting, to open before its day, and to end before its last part is over', async () => {
    const empty = await aSitting(app, { world, candidates: 0 })
    const open = (of: SittingFixture) => openSitting(app, world.invigilator, { sittingId: of.sittingId })
    const end = (of: SittingFixture) => endSitting(app, world.invigilator, { sittingId: of.sittingId })
    expect(await open(empty)).toMatchObject({ refusal: { code: 'SITTING_EMPTY' } })
    expect(await open(await aSitting(app, { world }))).toMatchObject({
      refusal: { code: 'SITTING_TOO_EARLY' },
    })
    const running = await aSitting(app, { world, state: 'open' })
    expect(await end(running)).toMatchObject({ refusal: { code: 'SITTING_NOT_OVER' } })
    expect(await end(empty)).toMatchObject({ refusal: { code: 'SITTING_NOT_OPEN' } })
    const stranger = anActor('invigilator')
    expect(await endSitting(app, stranger, { sittingId: running.sittingId })).toMatchObject({
      refusal: { code: 'SITTING_NOT_FOUND' },
    })
  })

  it('ends on the day of the last part however late it is said, and the duties carry the clock of the report', async () => {
    const sitting = await aSitting(app, { world, state: 'open' })
    const { rows: before } = await sql<{ on: string }>`
      select (ends_at at time zone 'Asia/Shanghai')::date as on from exams.sittings where id = ${sitting.sittingId}`.execute(
      app.db,
    )
    app.clock.advance(20 * 86_400)
    const { endedOn } = value(await endSitting(app, world.invigilator, { sittingId: sitting.sittingId }))
    expect(endedOn).toBe(before[0]?.on)
    const { rows } = await sql<{ kind: string; startedOn: string; amount: number }>`
      select kind, started_on, amount from duties.duties
      where subject = ${`sitting:${sitting.sittingId}`} and fulfilled_at is null`.execute(app.db)
    expect(rows).toEqual([{ kind: 'exams.enter-scores', startedOn: endedOn, amount: 30 }])
  })
})

describe('recordScores', () => {
  it("refuses before the end, after publication, and another institution's examiner", async () => {
    const open = await aSitting(app, { world, state: 'open' })
    expect(await enter(open, 0, [theory(open, 700)])).toMatchObject({
      refusal: { code: 'SITTING_NOT_ENDED' },
    })
    const scored = await aSitting(app, { world, state: 'scored' })
    expect(await enter(scored, 0, [theory(scored, 700)])).toMatchObject({
      refusal: { code: 'SITTING_NOT_ENDED' },
    })
    const sitting = await ended()
    const result = await recordScores(app, anActor('examiner'), {
      sittingId: sitting.sittingId,
      scores: [theory(sitting, 700)],
    })
    expect(result).toMatchObject({ refusal: { code: 'SITTING_NOT_FOUND' } })
  })

  it.each([-1, 1001, 60.5])('refuses %d tenths as out of range', async (scoreTenths) => {
    const sitting = await ended()
    expect(await enter(sitting, 0, [theory(sitting, scoreTenths)])).toMatchObject({
      refusal: { code: 'SCORE_OUT_OF_RANGE' },
    })
  })

  it('refuses the whole batch for one bad row and says which', async () => {
    const sitting = await ended(2)
    const [first] = scoresOf(sitting.candidates, 700, 700)
    const rows = [
      first as ScoreInput,
      { ...(first as ScoreInput), ticketNumber: '无此号' },
      first as ScoreInput,
    ]
    const result = await enter(sitting, 0, rows)
    expect(result).toMatchObject({
      refusal: {
        code: 'SCORE_ROWS_REFUSED',
        facts: {
          rows: [
            { row: 1, refusal: { code: 'CANDIDATE_NOT_FOUND' } },
            { row: 2, refusal: { code: 'SCORE_LISTED_TWICE' } },
          ],
        },
      },
    })
    expect(value(await enter(sitting, 0, [first as ScoreInput])).recorded).toBe(1)
  })

  it('refuses the same examiner twice, also from two browsers at once', async () => {
    const sitting = await ended()
    const results = await Promise.all([
      enter(sitting, 0, [theory(sitting, 700)]),
      enter(sitting, 0, [theory(sitting, 700)]),
    ])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'SCORE_SAME_EXAMINER' } })
    expect(await candidateOf(sitting)).toMatchObject({ theoryScoreTenths: null })
  })

  it('takes two equal entries as the score and refuses a third', async () => {
    const sitting = await ended()
    const results = await Promise.all([
      enter(sitting, 0, [theory(sitting, 715)]),
      enter(sitting, 1, [theory(sitting, 715)]),
    ])
    expect(results.every((one) => one.ok)).toBe(true)
    expect(await candidateOf(sitting)).toMatchObject({ theoryScoreTenths: 715 })
    expect(await enter(sitting, 0, [theory(sitting, 715)])).toMatchObject({
      refusal: { code: 'SCORE_ALREADY_FINAL' },
    })
  })

  it('sends a differing pair to the next round, where both enter again; every entry is kept', async () => {
    const sitting = await ended()
    value(await enter(sitting, 0, [theory(sitting, 590)]))
    expect(value(await enter(sitting, 1, [theory(sitting, 690)]))).toMatchObject({ agreed: 0, differing: 1 })
    expect(await publishResults(app, world.evaluation.actor, { sittingId: sitting.sittingId })).toMatchObject(
      {
        refusal: { code: 'SCORES_INCOMPLETE', facts: { differing: 1, missing: 1 } },
      },
    )
    value(await enter(sitting, 0, [theory(sitting, 690)]))
    expect(await enter(sitting, 0, [theory(sitting, 690)])).toMatchObject({
      refusal: { code: 'SCORE_SAME_EXAMINER' },
    })
    expect(value(await enter(sitting, 1, [theory(sitting, 690)])).agreed).toBe(1)
    expect(await candidateOf(sitting)).toMatchObject({ theoryScoreTenths: 690 })
    const { rows } = await sql<{ round: number; entry: number; scoreTenths: number }>`
      select round, entry, score_tenths from exams.score_entries where sitting_id = ${sitting.sittingId} order by 1, 2`.execute(
      app.db,
    )
    expect(rows.map((row) => row.scoreTenths)).toEqual([590, 690, 690, 690])
  })

  it('lets a third person settle a difference, and nobody else', async () => {
    const sitting = await ended()
    const settle = (actor = world.evaluation.actor) =>
      settleScore(app, actor, {
        sittingId: sitting.sittingId,
        candidateId: sitting.candidates[0]?.id as string,
        part: 'theory',
        scoreTenths: 640,
        reason: '调阅原始答卷重新计分。',
      })
    expect(await settle()).toMatchObject({ refusal: { code: 'SCORE_NOT_DIFFERING' } })
    value(await enter(sitting, 0, [theory(sitting, 590)]))
    value(await enter(sitting, 1, [theory(sitting, 690)]))
    expect(await settle(world.examiners[0])).toMatchObject({ refusal: { code: 'SCORE_SETTLED_BY_ENTRANT' } })
    value(await settle())
    expect(await candidateOf(sitting)).toMatchObject({ theoryScoreTenths: 640 })
    expect(await settle()).toMatchObject({ refusal: { code: 'SCORE_NOT_DIFFERING' } })
  })
})

describe('marks', () => {
  it('refuses misconduct without evidence, absence of who has a score, and a score of who was absent', async () => {
    const sitting = await ended()
    const of = {
      sittingId: sitting.sittingId,
      candidateId: sitting.candidates[0]?.id as string,
      part: 'theory' as const,
    }
    const mark = (what: 'absent' | 'misconduct', file?: typeof EVIDENCE) =>
      markCandidate(app, world.invigilator, { ...of, mark: what, reason: '监考记录在案' }, file)
    expect(await mark('misconduct')).toMatchObject({ refusal: { code: 'MISCONDUCT_NEEDS_EVIDENCE' } })
    value(await mark('absent'))
    expect(await enter(sitting, 0, [theory(sitting, 700)])).toMatchObject({
      refusal: { code: 'SCORE_OF_ABSENT' },
    })
    const clear = () => clearMark(app, world.invigilator, { ...of, reason: '核对签到表，确已到场' })
    value(await clear())
    expect(await clear()).toMatchObject({ refusal: { code: 'MARK_NOT_FOUND' } })
    value(await enter(sitting, 0, [theory(sitting, 700)]))
    expect(await mark('absent')).toMatchObject({ refusal: { code: 'ABSENT_BUT_SCORED' } })
    value(await mark('misconduct', EVIDENCE))
    const planned = await aSitting(app, { world })
    expect(
      await markCandidate(app, world.invigilator, {
        ...of,
        sittingId: planned.sittingId,
        mark: 'absent',
        reason: '未到',
      }),
    ).toMatchObject({ refusal: { code: 'SITTING_NOT_OPEN' } })
  })

  it('leaves misconduct that two invigilators found to two, and says so where it is listed', async () => {
    const sitting = await ended()
    const of = {
      sittingId: sitting.sittingId,
      candidateId: sitting.candidates[0]?.id as string,
      part: 'theory' as const,
      reason: '监考台认定',
    }
    const found = await app.db
      .transaction()
      .execute((tx) => markFromHall(tx, app, world.invigilator, { ...of, fileId: null }))
    expect(found.ok).toBe(true)
    const alone = { refusal: { code: 'MARK_OF_TWO' } }
    expect(await clearMark(app, world.invigilator, of)).toMatchObject(alone)
    expect(await markCandidate(app, world.invigilator, { ...of, mark: 'absent' })).toMatchObject(alone)
    const page = { scores: false, page: 1, size: 20 }
    const { rows } = await listCandidates(app.db, sitting.sittingId, page)
    expect(rows[0]).toMatchObject({ theoryMark: 'misconduct', foundByTwo: ['theory'] })
  })
})
