import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOfficialData } from '../../../../db/seed/official.ts'
import { withdrawDeclarations } from '../../exams/declarations/withdraw-declarations.ts'
import { aDeclarationBatch, aPlan, value } from '../../exams/fixtures.ts'
import { assignCandidates } from '../../exams/sittings/assign-candidates.ts'
import { cancelSitting } from '../../exams/sittings/cancel-sitting.ts'
import { openSitting } from '../../exams/sittings/open-sitting.ts'
import { planSitting } from '../../exams/sittings/plan-sitting.ts'
import { unassignCandidates } from '../../exams/sittings/unassign-candidates.ts'
import { confirmSetting } from '../../institutions/settings/confirm-setting.ts'
import { proposeSetting } from '../../institutions/settings/propose-setting.ts'
import { aSupervisedRegion } from '../../people/fixtures.ts'
import { createDemoStaff } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import { addDays } from '../../platform/clock.ts'
import { readPdf } from '../../platform/documents/read-pdf.ts'
import type { Result } from '../../platform/result.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aCommitment,
  aFamily,
  aHallsWorld,
  anArrangement,
  aPublicValue,
  aSite,
  someInvigilators,
} from '../fixtures.ts'
import { closeRegistration } from '../seating/close-registration.ts'
import { commitDraw } from '../seating/commit-draw.ts'
import { commitFamilyDraw, drawFamily, releaseFromFamily, voidFamilyDraw } from '../seating/draw-family.ts'
import { drawSitting } from '../seating/draw-sitting.ts'
import { verifyProof } from '../seating/proof.ts'
import { downloadProof, listPublicDraws, readPublicDraw } from '../seating/public-draws.ts'
import { voidDraw } from '../seating/void-draw.ts'
import { saveSeats } from '../sites/keep-hall.ts'
import { readHall } from '../sites/read-site.ts'
import { decideAccommodation, proposeAccommodation } from './accommodate.ts'
import { arrangeSitting } from './arrange-sitting.ts'
import { assignInvigilators } from './assign-invigilators.ts'
import { chooseHalls } from './choose-halls.ts'
import { hallRulesOf } from './hall-rules-of.ts'
import { announceFamily, answerInvitation, joinFamily, settleUnifications } from './keep-family.ts'
import { printDoorSheet, printMyTicket, printSeatMap, printTickets } from './print-tickets.ts'
import { publishTickets } from './publish-tickets.ts'
import { readArrangement } from './read-arrangement.ts'
import { readFamily } from './read-family.ts'
import { arrangementsApi } from './workbench-api.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
  await loadOfficialData(app)
})
afterAll(() => app?.close())

const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code
const DAY = 86_400

describe('the figures of a sitting', () => {
  test('come from the policy with what is not verified, and from what the province confirmed', async () => {
    const ask = { provinceCode: '420000', on: app.clock.today() }
    const before = await hallRulesOf(app, app.db, ask)
    expect(before).toMatchObject({
      invigilatorsPerHall: 2,
      candidatesPerInvigilator: 15,
      events: { copy: 'block', online: 'record' },
    })
    expect(before.unverified).toEqual(
      expect.arrayContaining(['candidatesPerInvigilator', 'lateMinutes', 'faceThreshold']),
    )
    expect(before.captureSeconds.from).toBeLessThanOrEqual(before.captureSeconds.to)
    const region = await aSupervisedRegion(app, '340000', '340100')
    const officer = () =>
      anActor('provincial_officer', { id: region.province, provinceCode: '340000', cityCode: null })
    const proposal = {
      key: 'hall.late-minutes',
      value: 15,
      fromOn: '2026-01-01',
      source: '皖人社试验文件一号',
    }
    const { id } = value(await proposeSetting(app, officer(), proposal))
    value(await confirmSetting(app, officer(), { id }))
    const anhui = await hallRulesOf(app, app.db, { ...ask, provinceCode: '340000' })
    expect(anhui.lateMinutes).toBe(15)
    expect(anhui.unverified).not.toContain('lateMinutes')
  })
})

