import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { extendAttempts, pauseHall, resumeHall, terminateAttempt } from './act-on-attempts.ts'
import { checkReceipt } from './check-receipt.ts'
import { closeTimedOut } from './close-timed-out.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { handIn } from './hand-in.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { readState } from './read-state.ts'
import { saveAnswers } from './save-answers.ts'

let app: TestApp
let journal: Journal
let hall: HallFixture
let next = 0
let one: Seated
const aHall = async () =>
  aHallOf(app, {
    ...(hall ? { world: hall.world } : {}),
    ...{ candidates: 6, stage: 'started', minutes: 60, seatsPerHall: 1 },
    rules: { earliestHandInMinutes: 10 },
  })
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(async () => {
  hall = await aHall()
  next = 0
  one = hall.seated[next] as Seated
})

const holder = () => holderOf(one.secrets)!
const save = async (
  clientSeq: number,
  answer: string | null = 'a',
  item = 'q01',
  baseRevision = clientSeq - 1,
) => {
  const sent = { item, clientSeq, baseRevision, value: answer, clientAt: app.clock.now().toISOString() }
  return value(await saveAnswers(app, journal, holder(), [sent])).results[0]?.status
}
const give = (answers: Record<string, number> = {}) => handIn(journal, holder(), { answers })
const listed = async () => {
  const { rows } = await sql<Record<string, unknown>>`
    select state, closed_seq, answered, encode(closed_hash, 'hex') as hash from halls.attempts where id = ${one.attemptId}`.execute(
    app.db,
  )
  return rows[0]
}
const key = () => ({ sittingId: hall.sittingId, attemptId: one.attemptId, hallId: one.hallId, actId: 'act' })

describe('handIn', () => {
  it('refuses before the earliest time, and while the hall stands still', async () => {
    expect(await give()).toMatchObject({ refusal: { code: 'HAND_IN_TOO_EARLY' } })
    app.clock.advance(11 * 60)
    value(await pauseHall(app.db, app, key()))
    expect(await give()).toMatchObject({ refusal: { code: 'ATTEMPT_PAUSED' } })
  })

  it('refuses and names what the browser has and the server has not, or has otherwise', async () => {
    app.clock.advance(11 * 60)
    await save(1)
    const answer = await give({ q01: 2, q02: 1, q03: 0 })
    expect(answer).toMatchObject({
      refusal: { code: 'HAND_IN_DIFFERS', facts: { differing: ['q01', 'q02'] } },
    })
    expect(await listed()).toMatchObject({ state: 'started' })
  })

  it('gives a receipt that names the committed row, the same one again, and anybody can check it', async () => {
    app.clock.advance(11 * 60)
    await save(1)
    await save(2, 'b', 'q02', 0)
    await save(3, null, 'q02', 1)
    const receipt = value(await give({ q01: 1, q02: 2 }))
    expect(receipt).toMatchObject({ why: 'handed_in', seq: 6, answered: 1, items: 50 })
    expect(await listed()).toEqual({ state: 'handed_in', closedSeq: 6, answered: 1, hash: receipt.hash })
    expect(value(await give({ q09: 7 }))).toEqual(receipt)

    expect(value(await checkReceipt(app, receipt))).toEqual({
      number: receipt.number,
      why: 'handed_in',
      at: receipt.at,
      answered: 1,
    })
    const forged = { ...receipt, hash: receipt.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) }
    expect(await checkReceipt(app, forged)).toMatchObject({ refusal: { code: 'RECEIPT_NOT_FOUND' } })
    expect(await checkReceipt(app, { ...receipt, seq: 3 })).toMatchObject({
      refusal: { code: 'RECEIPT_NOT_FOUND' },
    })
  })

  it('after the time it closes with what was acknowledged last, and the receipt says so', async () => {
    await save(1)
    app.clock.advance(60 * 60 + 61)
    expect(value(await give({ q01: 1 }))).toMatchObject({ why: 'timed_out', answered: 1 })
    expect(await listed()).toMatchObject({ state: 'timed_out', answered: 1 })
  })
})

describe('closeTimedOut', () => {
  it('leaves alone whose time was extended or stands still, closes the others, and nobody twice', async () => {
    const [, extended, paused] = hall.seated as [Seated, Seated, Seated]
    const act = { sittingId: hall.sittingId, actId: 'act' }
    value(
      await extendAttempts(app.db, app, {
        ...act,
        attemptIds: [extended.attemptId],
        seconds: 600,
        reason: '设备故障',
      }),
    )
    value(await pauseHall(app.db, app, { ...act, hallId: paused.hallId }))
    app.clock.advance(60 * 60 + 61)
    expect(await closeTimedOut(app, { sittingId: hall.sittingId }, journal)).toBe(4)
    app.clock.advance(601)
    expect(await closeTimedOut(app, { sittingId: hall.sittingId }, journal)).toBe(1)
    value(await resumeHall(app.db, app, { ...act, hallId: paused.hallId }))
    expect(await closeTimedOut(app, { sittingId: hall.sittingId }, journal)).toBe(0)
    app.clock.advance(60 * 60 + 61)
    expect(await closeTimedOut(app, { sittingId: hall.sittingId }, journal)).toBe(1)
  })

  it('lists who never started as absent', async () => {
    const ready = await aHallOf(app, { world: hall.world, candidates: 1 })
    one = ready.seated[0] as Seated
    app.clock.set(new Date(ready.closesAt.getTime() + 61_000))
    await closeTimedOut(app, { sittingId: ready.sittingId }, journal)
    expect(await listed()).toMatchObject({ state: 'absent', answered: 0, closedSeq: 1 })
  })
})

describe('acts on attempts', () => {
  it('reach a browser that is saving all the while, one after another', async () => {
    let saved = 0
    const saving = (async () => {
      for (let n = 1; n <= 40; n += 1) if ((await save(n)) === 'saved') saved += 1
    })()
    const act = {
      ...key(),
      attemptIds: hall.seated.map((seated) => seated.attemptId),
      seconds: 60,
      reason: '断电',
    }
    for (let n = 0; n < 5; n += 1) {
      value(await app.db.transaction().execute((tx) => extendAttempts(tx, app, act)))
    }
    await saving
    expect(saved).toBe(40)
    const { state } = value(await readState(app, journal, holder()))
    const before = new Date(state.startedAt!).getTime() + 60 * 60_000
    expect(new Date(state.deadline!).getTime() - before).toBe(5 * 60_000)
  })

  it('refuse when everybody they are meant for is closed', async () => {
    value(await terminateAttempt(app.db, app, key()))
    expect(await listed()).toMatchObject({ state: 'terminated' })
    expect(await terminateAttempt(app.db, app, key())).toMatchObject({
      refusal: { code: 'ATTEMPTS_ALL_CLOSED' },
    })
    expect(await save(1)).toBe('late')
  })
})
