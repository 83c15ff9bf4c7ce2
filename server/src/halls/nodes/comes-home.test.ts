// What a hall leaves behind beside its answers, and what a person decides about the own face meanwhile.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { giveConsentIn } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import { readFile } from '../../platform/files.ts'
import { ok } from '../../platform/result.ts'
import { anActor, type TestApp } from '../../platform/testing/index.ts'
import { transact } from '../../platform/transact.ts'
import { someItems } from '../attempts/fixtures.ts'
import { handIn } from '../attempts/hand-in.ts'
import { journalOf, leaseHashOf } from '../attempts/journal.ts'
import { openLease } from '../attempts/open-lease.ts'
import { receiveFile } from '../attempts/receive-file.ts'
import { saveAnswers } from '../attempts/save-answers.ts'
import { startAttempt } from '../attempts/start-attempt.ts'
import { decideAct } from '../board/decide-act.ts'
import { proposeAct } from '../board/propose-act.ts'
import { releaseSeat } from '../board/release-seat.ts'
import { takeVideo } from '../evidence/take-video.ts'
import { useFaces } from '../faces/face-pool.ts'
import { aFace, aLook, facesThatSee, shotOf } from '../faces/fixtures.ts'
import { answerConsent } from '../gates/answer-consent.ts'
import { type AtDoor, aCall } from '../gates/fixtures.ts'
import { identify } from '../gates/identify.ts'
import { openDoor } from '../gates/open-door.ts'
import { registerPhoto } from '../gates/register-photo.ts'
import { secondVoucher } from '../gates/second-voucher.ts'
import { vouchCandidate } from '../gates/vouch-candidate.ts'
import { withdrawFaceConsent } from '../gates/withdraw-face-consent.ts'
import { assignHall } from './assign-hall.ts'
import { type TwoSides, twoSides } from './fixtures.ts'
import { LAST_WORD_SECONDS } from './node.ts'
import { syncOnce } from './sync.ts'

const codeOf = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

/** Comes to the door at the own machine. */
async function comes(app: TestApp, one: AtDoor) {
  return identify(aCall(app, { station: one.station }), {
    ticketNumber: one.ticketNumber,
    idTail: one.idTail,
  })
}

async function sitsDown(app: TestApp, sides: TwoSides, one: AtDoor, seatId = one.seatId) {
  const lease = value(
    await openLease(app, {
      sittingId: sides.hall.sittingId,
      candidateId: one.candidateId,
      part: 'theory',
      seatId,
      agent: 'test',
      admission: `admission-${one.candidateId}-${seatId}`,
    }),
  )
  return { attemptId: one.attemptId, leaseHash: leaseHashOf(lease.lease), lease: lease.lease }
}

