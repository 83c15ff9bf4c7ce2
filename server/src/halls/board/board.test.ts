import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { deadlineOf } from '../attempts/deadline.ts'
import { brokenAt, stateOf } from '../attempts/entry.ts'
import { handIn } from '../attempts/hand-in.ts'
import { holderOf } from '../attempts/holder.ts'
import { type Journal, openJournal } from '../attempts/journal.ts'
import { takePulse } from '../attempts/pulse.ts'
import { saveAnswers } from '../attempts/save-answers.ts'
import { journalRows } from '../attempts/store.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { decideAct } from './decide-act.ts'
import { exportActs } from './export-acts.ts'
import { listBoards, partNow } from './list-boards.ts'
import { lookIn } from './look-in.ts'
import { pauseHall, resumeHall } from './pause-hall.ts'
import { type Proposed, proposeAct } from './propose-act.ts'
import { raiseAlert } from './raise-alert.ts'
import { lookAtHall, readBoard } from './read-board.ts'
import { readSeated } from './read-seated.ts'
import { releaseSeat } from './release-seat.ts'
import { sendMessage } from './send-message.ts'
import { settleAlert } from './settle-alert.ts'
import { stripFor } from './strip.ts'

let app: TestApp
let journal: Journal
let door: DoorFixture
let one: AtDoor
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(async () => {
  door = await aDoor(app, { candidates: 3, stage: 'started', minutes: 60 })
  one = door.people[0] as AtDoor
})

const at = () => ({ sittingId: door.sittingId, hallId: door.hallId, clientAt: app.clock.now() })
const ask = () => ({ sittingId: door.sittingId, hallId: door.hallId, part: 'theory' as const })
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => result.refusal?.code
const rowsOf = (seated = one) =>
  journalRows(app.db, { sittingId: door.sittingId, attemptId: seated.attemptId })
const propose = (actor: Actor, act: Proposed) =>
  proposeAct(app, actor, { ...at(), part: 'theory', act, reason: '网络中断十分钟' })
const decide = (actor: Actor, proposalId: string, decision: 'agreed' | 'declined' | 'withdrawn' = 'agreed') =>
  decideAct(app, actor, { proposalId, decision, reason: '情况不符', clientAt: app.clock.now() })
const pulse = (seated = one, events: { id: string; what: 'blur'; clientAt: string; data: object }[] = []) =>
  takePulse(app, journal, holderOf(seated.secrets)!, {
    clientAt: app.clock.now().toISOString(),
    unsaved: 0,
    answered: 2,
    position: 'q01',
    roundTripMs: 12,
    signals: { visible: true, fullScreen: true, camera: 'on', secondScreen: false, battery: null },
    events: events as never,
  })
const save = (seated = one) =>
  saveAnswers(app, journal, holderOf(seated.secrets)!, [
    { item: 'q01', clientSeq: 1, baseRevision: 0, value: 'a', clientAt: app.clock.now().toISOString() },
  ])
const deadline = async (seated = one) =>
  deadlineOf(
    { opensAt: door.opensAt, closesAt: door.closesAt, minutes: 60, extraMinutes: 0, graceSeconds: 60 },
    stateOf(await rowsOf(seated)),
    app.clock.now(),
  ).getTime()
const anAlertOf = async (severity: 'warning' | 'urgent' = 'warning') => {
  const now = app.clock.now()
  await raiseAlert(app.db, {
    ...{ sittingId: door.sittingId, hallId: door.hallId },
    ...{ candidateId: one.candidateId, attemptId: one.attemptId },
    ...{ kind: 'blur', severity, data: {}, captureId: null, clientAt: now, at: now },
  })
  const { rows } = await sql<{ id: string; severity: string; data: { times: number } }>`
    select id, severity, data from halls.alerts where candidate_id = ${one.candidateId} and settled_at is null`.execute(
    app.db,
  )
  return rows
}

describe('who may act at a board', () => {
  it('patrol sees everything and changes nothing', async () => {
    const board = value(await readBoard(app, door.patrol, ask()))
    expect(board.tiles).toHaveLength(3)
    expect(board.actions.act.allowed).toBe(false)
    expect(codeOf(await pauseHall(app, door.patrol, { ...at(), reason: '考场停电' }))).toBe('BOARD_NOT_YOURS')
    const said = await sendMessage(app, door.patrol, {
      ...at(),
      part: 'theory',
      candidateId: null,
      text: '安静',
    })
    expect(codeOf(said)).toBe('BOARD_NOT_YOURS')
  })

  it('the province looks in, another institution finds nothing', async () => {
    const province = anActor('provincial_officer', { kind: 'provincial_department', provinceCode: '420000' })
    expect((await readBoard(app, province, ask())).ok).toBe(true)
    const stranger = anActor('invigilator', { kind: 'evaluation_institution' })
    expect(codeOf(await readBoard(app, stranger, ask()))).toBe('BOARD_NOT_FOUND')
  })
})