describe('an arrangement', () => {
  test('is refused for another institution, for a sitting that has begun, and twice', async () => {
    const { sittingId, world } = await anArrangement(app)
    expect(code(await arrangeSitting(app, anActor('evaluation_manager'), { sittingId }))).toBe(
      'SITTING_TO_ARRANGE_NOT_FOUND',
    )
    expect(code(await arrangeSitting(app, world.evaluation.actor, { sittingId }))).toBe('ARRANGED_ALREADY')
    const other = await aHallsWorld(app, { inDays: 1 })
    app.clock.advance(DAY)
    value(await openSitting(app, other.world.invigilator, { sittingId: other.sittingId }))
    expect(code(await arrangeSitting(app, other.world.evaluation.actor, other))).toBe(
      'SITTING_NOT_ARRANGEABLE',
    )
  })
  test('keeps its figures although the policy changes afterwards', async () => {
    const { sittingId, world } = await anArrangement(app)
    const read = value(await readArrangement(app, world.evaluation.actor, { sittingId }))
    expect(read.rules.candidatesPerInvigilator).toBe(15)
    expect(read.checklist.find((step) => step.key === 'halls')).toMatchObject({ state: 'gap' })
  })
})

describe('choosing halls', () => {
  test("refuses another institution's halls, closed ones and too few seats", async () => {
    const { sittingId, world } = await anArrangement(app, { candidates: 5 })
    const manager = world.evaluation.actor
    const foreign = await aHallsWorld(app)
    expect(code(await chooseHalls(app, manager, { sittingId, hallIds: foreign.hallIds }))).toBe(
      'HALL_NOT_OWN_NOT_FOUND',
    )
    const small = await aSite(app, manager, { rows: 2, columns: 2 })
    expect(code(await chooseHalls(app, manager, { sittingId, hallIds: small.hallIds }))).toBe(
      'HALLS_TOO_SMALL',
    )
  })
  test('refuses a hall that another sitting has at that time, and takes it at another', async () => {
    const first = await anArrangement(app, { stage: 'halls' })
    const manager = first.world.evaluation.actor
    const on = addDays(app.clock.today(), 10)
    const plan = async (day: string) => {
      const { id } = value(await planSitting(app, manager, aPlan(first.world, day)))
      value(await arrangeSitting(app, manager, { sittingId: id }))
      return id
    }
    const clash = await chooseHalls(app, manager, { sittingId: await plan(on), hallIds: first.hallIds })
    expect(code(clash)).toBe('HALL_TAKEN')
    const later = await chooseHalls(app, manager, {
      sittingId: await plan(addDays(on, 1)),
      hallIds: first.hallIds,
    })
    expect(code(later)).toBe('ok')
  })
})

describe('assigning invigilators', () => {
  const two = (ids: string[], role: 'chief' | 'invigilator' = 'chief') => [
    { accountId: ids[0] as string, role },
    { accountId: ids[1] as string, role: 'invigilator' as const },
  ]
  test('refuses one alone, two without a chief, strangers, and fewer than one for fifteen', async () => {
    const { sittingId, world, hallIds, invigilators } = await anArrangement(app, { candidates: 1 })
    const manager = world.evaluation.actor
    const hallId = hallIds[0] as string
    value(await chooseHalls(app, manager, { sittingId, hallIds }))
    const assign = (people: Parameters<typeof assignInvigilators>[2]['people']) =>
      assignInvigilators(app, manager, { sittingId, hallId, people })
    expect(code(await assign(two(invigilators).slice(0, 1)))).toBe('INVIGILATORS_TOO_FEW')
    expect(code(await assign(two(invigilators, 'invigilator')))).toBe('CHIEF_NOT_ONE')
    const patrol = [
      { accountId: invigilators[0] as string, role: 'chief' as const },
      { accountId: invigilators[1] as string, role: 'patrol' as const },
    ]
    expect(code(await assign(patrol))).toBe('INVIGILATORS_TOO_FEW')
    const strangers = await someInvigilators(app, world.training.organisationId, 2)
    expect(code(await assign(two(strangers)))).toBe('INVIGILATOR_UNKNOWN')
    const full = await anArrangement(app, { candidates: 31, rows: 6, columns: 6 })
    value(await chooseHalls(app, full.world.evaluation.actor, full))
    const few = await assignInvigilators(app, full.world.evaluation.actor, {
      sittingId: full.sittingId,
      hallId: full.hallIds[0] as string,
      people: two(full.invigilators),
    })
    expect(few).toMatchObject({
      ok: false,
      refusal: { code: 'INVIGILATORS_TOO_FEW', facts: { needed: 3, given: 2 } },
    })
  })
  test('refuses somebody in two halls at once, and lets go of who is replaced', async () => {
    const { sittingId, world, hallIds } = await anArrangement(app, {
      halls: 2,
      stage: 'halls',
      candidates: 2,
    })
    const manager = world.evaluation.actor
    const [first, second] = hallIds as [string, string]
    const read = async () => value(await readArrangement(app, manager, { sittingId })).halls
    const ofFirst =
      (await read()).find((hall) => hall.hallId === first)?.invigilators.map((one) => one.accountId) ?? []
    const both = await assignInvigilators(app, manager, { sittingId, hallId: second, people: two(ofFirst) })
    expect(code(both)).toBe('INVIGILATOR_ELSEWHERE')
    const fresh = await someInvigilators(app, world.evaluation.organisationId, 2)
    value(await assignInvigilators(app, manager, { sittingId, hallId: first, people: two(fresh) }))
    value(await assignInvigilators(app, manager, { sittingId, hallId: second, people: two(ofFirst) }))
    expect(
      (await read())
        .find((hall) => hall.hallId === first)
        ?.invigilators.map((one) => one.accountId)
        .sort(),
    ).toEqual(fresh.sort())
  })
  test('refuses who teaches at the institution that trained the candidates', async () => {
    const { sittingId, world, hallIds, invigilators } = await anArrangement(app)
    const manager = world.evaluation.actor
    value(await chooseHalls(app, manager, { sittingId, hallIds }))
    const [teacher] = await createDemoStaff(app, 'a-long-enough-password', [
      {
        name: '又教又监',
        username: `t${Date.now()}`,
        totpSecret: null,
        memberships: [
          { organisationId: world.evaluation.organisationId, role: 'invigilator' },
          { organisationId: world.training.organisationId, role: 'teacher' },
        ],
      },
    ])
    const people = two([invigilators[0] as string, teacher as string])
    const assigned = await assignInvigilators(app, manager, {
      sittingId,
      hallId: hallIds[0] as string,
      people,
    })
    expect(code(assigned)).toBe('INVIGILATOR_CONFLICT')
  })
})

