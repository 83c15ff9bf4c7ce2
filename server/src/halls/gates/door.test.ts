import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { giveConsentIn, scopeOf } from '../../people/index.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import type { Look } from '../faces/face.ts'
import { useFaces } from '../faces/face-pool.ts'
import { aFace, aLook, facesThatSee, shotOf } from '../faces/fixtures.ts'
import { answerConsent } from './answer-consent.ts'
import { admittedBy, readMyAdmission } from './at-the-door.ts'
import { confirmCandidate } from './confirm-candidate.ts'
import { enterRoom } from './enter-room.ts'
import { type AtDoor, aCall, aDoor, type DoorFixture } from './fixtures.ts'
import { identify } from './identify.ts'
import { listDoor } from './list-door.ts'
import { openDoor } from './open-door.ts'
import { registerPhoto } from './register-photo.ts'
import { sebHash } from './seb.ts'
import { secondVoucher } from './second-voucher.ts'
import { showFace } from './show-face.ts'
import { doorCards } from './store/door.ts'
import { readmitCandidate, turnAwayCandidate } from './turn-away-candidate.ts'
import { vouchCandidate } from './vouch-candidate.ts'

let app: TestApp
let now: Look
const picture = shotOf(['man'], { width: 160, height: 120 })
beforeAll(async () => {
  app = await aTestApp()
  useFaces(
    app,
    facesThatSee(() => now),
  )
})
afterAll(() => app?.close())
beforeEach(() => {
  now = aLook([aFace(1)])
})

const clientAt = new Date('2026-03-02T01:00:00Z')

async function identified(who: AtDoor, at: AtDoor = who) {
  return value(
    await identify(aCall(app, { station: at.station }), {
      ticketNumber: who.ticketNumber,
      idTail: who.idTail,
    }),
  )
}

async function registered(who: AtDoor) {
  const actor = anActor('learner', {}, { personId: who.personId, name: who.name })
  now = aLook([aFace(1)])
  return value(
    await registerPhoto(app, actor, {
      personId: who.personId,
      provinceCode: '420000',
      picture,
      consent: true,
    }),
  )
}

/** Registered, identified, looked at with this result. */
async function looked(door: DoorFixture, who: AtDoor, look: Look) {
  await registered(who)
  const { admission } = await identified(who)
  now = look
  const face = value(await showFace(app, admission, picture))
  const { rows } = value(await listDoor(app, door.chief, ask(door, who)))
  return { secret: admission, face, admissionId: rows[0]?.admissionId as string }
}

const ask = (door: DoorFixture, who?: AtDoor) => ({
  sittingId: door.sittingId,
  hallId: who?.hallId ?? door.hallId,
  part: 'theory' as const,
  page: 1,
  size: 50,
  ...(who ? { q: who.ticketNumber } : {}),
})

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

async function checks(who: AtDoor) {
  const { rows } = await sql<{
    gate: string
    outcome: string
    byName: string | null
    secondName: string | null
  }>`
    select gate, outcome, by_name, second_name from halls.gate_checks where candidate_id = ${who.candidateId} order by at`.execute(
    app.db,
  )
  return rows.map((row) => [row.gate, row.outcome, row.byName, row.secondName])
}

