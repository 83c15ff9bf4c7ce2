import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { TestApp } from '../../platform/testing/index.ts'
import { closeTimedOut } from '../attempts/close-timed-out.ts'
import { handIn } from '../attempts/hand-in.ts'
import { journalOf, leaseHashOf } from '../attempts/journal.ts'
import { openLease } from '../attempts/open-lease.ts'
import { saveAnswers } from '../attempts/save-answers.ts'
import { startAttempt } from '../attempts/start-attempt.ts'
import { raiseAlert } from '../board/raise-alert.ts'
import { keepCapture, storePicture } from '../evidence/keep-capture.ts'
import type { AtDoor } from '../gates/fixtures.ts'
import { assignHall } from './assign-hall.ts'
import type { Batch, BatchAnswer } from './batch.ts'
import { lineTo, type TwoSides, twoSides } from './fixtures.ts'
import { issueCustodyCode } from './issue-custody-code.ts'
import { LAST_WORD_SECONDS } from './node.ts'
import { openWithCustodyCodes } from './open-keys.ts'
import { answerNode } from './province-door.ts'
import { provinceLink } from './province-link.ts'
import { registerNode, revokeNode } from './register-node.ts'
import { headsOfHall, stockOf } from './stock.ts'
import { packagesHere } from './store.ts'
import { syncOnce } from './sync.ts'
import { proposeTakeBack, takeBackHall } from './take-back-hall.ts'
import { lastBatch, nextBatch } from './write-batch.ts'

const clientAt = '2026-03-02T01:00:00.000Z'
const save = (item: string, clientSeq: number, text = 'a') => ({
  item,
  clientSeq,
  baseRevision: 0,
  value: text,
  clientAt,
})
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

async function enter(app: TestApp, sides: TwoSides, one: AtDoor) {
  return openLease(app, {
    sittingId: sides.hall.sittingId,
    candidateId: one.candidateId,
    part: 'theory',
    seatId: one.seatId,
    agent: 'test',
    admission: `admission-${one.candidateId}`,
  })
}

async function holderAt(app: TestApp, sides: TwoSides, one: AtDoor) {
  const lease = value(await enter(app, sides, one))
  return { attemptId: one.attemptId, leaseHash: leaseHashOf(lease.lease) }
}

async function packageOf(app: TestApp) {
  const [pack] = await packagesHere(app.db)
  if (!pack) throw new Error('no package here')
  return pack
}