describe('what a hall leaves behind at its node', () => {
  let sides: TwoSides
  beforeAll(async () => {
    sides = await twoSides({
      candidates: 2,
      spareSeats: 1,
      items: [
        ...someItems(3),
        {
          id: 'f1',
          group: 'g1',
          kind: 'file',
          stem: '提交您的分析表。',
          scoreTenths: 100,
          accept: ['.pdf'],
        },
      ],
    })
    await syncOnce(sides.node, sides.link)
  })
  afterAll(() => sides?.close())

  it('does not begin at the province: its door stays shut there, a candidate who identifies there is told where to go', async () => {
    const one = sides.hall.people[0] as AtDoor
    const refused = await comes(sides.province, one)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'HALL_AT_NODE' } })
    expect(!refused.ok && refused.refusal.message).toContain('请改用考点节点的地址')
    const { rows } = await sql`select from halls.admissions`.execute(sides.province.db)
    expect(rows).toEqual([])
    const { sittingId, hallId, chief } = sides.hall
    expect(codeOf(await openDoor(sides.province, chief, { sittingId, hallId }))).toBe('HALL_AT_NODE')
  })

  it('comes home whole: who was vouched for, a file answer, a film, a moved seat, proposals, and misconduct that two have found', async () => {
    const { node, province, hall } = sides
    const journal = journalOf(node)
    const [one, two] = hall.people as [AtDoor, AtDoor]
    sides.line.cut = true
    for (const person of [one, two]) {
      // Without face data: two people look at the document, one after the other.
      const { admission } = value(await comes(node, person))
      value(await answerConsent(node, admission, { given: false }))
      const { rows } = await sql<{ id: string }>`
        select id from halls.admissions where candidate_id = ${person.candidateId}`.execute(node.db)
      const about = { admissionId: rows[0]?.id as string, clientAt: node.clock.now() }
      const { id: proposalId } = value(
        await vouchCandidate(node, hall.chief, { ...about, way: 'document', reason: '本人与证件一致' }),
      )
      value(await secondVoucher(node, hall.invigilator, { ...about, proposalId, agreed: true, reason: null }))
    }
    const first = await sitsDown(node, sides, one)
    const other = await sitsDown(node, sides, two)
    for (const holder of [first, other]) value(await startAttempt(node, journal, holder))
    const bytes = Buffer.from('%PDF-1.4\n% an answer\n%%EOF\n')
    const file = { field: 'file', name: '分析.pdf', mediaType: 'application/pdf', bytes }
    const { fileId, sha256 } = value(await receiveFile(node, journal, first, { item: 'f1' }, file))
    const clientAt = node.clock.now()
    const saved = await saveAnswers(node, journal, first, [
      {
        item: 'f1',
        clientSeq: 1,
        baseRevision: 0,
        value: { fileId, name: '分析.pdf', sha256 },
        clientAt: clientAt.toISOString(),
      },
    ])
    expect(saved).toMatchObject({ ok: true, value: { results: [{ status: 'saved' }] } })
    const webm = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('a film')])
    const secrets = { attempt: one.attemptId, lease: first.lease } as never
    value(
      await takeVideo(
        node,
        secrets,
        { run: 'run-0001', segment: 0, clientFrom: clientAt, clientTo: clientAt },
        webm,
      ),
    )
    const { rows: spare } = await sql<{ id: string }>`
      select id from halls.seats where hall_id = ${hall.hallId} and state = 'spare'`.execute(node.db)
    const seatId = spare[0]?.id as string
    const at = { sittingId: hall.sittingId, hallId: hall.hallId, part: 'theory' as const, clientAt }
    value(
      await releaseSeat(node, hall.chief, {
        ...at,
        candidateId: one.candidateId,
        seatId,
        reason: '主机故障',
      }),
    )
    const more = { kind: 'extend' as const, seconds: 600 }
    const agreed = value(
      await proposeAct(node, hall.chief, {
        ...at,
        act: { ...more, candidateId: one.candidateId },
        reason: '换机',
      }),
    )
    value(
      await decideAct(node, hall.invigilator, {
        proposalId: agreed.id,
        decision: 'agreed',
        reason: null,
        clientAt,
      }),
    )
    value(
      await proposeAct(node, hall.chief, {
        ...at,
        act: { ...more, candidateId: two.candidateId },
        reason: '待议',
      }),
    )
    // Found by two with a photograph of the slip, of the second candidate.
    const picture = { field: 'evidence', name: '夹带.jpg', mediaType: 'image/jpeg', bytes: shotOf(['man']) }
    const found = value(
      await proposeAct(
        node,
        hall.chief,
        {
          ...at,
          act: {
            kind: 'misconduct',
            candidateId: two.candidateId,
            alertIds: [],
            captureIds: [],
            ends: false,
          },
          reason: '夹带与考试有关的资料',
        },
        picture,
      ),
    )
    value(
      await decideAct(node, hall.invigilator, {
        proposalId: found.id,
        decision: 'agreed',
        reason: null,
        clientAt,
      }),
    )
    const moved = await sitsDown(node, sides, one, seatId)
    value(await handIn(journal, moved, { answers: { f1: 1 } }))
    value(await handIn(journal, other, { answers: {} }))
    sides.pass(LAST_WORD_SECONDS)

    sides.line.cut = false
    expect(await syncOnce(node, sides.link)).toMatchObject({
      returned: [sides.packageId],
      refused: 0,
      differing: {},
    })
    const answer = await readFile(province, fileId)
    expect(Buffer.from(answer?.bytes ?? []).equals(bytes)).toBe(true)
    const counts = await sql<Record<string, number>>`
      select (select count(*)::int from halls.video_segments where key_sealed is not null) as videos,
        (select count(*)::int from halls.seat_assignments where origin <> 'drawn' and ended_at is null) as moved,
        (select count(*)::int from halls.act_proposals where decided_at is null) as open,
        (select count(*)::int from halls.act_proposals where decided_at is not null) as decided,
        (select count(*)::int from halls.acts where kind in ('release', 'extend')) as acts`.execute(
      province.db,
    )
    expect(counts.rows).toEqual([{ videos: 1, moved: 1, open: 1, decided: 2, acts: 2 }])
    // Misconduct found at the node stands in the sitting, with what it rests on.
    const marks = await sql<{ mark: string; byName: string; byTwo: boolean; fileId: string }>`
      select mark, marked_by_name as by_name, by_two, file_id from exams.marks where candidate_id = ${two.candidateId}`.execute(
      province.db,
    )
    expect(marks.rows).toMatchObject([{ mark: 'misconduct', byName: '主考甲', byTwo: true }])
    const slip = await readFile(province, marks.rows[0]?.fileId as string)
    expect(Buffer.from(slip?.bytes ?? []).equals(picture.bytes)).toBe(true)
  })
})

