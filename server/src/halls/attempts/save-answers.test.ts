import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { pauseHall, releaseAttempt, resumeHall } from './act-on-attempts.ts'
import { brokenAt } from './entry.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { handIn } from './hand-in.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { saveAnswers } from './save-answers.ts'
import { journalRows } from './store.ts'
import type { Save } from './wire.ts'

let app: TestApp
let journal: Journal
let hall: HallFixture
let next = 0
let one: Seated
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  hall = await aHallOf(app, { candidates: 40, stage: 'started', minutes: 60, seatsPerHall: 2 })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(() => {
  one = hall.seated[next++] as Seated
})

const aSave = (save: Partial<Save> = {}): Save => ({
  item: 'q01',
  clientSeq: 1,
  baseRevision: 0,
  value: 'a',
  clientAt: app.clock.now().toISOString(),
  ...save,
})
const holder = (lease = one.lease) => holderOf({ attempt: one.attemptId, lease })!
const saves = async (...list: Save[]) => value(await saveAnswers(app, journal, holder(), list))
const refusalOf = async (lease?: string) => {
  const result = await saveAnswers(app, journal, holder(lease), [aSave({ item: 'q02' })])
  return result.ok ? undefined : result.refusal.code
}
const rowsOf = () => journalRows(app.db, { sittingId: hall.sittingId, attemptId: one.attemptId })
const late = async () => {
  const { rows } = await sql<{ saves: Save[] }>`
    select saves from halls.late_answers where attempt_id = ${one.attemptId}`.execute(app.db)
  return rows
}

describe('saveAnswers', () => {
  it('refuses a browser that shows another secret, and writes nothing', async () => {
    expect(await refusalOf('somebody-else')).toBe('LEASE_SECRET_INVALID')
    expect(await rowsOf()).toHaveLength(2)
  })

  it('refuses an attempt that nobody has', async () => {
    const nobody = { attemptId: '00000000-0000-4000-8000-000000000000', leaseHash: '' }
    const result = await saveAnswers(app, journal, nobody, [aSave()])
    expect(result).toMatchObject({ refusal: { code: 'ATTEMPT_NOT_FOUND' } })
    const invented = await saveAnswers(app, journal, { attemptId: "'; --", leaseHash: '' }, [aSave()])
    expect(invented).toMatchObject({ refusal: { code: 'ATTEMPT_NOT_FOUND' } })
  })

  it('tells a browser whose attempt was released to another seat, and not one that never had it', async () => {
    const act = { sittingId: hall.sittingId, attemptId: one.attemptId, seatId: null, actId: 'act' }
    await saves(aSave())
    value(await releaseAttempt(app.db, app, act))
    expect(await refusalOf()).toBe('LEASE_MOVED')
    expect(await refusalOf('somebody-else')).toBe('LEASE_SECRET_INVALID')
  })

  it('refuses while the hall stands still, though this process has not heard of it, and takes it afterwards', async () => {
    const act = { sittingId: hall.sittingId, hallId: one.hallId, actId: 'act' }
    await saves(aSave())
    value(await pauseHall(app.db, app, act))
    expect(await refusalOf()).toBe('ATTEMPT_PAUSED')
    value(await resumeHall(app.db, app, act))
    expect((await saves(aSave({ clientSeq: 2, baseRevision: 1 }))).results[0]?.status).toBe('saved')
  })

  it('takes an answer within the grace, keeps a later one as evidence only, and closes', async () => {
    app.clock.advance(60 * 60 + 30)
    expect((await saves(aSave())).results[0]?.status).toBe('saved')
    app.clock.advance(60)
    const after = aSave({ clientSeq: 2, baseRevision: 1, value: 'b' })
    const answer = await saves(aSave(), after)
    expect(answer.results.map((r) => r.status)).toEqual(['same', 'late'])
    expect(answer.closed?.why).toBe('timed_out')
    await saves(aSave(), after)
    expect(await late()).toEqual([{ saves: [after] }])
    expect((await rowsOf()).map((row) => row.kind)).toEqual(['lease', 'start', 'answer', 'close'])
    hall = await aHallOf(app, {
      world: hall.world,
      candidates: 40,
      stage: 'started',
      minutes: 60,
      seatsPerHall: 2,
    })
    next = 0
  })

  it('takes nothing after the hand-in', async () => {
    await saves(aSave())
    value(await handIn(journal, holder(), { answers: { q01: 1 } }))
    expect(
      (await saves(aSave(), aSave({ clientSeq: 2, baseRevision: 1 }))).results.map((r) => r.status),
    ).toEqual(['same', 'late'])
  })

  it('refuses an item that is not in the paper and a value that cannot be an answer to its kind', async () => {
    const { results } = await saves(
      aSave({ item: 'q99' }),
      aSave({ item: 'q05', clientSeq: 2, value: 'a' }),
      aSave({ item: 'q01', clientSeq: 3, value: ['a'] }),
    )
    expect(results.map((r) => r.status)).toEqual(['refused', 'refused', 'refused'])
    expect(await rowsOf()).toHaveLength(2)
  })

  it('names the conflict and what stands when a save was typed over an older answer', async () => {
    await saves(aSave(), aSave({ clientSeq: 2, baseRevision: 1, value: 'b' }))
    const stale = await saves(aSave({ clientSeq: 3, baseRevision: 1, value: 'c' }))
    expect(stale.results).toMatchObject([{ status: 'conflict', revision: 2, value: 'b' }])
    expect((await rowsOf()).filter((row) => row.kind === 'answer')).toHaveLength(2)
  })

  it('knows a save again, also an old one and also within one batch', async () => {
    const first = aSave()
    const second = aSave({ clientSeq: 2, baseRevision: 1, value: 'b' })
    const { results } = await saves(first, first, second)
    expect(results.map((r) => [r.status, r.revision])).toEqual([
      ['saved', 1],
      ['same', 1],
      ['saved', 2],
    ])
    expect((await saves(second, first)).results.map((r) => [r.status, r.revision])).toEqual([
      ['same', 2],
      ['same', 1],
    ])
  })

  it('writes a batch of any text in order, and the chain holds', async () => {
    const nasty = '"\\\\{},\u0000\ud800\u2028\n\'--数匠😀'
    const batch = Array.from({ length: 60 }, (_, n) =>
      aSave({ item: 'q09', clientSeq: n + 1, baseRevision: n, value: `${nasty}${n}` }),
    )
    expect((await saves(...batch)).results.every((r) => r.status === 'saved')).toBe(true)
    const rows = await rowsOf()
    expect(brokenAt(rows)).toBeUndefined()
    expect(rows.slice(2).map((row) => JSON.parse(row.body).value)).toEqual(batch.map((save) => save.value))
  })

  it('serves many at once in few statements', async () => {
    const others = hall.seated.slice(20, 40)
    const answers = await Promise.all(
      others.map((other) => saveAnswers(app, journal, holderOf(other.secrets)!, [aSave()])),
    )
    expect(answers.every((answer) => answer.ok && answer.value.results[0]?.status === 'saved')).toBe(true)
  })
})
