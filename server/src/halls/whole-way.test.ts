// One examination day from the site to the candidate's own replay, by the verbs and the room's calls only.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSitting, type ExamsWorld, value } from '../exams/fixtures.ts'
import { endSitting } from '../exams/sittings/end-sitting.ts'
import { markCandidate } from '../exams/sittings/mark-candidate.ts'
import { publishResults } from '../exams/sittings/publish-results.ts'
import { recordScores } from '../exams/sittings/record-scores.ts'
import { handlers } from '../handlers.ts'
import type { Actor, UploadedFile } from '../platform/api.ts'
import { addDays, instantAt } from '../platform/clock.ts'
import { readFile } from '../platform/files.ts'
import { runJobsNow } from '../platform/jobs-runner.ts'
import type { Result } from '../platform/result.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { closeHallSitting } from './archives/close-sitting.ts'
import { makeArchive } from './archives/make-archive.ts'
import { myReplay, replayAttempt } from './archives/replay-attempt.ts'
import { archivesOf } from './archives/store.ts'
import { arrangeSitting } from './arrangements/arrange-sitting.ts'
import { assignInvigilators } from './arrangements/assign-invigilators.ts'
import { chooseHalls } from './arrangements/choose-halls.ts'
import { publishTickets } from './arrangements/publish-tickets.ts'
import { closeTimedOut } from './attempts/close-timed-out.ts'
import { journalOf } from './attempts/journal.ts'
import type { Entered, Identified, Paper, Receipt, Saved } from './attempts/wire.ts'
import { decideAct } from './board/decide-act.ts'
import { proposeAct } from './board/propose-act.ts'
import { facesOf } from './faces/face-pool.ts'
import { shotOf } from './faces/fixtures.ts'
import { aCommitment, aPublicValue, someInvigilators } from './fixtures.ts'
import { confirmCandidate } from './gates/confirm-candidate.ts'
import { listDoor } from './gates/list-door.ts'
import { openDoor } from './gates/open-door.ts'
import { registerCandidatePhoto } from './gates/register-candidate-photo.ts'
import { secondVoucher } from './gates/second-voucher.ts'
import { vouchCandidate } from './gates/vouch-candidate.ts'
import { approvePaper } from './papers/approve-paper.ts'
import { fileOf, paperInput, paperJson } from './papers/fixtures.ts'
import { importPaper } from './papers/import-paper.ts'
import { scoreSitting } from './papers/score-sitting.ts'
import { sealPapers } from './papers/seal-papers.ts'
import { hotCalls, type RoomSecrets, roomApi } from './room-api.ts'
import { closeRegistration } from './seating/close-registration.ts'
import { commitDraw } from './seating/commit-draw.ts'
import { drawSitting } from './seating/draw-sitting.ts'
import { issueBindCodes } from './sites/bind-station.ts'
import { addHall } from './sites/keep-hall.ts'
import { registerSite } from './sites/register-site.ts'