describe('looking in', () => {
  const looks = async () => {
    const { rows } = await sql<{ actorName: string }>`
      select actor_name from platform.audit_events
      where name = 'board.looked-in' and subjects @> array[${`sitting:${door.sittingId}`}]::text[]`.execute(
      app.db,
    )
    return rows.map((row) => row.actorName)
  }

  it('is on record once a visit for whoever does not invigilate there, and not for its invigilators', async () => {
    value(await lookIn(app, door.chief, ask()))
    expect(await looks()).toEqual([])
    for (let minute = 0; minute < 3; minute += 1) {
      value(await lookIn(app, door.patrol, ask()))
      app.clock.advance(60)
    }
    expect(await looks()).toEqual(['流动丙'])
    app.clock.advance(31 * 60)
    value(await lookIn(app, door.patrol, ask()))
    expect(await looks()).toEqual(['流动丙', '流动丙'])
  })

  it('lists the own halls before worse ones of others', async () => {
    const other = await aDoor(app, { candidates: 1, stage: 'started', world: door.world })
    const now = app.clock.now()
    await raiseAlert(app.db, {
      ...{ sittingId: other.sittingId, hallId: other.hallId, candidateId: other.people[0]!.candidateId },
      ...{ attemptId: other.people[0]!.attemptId, kind: 'impostor', severity: 'urgent', data: {} },
      ...{ captureId: null, clientAt: now, at: now },
    })
    const page = { page: 1, size: 20 }
    const mine = await listBoards(app, door.chief, page)
    expect(mine.rows.slice(0, 2).map((row) => row.sittingId)).toEqual([door.sittingId, other.sittingId])
    expect(mine.rows[0]).toMatchObject({ role: 'chief', part: 'theory', candidates: 3, started: 3 })
    const manager = await listBoards(app, door.world.evaluation.actor, page)
    expect(manager.rows[0]).toMatchObject({ sittingId: other.sittingId, urgentAlerts: 1, role: null })
    expect((await listBoards(app, door.chief, { ...page, mine: '1' })).total).toBe(1)
  })

  it('opens the part that is on or comes next', () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour))
    const windows = (['theory', 'ability'] as const).map((part, n) => ({
      ...{ sittingId: '', part, startsAt: at(1 + n * 4), endsAt: at(3 + n * 4) },
    }))
    expect([0, 2, 4, 6, 9].map((hour) => partNow(windows, at(hour)))).toEqual([
      ...['theory', 'theory', 'ability', 'ability', 'ability'],
    ])
  })

  it('at several halls shows each in short, the worst first', async () => {
    await anAlertOf('urgent')
    const strip = stripFor(await lookAtHall(app, ask()), {
      ...{ title: '试验机考', site: '光谷机考中心', hall: '第1考场' },
    })
    expect(strip.levels).toEqual({ calm: 2, notice: 0, warning: 0, urgent: 1 })
    expect(strip.worst).toEqual([
      expect.objectContaining({
        candidateId: one.candidateId,
        urgency: { level: 'urgent', word: '离开考试窗口' },
      }),
    ])
  })
})

