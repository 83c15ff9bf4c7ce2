import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { transact } from '../../platform/transact.ts'
import { aScoredSitting, aSitting, type SittingFixture, value } from '../fixtures.ts'
import { proposeComputerCorrections, recordComputerScores } from './record-computer-scores.ts'
import { recordScores } from './record-scores.ts'

let app: TestApp
beforeEach(async () => {
  app = await aTestApp()
})
afterEach(() => app.close())

type Pair = [projected: number, recomputed: number]
function send(fixture: SittingFixture, pairs: Pair[], regrade?: { reason: string }) {
  const scores = pairs.map(([projectedTenths, recomputedTenths], at) => ({
    candidateId: fixture.candidates[at]?.id as string,
    projectedTenths,
    recomputedTenths,
  }))
  const { sittingId } = fixture
  return transact(app.db, (tx) =>
    recordComputerScores(tx, app, {
      sittingId,
      part: 'theory',
      scores,
      actor: SYSTEM_ACTOR,
      ...(regrade ? { regrade } : {}),
    }),
  )
}

async function entriesOf(fixture: SittingFixture) {
  const { rows } = await sql<{
    round: number
    entry: number
    examiner: string
    scoreTenths: number
    reason: string | null
  }>`
    select round, entry, examiner, score_tenths, reason from exams.score_entries
    where sitting_id = ${fixture.sittingId} order by candidate_id, round, entry`.execute(app.db)
  return rows
}

describe('scores of the computer', () => {
  it('are refused before the sitting has ended', async () => {
    const fixture = await aSitting(app, { state: 'open' })
    expect(await send(fixture, [[600, 600]])).toMatchObject({ refusal: { code: 'SITTING_NOT_ENDED' } })
  })

  it('are refused altogether when one of them is not what the journal says', async () => {
    const fixture = await aSitting(app, { state: 'ended', candidates: 2 })
    const result = await send(fixture, [
      [600, 600],
      [700, 690],
    ])
    expect(result).toMatchObject({
      refusal: {
        code: 'COMPUTER_SCORES_DISAGREE',
        facts: { rows: [{ ticketNumber: fixture.candidates[1]?.ticketNumber }] },
      },
    })
    expect(await entriesOf(fixture)).toEqual([])
  })

  it('are refused for a candidate marked absent, and outside of 0 to 100 points', async () => {
    const fixture = await aSitting(app, { state: 'ended' })
    expect(await send(fixture, [[1001, 1001]])).toMatchObject({ refusal: { code: 'SCORE_ROWS_REFUSED' } })
    await sql`update exams.candidates set theory_mark = 'absent'`.execute(app.db)
    expect(await send(fixture, [[600, 600]])).toMatchObject({
      refusal: { facts: { rows: [{ refusal: { code: 'SCORE_OF_ABSENT' } }] } },
    })
  })

  it('do not overwrite what an examiner entered', async () => {
    const fixture = await aSitting(app, { state: 'ended' })
    const [first] = fixture.world.examiners
    const ticketNumber = fixture.candidates[0]?.ticketNumber as string
    value(
      await recordScores(app, first, {
        sittingId: fixture.sittingId,
        scores: [{ ticketNumber, part: 'theory', scoreTenths: 610 }],
      }),
    )
    expect(await send(fixture, [[600, 600]])).toMatchObject({
      refusal: { facts: { rows: [{ refusal: { code: 'SCORE_ALREADY_FINAL' } }] } },
    })
  })

  it('become two entries and the score, and sent again nothing more', async () => {
    const fixture = await aSitting(app, { state: 'ended' })
    expect(value(await send(fixture, [[615, 615]]))).toMatchObject({ entered: 1 })
    expect(value(await send(fixture, [[615, 615]]))).toMatchObject({ entered: 0 })
    expect(await entriesOf(fixture)).toMatchObject([
      { round: 1, entry: 1, examiner: 'computer:projection', scoreTenths: 615 },
      { round: 1, entry: 2, examiner: 'computer:journal', scoreTenths: 615 },
    ])
    const { rows } = await sql<{ theoryScoreTenths: number }>`
      select theory_score_tenths from exams.candidates where sitting_id = ${fixture.sittingId}`.execute(
      app.db,
    )
    expect(rows).toEqual([{ theoryScoreTenths: 615 }])
  })

  it('are replaced by a regrade with its reason in a round of its own, not without', async () => {
    const fixture = await aSitting(app, { state: 'ended' })
    value(await send(fixture, [[600, 600]]))
    expect((await send(fixture, [[620, 620]])).ok).toBe(false)
    value(await send(fixture, [[620, 620]], { reason: '第 3 题答案有误' }))
    expect(await entriesOf(fixture)).toMatchObject([
      { round: 1, scoreTenths: 600, reason: null },
      { round: 1, scoreTenths: 600 },
      { round: 2, scoreTenths: 620, reason: '第 3 题答案有误' },
      { round: 2, scoreTenths: 620 },
    ])
  })
})

describe('a wrong key found after publication', () => {
  const propose = (fixture: SittingFixture, toTenths: number) =>
    transact(app.db, (tx) =>
      proposeComputerCorrections(tx, app, {
        sittingId: fixture.sittingId,
        part: 'theory',
        scores: [{ candidateId: fixture.candidates[0]?.id as string, toTenths }],
        reason: '第 3 题答案有误',
        proposer: { accountId: 'a', name: '甲' },
        actor: fixture.world.second,
      }),
    )

  it('is refused before publication', async () => {
    const fixture = await aSitting(app, { state: 'ended' })
    expect(await propose(fixture, 700)).toMatchObject({ refusal: { code: 'SITTING_NOT_SCORED' } })
  })

  it('becomes corrections that a second person decides, and names what is already under correction', async () => {
    const fixture = await aScoredSitting(app)
    expect(value(await propose(fixture, 715))).toEqual({ proposed: 0, open: [] })
    expect(value(await propose(fixture, 735))).toEqual({ proposed: 1, open: [] })
    expect(value(await propose(fixture, 745))).toEqual({
      proposed: 0,
      open: [fixture.candidates[0]?.ticketNumber],
    })
  })
})