describe('an accommodation', () => {
  const need = { extraMinutes: 30, accessibleSeat: true, reason: '持残疾人证' }
  test('is decided by another person, once, and stands in the way of closing the list until then', async () => {
    const { sittingId, world, candidates, hallIds } = await anArrangement(app, {
      stage: 'committed',
      candidates: 2,
    })
    const manager = world.evaluation.actor
    const candidateId = candidates[0]?.id as string
    const stranger = (await anArrangement(app)).candidates[0]?.id as string
    expect(
      code(await proposeAccommodation(app, manager, { sittingId, candidateId: stranger, ...need })),
    ).toBe('CANDIDATE_HERE_NOT_FOUND')
    const { id } = value(await proposeAccommodation(app, manager, { sittingId, candidateId, ...need }))
    expect(code(await proposeAccommodation(app, manager, { sittingId, candidateId, ...need }))).toBe(
      'ACCOMMODATION_EXISTS',
    )
    expect(code(await closeRegistration(app, manager, { sittingId }))).toBe('ACCOMMODATIONS_UNDECIDED')
    const yes = { accommodationId: id, approve: true, reason: '已核对原件' }
    expect(code(await decideAccommodation(app, manager, yes))).toBe('ACCOMMODATION_SAME_PERSON')
    value(await decideAccommodation(app, world.second, yes))
    expect(code(await decideAccommodation(app, world.second, yes))).toBe('ACCOMMODATION_DECIDED')
    expect(code(await closeRegistration(app, manager, { sittingId }))).toBe('ACCESSIBLE_SEATS_SHORT')
    const hall = value(await readHall(app, manager, { hallId: hallIds[0] as string }))
    const seats = hall.seats.map(({ label, row, column, machine, state, brokenReason }, at) => ({
      label,
      row,
      column,
      machine,
      state,
      brokenReason,
      accessible: at === 7,
    }))
    value(await saveSeats(app, manager, { hallId: hall.id, rows: hall.rows, columns: hall.columns, seats }))
    value(await closeRegistration(app, manager, { sittingId }))
    app.clock.advance(3 * DAY)
    value(await drawSitting(app, world.second, { sittingId, ...aPublicValue(app) }))
    const given = await app.db
      .selectFrom('halls.seatAssignments')
      .selectAll()
      .where('candidateId', '=', candidateId)
      .execute()
    expect(given[0]?.seatId).toBe(hall.seats[7]?.id)
  })
})