describe('who says who it is', () => {
  test('is not heard at a machine that is bound to no seat', async () => {
    const refused = await identify(aCall(app, { station: 'nobody' }), { ticketNumber: '1', idTail: '00000X' })
    expect(code(refused)).toBe('STATION_SECRET_INVALID')
  })

  test('is refused in the same words for a wrong number and for a ticket that is not there, and both are on record', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const call = aCall(app, { station: one.station })
    const wrong = await identify(call, { ticketNumber: one.ticketNumber, idTail: '999999' })
    const nobody = await identify(call, { ticketNumber: 'T-unknown', idTail: '999999' })
    expect(wrong).toEqual(nobody)
    expect(code(wrong)).toBe('IDENTITY_NOT_MATCHED')
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from platform.audit_events
      where name = 'admission.identify-failed' and subjects @> array[${`hall:${door.hallId}`}]`.execute(
      app.db,
    )
    expect(rows[0]?.count).toBe(2)
  })

  test('is stopped after a few wrong tries, even with the right number, until some minutes have passed', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const call = aCall(app, { station: one.station })
    for (let i = 0; i < 5; i += 1)
      await identify(call, { ticketNumber: one.ticketNumber, idTail: `00000${i}` })
    const right = { ticketNumber: one.ticketNumber, idTail: one.idTail }
    expect(code(await identify(call, right))).toBe('IDENTIFY_TOO_OFTEN')
    app.clock.advance(11 * 60)
    expect(code(await identify(call, right))).toBe('ok')
  })

  test('waits outside while the door is not open', async () => {
    const door = await aDoor(app, { open: false })
    const [one] = door.people as [AtDoor]
    const input = { ticketNumber: one.ticketNumber, idTail: one.idTail }
    expect(code(await identify(aCall(app, { station: one.station }), input))).toBe('DOOR_NOT_OPEN')
  })

  test('is refused without the browser the hall wants, and let through with it', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    await sql`update halls.halls set seb_config_key = 'k1' where id = ${door.hallId}`.execute(app.db)
    const input = { ticketNumber: one.ticketNumber, idTail: one.idTail }
    const call = aCall(app, { station: one.station })
    expect(code(await identify(call, input))).toBe('SEB_REQUIRED')
    expect(code(await identify({ ...call, sebConfigHash: sebHash(call.url, 'other') }, input))).toBe(
      'SEB_REQUIRED',
    )
    expect(
      code(await identify({ ...call, sebConfigHash: sebHash(call.url, 'k1').toUpperCase() }, input)),
    ).toBe('ok')
  })

  test('is told kindly which seat is the own one, and cannot be let in from another', async () => {
    const door = await aDoor(app)
    const [one, two] = door.people as [AtDoor, AtDoor]
    const there = await identified(one, two)
    expect(there.seat.here).toBe(false)
    expect(there.at.gates.find((gate) => gate.gate === 'seat')?.words).toContain('请到 第1考场 01')
    expect(code(await showFace(app, there.admission, picture))).toBe('CONSENT_UNASKED')
    value(await answerConsent(app, there.admission, { given: true }))
    expect(code(await showFace(app, there.admission, picture))).toBe('DOOR_NOT_HERE')
  })

  test('ends what another browser held, when identified again at the own seat', async () => {
    const door = await aDoor(app)
    const [one, two] = door.people as [AtDoor, AtDoor]
    const before = await identified(one, two)
    const after = await identified(one)
    expect(after.seat.here).toBe(true)
    expect(code(await readMyAdmission(app, before.admission))).toBe('ADMISSION_SECRET_INVALID')
    expect(code(await readMyAdmission(app, after.admission))).toBe('ok')
  })
})

describe('a face', () => {
  test('is not looked at before the candidate has agreed to it by itself', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admission, at, consentText } = await identified(one)
    expect([at.consent, consentText.version]).toEqual(['unasked', '2026-11'])
    expect(code(await showFace(app, admission, picture))).toBe('CONSENT_UNASKED')
  })

  test('that the model knows still opens nothing: a person confirms', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { secret, face, admissionId } = await looked(door, one, aLook([aFace(1)]))
    expect(face.outcome).toBe('passed')
    expect(code(await admittedBy(app.db, app, secret))).toBe('NOT_ADMITTED')
    value(await confirmCandidate(app, door.invigilator, { admissionId, clientAt }))
    expect(value(await admittedBy(app.db, app, secret))).toMatchObject({
      candidateId: one.candidateId,
      seatId: one.seatId,
    })
    expect(await checks(one)).toEqual([
      ['seat', 'passed', null, null],
      ['face', 'passed', null, null],
      ['confirmation', 'passed', '监考乙', null],
    ])
    const { rows } = await sql<{ score: number; captured: string; clientAt: Date; at: Date }>`
      select g.score, c.reason as captured, a.client_at, a.at from halls.gate_checks g
      join halls.captures c on c.id = g.capture_id
      join halls.acts a on a.candidate_id = g.candidate_id
      where g.candidate_id = ${one.candidateId} and g.gate = 'face'`.execute(app.db)
    expect(rows).toEqual([{ score: 1, captured: 'gate', clientAt, at: expect.any(Date) }])
  })

  test.each([
    ['another face', aLook([aFace(2)]), 'failed'],
    ['nobody', aLook([]), 'unsure'],
    ['two people', aLook([aFace(1), aFace(2)]), 'unsure'],
    ['no model', { outcome: 'missing', why: 'absent' }, 'unavailable'],
    ['a model that is late', { outcome: 'late', why: '8 s' }, 'unavailable'],
  ] as [string, Look, string][])(
    'where there is %s leaves the candidate outside until two people have looked',
    async (_, look, outcome) => {
      const door = await aDoor(app)
      const [one] = door.people as [AtDoor]
      const { face, admissionId, secret } = await looked(door, one, look)
      expect(face.outcome).toBe(outcome)
      expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('FACE_NOT_PASSED')
      const said = { admissionId, reason: '对照身份证确认是本人', clientAt }
      const { id: proposalId } = value(await vouchCandidate(app, door.chief, { ...said, way: 'face' }))
      expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('FACE_NOT_PASSED')
      const second = { admissionId, proposalId, agreed: true, reason: null, clientAt }
      expect(code(await secondVoucher(app, door.chief, second))).toBe('SECOND_PERSON_NEEDED')
      expect(value(await secondVoucher(app, door.invigilator, second)).admitted).toBe(true)
      expect(code(await admittedBy(app.db, app, secret))).toBe('ok')
      expect(await checks(one)).toEqual([
        ['seat', 'passed', null, null],
        ['face', outcome, null, null],
        ['face', 'proposed', '主考甲', null],
        ['face', 'passed', '主考甲', '监考乙'],
        ['confirmation', 'passed', '监考乙', '主考甲'],
      ])
    },
  )

  test('of a photograph is not passed where the rules ask for life', async () => {
    const door = await aDoor(app, { rules: { livenessRequired: true } })
    const [one, two] = door.people as [AtDoor, AtDoor]
    expect((await looked(door, one, aLook([aFace(1, { live: 0.1 })]))).face.outcome).toBe('unsure')
    expect((await looked(door, two, aLook([aFace(1, { live: 0.9 })]))).face.outcome).toBe('passed')
  })

  test('asks to wait when too many are looked at, and leaves no trace of a look that was none', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { face } = await looked(door, one, { outcome: 'busy', why: 'many' })
    expect(face.outcome).toBe('queued')
    expect((await checks(one)).map(([gate]) => gate)).toEqual(['seat'])
  })

  test('is looked at a dozen times and then by people', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { secret } = await looked(door, one, aLook([]))
    for (let i = 1; i < 12; i += 1) value(await showFace(app, secret, picture))
    expect(code(await showFace(app, secret, picture))).toBe('FACE_LOOKED_OFTEN')
  })

  test('of somebody with no registered photo goes to the people, not to a dead end', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admission } = await identified(one)
    value(await answerConsent(app, admission, { given: true }))
    const face = value(await showFace(app, admission, picture))
    expect([face.outcome, face.words]).toEqual(['unavailable', expect.stringContaining('没有您的登记照片')])
  })
})

describe('the way without a face', () => {
  test('costs the candidate nothing: two people look at the document, no picture is taken, and it is open', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admission: secret } = await identified(one)
    const { at } = value(await answerConsent(app, secret, { given: false }))
    expect(at.gates[0]?.words).toContain('不影响考试时间和成绩')
    expect(code(await showFace(app, secret, picture))).toBe('CONSENT_UNASKED')
    const row = value(await listDoor(app, door.chief, ask(door, one))).rows[0]
    const admissionId = row?.admissionId as string
    expect(row?.actions?.vouchFace.allowed).toBe(false)
    const said = { admissionId, way: 'document' as const, reason: '考生选择核对证件', clientAt }
    const { id: proposalId } = value(await vouchCandidate(app, door.invigilator, said))
    value(
      await secondVoucher(app, door.chief, { admissionId, proposalId, agreed: true, reason: null, clientAt }),
    )
    expect(code(await admittedBy(app.db, app, secret))).toBe('ok')
    const entered = value(await enterRoom(aCall(app, { admission: secret })))
    expect(entered).toMatchObject({ attempt: one.attemptId, seat: { label: '01' } })
    const { rows } = await sql`select from halls.captures where candidate_id = ${one.candidateId}`.execute(
      app.db,
    )
    expect(rows).toHaveLength(0)
  })

  test('stays shut when the second person does not agree', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admission: secret } = await identified(one)
    value(await answerConsent(app, secret, { given: false }))
    const admissionId = value(await listDoor(app, door.chief, ask(door, one))).rows[0]?.admissionId as string
    const { id: proposalId } = value(
      await vouchCandidate(app, door.chief, {
        admissionId,
        way: 'document',
        reason: '证件与本人一致',
        clientAt,
      }),
    )
    const second = { admissionId, proposalId, agreed: false, reason: '证件照片像另一个人', clientAt }
    expect(value(await secondVoucher(app, door.invigilator, second)).admitted).toBe(false)
    expect(code(await secondVoucher(app, door.invigilator, second))).toBe('PROPOSAL_NOT_FOUND')
    expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('FACE_NOT_PASSED')
    expect(code(await enterRoom(aCall(app, { admission: secret })))).toBe('NOT_ADMITTED')
  })
})

describe('who comes late', () => {
  test('is let in within the minutes of the rules, and the minutes are on record', async () => {
    const door = await aDoor(app, { rules: { lateMinutes: 30 } })
    const [one] = door.people as [AtDoor]
    app.clock.advance(10 * 60)
    const { admissionId } = await looked(door, one, aLook([aFace(1)]))
    const row = value(await listDoor(app, door.chief, ask(door, one))).rows[0]
    expect([row?.late, row?.lateMinutes]).toEqual([false, 15])
    expect(code(await confirmCandidate(app, door.invigilator, { admissionId, clientAt }))).toBe('ok')
  })

  test('after them waits for the chief and a second person, whatever the face says', async () => {
    const door = await aDoor(app, { rules: { lateMinutes: 10 } })
    const [one] = door.people as [AtDoor]
    app.clock.advance(20 * 60)
    const { admissionId, secret } = await looked(door, one, aLook([aFace(1)]))
    expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('LATE_NOT_ALLOWED')
    const late = { admissionId, way: 'late' as const, reason: '地铁停运，出示了证明', clientAt }
    expect(code(await vouchCandidate(app, door.invigilator, late))).toBe('CHIEF_ONLY')
    const { id: proposalId } = value(await vouchCandidate(app, door.chief, late))
    const second = { admissionId, proposalId, agreed: true, reason: null, clientAt }
    expect(value(await secondVoucher(app, door.invigilator, second)).admitted).toBe(true)
    expect(code(await admittedBy(app.db, app, secret))).toBe('ok')
  })
})

describe('an impostor', () => {
  test('is turned away with the picture, an urgent alert that proposes misconduct, and stays out when coming again', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admissionId } = await looked(door, one, aLook([aFace(2)]))
    const said = { admissionId, reason: '与证件照片明显不是一人', impostor: true, clientAt }
    value(await turnAwayCandidate(app, door.invigilator, said))
    const { rows } = await sql<{
      kind: string
      severity: string
      captured: boolean
      data: { proposes: string }
    }>`
      select kind, severity, capture_id is not null as captured, data from halls.alerts
      where candidate_id = ${one.candidateId}`.execute(app.db)
    expect(rows).toEqual([
      {
        kind: 'impostor',
        severity: 'urgent',
        captured: true,
        data: expect.objectContaining({ proposes: 'misconduct' }),
      },
    ])
    expect((await identified(one)).at).toMatchObject({ state: 'turned_away', reason: said.reason })
    expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe(
      'ADMISSION_NOT_WAITING',
    )
  })

  test('that was none is let in again by the chief only, and is checked anew from the beginning', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admissionId } = await looked(door, one, aLook([aFace(1)]))
    value(
      await turnAwayCandidate(app, door.chief, {
        admissionId,
        reason: '没有带身份证',
        impostor: false,
        clientAt,
      }),
    )
    const back = { admissionId, reason: '家人送来了身份证', clientAt }
    expect(code(await readmitCandidate(app, door.invigilator, back))).toBe('CHIEF_ONLY')
    value(await readmitCandidate(app, door.chief, back))
    expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('SEAT_NOT_PASSED')
    await identified(one)
    expect(code(await confirmCandidate(app, door.chief, { admissionId, clientAt }))).toBe('FACE_NOT_PASSED')
  })
})

describe('who keeps the door', () => {
  test('is assigned to it: a colleague of another hall and a patrol decide nothing, a stranger finds nothing', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    const { admissionId } = await looked(door, one, aLook([aFace(1)]))
    const colleague = anActor('invigilator', door.world.evaluation.actor.organisation ?? {})
    expect(code(await confirmCandidate(app, colleague, { admissionId, clientAt }))).toBe('NOT_INVIGILATING')
    expect(code(await confirmCandidate(app, door.patrol, { admissionId, clientAt }))).toBe('NOT_INVIGILATING')
    const stranger = anActor('invigilator')
    expect(code(await confirmCandidate(app, stranger, { admissionId, clientAt }))).toBe('ADMISSION_NOT_FOUND')
    expect(code(await listDoor(app, stranger, ask(door)))).toBe('DOOR_NOT_FOUND')
  })

  test('opens it once as many are assigned as the rules want', async () => {
    const alone = await aDoor(app, { open: false, invigilators: 1 })
    expect(code(await openDoor(app, alone.chief, alone))).toBe('INVIGILATORS_MISSING')
    const door = await aDoor(app, { open: false })
    expect(code(await openDoor(app, door.patrol, door))).toBe('NOT_INVIGILATING')
    value(await openDoor(app, door.invigilator, door))
    expect(code(await openDoor(app, door.chief, door))).toBe('DOOR_ALREADY_OPEN')
  })

  test('sees who is expected, who waits for what, and what may be done with the reason where not', async () => {
    const door = await aDoor(app)
    const [one] = door.people as [AtDoor]
    await looked(door, one, aLook([aFace(2)]))
    const list = value(await listDoor(app, door.chief, ask(door)))
    expect(list.counts).toEqual({ expected: 1, waiting: 1, admitted: 0, turned_away: 0 })
    expect(list.parts.map((one) => one.part)).toEqual(['theory', 'ability'])
    expect(list.coming).toBe('theory')
    expect(list.rows.map((row) => row.state)).toEqual(['waiting', 'expected'])
    const confirm = list.rows[0]?.actions?.confirm
    expect(confirm).toMatchObject({ allowed: false, because: { code: 'FACE_NOT_PASSED' } })
    const asCity = value(await listDoor(app, door.world.city, ask(door)))
    expect(asCity.rows[0]?.actions?.turnAway).toMatchObject({ because: { code: 'NOT_INVIGILATING' } })
  })
})

test('the halls one is assigned to stand first, and those of other institutions are not there', async () => {
  const door = await aDoor(app)
  const ask = { accountId: door.chief.accountId, mine: false, now: app.clock.now(), page: 1, size: 20 }
  const mine = await doorCards(app.db, scopeOf(door.chief), ask)
  expect(mine.rows.map((row) => [row.hallId, row.role, row.seated])).toEqual([[door.hallId, 'chief', 2]])
  const stranger = await doorCards(app.db, scopeOf(anActor('invigilator')), ask)
  expect(stranger).toEqual({ rows: [], total: 0 })
})

test('consent given at home counts at the door without asking again', async () => {
  const door = await aDoor(app)
  const [one] = door.people as [AtDoor]
  const actor = anActor('learner', {}, { personId: one.personId })
  await giveConsentIn(app.db, app, { personId: one.personId, purpose: 'face', actor })
  expect((await identified(one)).at.consent).toBe('given')
})
