import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import type { Look } from '../faces/face.ts'
import { useFaces } from '../faces/face-pool.ts'
import { aFace, aLook, facesThatSee, shotOf } from '../faces/fixtures.ts'
import { type AtDoor, aDoor, type DoorFixture } from '../gates/fixtures.ts'
import { registerPhoto } from '../gates/register-photo.ts'
import { compareCaptures } from './compare-captures.ts'
import { deleteDueEvidence } from './delete-due-evidence.ts'
import { listEvidence, openCapture, openVideo, readEvidence } from './read-evidence.ts'
import { takeCapture } from './take-capture.ts'
import { takeVideo, videoHeld } from './take-video.ts'

let app: TestApp
let now: Look
let looks = 0
beforeAll(async () => {
  app = await aTestApp()
  useFaces(
    app,
    facesThatSee(() => {
      looks += 1
      return now
    }),
  )
})
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
})
beforeEach(() => {
  now = aLook([aFace(1)])
})

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code
const clientAt = new Date('2026-03-02T01:05:00Z')
let shade = 0
/** Another picture each time, as a camera gives. */
const aPicture = () => {
  shade += 1
  return shotOf(['man'], { width: 120, height: 90, brightness: shade })
}

/** Candidates in the room; the first has a registered photo and agreed to its use. */
async function aRoom(options: Parameters<typeof aDoor>[1] = {}): Promise<DoorFixture & { one: AtDoor }> {
  const door = await aDoor(app, { stage: 'started', ...options })
  const [one] = door.people as [AtDoor]
  const actor = anActor('learner', {}, { personId: one.personId, name: one.name })
  value(
    await registerPhoto(app, actor, {
      personId: one.personId,
      provinceCode: '420000',
      picture: aPicture(),
      consent: true,
    }),
  )
  for (const each of door.people) {
    await sql`
      insert into halls.admissions (sitting_id, candidate_id, part, hall_id, seat_id, secret_hash, state, consent, checks_from,
        identified_at, admitted_at)
      values (${door.sittingId}, ${each.candidateId}, 'theory', ${each.hallId}, ${each.seatId}, ${each.candidateId}, 'admitted',
        ${each === one ? 'given' : 'declined'}, now(), now(), now())`.execute(app.db)
  }
  return { ...door, one }
}

const capture = (who: AtDoor, picture = aPicture()) =>
  takeCapture(app, who.secrets, { clientAt, reason: 'random' }, picture)

async function captures(who: AtDoor) {
  const { rows } = await sql<{
    state: string
    outcome: string | null
    why: string | null
    score: number | null
  }>`
    select state, outcome, findings ->> 'why' as why, score from halls.captures
    where candidate_id = ${who.candidateId} order by at`.execute(app.db)
  return rows
}

async function alerts(who: AtDoor) {
  const { rows } = await sql<{ kind: string; severity: string; times: number }>`
    select kind, severity, (data ->> 'times')::int as times from halls.alerts
    where candidate_id = ${who.candidateId} order by at`.execute(app.db)
  return rows
}