describe('a draw', () => {
  test('is refused a value that could be known already, and a list without a commitment cannot be closed', async () => {
    const { sittingId, world } = await anArrangement(app, { stage: 'halls' })
    const manager = world.evaluation.actor
    expect(code(await closeRegistration(app, manager, { sittingId }))).toBe('DRAW_NOT_COMMITTED')
    const soon = { publicSource: '今天的号码', publicExpectedAt: app.clock.now() }
    expect(code(await commitDraw(app, manager, { sittingId, ...soon }))).toBe('PUBLIC_VALUE_TOO_SOON')
    value(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))
    expect(code(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))).toBe(
      'DRAW_COMMITTED_ALREADY',
    )
    app.clock.advance(2 * DAY + 60)
    expect(code(await closeRegistration(app, manager, { sittingId }))).toBe('PUBLIC_VALUE_KNOWN')
  })
  test('stands over a list in which nobody comes or goes any more', async () => {
    const { sittingId, world, candidates } = await anArrangement(app, { stage: 'fixed', candidates: 2 })
    const manager = world.evaluation.actor
    const candidateIds = [candidates[0]?.id as string]
    expect(code(await unassignCandidates(app, manager, { sittingId, candidateIds, reason: '改期' }))).toBe(
      'SITTING_CANDIDATES_FIXED',
    )
    expect(code(await cancelSitting(app, manager, { sittingId, reason: '停电' }))).toBe(
      'SITTING_CANDIDATES_FIXED',
    )
    const more = await aDeclarationBatch(app, { world, state: 'qualified', count: 1 })
    const declarationIds = more.declarations.map((one) => one.id)
    expect(code(await assignCandidates(app, manager, { sittingId, declarationIds }))).toBe(
      'SITTING_CANDIDATES_FIXED',
    )
    const own = [candidates[0]?.declarationId as string]
    const gone = await withdrawDeclarations(app, world.training.actor, {
      declarationIds: own,
      reason: '不考了',
    })
    expect(code(gone)).toBe('DECLARATION_IN_SITTING')
    expect(code(await chooseHalls(app, manager, { sittingId, hallIds: [] }))).toBe('REGISTRATION_CLOSED')
  })
  test('is refused before the list is closed, by the person who committed, and with a value from before', async () => {
    const open = await anArrangement(app, { stage: 'committed' })
    expect(
      code(await drawSitting(app, open.world.second, { sittingId: open.sittingId, ...aPublicValue(app) })),
    ).toBe('REGISTRATION_STILL_OPEN')
    const { sittingId, world } = await anArrangement(app, { stage: 'fixed' })
    const early = { publicValue: '381', publicKnownAt: new Date(app.clock.now().getTime() - 3600_000) }
    expect(code(await drawSitting(app, world.second, { sittingId, ...early }))).toBe('PUBLIC_VALUE_EARLY')
    app.clock.advance(3 * DAY)
    expect(code(await drawSitting(app, world.second, { sittingId, ...aPublicValue(app, '， ') }))).toBe(
      'PUBLIC_VALUE_UNREADABLE',
    )
    expect(code(await drawSitting(app, world.evaluation.actor, { sittingId, ...aPublicValue(app) }))).toBe(
      'PUBLIC_VALUE_SAME_PERSON',
    )
    const later = { publicValue: '381', publicKnownAt: new Date(app.clock.now().getTime() + 3600_000) }
    expect(code(await drawSitting(app, world.second, { sittingId, ...later }))).toBe('PUBLIC_VALUE_EARLY')
  })
  test('gives everybody a seat and publishes a proof that anybody can check, without a name in it', async () => {
    const { sittingId, world, candidates } = await anArrangement(app, {
      stage: 'drawn',
      candidates: 25,
      halls: 2,
    })
    const read = value(await readArrangement(app, world.city, { sittingId }))
    expect(read).toMatchObject({ state: 'drawn', seated: 25 })
    const shown = value(await readPublicDraw(app, { number: read.number }))
    expect(shown).toMatchObject({
      stage: 'drawn',
      report: { candidates: 25, sameForm: 0 },
      inputsSha256: read.inputsSha256,
    })
    const { bytes } = value(await downloadProof(app, { number: read.number }))
    const text = new TextDecoder().decode(bytes)
    const verdict = verifyProof(JSON.parse(text))
    expect(verdict).toMatchObject({
      valid: true,
      candidates: 25,
      sha256: read.proofSha256,
      commitment: shown.draws[0]?.commitment,
    })
    for (const one of candidates) {
      for (const secret of [one.id, one.personId, one.ticketNumber]) expect(text).not.toContain(secret)
    }
    expect(text).not.toContain(world.training.organisationId)
  })
  test('goes on show with its commitment before anything is drawn, without the seed', async () => {
    const { sittingId, world } = await anArrangement(app, { stage: 'committed' })
    const { number } = value(await readArrangement(app, world.evaluation.actor, { sittingId }))
    const shown = value(await readPublicDraw(app, { number }))
    expect(shown).toMatchObject({ stage: 'committed', report: null, draws: [{ publicValue: null }] })
    expect(Object.keys(shown.draws[0] ?? {})).not.toEqual(expect.arrayContaining(['seedSealed']))
    expect(code(await downloadProof(app, { number }))).toBe('SEATS_NOT_DRAWN')
    const before = await anArrangement(app)
    const silent = value(await readArrangement(app, before.world.evaluation.actor, before)).number
    expect(code(await readPublicDraw(app, { number: silent }))).toBe('DRAW_NOT_FOUND')
    const listed = await listPublicDraws(app, { q: number, page: 1, size: 20 })
    expect(listed.rows).toMatchObject([{ number, stage: 'committed' }])
  })
  test('taken back stays on show as void with its reason; the list opens and another draw gives other seats', async () => {
    const { sittingId, world, candidates } = await anArrangement(app, { stage: 'published', candidates: 18 })
    const manager = world.evaluation.actor
    const seats = async () =>
      await app.db
        .selectFrom('halls.seatAssignments')
        .select(['candidateId', 'seatId'])
        .where('sittingId', '=', sittingId)
        .orderBy('candidateId')
        .execute()
    const before = await seats()
    value(await voidDraw(app, manager, { sittingId, reason: '考场停电，改期' }))
    expect(await seats()).toEqual([])
    const candidateIds = [candidates[17]?.id as string]
    value(await unassignCandidates(app, manager, { sittingId, candidateIds, reason: '改期' }))
    value(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))
    value(await closeRegistration(app, manager, { sittingId }))
    app.clock.advance(3 * DAY)
    value(await drawSitting(app, world.second, { sittingId, ...aPublicValue(app) }))
    const after = await seats()
    expect(after).toHaveLength(17)
    expect(after).not.toEqual(before.slice(0, 17))
    const { number } = value(await readArrangement(app, manager, { sittingId }))
    const shown = value(await readPublicDraw(app, { number }))
    expect(shown.draws.map((draw) => draw.voidedReason)).toEqual([null, '考场停电，改期'])
  })
  test('stops a change of the layout between the closed list and the draw', async () => {
    const { world, hallIds } = await anArrangement(app, { stage: 'fixed' })
    const seat = {
      label: '01',
      row: 1,
      column: 1,
      machine: '机',
      state: 'usable' as const,
      brokenReason: null,
      accessible: false,
    }
    const saved = await saveSeats(app, world.evaluation.actor, {
      hallId: hallIds[0] as string,
      rows: 1,
      columns: 1,
      seats: [seat],
    })
    expect(code(saved)).toBe('SEAT_LAYOUT_FIXED')
  })
})

