// Sittings that are arranged, with papers imported, approved and sealed by the verbs; attempts written by the room's.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { aSitting, type SittingFixture, value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { SettableClock } from '../../platform/clock.ts'
import { hallRulesOf } from '../attempts/fixtures.ts'
import { handIn } from '../attempts/hand-in.ts'
import { holderOf } from '../attempts/holder.ts'
import { journalOf } from '../attempts/journal.ts'
import { openLease } from '../attempts/open-lease.ts'
import { saveAnswers } from '../attempts/save-answers.ts'
import { startAttempt } from '../attempts/start-attempt.ts'
import type { AnswerValue, Paper, Part } from '../attempts/wire.ts'
import { approvePaper } from './approve-paper.ts'
import { importPaper, type PaperInput } from './import-paper.ts'
import { sealAll, sealPapers } from './seal-papers.ts'

type ClockedApp = App & { clock: SettableClock }

/** Ten items of ten points: choices, judgements and a blank; with `essay` the last one is for people. */
export function paperJson(essay = false) {
  const items = Array.from({ length: 10 }, (_, n) => {
    const base = { group: n < 6 ? '一、选择题' : '二、其他', stem: `第 ${n + 1} 题`, score: 10 }
    if (n < 4) return { ...base, kind: 'single', options: ['甲', '乙', '丙', '丁'], answer: 'B' }
    if (n < 6) return { ...base, kind: 'multiple', options: ['甲', '乙', '丙', '丁'], answer: ['A', 'C'] }
    if (n < 8) return { ...base, kind: 'judgement', answer: true }
    if (n === 8) return { ...base, kind: 'fill', answer: ['SELECT'] }
    return essay ? { ...base, kind: 'long', answer: '要点' } : { ...base, kind: 'judgement', answer: false }
  })
  return { format: 'shujiang-paper/1', items }
}

export const fileOf = (content: unknown, name = '试卷.json') => ({
  name,
  bytes: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
})

export interface ArrangedFixture extends SittingFixture {
  manager: Actor
  second: Actor
  hallId: string
  seatIds: string[]
}

/** A planned sitting with seats drawn; `state` stands in for the rooms that arrange and draw. */
export async function anArrangedSitting(
  app: ClockedApp,
  options: { candidates?: number; state?: 'preparing' | 'drawn'; world?: SittingFixture['world'] } = {},
): Promise<ArrangedFixture> {
  const count = options.candidates ?? 2
  const sitting = await aSitting(app, {
    candidates: count,
    ...(options.world ? { world: options.world } : {}),
  })
  const { sittingId, world } = sitting
  const at = app.clock.now()
  const [siteId, hallId] = [randomUUID(), randomUUID()]
  await sql`
    insert into halls.arrangements (sitting_id, organisation_id, province_code, city_code, state, rules, forms, created_at)
    values (${sittingId}, ${world.evaluation.organisationId}, '420000', '420100', ${options.state ?? 'drawn'},
      ${JSON.stringify(hallRulesOf())}::jsonb, 3, ${at})`.execute(app.db)
  await sql`
    insert into halls.sites (id, number, organisation_id, province_code, city_code, name, address, contact_name, contact_phone,
      state, created_at)
    values (${siteId}, ${siteId}, ${world.evaluation.organisationId}, '420000', '420100', '试验考点', '地址', '联系人', '电话',
      'active', ${at})`.execute(app.db)
  await sql`insert into halls.halls (id, site_id, name, rows, columns, state, created_at)
    values (${hallId}, ${siteId}, '第一考场', 40, 40, 'active', ${at})`.execute(app.db)
  await sql`insert into halls.sitting_halls (sitting_id, hall_id, state) values (${sittingId}, ${hallId}, 'waiting')`.execute(
    app.db,
  )
  const seats = sitting.candidates.map((candidate, n) => ({
    id: randomUUID(),
    candidateId: candidate.id,
    label: `${n + 1}`,
    row: Math.floor(n / 40) + 1,
    column: (n % 40) + 1,
    form: 'ABC'[n % 3],
  }))
  const rows = sql`jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as r(id uuid, "candidateId" uuid, label text, "row" int,
    "column" int, form text)`
  await sql`insert into halls.seats (id, hall_id, label, row_number, column_number, machine, state)
    select r.id, ${hallId}::uuid, r.label, r.row, r.column, r.label, 'usable' from ${rows}`.execute(app.db)
  await sql`insert into halls.seat_assignments (sitting_id, candidate_id, hall_id, seat_id, form, origin, assigned_at)
    select ${sittingId}::uuid, r."candidateId", ${hallId}::uuid, r.id, r.form, 'drawn', ${at}::timestamptz from ${rows}`.execute(
    app.db,
  )
  const { actor: manager } = world.evaluation
  return { ...sitting, manager, second: world.second, hallId, seatIds: seats.map((one) => one.id) }
}

export function paperInput(sittingId: string, part: Part, rest: Partial<PaperInput> = {}): PaperInput {
  return {
    sittingId,
    part,
    title: '试验试卷',
    minutes: 90,
    shuffled: true,
    multiple: 'half',
    shownToCandidates: false,
    keep: true,
    ...rest,
  }
}

export async function anApprovedPaper(
  app: ClockedApp,
  of: ArrangedFixture,
  part: Part,
  content: unknown = paperJson(),
  rest: Partial<PaperInput> = {},
): Promise<string> {
  const { paperId, errors } = value(
    await importPaper(app, of.manager, paperInput(of.sittingId, part, rest), fileOf(content)),
  )
  if (!paperId) throw new Error(JSON.stringify(errors))
  value(await approvePaper(app, of.second, { paperId }))
  return paperId
}