describe('a capture', () => {
  test('is taken from nobody without the lease, and only when it is a picture', async () => {
    const { one, people } = await aRoom()
    const input = { clientAt, reason: 'random' as const }
    expect(code(await takeCapture(app, {}, input, aPicture()))).toBe('LEASE_SECRET_INVALID')
    const stolen = { attempt: one.attemptId, lease: people[1]?.lease }
    expect(code(await takeCapture(app, stolen, input, aPicture()))).toBe('LEASE_SECRET_INVALID')
    expect(code(await takeCapture(app, one.secrets, input, Buffer.from('MZ program')))).toBe(
      'EVIDENCE_NOT_FIT',
    )
    expect(code(await takeCapture(app, one.secrets, input, undefined))).toBe('EVIDENCE_MISSING')
  })

  test('sent twice counts once, and lies in the store as noise', async () => {
    const { one } = await aRoom()
    const picture = aPicture()
    const first = value(await capture(one, picture))
    expect(value(await capture(one, picture))).toEqual(first)
    const { rows } = await sql<{ key: string }>`
      select key from halls.captures where candidate_id = ${one.candidateId}`.execute(app.db)
    expect(rows).toHaveLength(1)
    const object = Buffer.from((await app.storage.get(rows[0]?.key as string)) as Uint8Array)
    expect(object.includes(picture.subarray(0, 64))).toBe(false)
  })

  test.each([
    ['the same face', aLook([aFace(1)]), 'same', []],
    ['another face', aLook([aFace(2)]), 'other', [{ kind: 'other_face', severity: 'urgent', times: 1 }]],
    ['nobody', aLook([]), 'none', [{ kind: 'no_face', severity: 'warning', times: 1 }]],
    [
      'two people',
      aLook([aFace(1), aFace(2)]),
      'several',
      [{ kind: 'several_faces', severity: 'urgent', times: 1 }],
    ],
  ] as const)('of %s is compared by the job and told to the board', async (_, look, outcome, told) => {
    const { one } = await aRoom()
    value(await capture(one))
    expect((await captures(one)).map((row) => row.state)).toEqual(['waiting'])
    now = look as Look
    await compareCaptures(app)
    expect(await captures(one)).toEqual([expect.objectContaining({ state: 'compared', outcome, why: null })])
    expect(await alerts(one)).toEqual(told)
  })

  test('of the same trouble again counts up in one alert', async () => {
    const { one } = await aRoom()
    now = aLook([aFace(2)])
    for (let i = 0; i < 3; i += 1) {
      value(await capture(one))
      await compareCaptures(app)
    }
    expect(await alerts(one)).toEqual([{ kind: 'other_face', severity: 'urgent', times: 3 }])
  })

  test('of a candidate who gave no face data is kept and never shown to the model', async () => {
    const { people } = await aRoom()
    const two = people[1] as AtDoor
    value(await capture(two))
    const before = looks
    await compareCaptures(app)
    expect(looks).toBe(before)
    expect(await captures(two)).toEqual([
      { state: 'compared', outcome: null, why: 'no_consent', score: null },
    ])
    expect(await alerts(two)).toEqual([])
  })

  test('that cannot be compared is kept and says why, and the next one is compared', async () => {
    const { one } = await aRoom()
    value(await capture(one))
    now = { outcome: 'missing', why: 'absent' }
    await compareCaptures(app)
    now = aLook([aFace(1)])
    value(await capture(one))
    await compareCaptures(app)
    expect((await captures(one)).map((row) => [row.state, row.why, row.outcome])).toEqual([
      ['failed', 'missing', null],
      ['compared', null, 'same'],
    ])
  })

  test('too many keep every picture, drop the oldest comparisons and say so', async () => {
    const { one, chief, sittingId } = await aRoom()
    for (let i = 0; i < 5; i += 1) value(await capture(one))
    await compareCaptures(app, 2)
    const rows = await captures(one)
    expect(rows.map((row) => row.why)).toEqual(['overloaded', 'overloaded', 'overloaded', null, null])
    const list = value(await listEvidence(app, chief, { sittingId, page: 1, size: 20 }))
    expect(list.load).toMatchObject({ waiting: 0, droppedRecently: 3 })
    const { rows: told } = await sql<{ data: { dropped: number } }>`
      select data from platform.audit_events where name = 'evidence.overloaded'`.execute(app.db)
    expect(told.at(-1)?.data.dropped).toBe(3)
  })

  test('enqueues its comparison once for many', async () => {
    const { one } = await aRoom()
    await runJobsNow(app, {
      'halls.compare-captures': async () => {},
      'halls.remove-objects': async () => {},
    })
    for (let i = 0; i < 3; i += 1) value(await capture(one))
    let ran = 0
    await runJobsNow(app, {
      'halls.compare-captures': async () => {
        ran += 1
      },
    })
    expect(ran).toBe(1)
  })
})

describe('a video', () => {
  const webm = (n: number) => Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from(`segment ${n}`)])
  const input = (segment: number, run = 'run-0001') => ({
    run,
    segment,
    clientFrom: new Date(clientAt.getTime() + segment * 10_000),
    clientTo: new Date(clientAt.getTime() + (segment + 1) * 10_000),
  })

  test('segment that is no video, or another in the place of one received, is refused; the same again is the same', async () => {
    const { one } = await aRoom()
    expect(code(await takeVideo(app, one.secrets, input(0), Buffer.from('not a video')))).toBe(
      'EVIDENCE_NOT_FIT',
    )
    value(await takeVideo(app, one.secrets, input(0), webm(0)))
    expect(code(await takeVideo(app, one.secrets, input(0), webm(0)))).toBe('ok')
    expect(code(await takeVideo(app, one.secrets, input(0), webm(9)))).toBe('SEGMENT_DIFFERS')
  })

  test('says which segments are missing, takes them late, and plays each', async () => {
    const { one, chief } = await aRoom()
    for (const n of [0, 1, 4]) value(await takeVideo(app, one.secrets, input(n), webm(n)))
    expect(value(await videoHeld(app, one.secrets, { run: 'run-0001' }))).toEqual({
      run: 'run-0001',
      received: [0, 1, 4],
      missing: [2, 3],
    })
    for (const n of [3, 2]) value(await takeVideo(app, one.secrets, input(n), webm(n)))
    expect(value(await videoHeld(app, one.secrets, { run: 'run-0001' })).missing).toEqual([])
    const ask = { attemptId: one.attemptId, run: 'run-0001', segment: 3, purpose: '核查异常' }
    const { bytes } = value(await openVideo(app, chief, ask))
    expect(Buffer.from(bytes).equals(webm(3))).toBe(true)
    const { runs } = value(await readEvidence(app, chief, ask))
    expect(runs[0]?.segments.map((each) => each.segment)).toEqual([0, 1, 2, 3, 4])
    expect(code(await openVideo(app, anActor('invigilator'), ask))).toBe('EVIDENCE_NOT_FOUND')
    expect(code(await openVideo(app, chief, { ...ask, segment: 50 }))).toBe('EVIDENCE_NOT_FOUND')
  })
})

