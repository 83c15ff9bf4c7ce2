import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { timeline } from '../../platform/audit.ts'
import { instantAt } from '../../platform/clock.ts'
import { saveFile } from '../../platform/files.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { extendAttempts } from '../attempts/act-on-attempts.ts'
import { journalOf } from '../attempts/journal.ts'
import { ALL_RIGHT, aSealedSitting, type SatAttempt, type SealedFixture, sit } from '../papers/fixtures.ts'
import { openAnswerFile, openOwnAnswerFile } from './open-answer-file.ts'
import { myReplay, replayAttempt } from './replay-attempt.ts'

let app: TestApp
let sealed: SealedFixture
let sat: SatAttempt
let open: SatAttempt
beforeAll(async () => {
  app = await aTestApp()
  sealed = await aSealedSitting(app, { candidates: 3 })
  app.clock.set(instantAt('2026-03-12', '09:00'))
  sat = await sit(app, sealed, 0, 'theory', ALL_RIGHT, { before: { 1: 'A', 5: ['D', 'A'] } })
  open = await sit(app, sealed, 1, 'theory', ALL_RIGHT, { handIn: false })
}, 60_000)
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
})

let fileId = ''
let handsInFile = ''
const purpose = '申诉复核'
const owner = () => anActor('learner', {}, { personId: sealed.candidates[0]?.personId as string })
const publish = () =>
  sql`update exams.candidates set result = 'passed', theory_score_tenths = 1000, ability_score_tenths = 700`
    .execute(app.db)
    .then(() => sql`update exams.sittings set state = 'scored', published_at = now()`.execute(app.db))

describe('a replay by staff', () => {
  it('is not found out of scope, and refused while the attempt runs', async () => {
    const other = anActor('evaluation_manager')
    expect(await replayAttempt(app, other, { attemptId: sat.attemptId, purpose })).toMatchObject({
      refusal: { code: 'REPLAY_NOT_FOUND' },
    })
    expect(await replayAttempt(app, sealed.manager, { attemptId: open.attemptId, purpose })).toMatchObject({
      refusal: { code: 'REPLAY_STILL_OPEN' },
    })
  })

  it('tells every step with what stood after it, the deadline, chain and receipt, and leaves a trace', async () => {
    const replay = value(await replayAttempt(app, sealed.manager, { attemptId: sat.attemptId, purpose }))
    expect(replay.chain).toMatchObject({ intact: true, entries: replay.steps.length, breaches: [] })
    expect(replay.steps.map((one) => one.seq)).toEqual(replay.steps.map((_, at) => at + 1))
    expect(replay.steps.map((one) => one.kind).slice(0, 3)).toEqual(['lease', 'start', 'answer'])
    expect(replay.receipt).toMatchObject({
      why: 'handed_in',
      hash: replay.chain.head,
      answered: 10,
      items: 10,
    })
    const numberOf = (stem: string) => replay.items.find((item) => item.stem === stem)
    const first = numberOf('第 1 题')
    const steps = replay.steps.filter((one) => one.item === first?.id)
    const letterOf = (text: string) => first?.options.find((option) => option.text === text)?.letter
    expect(steps.map((one) => [one.revision, one.answer])).toEqual([
      [1, letterOf('甲')],
      [2, letterOf('乙')],
    ])
    expect(steps[0]?.words).toBe(`第 ${first?.number} 题，第 1 次保存`)
    const multiple = numberOf('第 5 题')
    const chosen = multiple?.options
      .filter((one) => one.text === '甲' || one.text === '丁')
      .map((one) => one.letter)
    expect(replay.steps.find((one) => one.item === multiple?.id)?.answer).toBe(chosen?.sort().join('、'))
    expect(replay.steps.find((one) => one.item === numberOf('第 9 题')?.id)?.answer).toBe('第 1 空：select')
    expect(replay.steps[1]?.deadlineAt).toBe(
      new Date(Date.parse(replay.steps[1]?.at ?? '') + 90 * 60_000).toISOString(),
    )
    expect(JSON.stringify(replay)).not.toMatch(/cipher|keySealed|lease":"[0-9a-f]/i)
    const told = await timeline(app.db, `attempt:${sat.attemptId}`)
    expect(told).toMatchObject([{ name: 'attempt.replayed', data: { purpose } }])
  })

  it('shows where a journal was changed', async () => {
    await app.db.transaction().execute(async (tx) => {
      await sql`alter table halls.journal disable trigger all`.execute(tx)
      await sql`update halls.journal set body = replace(body, 'select', 'insert') where attempt_id = ${sat.attemptId}`.execute(
        tx,
      )
    })
    const { chain } = value(await replayAttempt(app, sealed.manager, { attemptId: sat.attemptId, purpose }))
    expect(chain.intact).toBe(false)
    expect(chain.breaches[0]?.words).toBe('记录不连续或被改动')
    await sql`update halls.journal set body = replace(body, 'insert', 'select') where attempt_id = ${sat.attemptId}`.execute(
      app.db,
    )
    await sql`alter table halls.journal enable trigger all`.execute(app.db)
  })

  it('tells time given by an invigilator and moves the deadline with it', async () => {
    const third = await sit(app, sealed, 2, 'theory', { 1: 'B' }, { handIn: false })
    value(
      await app.db.transaction().execute((tx) =>
        extendAttempts(tx, app, {
          sittingId: sealed.sittingId,
          attemptIds: [third.attemptId],
          seconds: 300,
          reason: '断电',
          actId: '00000000-0000-4000-8000-000000000001',
        }),
      ),
    )
    const item = third.paper.items.find((one) => one.stem === '第 1 题')?.id as string
    const bytes = Buffer.from('%PDF-1.7\n作品')
    const name = '作品.pdf'
    fileId = await saveFile(app, app.db, { name, bytes, purpose: 'exam-answer' })
    const body = { item, fileId, name, sha256: app.crypto.sha256(bytes), bytes: bytes.length }
    await journalOf(app).write(third.attemptId, () => ({
      append: [{ kind: 'file', body }],
      answer: () => undefined,
    }))
    handsInFile = third.attemptId
    const asked = { attemptId: third.attemptId, fileId, purpose }
    expect(await openAnswerFile(app, sealed.manager, asked)).toMatchObject({
      refusal: { code: 'REPLAY_STILL_OPEN' },
    })
    await sql`update halls.attempts set closed_at = now() where id = ${third.attemptId}`.execute(app.db)
    const replay = value(await replayAttempt(app, sealed.manager, { attemptId: third.attemptId, purpose }))
    const number = replay.items.find((one) => one.id === item)?.number
    expect(replay.steps.at(-1)).toMatchObject({
      item,
      answer: null,
      words: `第 ${number} 题，收到文件「作品.pdf」`,
      file: { id: fileId, name },
    })
    // The file itself: of this attempt only, and who opened it stands in the log.
    expect(await openAnswerFile(app, anActor('evaluation_manager'), asked)).toMatchObject({
      refusal: { code: 'REPLAY_NOT_FOUND' },
    })
    for (const wrong of [{ attemptId: sat.attemptId }, { fileId: randomUUID() }])
      expect(await openAnswerFile(app, sealed.manager, { ...asked, ...wrong })).toMatchObject({
        refusal: { code: 'ANSWER_FILE_NOT_FOUND' },
      })
    expect(value(await openAnswerFile(app, sealed.manager, asked))).toMatchObject({ fileName: name, bytes })
    const seen = await timeline(app.db, `attempt:${third.attemptId}`)
    expect(seen.filter((one) => one.name === 'attempt.answer-file-opened')).toHaveLength(1)
    const steps = replay.steps.slice(0, -1)
    const extended = steps.at(-1)
    expect(extended?.words).toBe('监考员增加 5 分钟：断电')
    const gained = Date.parse(extended?.deadlineAt ?? '') - Date.parse(steps.at(-2)?.deadlineAt ?? '')
    expect(gained).toBe(300_000)
  })
})