describe('the tiles', () => {
  it('put the silent and the suspicious first', async () => {
    await pulse(door.people[1])
    await pulse(door.people[2])
    await pulse(one, [{ id: 'e1', what: 'blur', clientAt: app.clock.now().toISOString(), data: {} }])
    await expect
      .poll(async () => value(await readBoard(app, door.chief, ask())).tiles.map((t) => t.silentSeconds))
      .not.toContain(null)
    app.clock.advance(6)
    await anAlertOf('urgent')
    const { tiles, counts } = value(await readBoard(app, door.chief, ask()))
    expect(tiles[0]).toMatchObject({
      candidateId: one.candidateId,
      urgency: { level: 'urgent', word: '离开考试窗口' },
    })
    expect(tiles[1]?.urgency).toEqual({ level: 'notice', word: '网络中断' })
    expect(tiles[1]?.answered).toBe(2)
    expect(counts.writing).toBe(3)
  })

  it('an alert of the same kind counts up and may grow graver, but not milder', async () => {
    await anAlertOf('warning')
    await anAlertOf('urgent')
    const rows = await anAlertOf('warning')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ severity: 'urgent', data: { times: 3 } })
  })

  it('a settled alert leaves the board and stays behind the tile', async () => {
    const [alert] = await anAlertOf()
    const reason = '已到座位前核实，属误报'
    value(await settleAlert(app, door.invigilator, { alertId: alert!.id, reason, clientAt: app.clock.now() }))
    expect(
      codeOf(await settleAlert(app, door.chief, { alertId: alert!.id, reason, clientAt: app.clock.now() })),
    ).toBe('ALERT_NOT_FOUND')
    const seated = value(await readSeated(app, door.chief, { ...ask(), candidateId: one.candidateId }))
    expect(seated.tile.alerts).toEqual([])
    expect(seated.alerts[0]).toMatchObject({ settledBy: '监考乙', settledReason: reason })
    expect(seated.acts[0]).toMatchObject({ kind: 'settle', byName: '监考乙' })
  })
})

describe('a message', () => {
  it('reaches one candidate and not the others; one to the hall reaches all', async () => {
    value(
      await sendMessage(app, door.chief, {
        ...at(),
        part: 'theory',
        candidateId: one.candidateId,
        text: '请坐正',
      }),
    )
    value(
      await sendMessage(app, door.chief, { ...at(), part: 'theory', candidateId: null, text: '还有一小时' }),
    )
    const heard = async (seated: AtDoor) => value(await pulse(seated)).messages.map((message) => message.text)
    await expect.poll(() => heard(one), { timeout: 4_000 }).toEqual(['请坐正', '还有一小时'])
    expect(await heard(door.people[1] as AtDoor)).toEqual(['还有一小时'])
  })
})

describe('pausing a hall', () => {
  it('refuses answers, counts the time back to the second, and can be ended', async () => {
    expect(codeOf(await resumeHall(app, door.chief, { ...at(), reason: '供电恢复' }))).toBe(
      'HALL_NOT_RUNNING',
    )
    const before = await deadline()
    expect(value(await pauseHall(app, door.chief, { ...at(), reason: '考场停电' })).attempts).toBe(3)
    expect(codeOf(await pauseHall(app, door.chief, { ...at(), reason: '考场停电' }))).toBe('HALL_NOT_RUNNING')
    expect((await save()).ok).toBe(false)
    app.clock.advance(600)
    value(await resumeHall(app, door.invigilator, { ...at(), reason: '供电恢复' }))
    expect(value(await save()).results[0]?.status).toBe('saved')
    const gained = (await deadline()) - before
    expect(gained).toBeGreaterThanOrEqual(600_000)
    expect(gained).toBeLessThan(601_000)
    expect(brokenAt(await rowsOf())).toBeUndefined()
  })
})

describe('releasing a seat', () => {
  it('refuses a seat that somebody has', async () => {
    const taken = door.people[1]!.seatId
    const moved = await releaseSeat(app, door.chief, {
      ...at(),
      ...{ part: 'theory', candidateId: one.candidateId, seatId: taken, reason: '机器故障' },
    })
    expect(codeOf(moved)).toBe('SEAT_NOT_FREE')
  })

  it('ends the lease and moves the candidate; the old browser writes nothing more', async () => {
    value(await save())
    const seated = value(await readSeated(app, door.chief, { ...ask(), candidateId: one.candidateId }))
    const free = seated.freeSeats[0]!
    value(
      await releaseSeat(app, door.chief, {
        ...at(),
        ...{ part: 'theory', candidateId: one.candidateId, seatId: free.id, reason: '机器故障' },
      }),
    )
    expect((await save()).ok).toBe(false)
    const { tiles } = value(await readBoard(app, door.chief, ask()))
    expect(tiles.find((tile) => tile.candidateId === one.candidateId)?.seat).toBe(free.label)
    const { rows } = await sql<{ origin: string; ended: boolean }>`
      select origin, ended_at is not null as ended from halls.seat_assignments
      where candidate_id = ${one.candidateId} order by assigned_at`.execute(app.db)
    expect(rows).toEqual([
      { origin: 'drawn', ended: true },
      { origin: 'moved', ended: false },
    ])
  })
})