describe('what is refused', () => {
  let sides: TwoSides
  beforeAll(async () => {
    sides = await twoSides()
  })
  afterAll(() => sides?.close())

  it('a secret nobody gave out, and one of a revoked node', async () => {
    const other = sides.secret.replace(/^.{4}/, 'AAAA')
    const stranger = provinceLink(sides.node, other, sides.carry)
    expect(codeOf(await stranger.call('head', {}))).toBe('NODE_SECRET_INVALID')
    const manager = sides.hall.world.evaluation.actor
    const second = value(
      await registerNode(sides.province, manager, { siteId: sides.hall.siteId, name: '备用' }),
    )
    value(await revokeNode(sides.province, manager, { nodeId: second.id, reason: '设备报废' }))
    const revoked = provinceLink(sides.node, second.secret, sides.carry)
    expect(codeOf(await revoked.call('head', {}))).toBe('NODE_SECRET_INVALID')
  })

  it('revoking a node that holds a hall', async () => {
    const manager = sides.hall.world.evaluation.actor
    const refused = await revokeNode(sides.province, manager, { nodeId: sides.nodeId, reason: '更换设备' })
    expect(refused).toMatchObject({ refusal: { code: 'NODE_HOLDS_HALLS', facts: { count: 1 } } })
  })

  it('a changed byte on the way there and on the way back', async () => {
    const answer = await answerNode(
      sides.province,
      'head',
      sides.secret,
      Buffer.from('not what was sealed at all here'),
    )
    expect(answer).toMatchObject({ refusal: { code: 'NODE_MESSAGE_BROKEN' } })
    sides.line.tamper = true
    expect(await syncOnce(sides.node, sides.link)).toMatchObject({ reached: false, taken: [] })
    sides.line.tamper = false
    expect(await packagesHere(sides.node.db)).toEqual([])
  })

  it('an answer another province signed', async () => {
    const { whole } = { whole: `${sides.secret.split('.')[0]}.${Buffer.alloc(32, 7).toString('base64url')}` }
    const carry = lineTo(sides.province, sides.line)
    const misled = provinceLink(sides.node, whole, (path, _secret, sealed) =>
      carry(path, sides.secret, sealed),
    )
    await expect(misled.call('head', {})).resolves.toMatchObject({ refusal: { code: 'NODE_MESSAGE_BROKEN' } })
  })

  it('a hall of somebody else, and one that is given already', async () => {
    const other = await twoSides({ assigned: false })
    try {
      const manager = sides.hall.world.evaluation.actor
      const input = { nodeId: sides.nodeId, sittingId: sides.hall.sittingId, hallId: sides.hall.hallId }
      expect(codeOf(await assignHall(sides.province, manager, input))).toBe('HALL_ASSIGNED_ALREADY')
      const stranger = other.hall.world.evaluation.actor
      expect(codeOf(await assignHall(sides.province, stranger, input))).toBe('NODE_NOT_FOUND')
      // A node of the same province asks for a package that is not its own.
      const second = value(
        await registerNode(sides.province, manager, { siteId: sides.hall.siteId, name: '乙' }),
      )
      const link = provinceLink(other.node, second.secret, sides.carry)
      expect(codeOf(await link.call('take', { packageId: sides.packageId }))).toBe('NODE_PACKAGE_NOT_FOUND')
      expect(codeOf(await link.call('release-keys', { packageId: sides.packageId }))).toBe(
        'NODE_PACKAGE_NOT_FOUND',
      )
    } finally {
      await other.close()
    }
  })

  it('the room of the province while the node has the hall', async () => {
    const one = sides.hall.people[0] as AtDoor
    expect(codeOf(await enter(sides.province, sides, one))).toBe('HALL_AT_NODE')
    const journal = journalOf(sides.province)
    const holder = { attemptId: one.attemptId, leaseHash: 'x' }
    expect(await closeTimedOut(sides.province, { sittingId: sides.hall.sittingId })).toBe(0)
    expect(codeOf(await startAttempt(sides.province, journal, holder))).not.toBe('ok')
  })

  it('another machine with the same secret', async () => {
    await syncOnce(sides.node, sides.link)
    const impostor = { ...sides.node, crypto: sides.province.crypto }
    const link = provinceLink(impostor, sides.secret, sides.carry)
    expect(codeOf(await link.call('head', { now: clientAt, held: [] }))).toBe('NODE_KEY_DIFFERS')
  })

  it('a package a second time once it is held', async () => {
    expect(codeOf(await sides.link.call('take', { packageId: sides.packageId }))).toBe('NODE_PACKAGE_HELD')
  })
})

describe('the papers before the start', () => {
  let sides: TwoSides
  beforeAll(async () => {
    const opensAt = new Date('2026-03-02T03:00:00.000Z')
    sides = await twoSides({ opensAt, closesAt: new Date('2026-03-02T06:00:00.000Z') })
    await syncOnce(sides.node, sides.link)
  })
  afterAll(() => sides?.close())

  it('are at the node, and open neither by its own key nor by the province before the part begins', async () => {
    const { rows } = await sql<{ keySealed: Buffer }>`select key_sealed from halls.attempts`.execute(
      sides.node.db,
    )
    expect(rows).toHaveLength(2)
    for (const { keySealed } of rows) expect(keySealed[0]).toBe(0x4e)
    expect(await sides.link.call('release-keys', { packageId: sides.packageId })).toMatchObject({
      ok: true,
      value: { keys: {} },
    })
  })

  it('open by two custodians’ codes only, each given to another officer, and not before the part begins', async () => {
    const { province, node, hall, packageId } = sides
    const [first, second] = [hall.world.evaluation.actor, hall.world.second]
    const one = value(await issueCustodyCode(province, first, { packageId }))
    expect(codeOf(await issueCustodyCode(province, first, { packageId }))).toBe('CUSTODY_SAME_OFFICER')
    const two = value(await issueCustodyCode(province, second, { packageId }))
    expect(codeOf(await issueCustodyCode(province, second, { packageId }))).toBe('CUSTODY_ISSUED')
    expect(one.code.replaceAll('-', '')).toHaveLength(16)
    await syncOnce(node, sides.link)
    sides.line.cut = true

    const open = (firstCode: string, secondCode: string, actor = hall.chief) =>
      openWithCustodyCodes(node, actor, { packageId, part: 'theory', firstCode, secondCode })
    expect(codeOf(await open(one.code, two.code))).toBe('PART_KEY_TOO_EARLY')
    sides.pass(2 * 3600)
    const holder = await holderAt(node, sides, hall.people[0] as AtDoor)
    expect(codeOf(await startAttempt(node, journalOf(node), holder))).toBe('PAPER_KEY_HELD_BACK')
    expect(codeOf(await open(one.code, one.code))).toBe('CUSTODY_CODES_INVALID')
    expect(codeOf(await open(one.code, 'AAAA-AAAA-AAAA-AAAA'))).toBe('CUSTODY_CODES_INVALID')
    expect(codeOf(await open(one.code, two.code, hall.patrol))).toBe('NODE_PACKAGE_NOT_FOUND')
    expect(await open(two.code.toLowerCase(), one.code)).toMatchObject({ ok: true, value: { opened: 2 } })
    expect(codeOf(await startAttempt(node, journalOf(node), holder))).toBe('ok')
    expect((await packageOf(node)).releases.theory).toMatchObject({ how: 'custodians', by: '主考甲' })
    sides.line.cut = false
    await syncOnce(node, sides.link)
    const [known] = await packagesHere(province.db)
    expect(known?.releases.theory).toMatchObject({ how: 'custodians' })
  })
})

