import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { addDays } from '../../platform/clock.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import { decideAct } from '../board/decide-act.ts'
import { proposeAct } from '../board/propose-act.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { deleteDueEvidence } from './delete-due-evidence.ts'
import { keepCapture, storePicture } from './keep-capture.ts'
import { keepingBy } from './keeping.ts'
import { decideLift, proposeLift } from './lift-hold.ts'
import { decideHold, putHold } from './put-hold.ts'
import { listEvidence, readEvidence } from './read-evidence.ts'
import { takeVideo } from './take-video.ts'

let app: TestApp
let door: DoorFixture
let one: AtDoor
let two: AtDoor
let manager: Actor
let second: Actor
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
})
beforeEach(async () => {
  door = await aDoor(app, {
    ...{ stage: 'started', candidates: 2 },
    rules: {
      retention: { capturesDays: 10, videoDays: 10, templateDays: 30, archiveYears: 5 },
      unverified: ['retention.capturesDays'],
    },
  })
  ;[one, two] = door.people as [AtDoor, AtDoor]
  manager = door.world.evaluation.actor
  second = door.world.second
  for (const each of door.people) {
    await picture(each, each.attemptId)
    await picture(each, null)
    value(
      await takeVideo(
        app,
        each.secrets,
        { run: 'run-0001', segment: 0, clientFrom: app.clock.now(), clientTo: app.clock.now() },
        Buffer.from('1a45dfa3', 'hex'),
      ),
    )
  }
})

const DAY = 86_400
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code
let shade = 0
/** In the room or, without an attempt, at the door. */
async function picture(of: AtDoor, attemptId: string | null): Promise<void> {
  shade += 1
  const stored = await storePicture(app, Buffer.from(`\xff\xd8\xff picture ${shade}`, 'latin1'))
  const at = app.clock.now()
  await keepCapture(app.db, stored, {
    ...{ sittingId: door.sittingId, hallId: door.hallId, candidateId: of.candidateId, attemptId },
    ...{ reason: attemptId ? 'random' : 'gate', clientAt: at, at },
  })
}
/** What of somebody is still there: pictures of the room, of the door, video. */
async function left(of: AtDoor): Promise<[number, number, number]> {
  const { rows } = await sql<{ room: number; door: number; video: number }>`
    select (select count(*)::int from halls.captures where candidate_id = ${of.candidateId} and deleted_at is null
        and attempt_id is not null) as room,
      (select count(*)::int from halls.captures where candidate_id = ${of.candidateId} and deleted_at is null
        and attempt_id is null) as door,
      (select count(*)::int from halls.video_segments where attempt_id = ${of.attemptId} and deleted_at is null) as video`.execute(
    app.db,
  )
  const { room, door: atDoor, video } = rows[0] as { room: number; door: number; video: number }
  return [room, atDoor, video]
}
const told = async (name: string) => {
  const { rows } = await sql<{ subjects: string[]; data: { reasons?: string[] } }>`
    select subjects, data from platform.audit_events
    where name = ${name} and subjects @> array[${`sitting:${door.sittingId}`}]::text[] order by seq`.execute(
    app.db,
  )
  return rows
}
const read = async (actor: Actor = manager) =>
  value(await readEvidence(app, actor, { attemptId: one.attemptId, purpose: '核查' }))
const put = (actor: Actor = manager) =>
  putHold(app, actor, { attemptId: one.attemptId, reason: '考生对成绩提出申诉' })
const decided = (holdId: string, decision: 'agreed' | 'declined' | 'withdrawn') => ({
  ...{ holdId, decision, reason: '情况不符' },
})
async function terminateOne(): Promise<void> {
  const at = { sittingId: door.sittingId, hallId: door.hallId, part: 'theory' as const }
  const act = { kind: 'terminate' as const, candidateId: one.candidateId }
  const clientAt = app.clock.now()
  const { id } = value(await proposeAct(app, door.chief, { ...at, act, reason: '拒不服从', clientAt }))
  const agreed = { proposalId: id, decision: 'agreed' as const, reason: null, clientAt }
  value(await decideAct(app, door.invigilator, agreed))
}
const publish = () =>
  sql`update exams.sittings set state = 'scored', published_at = ${app.clock.now()} where id = ${door.sittingId}`.execute(
    app.db,
  )