describe('a face while the hall is at its node', () => {
  let sides: TwoSides
  const learner = (one: AtDoor): Actor => anActor('learner', {}, { personId: one.personId, name: one.name })
  const agree = (app: TestApp, one: AtDoor) =>
    transact(app.db, async (tx) => {
      await giveConsentIn(tx, app, { personId: one.personId, purpose: 'face', actor: learner(one) })
      return ok()
    })
  const consentsAt = async (app: TestApp, one: AtDoor) => {
    const { rows } = await sql<{ standing: boolean; atDoor: boolean }>`
      select withdrawn_at is null as standing, given_at_hall is not null as at_door from people.consents
      where person_id = ${one.personId} and purpose = 'face' order by given_at`.execute(app.db)
    return rows
  }

  beforeAll(async () => {
    sides = await twoSides({ candidates: 3, assigned: false, minutes: 30 })
    const { province, hall } = sides
    useFaces(
      province,
      facesThatSee(() => aLook([aFace(3)])),
    )
    const second = hall.people[1] as AtDoor
    value(
      await registerPhoto(province, learner(second), {
        personId: second.personId,
        provinceCode: '420000',
        picture: shotOf(['man']),
        consent: true,
      }),
    )
    const of = { nodeId: sides.nodeId, sittingId: hall.sittingId, hallId: hall.hallId }
    value(await assignHall(province, hall.world.evaluation.actor, of))
    sides.pass(10)
    expect(await syncOnce(sides.node, sides.link)).toMatchObject({ reached: true, refusals: [] })
  })
  afterAll(() => sides?.close())

  it('is forgotten at the node too when its owner takes the agreement back at the province', async () => {
    const { province, node, hall } = sides
    const second = hall.people[1] as AtDoor
    const kept = async (app: TestApp) => {
      const { rows } = await sql<{ kept: boolean }>`
        select key_sealed is not null as kept from halls.photos where person_id = ${second.personId}`.execute(
        app.db,
      )
      return rows
    }
    expect(await kept(node)).toEqual([{ kept: true }])
    value(await withdrawFaceConsent(province, learner(second)))
    await syncOnce(node, sides.link)
    expect(await kept(node)).toEqual([{ kept: false }])
    expect(await consentsAt(node, second)).toEqual([{ standing: false, atDoor: false }])
  })

  it('agreed to at the door comes home, beside what was agreed or taken back at home; nothing of that is undone', async () => {
    const { province, node, hall } = sides
    const [first, second, third] = hall.people as [AtDoor, AtDoor, AtDoor]
    // The first agrees at home and at the door, the third at the door only, the second has taken it back.
    sides.line.cut = true
    value(await agree(province, first))
    for (const one of [first, third]) {
      const { admission } = value(await comes(node, one))
      expect(codeOf(await answerConsent(node, admission, { given: true }))).toBe('ok')
    }
    sides.line.cut = false
    for (const one of hall.people) {
      const holder = await sitsDown(node, sides, one)
      value(await startAttempt(node, journalOf(node), holder))
      value(await handIn(journalOf(node), holder, { answers: {} }))
    }
    sides.pass(LAST_WORD_SECONDS)
    const end = await syncOnce(node, sides.link)
    expect(end.returned).toHaveLength(1)
    expect(end).toMatchObject({ differing: {}, refused: 0 })
    expect(await consentsAt(province, second)).toEqual([{ standing: false, atDoor: false }])
    expect(await consentsAt(province, third)).toEqual([{ standing: true, atDoor: true }])
    const both = await consentsAt(province, first)
    expect(both.filter((one) => one.standing)).toEqual([{ standing: true, atDoor: false }])
    expect(both.filter((one) => one.atDoor)).toHaveLength(1)
    // And the node does not take the agreement beside another for one taken back.
    await syncOnce(node, sides.link)
    expect(await consentsAt(node, first)).toEqual([{ standing: true, atDoor: true }])
  })
})