describe('acts at discretion', () => {
  it('wait for a second invigilator of the hall', async () => {
    const before = await deadline()
    const act = { kind: 'extend', candidateId: one.candidateId, seconds: 600 } as const
    const { id } = value(await propose(door.chief, act))
    expect(codeOf(await propose(door.invigilator, act))).toBe('ACT_ALREADY_PROPOSED')
    expect(await deadline()).toBe(before)
    expect(codeOf(await decide(door.chief, id))).toBe('ACT_NEEDS_SECOND')
    expect(codeOf(await decide(door.patrol, id))).toBe('BOARD_NOT_YOURS')
    expect(codeOf(await decide(door.invigilator, id, 'withdrawn'))).toBe('ACT_NOT_PROPOSER')
    value(await decide(door.invigilator, id))
    expect((await deadline()) - before).toBe(600_000)
    expect(await deadline(door.people[1])).toBe(await deadline(door.people[2]))
    expect(codeOf(await decide(door.invigilator, id))).toBe('ACT_PROPOSAL_NOT_FOUND')
  })

  it('change nothing when the second declines or the first withdraws', async () => {
    const before = await deadline()
    const extend = { kind: 'extend', candidateId: null, seconds: 600 } as const
    value(await decide(door.invigilator, value(await propose(door.chief, extend)).id, 'declined'))
    value(await decide(door.chief, value(await propose(door.chief, extend)).id, 'withdrawn'))
    expect(await deadline()).toBe(before)
    expect(value(await readBoard(app, door.chief, ask())).proposals).toEqual([])
  })

  it('give a whole hall more time', async () => {
    const before = await deadline(door.people[2])
    const { id } = value(await propose(door.chief, { kind: 'extend', candidateId: null, seconds: 300 }))
    value(await decide(door.invigilator, id))
    expect((await deadline(door.people[2])) - before).toBe(300_000)
  })

  it('refuse misconduct without evidence; with it the mark goes to the sitting and the attempt ends', async () => {
    const bare = {
      kind: 'misconduct',
      candidateId: one.candidateId,
      alertIds: [],
      captureIds: [],
      ends: true,
    } as const
    expect(codeOf(await propose(door.chief, { ...bare, alertIds: [], captureIds: [] }))).toBe(
      'MISCONDUCT_WITHOUT_EVIDENCE',
    )
    const [alert] = await anAlertOf()
    const { id } = value(await propose(door.chief, { ...bare, alertIds: [alert!.id], captureIds: [] }))
    value(await decide(door.invigilator, id))
    const { rows } = await sql<{ mark: string }>`
      select theory_mark as mark from exams.candidates where id = ${one.candidateId}`.execute(app.db)
    expect(rows).toEqual([{ mark: 'misconduct' }])
    expect(value(await save())).toMatchObject({ closed: { why: 'terminated' } })
    expect(value(await readBoard(app, door.chief, ask())).counts.terminated).toBe(1)
  })

  it('cannot end what the candidate has handed in', async () => {
    const before = value(await readSeated(app, door.chief, { ...ask(), candidateId: one.candidateId }))
    expect(before.actions.terminate.allowed).toBe(true)
    expect(new Date(before.endsAt ?? 0).getTime()).toBe(await deadline())
    value(await handIn(journal, holderOf(one.secrets)!, { answers: {} }))
    const after = value(await readSeated(app, door.chief, { ...ask(), candidateId: one.candidateId }))
    expect(after.actions.terminate).toMatchObject({ because: { code: 'ATTEMPT_NOT_OPEN' } })
    expect(after.actions.misconduct.allowed).toBe(true)
    expect(after.endsAt).toBeNull()
    expect(codeOf(await propose(door.chief, { kind: 'terminate', candidateId: one.candidateId }))).toBe(
      'ATTEMPT_NOT_OPEN',
    )
  })

  it('stand in the log with both clocks and both names', async () => {
    const { id } = value(await propose(door.chief, { kind: 'terminate', candidateId: one.candidateId }))
    value(await decide(door.invigilator, id))
    const seated = value(await readSeated(app, door.chief, { ...ask(), candidateId: one.candidateId }))
    expect(seated.acts[0]).toMatchObject({ kind: 'terminate', byName: '主考甲', secondName: '监考乙' })
    expect(seated.acts[0]?.clientAt).not.toBeNull()
    expect(value(await exportActs(app, door.patrol, at())).fileName).toContain('监考记录')
  })
})