describe('admission tickets', () => {
  const text = async (result: Result<Download>) =>
    (await readPdf(value(result).bytes)).map((page) => page.text.replaceAll(' ', ''))
  test('are not published before the draw or without invigilators, nor twice', async () => {
    const early = await anArrangement(app, { stage: 'fixed' })
    expect(code(await publishTickets(app, early.world.evaluation.actor, early))).toBe('SEATS_NOT_DRAWN')
    const { sittingId, world } = await anArrangement(app, { stage: 'published' })
    expect(code(await publishTickets(app, world.evaluation.actor, { sittingId }))).toBe('TICKETS_PUBLISHED')
  })
  test('are seen by their own candidate only, and only once published', async () => {
    const drawn = await anArrangement(app, { stage: 'drawn', candidates: 2 })
    const learner = (at: number): Actor =>
      anActor('learner', {}, { personId: drawn.candidates[at]?.personId as string })
    const { sittingId } = drawn
    expect(code(await printMyTicket(app, learner(0), { sittingId }))).toBe('TICKET_NOT_FOUND')
    value(await publishTickets(app, drawn.world.evaluation.actor, { sittingId }))
    expect(code(await printMyTicket(app, anActor('learner'), { sittingId }))).toBe('TICKET_NOT_FOUND')
    const [page] = await text(await printMyTicket(app, learner(0), { sittingId }))
    expect(page).toContain(drawn.candidates[0]?.ticketNumber)
    expect(page).not.toContain(drawn.candidates[1]?.ticketNumber)
    expect(page).toContain(`${app.config.publicUrl}/exam/rehearsal`)
    for (const said of ['准考证', '第1考场', '珞喻路1号', '2026-', '待核实', '开考30分钟后不得入场'])
      expect(page).toContain(said)
  })
  test('print a page each for a hall, with a door sheet and a seat map that name the same people', async () => {
    const { sittingId, world, hallIds, candidates } = await anArrangement(app, {
      stage: 'drawn',
      candidates: 12,
    })
    const of = { sittingId, hallId: hallIds[0] as string }
    const manager = world.evaluation.actor
    expect(await text(await printTickets(app, manager, of))).toHaveLength(12)
    const [door] = await text(await printDoorSheet(app, world.invigilator, of))
    const [map] = await text(await printSeatMap(app, world.invigilator, of))
    for (const one of candidates) {
      expect(door).toContain(one.ticketNumber)
      expect(map).toContain(one.ticketNumber.slice(-8))
    }
    expect(code(await printTickets(app, anActor('evaluation_manager'), of))).toBe('ARRANGEMENT_NOT_FOUND')
  })
})

