import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { extendAttempts, pauseHall, releaseAttempt } from './act-on-attempts.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { openLease } from './open-lease.ts'
import { takePulse } from './pulse.ts'
import { journalRows } from './store.ts'
import type { EventReport, Pulse } from './wire.ts'

let app: TestApp
let journal: Journal
let hall: HallFixture
let next = 0
let one: Seated
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  journal.listen()
  hall = await aHallOf(app, {
    ...{ candidates: 8, stage: 'started', minutes: 60, seatsPerHall: 1 },
    rules: { captureRequired: true, captureSeconds: { from: 30, to: 60 } },
  })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(() => {
  one = hall.seated[next++] as Seated
})

const aPulse = (pulse: Partial<Pulse> = {}): Pulse => ({
  clientAt: app.clock.now().toISOString(),
  unsaved: 1,
  answered: 7,
  position: 'q08',
  roundTripMs: 12,
  signals: { visible: true, fullScreen: true, camera: 'on', secondScreen: false, battery: 80 },
  events: [],
  ...pulse,
})
const anEvent = (id: string, what: EventReport['what']): EventReport => ({
  ...{ id, what, data: { seconds: 4 } },
  clientAt: app.clock.now().toISOString(),
})
const beat = (pulse: Partial<Pulse> = {}, lease = one.lease) =>
  takePulse(app, journal, holderOf({ attempt: one.attemptId, lease })!, aPulse(pulse))

describe('takePulse', () => {
  it('refuses a browser without the lease', async () => {
    expect(await beat({}, 'another')).toMatchObject({ refusal: { code: 'LEASE_SECRET_INVALID' } })
  })

  it('writes what the browser saw once, and shows the board what the rules warn of', async () => {
    const events = [anEvent('e1', 'blur'), anEvent('e2', 'full_screen_left'), anEvent('e3', 'paste')]
    value(await beat({ events }))
    value(await beat({ events }))
    const key = { sittingId: hall.sittingId, attemptId: one.attemptId }
    const written = (await journalRows(app.db, key)).filter((row) => row.kind === 'event')
    expect(written.map((row) => JSON.parse(row.body).what)).toEqual(['blur', 'full_screen_left', 'paste'])
    const { rows } = await sql<{ kind: string }>`
      select kind from halls.alerts where attempt_id = ${one.attemptId} order by kind`.execute(app.db)
    expect(rows.map((row) => row.kind)).toEqual(['full_screen_left', 'paste'])
  })

  it('tells the room of more time and of a pause at once, and of the invigilator’s words', async () => {
    const before = value(await beat())
    const act = { sittingId: hall.sittingId, hallId: one.hallId, actId: 'act' }
    value(
      await extendAttempts(app.db, app, {
        ...act,
        attemptIds: [one.attemptId],
        seconds: 300,
        reason: '断电',
      }),
    )
    await sql`
      insert into halls.acts (sitting_id, hall_id, candidate_id, kind, data, by_account, by_name, at)
      values (${hall.sittingId}, ${one.hallId}, ${one.candidateId}, 'message', '{"text": "请坐正"}', 'a', '监考员', ${app.clock.now()}),
        (${hall.sittingId}, ${hall.seated.at(-1)!.hallId}, null, 'message', '{"text": "别的考场"}', 'a', '监考员', ${app.clock.now()})`.execute(
      app.db,
    )
    await sleep(1100)
    const after = value(await beat())
    expect(new Date(after.deadline!).getTime() - new Date(before.deadline!).getTime()).toBe(300_000)
    expect(after.extensions).toMatchObject([{ seconds: 300, reason: '断电' }])
    expect(after.messages).toMatchObject([{ text: '请坐正' }])
    value(await pauseHall(app.db, app, act))
    await sleep(200)
    expect(value(await beat()).pausedAt).not.toBeNull()
  })

  it('shows a candidate who was moved in the hall of the new seat', async () => {
    value(await beat())
    const to = hall.halls.at(-1)!
    const act = { sittingId: hall.sittingId, attemptId: one.attemptId, seatId: null, actId: 'act' }
    value(await releaseAttempt(app.db, app, act))
    await sql`update halls.seat_assignments set ended_at = ${app.clock.now()} where sitting_id = ${hall.sittingId}
      and (candidate_id = ${one.candidateId} or hall_id = ${to.id})`.execute(app.db)
    await sql`
      insert into halls.seat_assignments (sitting_id, candidate_id, hall_id, seat_id, form, origin, assigned_at)
      values (${hall.sittingId}, ${one.candidateId}, ${to.id}, ${to.seatIds[0]}, 'A', 'moved', ${app.clock.now()})`.execute(
      app.db,
    )
    const { sittingId, part } = hall
    const { lease } = value(
      await openLease(
        app,
        {
          ...{ sittingId, part, candidateId: one.candidateId, seatId: to.seatIds[0]! },
          ...{ agent: '', admission: 'new' },
        },
        journal,
      ),
    )
    value(await beat({}, lease))
    await sleep(400)
    const { rows } =
      await sql`select hall_id from halls.presences where attempt_id = ${one.attemptId}`.execute(app.db)
    expect(rows).toEqual([{ hallId: to.id }])
  })

  it('closes an attempt whose time is over', async () => {
    const ended = await aHallOf(app, { world: hall.world, candidates: 1, stage: 'started', minutes: 1 })
    one = ended.seated[0] as Seated
    app.clock.advance(122)
    expect(value(await beat({ events: [anEvent('e1', 'blur')] })).closed?.why).toBe('timed_out')
  })

  it('asks for a picture at some moment within the bounds, once', async () => {
    expect(value(await beat()).captureNow).toBe(false)
    app.clock.advance(61)
    expect(value(await beat()).captureNow).toBe(true)
    expect(value(await beat()).captureNow).toBe(false)
  })

  it('leaves the latest for the board', async () => {
    value(await beat({ answered: 3 }))
    value(await beat({ answered: 4 }))
    await sleep(400)
    const { rows } = await sql`
      select answered, unsaved, round_trip_ms, signals ->> 'camera' as camera from halls.presences
      where attempt_id = ${one.attemptId}`.execute(app.db)
    expect(rows).toEqual([{ answered: 4, unsaved: 1, roundTripMs: 12, camera: 'on' }])
  })
})
