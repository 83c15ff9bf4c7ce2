import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { aSitting, type ExamsWorld, type SittingFixture, value } from '../exams/fixtures.ts'
import { createDemoStaff } from '../people/index.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { instantAt, type SettableClock } from '../platform/clock.ts'
import { anActor } from '../platform/testing/index.ts'
import { archivesRecords } from './archives/fixtures.ts'
import { proposeAccommodation } from './arrangements/accommodate.ts'
import { arrangeSitting } from './arrangements/arrange-sitting.ts'
import { assignInvigilators } from './arrangements/assign-invigilators.ts'
import { chooseHalls } from './arrangements/choose-halls.ts'
import { announceFamily, draftFamily, settleUnifications } from './arrangements/keep-family.ts'
import { publishTickets } from './arrangements/publish-tickets.ts'
import { aHallOf } from './attempts/fixtures.ts'
import { boardRecords } from './board/fixtures.ts'
import { aCapture, aHold } from './evidence/fixtures.ts'
import { anAdmission } from './gates/fixtures.ts'
import { nodesRecords } from './nodes/fixtures.ts'
import { approveJointPaper } from './papers/approve-joint-paper.ts'
import {
  ALL_RIGHT,
  anArrangedSitting,
  closeHall,
  fileOf,
  paperInput,
  paperJson,
  papersRecords,
  type ArrangedFixture as SatFixture,
  sit,
} from './papers/fixtures.ts'
import { importJointPaper } from './papers/import-joint-paper.ts'
import { sealAll, sealPapers } from './papers/seal-papers.ts'
import { closeRegistration } from './seating/close-registration.ts'
import { commitDraw } from './seating/commit-draw.ts'
import { drawSitting } from './seating/draw-sitting.ts'
import { addHall } from './sites/keep-hall.ts'
import { registerSite } from './sites/register-site.ts'

export type ClockedApp = App & { clock: SettableClock }

export interface SiteFixture {
  siteId: string
  hallIds: string[]
}

/** A site in Wuhan with halls of rows × columns usable seats. */
export async function aSite(
  app: App,
  manager: Actor,
  options: { halls?: number; rows?: number; columns?: number } = {},
): Promise<SiteFixture> {
  const { id: siteId } = value(
    await registerSite(app, manager, {
      name: '光谷机考中心',
      cityCode: '420100',
      address: '武汉市洪山区珞喻路 1 号',
      contactName: '许衡',
      contactPhone: '027-87654321',
    }),
  )
  const hallIds: string[] = []
  for (let at = 1; at <= (options.halls ?? 1); at += 1) {
    const { rows = 4, columns = 5 } = options
    hallIds.push(value(await addHall(app, manager, { siteId, name: `第 ${at} 考场`, rows, columns })).id)
  }
  return { siteId, hallIds }
}

export interface HallsWorld extends SittingFixture, SiteFixture {
  world: ExamsWorld
}

/** A planned sitting of an evaluation institution in Wuhan, and a site of the same institution. */
export async function aHallsWorld(
  app: ClockedApp,
  options: { candidates?: number; halls?: number; rows?: number; columns?: number; inDays?: number } = {},
): Promise<HallsWorld> {
  const sitting = await aSitting(app, { candidates: options.candidates ?? 1, inDays: options.inDays ?? 10 })
  const site = await aSite(app, sitting.world.evaluation.actor, options)
  return { ...sitting, ...site }
}

const DAY = 86_400
const STAGES = ['preparing', 'halls', 'committed', 'fixed', 'drawn', 'published'] as const
export type ArrangementStage = (typeof STAGES)[number]

export interface ArrangedFixture extends HallsWorld {
  invigilators: string[]
}

/** Staff accounts of an institution that may invigilate. */
export async function someInvigilators(app: App, organisationId: string, count: number): Promise<string[]> {
  return createDemoStaff(
    app,
    'a-long-enough-password',
    Array.from({ length: count }, (_, at) => ({
      name: `监考${at + 1}`,
      username: `i${randomUUID().slice(0, 12)}`,
      totpSecret: null,
      memberships: [{ organisationId, role: 'invigilator' as const }],
    })),
  )
}