describe('a replay by the candidate', () => {
  it('is of his own attempt only, and only after the results', async () => {
    const other = anActor('learner', {}, { personId: sealed.candidates[1]?.personId as string })
    expect(await myReplay(app, other, { attemptId: sat.attemptId })).toMatchObject({
      refusal: { code: 'REPLAY_NOT_FOUND' },
    })
    expect(await myReplay(app, owner(), { attemptId: sat.attemptId })).toMatchObject({
      refusal: { code: 'REPLAY_BEFORE_RESULTS' },
    })
  })

  it('shows steps by number and letter, and the text of items only where the paper says so', async () => {
    await publish()
    const hidden = value(await myReplay(app, owner(), { attemptId: sat.attemptId }))
    expect(hidden).toMatchObject({ shown: false, chain: { intact: true } })
    expect(JSON.stringify(hidden.items)).not.toMatch(/题"|甲|乙/)
    expect(hidden.steps.some((one) => /^[A-D]$/.test(one.answer ?? ''))).toBe(true)
    await sql`update halls.papers set shown_to_candidates = true`.execute(app.db)
    const shown = value(await myReplay(app, owner(), { attemptId: sat.attemptId }))
    expect(shown.items.map((item) => item.stem)).toContain('第 1 题')
  })

  it('gives the own files back, and no one else’s', async () => {
    const third = value(await replayAttempt(app, sealed.manager, { attemptId: handsInFile, purpose }))
    const mine = anActor('learner', {}, { personId: sealed.candidates[2]?.personId as string })
    const asked = { attemptId: third.attempt.id, fileId }
    expect(await openOwnAnswerFile(app, owner(), asked)).toMatchObject({
      refusal: { code: 'REPLAY_NOT_FOUND' },
    })
    expect(value(await openOwnAnswerFile(app, mine, asked)).fileName).toBe('作品.pdf')
  })
})