describe('what a case rests on', () => {
  test('stays while the case is open, door pictures and video too; what nobody asks about goes', async () => {
    await terminateOne()
    app.clock.advance(11 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([1, 1, 1])
    expect(await left(two)).toEqual([0, 0, 0])
    const kept = await told('evidence.kept-on')
    expect(kept.map((event) => [event.subjects.at(-1), event.data.reasons])).toEqual([
      [`candidate:${one.candidateId}`, ['termination']],
    ])
    await deleteDueEvidence(app)
    expect(await told('evidence.kept-on')).toHaveLength(1)
  })

  test('stays for the days of the pack after it is closed, and then goes', async () => {
    await terminateOne()
    app.clock.advance(11 * DAY)
    await publish()
    const until = addDays(app.clock.today(), 90)
    expect((await read()).keeping).toEqual([expect.objectContaining({ kind: 'termination', until })])
    expect((await read()).afterCase).toEqual({ days: 90, verified: false })
    app.clock.advance(89 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([1, 1, 1])
    app.clock.advance(2 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([0, 0, 0])
  })

  test('an open correction of a score keeps it; decided long ago it does not', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into exams.score_corrections (sitting_id, candidate_id, part, from_tenths, to_tenths, from_result, reason,
        proposed_by, proposed_by_name, proposed_at)
      values (${door.sittingId}, ${one.candidateId}, 'theory', 590, 600, 'failed', '核分', 'a', '甲', ${app.clock.now()})
      returning id`.execute(app.db)
    app.clock.advance(11 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([1, 1, 1])
    await sql`update exams.score_corrections set decision = 'rejected', decided_by = 'b', decided_by_name = '乙',
      decided_at = ${app.clock.now()} where id = ${rows[0]?.id}`.execute(app.db)
    app.clock.advance(91 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([0, 0, 0])
  })

  test('of each kind of case the longest counts', () => {
    const day = (text: string) => new Date(`${text}T04:00:00Z`)
    const kept = keepingBy(
      [
        { candidateId: 'a', kind: 'misconduct', openedAt: day('2026-01-01'), closedAt: day('2026-01-02') },
        { candidateId: 'a', kind: 'misconduct', openedAt: day('2026-02-01'), closedAt: null },
        { candidateId: 'b', kind: 'correction', openedAt: day('2026-01-01'), closedAt: day('2026-01-02') },
      ],
      [],
      { days: 10, today: '2026-01-13' },
    )
    expect([...kept].map(([id, all]) => [id, all.map((each) => [each.kind, each.until])])).toEqual([
      ['a', [['misconduct', null]]],
    ])
  })
})

describe('a hold that people put', () => {
  test('is refused to strangers, of nothing, and twice', async () => {
    expect(code(await put(anActor('evaluation_manager')))).toBe('EVIDENCE_NOT_FOUND')
    const { id } = value(await put())
    expect(code(await put(second))).toBe('HOLD_STANDS_ALREADY')
    value(await decideHold(app, manager, decided(id, 'withdrawn')))
    app.clock.advance(11 * DAY)
    await deleteDueEvidence(app)
    expect(code(await put())).toBe('HOLD_OF_NOTHING')
  })

  test('is confirmed by another person only, once, and withdrawn by its own only', async () => {
    const { id } = value(await put())
    expect(code(await decideHold(app, manager, decided(id, 'agreed')))).toBe('HOLD_NEEDS_SECOND')
    expect(code(await decideHold(app, second, decided(id, 'withdrawn')))).toBe('HOLD_NOT_PROPOSER')
    const elsewhere = anActor('city_officer', { provinceCode: '340000', cityCode: '340100' })
    expect(code(await decideHold(app, elsewhere, decided(id, 'agreed')))).toBe('HOLD_NOT_FOUND')
    expect(code(await proposeLift(app, second, { holdId: id, reason: '已办结' }))).toBe('HOLD_UNCONFIRMED')
    value(await decideHold(app, second, decided(id, 'agreed')))
    expect(code(await decideHold(app, second, decided(id, 'declined')))).toBe('HOLD_DECIDED')
  })

  test('holds at once; declined by the second person, it keeps nothing any more', async () => {
    const { id } = value(await put())
    app.clock.advance(11 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([1, 1, 1])
    value(await decideHold(app, second, decided(id, 'declined')))
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([0, 0, 0])
  })

  test('is lifted by two people; until the second agrees it holds', async () => {
    const { id } = value(await put())
    value(await decideHold(app, second, decided(id, 'agreed')))
    expect(code(await decideLift(app, second, decided(id, 'agreed')))).toBe('LIFT_NOT_PROPOSED')
    value(await proposeLift(app, second, { holdId: id, reason: '申诉已办结' }))
    expect(code(await proposeLift(app, manager, { holdId: id, reason: '申诉已办结' }))).toBe(
      'LIFT_ALREADY_PROPOSED',
    )
    expect(code(await decideLift(app, second, decided(id, 'agreed')))).toBe('HOLD_NEEDS_SECOND')
    value(await decideLift(app, manager, decided(id, 'declined')))
    app.clock.advance(11 * DAY)
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([1, 1, 1])
    value(await proposeLift(app, manager, { holdId: id, reason: '申诉已办结' }))
    value(await decideLift(app, second, decided(id, 'agreed')))
    await deleteDueEvidence(app)
    expect(await left(one)).toEqual([0, 0, 0])
    expect(code(await decideLift(app, second, decided(id, 'agreed')))).toBe('HOLD_NOT_FOUND')
    expect(await told('evidence.hold-lifted')).toHaveLength(1)
  })

  test('is shown with what each may do, and who may not is told whom to ask', async () => {
    value(await put())
    const mine = await read()
    expect(mine.keeping.map((each) => each.words)).toEqual(['人工保全'])
    expect(mine.hold).toMatchObject({ reason: '考生对成绩提出申诉', confirmedBy: null })
    expect(mine.hold?.actions.confirm).toMatchObject({ because: { code: 'HOLD_NEEDS_SECOND' } })
    expect(mine.hold?.actions.withdraw.allowed).toBe(true)
    expect((await read(second)).hold?.actions.confirm.allowed).toBe(true)
    expect((await read(door.chief)).actions.hold).toMatchObject({ because: { code: 'HOLD_NOT_YOURS' } })
    const page = { sittingId: door.sittingId, page: 1, size: 20 }
    const list = value(await listEvidence(app, manager, { ...page, kept: true }))
    expect(list.rows.map((row) => row.candidateId)).toEqual([one.candidateId])
    expect(value(await listEvidence(app, manager, page)).total).toBe(2)
  })
})