/** A value that nobody could know when the list was closed: known half an hour before the clock's now. */
export function aPublicValue(app: ClockedApp, publicValue = '3 8 1') {
  return { publicValue, publicKnownAt: new Date(app.clock.now().getTime() - 1800_000) }
}

/** A commitment whose value will be known in two days. */
export function aCommitment(app: ClockedApp) {
  return {
    publicSource: '试验彩种第 2026001 期，三位数字',
    publicExpectedAt: new Date(app.clock.now().getTime() + 2 * DAY * 1000),
  }
}

/** A sitting arranged as far as asked, brought there by the verbs; for the draw the clock moves on by three days. */
export async function anArrangement(
  app: ClockedApp,
  options: Parameters<typeof aHallsWorld>[1] & { stage?: ArrangementStage; forms?: number } = {},
): Promise<ArrangedFixture> {
  const reached = (stage: ArrangementStage) =>
    STAGES.indexOf(options.stage ?? 'preparing') >= STAGES.indexOf(stage)
  const made = await aHallsWorld(app, options)
  const { sittingId, hallIds } = made
  const manager = made.world.evaluation.actor
  const forms = options.forms === undefined ? {} : { forms: options.forms }
  value(await arrangeSitting(app, manager, { sittingId, ...forms }))
  const invigilators = await someInvigilators(app, made.world.evaluation.organisationId, hallIds.length * 2)
  if (reached('halls')) {
    value(await chooseHalls(app, manager, { sittingId, hallIds }))
    for (const [at, hallId] of hallIds.entries()) {
      const people = invigilators.slice(at * 2, at * 2 + 2).map((accountId, index) => ({
        accountId,
        role: index === 0 ? ('chief' as const) : ('invigilator' as const),
      }))
      value(await assignInvigilators(app, manager, { sittingId, hallId, people }))
    }
  }
  if (reached('committed')) value(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))
  if (reached('fixed')) value(await closeRegistration(app, manager, { sittingId }))
  if (reached('drawn')) {
    app.clock.advance(3 * DAY)
    value(await drawSitting(app, made.world.second, { sittingId, ...aPublicValue(app) }))
  }
  if (reached('published')) value(await publishTickets(app, manager, { sittingId }))
  return { ...made, invigilators }
}

const hours = (at: Date, from: number) => new Date(at.getTime() + from * 3600_000)

/** A joint examination in draft, of a province. */
export async function aFamily(app: ClockedApp, province: Actor): Promise<string> {
  const startsAt = hours(app.clock.now(), 240)
  const family = await draftFamily(app, province, {
    title: '人工智能初级统考',
    occupationId: 'ai',
    level: '初级',
    theory: { startsAt, endsAt: hours(startsAt, 2) },
    ability: { startsAt: hours(startsAt, 5), endsAt: hours(startsAt, 8) },
  })
  return value(family).id
}

/** With all five settled, announced to these institutions. */
export async function announced(
  app: ClockedApp,
  province: Actor,
  of: { familyId: string; organisationIds: string[] },
): Promise<void> {
  const unified = (['standard', 'papers', 'marking', 'administration', 'mark'] as const).map((key) => ({
    ...{ key, text: '全省统一执行', source: '试验文件', clause: 'AH-10' },
    state: 'settled' as const,
  }))
  value(await settleUnifications(app, province, { familyId: of.familyId, unified }))
  value(await announceFamily(app, province, of))
}

async function aJointPaper(app: ClockedApp): Promise<string> {
  const { province } = (await aSitting(app)).world
  const familyId = await aFamily(app, province)
  await announced(app, province, { familyId, organisationIds: [] })
  const { sittingId: _sitting, ...paper } = paperInput('', 'theory')
  const imported = value(await importJointPaper(app, province, { ...paper, familyId }, fileOf(paperJson())))
  return imported.paperId as string
}

/** A joint examination that two institutions have sat: its paper approved by two and taken by each sitting. */
export interface SatJoint {
  familyId: string
  paperId: string
  province: Actor
  colleague: Actor
  /** Two candidates; the second chose A in the first item. */
  first: SatFixture
  /** Of another institution; one candidate, who chose A. */
  other: SatFixture
  /** The first institution's again, the same way. */
  late: SatFixture
}