describe('lists', () => {
  test('show planned sittings without an arrangement, and filter by state and by hall', async () => {
    const { sittingId, world, hallIds } = await anArrangement(app, {
      stage: 'drawn',
      candidates: 6,
      halls: 2,
    })
    const manager = world.evaluation.actor
    value(await planSitting(app, manager, aPlan(world, addDays(app.clock.today(), 20))))
    const call = { app, actor: manager, files: [], ip: '' }
    const list = arrangementsApi['halls.list-arrangements']
    expect(value(await list.handle(call, { page: 1, size: 20 })).rows.map((row) => row.state)).toEqual([
      null,
      'drawn',
    ])
    expect(value(await list.handle(call, { page: 1, size: 20, state: 'none' })).total).toBe(1)
    const seated = arrangementsApi['halls.list-seated']
    const all = value(await seated.handle(call, { sittingId, page: 1, size: 20 }))
    const one = value(
      await seated.handle(call, { sittingId, hallId: hallIds[0] as string, page: 1, size: 20 }),
    )
    expect(all.total).toBe(6)
    expect(one.total).toBe(3)
  })
})

describe('a joint examination', () => {
  const settled = ['standard', 'papers', 'marking', 'administration', 'mark'].map((key) => ({
    key: key as 'standard',
    text: '全省统一执行',
    source: '试验文件',
    clause: 'AH-10',
    state: 'settled' as const,
  }))
  async function twoMembers() {
    const first = await anArrangement(app, { candidates: 3 })
    const second = await anArrangement(app, { candidates: 4, inDays: 10 })
    const province = first.world.province
    const { parts } = value(await readArrangement(app, first.world.evaluation.actor, first))
    const window = (part: string) => parts.find((one) => one.part === part) as (typeof parts)[number]
    const { draftFamily } = await import('./keep-family.ts')
    const { id: familyId } = value(
      await draftFamily(app, province, {
        title: '智能制造初级统考',
        occupationId: first.world.occupationId,
        level: first.world.level,
        theory: window('theory'),
        ability: window('ability'),
      }),
    )
    return { first, second, province, familyId }
  }
  test('is not announced before all five are settled, nor to anybody but institutions of the province', async () => {
    const { world } = await aHallsWorld(app)
    const familyId = await aFamily(app, world.province)
    const organisationIds = [world.evaluation.organisationId]
    expect(code(await announceFamily(app, world.province, { familyId, organisationIds }))).toBe(
      'FAMILY_NOT_UNIFIED',
    )
    value(await settleUnifications(app, world.province, { familyId, unified: settled.slice(1) }))
    const open = await announceFamily(app, world.province, { familyId, organisationIds })
    expect(open).toMatchObject({ ok: false, refusal: { facts: { missing: '统一标准' } } })
    value(await settleUnifications(app, world.province, { familyId, unified: settled }))
    const wrong = await announceFamily(app, world.province, {
      familyId,
      organisationIds: [world.training.organisationId],
    })
    expect(code(wrong)).toBe('FAMILY_MEMBER_UNKNOWN')
    expect(code(await readFamily(app, world.evaluation.actor, { familyId }))).toBe('FAMILY_NOT_FOUND')
    value(await announceFamily(app, world.province, { familyId, organisationIds }))
    expect(value(await readFamily(app, world.evaluation.actor, { familyId })).actions.answer).toEqual({
      allowed: true,
    })
  })
  test('is joined by acceptance, by sittings that are the same, and draws all of them at once', async () => {
    const { first, second, province, familyId } = await twoMembers()
    const [one, two] = [first.world.evaluation.actor, second.world.evaluation.actor]
    value(await settleUnifications(app, province, { familyId, unified: settled }))
    const organisationIds = [first.world.evaluation.organisationId, second.world.evaluation.organisationId]
    value(await announceFamily(app, province, { familyId, organisationIds }))
    expect(code(await joinFamily(app, one, { familyId, sittingId: first.sittingId }))).toBe(
      'FAMILY_NOT_INVITED',
    )
    value(await answerInvitation(app, one, { familyId, accept: true, reason: null }))
    expect(code(await answerInvitation(app, one, { familyId, accept: false, reason: '改主意' }))).toBe(
      'FAMILY_ANSWERED',
    )
    value(await answerInvitation(app, two, { familyId, accept: true, reason: null }))
    const off = value(await planSitting(app, one, aPlan(first.world, addDays(app.clock.today(), 12))))
    value(await arrangeSitting(app, one, { sittingId: off.id }))
    expect(code(await joinFamily(app, one, { familyId, sittingId: off.id }))).toBe('FAMILY_DIFFERS')
    value(await joinFamily(app, one, { familyId, sittingId: first.sittingId }))
    value(await joinFamily(app, two, { familyId, sittingId: second.sittingId }))
    expect(code(await commitDraw(app, one, { sittingId: first.sittingId, ...aCommitment(app) }))).toBe(
      'FAMILY_DRAWS',
    )
    value(await commitFamilyDraw(app, province, { familyId, ...aCommitment(app) }))

    value(await chooseHalls(app, one, first))
    value(await chooseHalls(app, two, second))
    value(await closeRegistration(app, one, first))
    app.clock.advance(3600)
    const colleague = anActor('provincial_officer', province.organisation ?? {})
    const late = await drawFamily(app, colleague, { familyId, ...aPublicValue(app) })
    expect(late).toMatchObject({ ok: false, refusal: { code: 'FAMILY_MEMBERS_OPEN' } })
    value(await closeRegistration(app, two, second))
    app.clock.advance(3 * DAY)
    expect(code(await drawFamily(app, province, { familyId, ...aPublicValue(app) }))).toBe(
      'PUBLIC_VALUE_SAME_PERSON',
    )
    expect(value(await drawFamily(app, colleague, { familyId, ...aPublicValue(app) }))).toEqual({
      sittings: 2,
      candidates: 7,
    })

    const read = value(await readFamily(app, province, { familyId }))
    expect(read.state).toBe('running')
    expect(read.progress.map((site) => [site.candidates, site.started])).toEqual(
      expect.arrayContaining([
        [3, 0],
        [4, 0],
      ]),
    )
    const proofs = await Promise.all(
      read.sittings.map(async ({ number }) =>
        JSON.parse(new TextDecoder().decode(value(await downloadProof(app, { number })).bytes)),
      ),
    )
    expect(proofs.map((proof) => verifyProof(proof).valid)).toEqual([true, true])
    expect(new Set(proofs.map((proof) => proof.before.commitment)).size).toBe(1)
    expect(value(await readFamily(app, two, { familyId })).progress.map((site) => site.candidates)).toEqual([
      4,
    ])

    value(await voidFamilyDraw(app, province, { familyId, reason: '公开值来源更正' }))
    expect(value(await readArrangement(app, one, first))).toMatchObject({ state: 'preparing', seated: 0 })
    value(
      await releaseFromFamily(app, province, {
        familyId,
        sittingId: second.sittingId,
        reason: '考点不具备条件',
      }),
    )
    expect(value(await readFamily(app, province, { familyId })).sittings).toHaveLength(1)
  })
})