export interface SealedFixture extends ArrangedFixture {
  theoryPaperId: string
  abilityPaperId: string
}

export async function aSealedSitting(
  app: ClockedApp,
  options: Parameters<typeof anArrangedSitting>[1] & { essay?: boolean; shownToCandidates?: boolean } = {},
): Promise<SealedFixture> {
  const arranged = await anArrangedSitting(app, options)
  const rest = { shownToCandidates: options.shownToCandidates ?? false }
  const theoryPaperId = await anApprovedPaper(app, arranged, 'theory', paperJson(), rest)
  const abilityPaperId = await anApprovedPaper(
    app,
    arranged,
    'ability',
    paperJson(options.essay ?? true),
    rest,
  )
  const { sittingId } = arranged
  const { sealingId } = value(await sealPapers(app, arranged.manager, { sittingId }))
  // The job itself stays in the queue and will find nothing left to do.
  await sealAll(app, { sealingId, sittingId })
  return { ...arranged, theoryPaperId, abilityPaperId }
}

/** Answers by the authors' number: letters, judgements or texts; `undefined` leaves an item out. */
export type Answering = Record<number, string | string[] | boolean | undefined>

/** All ten right, to be varied. */
export const ALL_RIGHT: Answering = {
  1: 'B',
  2: 'B',
  3: 'B',
  4: 'B',
  5: ['A', 'C'],
  6: ['A', 'C'],
  7: true,
  8: true,
  9: 'select',
  10: false,
}

export interface SatAttempt {
  attemptId: string
  candidateId: string
  paper: Paper
}

/** One candidate sits one part by the room's own verbs, and hands in unless told. */
export async function sit(
  app: ClockedApp,
  of: ArrangedFixture,
  at: number,
  part: Part,
  answering: Answering,
  options: { handIn?: boolean; before?: Answering } = {},
): Promise<SatAttempt> {
  const candidateId = of.candidates[at]?.id as string
  const seatId = of.seatIds[at] as string
  const journal = journalOf(app)
  const admission = randomUUID()
  const lease = value(
    await openLease(
      app,
      { sittingId: of.sittingId, candidateId, part, seatId, agent: 'test', admission },
      journal,
    ),
  )
  const holder = holderOf({ attempt: lease.attempt, lease: lease.lease })
  if (!holder) throw new Error('no holder')
  const { key } = value(await startAttempt(app, journal, holder))
  const paper = JSON.parse(
    app.crypto.openApart(Buffer.from(lease.paper.cipher, 'base64'), Buffer.from(key, 'base64')).toString(),
  ) as Paper
  let clientSeq = 0
  const revisions = new Map<string, number>()
  for (const round of [options.before ?? {}, answering]) {
    const saves = Object.entries(round).flatMap(([number, given]) => {
      const item = paper.items.find((one) => one.stem === `第 ${number} 题`)
      if (!item || given === undefined) return []
      clientSeq += 1
      const baseRevision = revisions.get(item.id) ?? 0
      revisions.set(item.id, baseRevision + 1)
      const clientAt = app.clock.now().toISOString()
      return [{ item: item.id, clientSeq, baseRevision, value: answerTo(item, given), clientAt }]
    })
    if (saves.length > 0) value(await saveAnswers(app, journal, holder, saves))
    app.clock.advance(30)
  }
  if (options.handIn ?? true) value(await handIn(journal, holder, { answers: {} }))
  return { attemptId: lease.attempt, candidateId, paper }
}

/** Options are found by their text: ids and places say nothing. */
function answerTo(item: Paper['items'][number], given: string | string[] | boolean): AnswerValue {
  const idOf = (text: string) => item.options?.find((one) => one.text === text)?.id ?? 'none'
  const named = (letter: string) => idOf('甲乙丙丁'[letter.charCodeAt(0) - 65] ?? '')
  if (typeof given === 'boolean') return idOf(given ? '正确' : '错误')
  if (Array.isArray(given)) return given.map(named)
  return item.kind === 'fill' ? [given] : item.kind === 'single' ? named(given) : given
}

/** The hall is over: what other rooms do at the close, in rows. */
export async function closeHall(app: ClockedApp, of: { sittingId: string }): Promise<void> {
  await sql`update halls.arrangements set state = 'closed', closed_at = ${app.clock.now()}
    where sitting_id = ${of.sittingId}`.execute(app.db)
}

/** Another tenant's records by kind, for the walk of every procedure over every role. */
export const papersRecords = {
  'hall-paper': async (app: ClockedApp) =>
    anApprovedPaper(app, await anArrangedSitting(app, { candidates: 1 }), 'theory'),
  'key-change': async (app: ClockedApp) => {
    const arranged = await anArrangedSitting(app, { candidates: 1 })
    const paperId = await anApprovedPaper(app, arranged, 'theory')
    const id = randomUUID()
    await sql`
      insert into halls.key_changes (id, sitting_id, paper_id, item, key_sealed, reason, proposed_by, proposed_by_name, proposed_at)
      values (${id}, ${arranged.sittingId}, ${paperId}, 'q', '\\x00'::bytea, '试验', 'a', '甲', ${app.clock.now()})`.execute(
      app.db,
    )
    return id
  },
}