/** Nothing is scored yet. */
export async function aSatJoint(app: ClockedApp): Promise<SatJoint> {
  const first = await anArrangedSitting(app, { candidates: 2 })
  const other = await anArrangedSitting(app, { candidates: 1 })
  const late = await anArrangedSitting(app, { candidates: 1, world: first.world })
  const all = [first, other, late]
  const { province } = first.world
  const colleague = anActor('provincial_officer', province.organisation ?? {}, { name: '同事' })
  const familyId = await aFamily(app, province)
  const organisationIds = [first, other].map((one) => one.world.evaluation.organisationId)
  await announced(app, province, { familyId, organisationIds })
  for (const { sittingId } of all)
    await sql`update halls.arrangements set family_id = ${familyId} where sitting_id = ${sittingId}`.execute(
      app.db,
    )
  const { sittingId: _sitting, ...paper } = paperInput('', 'theory')
  const imported = await importJointPaper(app, province, { ...paper, familyId }, fileOf(paperJson()))
  const paperId = value(imported).paperId as string
  value(await approveJointPaper(app, colleague, { paperId }))
  for (const { manager, sittingId } of all) {
    const { sealingId } = value(await sealPapers(app, manager, { sittingId }))
    await sealAll(app, { sealingId, sittingId })
  }
  await setSittings(app, all, 'open')
  app.clock.set(instantAt('2026-03-12', '09:00'))
  await sit(app, first, 0, 'theory', ALL_RIGHT)
  for (const [of, at] of [
    [first, 1],
    [other, 0],
    [late, 0],
  ] as const)
    await sit(app, of, at, 'theory', { ...ALL_RIGHT, 1: 'A' })
  app.clock.set(instantAt('2026-03-12', '18:00'))
  for (const one of all) await closeHall(app, one)
  await setSittings(app, all, 'ended')
  return { familyId, paperId, province, colleague, first, other, late }
}

/** Stands in for what exams does with the sitting. */
export async function setSittings(
  app: ClockedApp,
  of: { sittingId: string }[],
  state: string,
): Promise<void> {
  for (const { sittingId } of of)
    await sql`update exams.sittings set state = ${state}, ended_on = '2026-03-12' where id = ${sittingId}`.execute(
      app.db,
    )
}

/** Proposed, as if scores had been given: the walk only asks who may come near it. */
async function aJointKeyChange(app: ClockedApp): Promise<string> {
  const paperId = await aJointPaper(app)
  const { rows } = await sql<{ id: string }>`
    insert into halls.key_changes (family_id, paper_id, item, key_sealed, reason, proposed_by, proposed_by_name, proposed_at)
    select family_id, id, 'q', '\\x00'::bytea, '试验', 'a', '甲', ${app.clock.now()} from halls.papers where id = ${paperId}
    returning id`.execute(app.db)
  return rows[0]?.id as string
}

/** Another tenant's records by kind, for the walk of every procedure over every role. */
export const foreignRecords = {
  site: async (app: ClockedApp) => (await aHallsWorld(app)).siteId,
  hall: async (app: ClockedApp) => (await aHallsWorld(app)).hallIds[0] as string,
  attempt: async (app: ClockedApp) => (await aHallOf(app)).seated[0]?.attemptId as string,
  admission: anAdmission,
  capture: aCapture,
  'evidence-hold': aHold,
  ...boardRecords,
  arrangement: async (app: ClockedApp) => (await anArrangement(app)).sittingId,
  accommodation: async (app: ClockedApp) => {
    const { world, sittingId, candidates } = await anArrangement(app)
    const need = {
      candidateId: candidates[0]?.id as string,
      extraMinutes: 30,
      accessibleSeat: false,
      reason: '持残疾人证',
    }
    return value(await proposeAccommodation(app, world.evaluation.actor, { sittingId, ...need })).id
  },
  'exam-family': async (app: ClockedApp) => aFamily(app, (await aSitting(app)).world.province),
  'joint-paper': aJointPaper,
  'joint-key-change': aJointKeyChange,
  ...papersRecords,
  ...archivesRecords,
  ...nodesRecords,
}