describe('what was kept', () => {
  test('is shown to those in scope with their purpose on record, worst first', async () => {
    const { one, people, chief, sittingId } = await aRoom()
    now = aLook([aFace(2)])
    value(await capture(one))
    value(await capture(people[1] as AtDoor))
    await compareCaptures(app)
    const list = value(await listEvidence(app, chief, { sittingId, page: 1, size: 20 }))
    expect(list.rows.map((row) => [row.candidateId, row.other])).toEqual([
      [one.candidateId, 1],
      [people[1]?.candidateId, 0],
    ])
    const flagged = value(await listEvidence(app, chief, { sittingId, flagged: true, page: 1, size: 20 }))
    expect(flagged.rows).toHaveLength(1)
    const ask = { attemptId: one.attemptId, purpose: '核查疑似替考' }
    expect(code(await readEvidence(app, anActor('evaluation_manager'), ask))).toBe('EVIDENCE_NOT_FOUND')
    const read = value(await readEvidence(app, chief, ask))
    const captureId = read.captures[0]?.id as string
    expect(code(await openCapture(app, anActor('invigilator'), { ...ask, captureId }))).toBe(
      'EVIDENCE_NOT_FOUND',
    )
    expect(value(await openCapture(app, chief, { ...ask, captureId })).mediaType).toBe('image/jpeg')
    const { rows } = await sql<{ name: string; purpose: string }>`
      select name, data ->> 'purpose' as purpose from platform.audit_events
      where name like 'evidence.%' and subjects @> array[${`candidate:${one.candidateId}`}] order by seq`.execute(
      app.db,
    )
    expect(rows).toEqual([
      { name: 'evidence.opened', purpose: '核查疑似替考' },
      { name: 'evidence.picture-seen', purpose: '核查疑似替考' },
    ])
  })

  test('goes when its days are over, key first, with a record; what came later stays', async () => {
    const { one, chief, sittingId } = await aRoom({
      rules: {
        retention: { capturesDays: 10, videoDays: 3, templateDays: 30, archiveYears: 5 },
        unverified: ['retention.capturesDays'],
      },
    })
    value(await capture(one))
    value(
      await takeVideo(
        app,
        one.secrets,
        { run: 'run-0001', segment: 0, clientFrom: clientAt, clientTo: clientAt },
        Buffer.from('1a45dfa3', 'hex'),
      ),
    )
    const read = value(await readEvidence(app, chief, { attemptId: one.attemptId, purpose: '测试' }))
    const captureId = read.captures[0]?.id as string
    app.clock.advance(4 * 86_400)
    await deleteDueEvidence(app)
    const ask = { attemptId: one.attemptId, run: 'run-0001', segment: 0, purpose: '测试' }
    expect(code(await openVideo(app, chief, ask))).toBe('EVIDENCE_DELETED')
    expect(code(await openCapture(app, chief, { captureId, purpose: '测试' }))).toBe('ok')
    app.clock.advance(7 * 86_400)
    await deleteDueEvidence(app)
    expect(code(await openCapture(app, chief, { captureId, purpose: '测试' }))).toBe('EVIDENCE_DELETED')
    const { rows } = await sql<{ data: { kind: string; count: number; verified: boolean } }>`
      select data from platform.audit_events where name = 'evidence.deleted' and subjects @> array[${`sitting:${sittingId}`}]
      order by seq`.execute(app.db)
    expect(rows.map(({ data }) => [data.kind, data.count, data.verified])).toEqual([
      ['video', 1, true],
      ['captures', 1, false],
    ])
  })
})