describe('the whole way', () => {
  let sides: TwoSides
  beforeAll(async () => {
    sides = await twoSides({ candidates: 3 })
  })
  afterAll(() => sides?.close())

  it('is run at the node while the province is away, and comes back whole, once', async () => {
    const { province, node, hall } = sides
    expect(await syncOnce(node, sides.link)).toMatchObject({
      reached: true,
      taken: [sides.packageId],
      refusals: [],
    })
    expect(await syncOnce(node, sides.link)).toMatchObject({ reached: true, taken: [] })
    const journal = journalOf(node)
    sides.line.cut = true

    const holders = []
    for (const one of hall.people) {
      const holder = await holderAt(node, sides, one)
      const started = value(await startAttempt(node, journal, holder))
      expect(Buffer.from(started.key, 'base64')).toHaveLength(32)
      holders.push(holder)
    }
    for (const holder of holders) {
      const saved = await saveAnswers(node, journal, holder, [save('q01', 1), save('q02', 2)])
      expect(saved).toMatchObject({ ok: true })
    }
    expect(await syncOnce(node, sides.link)).toMatchObject({ reached: false, sent: 0 })
    const one = hall.people[0] as AtDoor
    const at = node.clock.now()
    const of = {
      sittingId: hall.sittingId,
      hallId: hall.hallId,
      candidateId: one.candidateId,
      attemptId: one.attemptId,
      at,
    }
    const picture = await storePicture(node, Buffer.from('a picture'))
    await keepCapture(node.db, picture, {
      ...of,
      reason: 'random',
      clientAt: at,
      compared: { outcome: 'same', score: 0.8 },
    })
    await raiseAlert(node.db, {
      ...of,
      kind: 'blur',
      severity: 'warning',
      data: {},
      captureId: null,
      clientAt: at,
    })

    // The answers of the province get lost: the node cannot know what has arrived.
    sides.line.cut = false
    sides.line.loseAnswers = true
    await syncOnce(node, sides.link)
    sides.line.loseAnswers = false
    const halfway = await syncOnce(node, sides.link)
    expect(halfway).toMatchObject({ reached: true, refused: 0, returned: [] })
    expect(await headsOfHall(province.db, hall)).toEqual(await headsOfHall(node.db, hall))

    for (const holder of holders) value(await handIn(journal, holder, { answers: { q01: 1, q02: 1 } }))
    // Machines may still hold pictures and film: not yet.
    expect(await syncOnce(node, sides.link)).toMatchObject({ returned: [], refused: 0 })
    sides.pass(LAST_WORD_SECONDS)
    const end = await syncOnce(node, sides.link)
    expect(end).toMatchObject({ returned: [sides.packageId], differing: {}, refused: 0 })
    const [here, there] = [await stockOf(node.db, hall), await stockOf(province.db, hall)]
    expect(there).toEqual(here)
    expect(here).toMatchObject({
      attempts: 3,
      entries: 15,
      places: { captures: { rows: 1 }, alerts: { rows: 1 } },
    })
    const states = await sql<{ state: string; answered: number }>`
      select state, answered from halls.attempts where sitting_id = ${hall.sittingId}`.execute(province.db)
    expect(states.rows).toEqual(Array(3).fill({ state: 'handed_in', answered: 2 }))
    for (const app of [province, node]) {
      expect(await packagesHere(app.db)).toMatchObject([{ state: 'returned', proof: { differing: [] } }])
      const { rows } = await sql<{
        direction: string
      }>`select direction from halls.node_transfers order by at, direction desc`.execute(app.db)
      expect(rows.map((row) => row.direction)).toEqual(['taken', 'returned'])
    }
    const stored = await sql<{ key: string; id: string; keySealed: Buffer; sha256: string }>`
      select id, key, key_sealed, sha256 from halls.captures`.execute(province.db)
    const capture = stored.rows[0] as (typeof stored.rows)[number]
    const { pictureOf } = await import('../evidence/keep-capture.ts')
    expect(Buffer.from((await pictureOf(province, capture)) ?? '').toString()).toBe('a picture')
  })
})