let app: TestApp
const folder = mkdtempSync(join(tmpdir(), 'shujiang-day-'))
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(async () => {
  await facesOf(app).close()
  await journalOf(app).close()
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code)
const clientAt = new Date('2026-03-12T01:00:00Z')

/** What a machine sends, through the shapes of the room's door. */
async function room<T>(
  path: string,
  secrets: RoomSecrets,
  input: unknown = {},
  picture?: Buffer,
): Promise<T> {
  const hot = hotCalls[path]
  if (hot) return value(await hot.handle(app, secrets, hot.input.parse(input))) as T
  const call = roomApi[path]
  if (!call) throw new Error(`the room has no ${path}`)
  const files = picture ? [{ field: 'picture', name: 'p.jpg', mediaType: 'image/jpeg', bytes: picture }] : []
  const asked = { app, secrets, files, ip: '10.0.0.8', agent: 'test', sebConfigHash: undefined }
  return value(
    await call.handle({ ...asked, url: `http://hall.test/api/exam/${path}` }, call.input.parse(input)),
  ) as T
}

interface Sitter {
  candidateId: string
  personId: string
  ticketNumber: string
  idTail: string
  station: string
}
interface Day {
  world: ExamsWorld
  sittingId: string
  hallId: string
  chief: Actor
  invigilator: Actor
  sitters: Sitter[]
}

/** From the site to sealed papers; the candidates' ID numbers are what a real register would hold. */
async function prepared(): Promise<Day> {
  const { world, sittingId, candidates } = await aSitting(app, { candidates: 4, inDays: 10 })
  const { actor: manager, organisationId } = world.evaluation
  const tails = candidates.map((_, n) => `00${String(n).padStart(3, '0')}X`)
  for (const [n, { personId }] of candidates.entries())
    await sql`update people.persons set
      id_number_sealed = ${app.crypto.encryptField(`420106199506${tails[n]}`, 'id-number')} where id = ${personId}`.execute(
      app.db,
    )
  const { id: siteId } = value(
    await registerSite(app, manager, {
      name: '光谷机考中心',
      cityCode: '420100',
      address: '武汉市洪山区珞喻路 1 号',
      contactName: '许衡',
      contactPhone: '027-87654321',
    }),
  )
  const { id: hallId } = value(await addHall(app, manager, { siteId, name: '第一考场', rows: 3, columns: 4 }))
  value(await arrangeSitting(app, manager, { sittingId }))
  value(await chooseHalls(app, manager, { sittingId, hallIds: [hallId] }))
  const accounts = await someInvigilators(app, organisationId, 2)
  const [chief, invigilator] = accounts.map((accountId, n) =>
    anActor('invigilator', manager.organisation ?? {}, { accountId, name: `监考${n + 1}` }),
  ) as [Actor, Actor]
  const people = accounts.map((accountId, n) => ({
    accountId,
    role: n === 0 ? ('chief' as const) : ('invigilator' as const),
  }))
  value(await assignInvigilators(app, manager, { sittingId, hallId, people }))
  value(await commitDraw(app, manager, { sittingId, ...aCommitment(app) }))
  value(await closeRegistration(app, manager, { sittingId }))
  app.clock.advance(3 * 86_400)
  value(await drawSitting(app, world.second, { sittingId, ...aPublicValue(app) }))
  value(await publishTickets(app, manager, { sittingId }))
  expect(code(await openDoor(app, chief, { sittingId, hallId }))).toBe('DOOR_BEFORE_SEALING')
  const shown = { shownToCandidates: true }
  const paper = value(
    await importPaper(app, manager, paperInput(sittingId, 'theory', shown), fileOf(paperJson())),
  )
  value(await approvePaper(app, world.second, { paperId: paper.paperId as string }))
  value(await sealPapers(app, manager, { sittingId }))
  await runJobsNow(app, handlers)
  const { codes } = value(await issueBindCodes(app, manager, { hallId }))
  const stations = new Map<string, string>()
  for (const seat of codes)
    stations.set(
      seat.label,
      (await room<{ station: string }>('bind-station', {}, { code: seat.code })).station,
    )
  const list = value(
    await listDoor(app, chief, { sittingId, hallId, part: 'theory', page: 1, size: 50 }),
  ).rows
  const sitters = candidates.map((one, n) => ({
    candidateId: one.id,
    personId: one.personId,
    ticketNumber: one.ticketNumber,
    idTail: tails[n] as string,
    station: stations.get(list.find((row) => row.ticketNumber === one.ticketNumber)?.seat ?? '') as string,
  }))
  return { world, sittingId, hallId, chief, invigilator, sitters }
}

async function identified(day: Day, one: Sitter): Promise<{ secret: string; admissionId: string }> {
  const { ticketNumber, idTail, station } = one
  const { admission: secret } = await room<Identified>('identify', { station }, { ticketNumber, idTail })
  const { sittingId, hallId } = day
  const ask = { sittingId, hallId, part: 'theory' as const, q: ticketNumber, page: 1, size: 5 }
  const { rows } = value(await listDoor(app, day.chief, ask))
  return { secret, admissionId: rows[0]?.admissionId as string }
}

/** Two people look at the document; the second one's word lets the candidate in. */
async function byDocument(day: Day, one: Sitter): Promise<string> {
  const { secret, admissionId } = await identified(day, one)
  await room('consent', { admission: secret }, { given: false })
  const said = { admissionId, way: 'document' as const, reason: '考生选择核对证件', clientAt }
  const { id: proposalId } = value(await vouchCandidate(app, day.chief, said))
  const second = { admissionId, proposalId, agreed: true, reason: null, clientAt }
  expect(value(await secondVoucher(app, day.invigilator, second)).admitted).toBe(true)
  return secret
}

/** The camera and the real model; what it is unsure of, two people vouch for. */
async function byFace(day: Day, one: Sitter): Promise<string> {
  value(
    await registerCandidatePhoto(app, day.world.evaluation.actor, {
      sittingId: day.sittingId,
      ticketNumber: one.ticketNumber,
      consented: true,
      picture: shotOf(['man']),
    }),
  )
  const { secret, admissionId } = await identified(day, one)
  await room('consent', { admission: secret }, { given: true })
  const face = await room<{ outcome: string }>(
    'face',
    { admission: secret },
    {},
    shotOf(['man'], { brightness: 12 }),
  )
  if (face.outcome !== 'passed') {
    const said = { admissionId, way: 'face' as const, reason: '对照证件确认是本人', clientAt }
    const { id: proposalId } = value(await vouchCandidate(app, day.chief, said))
    const second = { admissionId, proposalId, agreed: true, reason: null, clientAt }
    value(await secondVoucher(app, day.invigilator, second))
    return secret
  }
  expect(code(await confirmCandidate(app, day.chief, { admissionId, clientAt }))).toBe('ok')
  return secret
}

interface InRoom {
  attempt: string
  secrets: RoomSecrets
  paper: Paper
}

async function entered(secret: string): Promise<InRoom> {
  const { attempt, lease, paper } = await room<Entered>('enter', { admission: secret })
  const secrets = { attempt, lease }
  const { key } = await room<{ key: string }>('start', secrets)
  const plain = app.crypto.openApart(Buffer.from(paper.cipher, 'base64'), Buffer.from(key, 'base64'))
  expect(app.crypto.sha256(plain)).toBe(paper.sha256)
  return { attempt, secrets, paper: JSON.parse(plain.toString()) as Paper }
}

/** The first `count` items in the order of the form, all single choices with their first option or as told. */
async function answers(one: InRoom, count: number, right: boolean): Promise<Record<string, number>> {
  const chosen = one.paper.items.slice(0, count)
  const saves = chosen.map((item, n) => {
    const option = (text: string) => item.options?.find((each) => each.text === text)?.id ?? ''
    const wanted =
      item.kind === 'single'
        ? option(right ? '乙' : '甲')
        : item.kind === 'multiple'
          ? [option('甲'), option(right ? '丙' : '乙')]
          : item.kind === 'judgement'
            ? option(item.stem === '第 10 题' ? '错误' : '正确')
            : ['select']
    return {
      item: item.id,
      clientSeq: n + 1,
      baseRevision: 0,
      value: wanted,
      clientAt: app.clock.now().toISOString(),
    }
  })
  const saved = await room<Saved>('save', one.secrets, { saves })
  expect(saved.results.map((each) => each.status)).toEqual(saves.map(() => 'saved'))
  return Object.fromEntries(saved.results.map((each) => [each.item, each.revision]))
}

test('one examination day goes from the site to the candidate who looks at his own attempt', async () => {
  const day = await prepared()
  const { world, sittingId, hallId, chief, invigilator, sitters } = day
  const { actor: manager } = world.evaluation
  const [good, slow, nobody, cheat] = sitters as [Sitter, Sitter, Sitter, Sitter]
  const on = addDays('2026-03-02', 10)

  app.clock.set(instantAt(on, '08:30'))
  value(await openDoor(app, chief, { sittingId, hallId }))
  const states = async () => {
    const { rows } = await sql<{ sitting: string; arrangement: string }>`
      select s.state as sitting, a.state as arrangement from exams.sittings s
      join halls.arrangements a on a.sitting_id = s.id where s.id = ${sittingId}`.execute(app.db)
    return rows[0]
  }
  expect(await states()).toEqual({ sitting: 'open', arrangement: 'running' })

  const secrets = [await byFace(day, good), await byDocument(day, slow), await byDocument(day, cheat)]
  app.clock.set(instantAt(on, '09:00'))
  const [first, second, third] = (await Promise.all(secrets.map(entered))) as [InRoom, InRoom, InRoom]
  const revisions = await answers(first, 10, true)
  await answers(second, 4, false)
  await answers(third, 2, true)

  app.clock.set(instantAt(on, '09:40'))
  const photograph: UploadedFile = {
    field: 'evidence',
    name: '手机.png',
    mediaType: 'image/png',
    bytes: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  }
  const misconduct = {
    kind: 'misconduct' as const,
    candidateId: cheat.candidateId,
    alertIds: [],
    captureIds: [],
    ends: true,
  }
  const at = { sittingId, hallId, part: 'theory' as const }
  const { id: proposalId } = value(
    await proposeAct(app, chief, { ...at, act: misconduct, reason: '使用手机', clientAt }, photograph),
  )
  const agreed = { proposalId, decision: 'agreed' as const, reason: null, clientAt }
  expect(code(await decideAct(app, chief, agreed))).toBe('ACT_NEEDS_SECOND')
  value(await decideAct(app, invigilator, agreed))

  app.clock.set(instantAt(on, '10:10'))
  const receipt = await room<Receipt>('hand-in', first.secrets, { answers: revisions })
  expect(receipt).toMatchObject({ why: 'handed_in', answered: 10 })

  app.clock.set(instantAt(on, '11:10'))
  expect(await closeTimedOut(app)).toBe(2)
  app.clock.set(instantAt(on, '17:10'))
  value(await endSitting(app, world.invigilator, { sittingId }))
  expect(code(await closeHallSitting(app, manager, { sittingId }))).toBe('ABSENCE_UNCONFIRMED')
  expect(value(await closeHallSitting(app, manager, { sittingId, marksAbsent: true }))).toMatchObject({
    attempts: 4,
    markedAbsent: 1,
  })

  // Theory is the computer's; ability was examined by hand, by two examiners, for those who took part.
  const byHand = (part: 'theory' | 'ability') => [
    { ticketNumber: good.ticketNumber, part, scoreTenths: 800 },
    { ticketNumber: slow.ticketNumber, part, scoreTenths: 610 },
  ]
  const refused = await recordScores(app, world.examiners[0], {
    sittingId,
    scores: byHand('theory').slice(0, 1),
  })
  expect(code(refused)).toBe('SCORE_BY_COMPUTER')
  for (const one of [nobody, cheat]) {
    const mark = {
      sittingId,
      candidateId: one.candidateId,
      part: 'ability' as const,
      mark: 'absent' as const,
    }
    value(await markCandidate(app, world.invigilator, { ...mark, reason: '未到场' }))
  }
  for (const examiner of world.examiners)
    value(await recordScores(app, examiner, { sittingId, scores: byHand('ability') }))
  const { parts } = value(await scoreSitting(app, manager, { sittingId }))
  expect(parts).toMatchObject([{ part: 'theory', scored: 3, waiting: 0, passedUp: 2 }])
  expect(value(await publishResults(app, manager, { sittingId }))).toEqual({
    passed: 1,
    failed: 1,
    absent: 1,
    misconduct: 1,
  })

  value(await makeArchive(app, manager, { sittingId, reason: '考后归档', includesKeys: true }))
  await runJobsNow(app, handlers)
  expect(await states()).toEqual({ sitting: 'scored', arrangement: 'archived' })
  const [archive] = await archivesOf(app.db, sittingId)
  const file = join(folder, `${randomUUID()}.zip`)
  writeFileSync(file, Buffer.from((await readFile(app, archive?.fileId as string))?.bytes ?? []))
  const verified = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'archives/verify-archive.ts'), 'verify', file, '--json', '--key'].concat(
      app.crypto.publicKeys()[0]?.spki as string,
    ),
    { env: { PATH: process.env.PATH } },
  )
  expect(JSON.parse(verified.stdout)).toMatchObject({
    ok: true,
    chains: { attempts: 4, broken: 0 },
    deadlines: { late: 0 },
    scores: { checked: 3, differing: 0 },
  })

  const replayed = value(await replayAttempt(app, manager, { attemptId: second.attempt, purpose: '复核' }))
  expect(replayed.attempt).toMatchObject({ state: 'timed_out', answered: 4 })
  const holder = anActor('learner', {}, { personId: good.personId })
  expect(value(await myReplay(app, holder, { attemptId: first.attempt })).attempt).toMatchObject({
    state: 'handed_in',
    answered: 10,
    scoreTenths: 1000,
  })
  expect(code(await myReplay(app, holder, { attemptId: second.attempt }))).toBe('REPLAY_NOT_FOUND')
}, 60_000)
