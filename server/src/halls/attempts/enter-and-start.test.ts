import { createDecipheriv } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { pauseHall, releaseAttempt } from './act-on-attempts.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { openLease } from './open-lease.ts'
import { readState } from './read-state.ts'
import { saveAnswers } from './save-answers.ts'
import { startAttempt } from './start-attempt.ts'

const MINUTE = 60_000
let app: TestApp
let journal: Journal
let hall: HallFixture
let next = 0
let one: Seated
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  const opensAt = new Date(app.clock.now().getTime() + 10 * MINUTE)
  hall = await aHallOf(app, { candidates: 12, seatsPerHall: 1, opensAt, rules: { lateMinutes: 15 } })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(() => {
  one = hall.seated[next++] as Seated
})

const enter = (admission = 'first door', presented = {}) =>
  openLease(
    app,
    {
      ...{ sittingId: hall.sittingId, candidateId: one.candidateId, part: hall.part, seatId: one.seatId },
      ...{ agent: 'Chromium', admission, presented },
    },
    journal,
  )
const holder = (lease: string) => holderOf({ attempt: one.attemptId, lease })!
const start = async (lease: string) => startAttempt(app, journal, holder(lease))
const stateOfList = async () => {
  const { rows } = await sql<{ state: string; startedAt: Date | null }>`
    select state, started_at from halls.attempts where id = ${one.attemptId}`.execute(app.db)
  return rows[0]
}

describe('openLease', () => {
  it('refuses a second browser while a lease lives', async () => {
    value(await enter())
    expect(await enter('second door')).toMatchObject({ refusal: { code: 'LEASE_HELD' } })
  })

  it('refuses a candidate who has no attempt at this part', async () => {
    const input = {
      sittingId: hall.sittingId,
      candidateId: one.candidateId,
      part: 'ability' as const,
      seatId: one.seatId,
    }
    const result = await openLease(app, { ...input, agent: '', admission: 'a' }, journal)
    expect(result).toMatchObject({ refusal: { code: 'ATTEMPT_NOT_FOUND' } })
  })

  it('gives the same secret to a browser that never got the answer, and keeps it for one that shows it', async () => {
    const first = value(await enter())
    expect(value(await enter()).lease).toBe(first.lease)
    const presented = { attempt: one.attemptId, lease: first.lease }
    expect(value(await enter('another door', presented)).lease).toBe(first.lease)
    expect((await readState(app, journal, holder(first.lease))).ok).toBe(true)
  })

  it('lets in another browser once the invigilator has released the attempt, and ends the old lease', async () => {
    const first = value(await enter())
    value(
      await releaseAttempt(app.db, app, {
        sittingId: hall.sittingId,
        attemptId: one.attemptId,
        seatId: null,
        actId: 'a',
      }),
    )
    const second = value(await enter('second door'))
    expect(second.lease).not.toBe(first.lease)
    expect(await readState(app, journal, holder(first.lease))).toMatchObject({
      refusal: { code: 'LEASE_MOVED' },
    })
    expect(await enter('first door', { attempt: one.attemptId, lease: first.lease })).toMatchObject({
      refusal: { code: 'LEASE_HELD' },
    })
  })
})

describe('startAttempt', () => {
  it('refuses before the opening, and while the hall stands still', async () => {
    const { lease } = value(await enter())
    expect(await start(lease)).toMatchObject({ refusal: { code: 'START_TOO_EARLY' } })
    value(await pauseHall(app.db, app, { sittingId: hall.sittingId, hallId: one.hallId, actId: 'a' }))
    expect(await start(lease)).toMatchObject({ refusal: { code: 'ATTEMPT_PAUSED' } })
  })

  it('gives the key of the paper, lists the attempt as started, and does the same again after a reload', async () => {
    const entered = value(await enter())
    app.clock.set(new Date(hall.opensAt.getTime() + MINUTE))
    const begun = value(await start(entered.lease))
    const sealed = Buffer.from(entered.paper.cipher, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(begun.key, 'base64'), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
    expect(JSON.parse(plain.toString()).items).toHaveLength(50)
    expect(await stateOfList()).toMatchObject({
      state: 'started',
      startedAt: new Date(begun.state.startedAt!),
    })

    const save = { item: 'q01', clientSeq: 1, baseRevision: 0, value: 'a', clientAt: '2026-03-02T01:00:00Z' }
    value(await saveAnswers(app, journal, holder(entered.lease), [save]))
    const again = value(await start(entered.lease))
    expect(again.key).toBe(begun.key)
    expect(again.state.startedAt).toBe(begun.state.startedAt)
    expect(again.state.answers).toMatchObject([{ item: 'q01', revision: 1, clientSeq: 1, value: 'a' }])
  })

  it('gives the key of the paper that was sealed last, though this process knew an earlier one', async () => {
    const { lease } = value(await enter())
    const other = hall.seated.at(-1) as Seated
    await sql`update halls.attempts set key_sealed = (select key_sealed from halls.attempts where id = ${other.attemptId})
      where id = ${one.attemptId}`.execute(app.db)
    await expect(start(lease)).rejects.toThrow()
  })

  it('refuses who entered after the limit, unless an invigilator let the candidate in late', async () => {
    app.clock.set(new Date(hall.opensAt.getTime() + 20 * MINUTE))
    const { lease } = value(await enter())
    expect(await start(lease)).toMatchObject({ refusal: { code: 'START_TOO_LATE' } })
    await sql`
      insert into halls.admissions (sitting_id, candidate_id, part, hall_id, secret_hash, state, late, checks_from, identified_at)
      values (${hall.sittingId}, ${one.candidateId}, ${hall.part}, ${one.hallId}, 'x', 'admitted', true,
        ${app.clock.now()}, ${app.clock.now()})`.execute(app.db)
    expect((await start(lease)).ok).toBe(true)
  })
})