describe('batches', () => {
  let sides: TwoSides
  let batches: Batch[]
  beforeAll(async () => {
    sides = await twoSides({ candidates: 3 })
    const { node, hall } = sides
    await syncOnce(node, sides.link)
    const journal = journalOf(node)
    for (const one of hall.people) {
      const holder = await holderAt(node, sides, one)
      value(await startAttempt(node, journal, holder))
      for (let n = 1; n <= 4; n += 1) {
        value(await saveAnswers(node, journal, holder, [save(`q0${n}`, n)]))
      }
      value(
        await handIn(journal, holder, {
          answers: Object.fromEntries([1, 2, 3, 4].map((n) => [`q0${n}`, 1])),
        }),
      )
    }
    const pack = await packageOf(node)
    const whole = (await nextBatch(node, pack, [])) as Batch
    batches = Array.from({ length: 9 }, (_, n) => ({
      ...whole,
      places: n === 4 ? whole.places : {},
      entries: whole.entries.filter((_one, at) => at % 9 === n),
    }))
  })
  afterAll(() => sides?.close())

  const bring = async (batch: Batch) => value(await sides.link.call('return', batch)) as BatchAnswer

  it('of another hall, and entries that do not follow, are refused, kept and shown', async () => {
    const entry = batches[0]?.entries[0] as Batch['entries'][number]
    const stranger = { ...entry, attemptId: '00000000-0000-4000-8000-000000000000' }
    const lying = { ...entry, body: entry.body.replace('"entered"', '"returned"') }
    const base = { ...(batches[0] as Batch), places: {} }
    expect(await bring({ ...base, entries: [stranger] })).toMatchObject({
      accepted: 0,
      refused: [{ why: 'not_of_this_hall' }],
    })
    for (let time = 0; time < 2; time += 1)
      expect(await bring({ ...base, entries: [lying] })).toMatchObject({
        accepted: 0,
        refused: [{ why: 'chain_broken' }],
      })
    const { rows } = await sql`select why from halls.node_refused_rows order by why`.execute(
      sides.province.db,
    )
    expect(rows).toEqual([{ why: 'chain_broken' }, { why: 'not_of_this_hall' }])
    const alerts = await sql`select severity from halls.alerts where kind = 'node_refused'`.execute(
      sides.province.db,
    )
    expect(alerts.rows).toEqual([{ severity: 'urgent' }])
  })

  it('shuffled and doubled end in the same journals, nothing twice', async () => {
    const order = [8, 3, 3, 1, 5, 7, 2, 0, 6, 4, 4, 1, 0, 8, 2, 6, 3, 5, 7]
    for (let round = 0; round < 9; round += 1) for (const n of order) await bring(batches[n] as Batch)
    const { node, province, hall } = sides
    expect(await headsOfHall(province.db, hall)).toEqual(await headsOfHall(node.db, hall))
    const all = batches.reduce((sum, one) => sum + one.entries.length, 0)
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from halls.journal`.execute(
      province.db,
    )
    expect(rows[0]?.count).toBe(all)
    for (const n of order)
      expect(await bring(batches[n] as Batch)).toMatchObject({ accepted: 0, waiting: 0, refused: [] })
  })

  it('with something missing, the last word names it; with everything there the hall is returned', async () => {
    const { node, hall } = sides
    const one = hall.people[0] as AtDoor
    const at = node.clock.now()
    await raiseAlert(node.db, {
      sittingId: hall.sittingId,
      hallId: hall.hallId,
      candidateId: one.candidateId,
      attemptId: one.attemptId,
      kind: 'copy',
      severity: 'notice',
      data: {},
      captureId: null,
      clientAt: at,
      at,
    })
    sides.pass(LAST_WORD_SECONDS)
    const last = (await lastBatch(node, await packageOf(node))) as Batch
    expect(await bring(last)).toMatchObject({ differing: ['alerts'] })
    const report = await syncOnce(node, sides.link)
    expect(report).toMatchObject({ returned: [sides.packageId], differing: {} })
    expect(await packagesHere(sides.province.db)).toMatchObject([{ state: 'returned' }])
  })
})

describe('a node that is lost', () => {
  let sides: TwoSides
  beforeAll(async () => {
    sides = await twoSides()
  })
  afterAll(() => sides?.close())

  it('loses its hall by two people only; what it brings afterwards is kept and does not count', async () => {
    const { province, node, hall, packageId } = sides
    await syncOnce(node, sides.link)
    const journal = journalOf(node)
    const one = hall.people[0] as AtDoor
    const holder = await holderAt(node, sides, one)
    value(await startAttempt(node, journal, holder))
    value(await saveAnswers(node, journal, holder, [save('q01', 1)]))
    await syncOnce(node, sides.link)
    sides.line.cut = true
    value(await saveAnswers(node, journal, holder, [save('q02', 2)]))

    const [first, second] = [hall.world.evaluation.actor, hall.world.second]
    expect(codeOf(await takeBackHall(province, second, { packageId }))).toBe('TAKE_BACK_NOT_PROPOSED')
    value(await proposeTakeBack(province, first, { packageId, reason: '节点主机损坏' }))
    expect(codeOf(await takeBackHall(province, first, { packageId }))).toBe('TAKE_BACK_NEEDS_SECOND')
    expect(codeOf(await saveAnswers(province, journalOf(province), holder, [save('q03', 3)]))).toBe(
      'HALL_AT_NODE',
    )
    value(await takeBackHall(province, second, { packageId }))
    // The candidate goes on here with the lease that came back from the node.
    value(await saveAnswers(province, journalOf(province), holder, [save('q03', 3)]))
    const before = await headsOfHall(province.db, hall)

    sides.line.cut = false
    const late = await syncOnce(node, sides.link)
    expect(late.returned).toEqual([])
    const pack = await packageOf(node)
    const batch = (await nextBatch(node, pack, [])) as Batch
    const answer = value(await sides.link.call('return', batch)) as BatchAnswer
    expect(answer).toMatchObject({ accepted: 0, refused: [{ why: 'differs' }] })
    expect(await headsOfHall(province.db, hall)).toEqual(before)
  })
})

describe('people at the node', () => {
  let sides: TwoSides
  beforeAll(async () => {
    sides = await twoSides({ candidates: 1, assigned: false })
  })
  afterAll(() => sides?.close())

  it('are those of the hall: a number cut to its tail, no phone, and an account that signs in by its own second factor', async () => {
    const { createDemoStaff } = await import('../../people/index.ts')
    const { province, node, hall } = sides
    const [accountId] = await createDemoStaff(province, 'a-long-enough-password', [
      {
        name: '监考丁',
        username: 'invigilator-d',
        totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        memberships: [{ organisationId: hall.world.evaluation.organisationId, role: 'invigilator' }],
      },
    ])
    await sql`
      insert into halls.invigilators (sitting_id, hall_id, account_id, name, role, assigned_by, assigned_at)
      values (${hall.sittingId}, ${hall.hallId}, ${accountId}, '监考丁', 'invigilator', 'fixture', ${province.clock.now()})`.execute(
      province.db,
    )
    const of = { nodeId: sides.nodeId, sittingId: hall.sittingId, hallId: hall.hallId }
    value(await assignHall(province, hall.world.evaluation.actor, of))
    sides.pass(10)
    expect(await syncOnce(node, sides.link)).toMatchObject({ reached: true, refusals: [] })
    const { rows } = await sql<{ idNumberSealed: Buffer; phone: string | null; birthOn: string }>`
      select id_number_sealed, phone, birth_on from people.persons`.execute(node.db)
    expect(rows).toHaveLength(1)
    const number = node.crypto.decryptField(rows[0]?.idNumberSealed as Buffer, 'id-number')
    expect(number).toBe(hall.people[0]?.idTail)
    expect(rows[0]).toMatchObject({ phone: null, birthOn: '1900-01-01' })
    const { symmetricDecrypt } = await import('better-auth/crypto')
    const factors = await sql<{ secret: string }>`select secret from accounts.two_factor`.execute(node.db)
    const there = await sql<{
      secret: string
    }>`select secret from accounts.two_factor where user_id = ${accountId}`.execute(province.db)
    const plain = (secret: string, app: TestApp) =>
      symmetricDecrypt({ key: app.config.authSecret, data: secret })
    expect(factors.rows).toHaveLength(1)
    expect(await plain(factors.rows[0]?.secret as string, node)).toBe(
      await plain(there.rows[0]?.secret as string, province),
    )
    const passwords = await sql<{ password: string }>`select password from accounts.account`.execute(node.db)
    expect(passwords.rows).toHaveLength(1)
  })
})
