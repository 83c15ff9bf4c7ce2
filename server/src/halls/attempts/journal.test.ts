import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { extendAttempts } from './act-on-attempts.ts'
import { type AnswerValue, brokenAt, entryOf } from './entry.ts'
import { aHallOf, type HallFixture, type Seated } from './fixtures.ts'
import { holderOf } from './holder.ts'
import { type Journal, openJournal } from './journal.ts'
import { receiveFile } from './receive-file.ts'
import { saveAnswers } from './save-answers.ts'
import { journalRows } from './store.ts'
import type { Save } from './wire.ts'

let app: TestApp
let hall: HallFixture
let journal: Journal
let next = 0
let one: Seated
beforeAll(async () => {
  app = await aTestApp()
  journal = openJournal(app)
  const items = [
    { id: 'q01', kind: 'single' as const },
    { id: 'q02', kind: 'file' as const },
    { id: 'q03', kind: 'file' as const },
  ]
  hall = await aHallOf(app, {
    ...{ candidates: 10, stage: 'started' },
    items: items.map((item) => ({ ...item, group: 'g1', stem: '题', scoreTenths: 20 })),
  })
})
afterAll(async () => {
  await journal?.close()
  await app?.close()
})
beforeEach(() => {
  one = hall.seated[next++] as Seated
})

const aSave = (n: number): Save => ({
  ...{ item: 'q01', clientSeq: n, baseRevision: n - 1, value: `v${n}` },
  clientAt: '2026-03-02T01:00:00.000Z',
})
const holder = () => holderOf(one.secrets)!
const rowsOf = () => journalRows(app.db, { sittingId: hall.sittingId, attemptId: one.attemptId })
const cut = (name: string) =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${name} and datname = current_database()`.execute(app.db)

describe('the journal of a process', () => {
  it('says come again when it cannot know, and never forgets what it has acknowledged', async () => {
    let unavailable = 0
    const cutting = (async () => {
      for (let n = 0; n < 12; n += 1) {
        await cut('shujiang journal')
        await sleep(7)
      }
    })()
    for (let n = 1; n <= 60; ) {
      const answer = await saveAnswers(app, journal, holder(), [aSave(n)]).catch((error) => {
        expect(error).toMatchObject({ statusCode: 503, retryAfterSeconds: expect.any(Number) })
        unavailable += 1
      })
      if (!answer) continue
      expect(['saved', 'same']).toContain(value(answer).results[0]?.status)
      n += 1
    }
    await cutting
    expect(unavailable).toBeGreaterThan(0)
    const rows = await rowsOf()
    expect(brokenAt(rows)).toBeUndefined()
    expect(rows.slice(2).map((row) => JSON.parse(row.body).value)).toEqual(
      Array.from({ length: 60 }, (_, n) => `v${n + 1}`),
    )
  })

  it('sends away what is more than it can hold, at once', async () => {
    const many = Array.from({ length: 20_001 }, () =>
      journal.write(one.attemptId, () => ({ answer: 'done' })).catch((error) => error.statusCode),
    )
    expect(journal.load().pending).toBe(20_000)
    expect((await Promise.all(many)).filter((answer) => answer === 503)).toHaveLength(1)
    expect(journal.load().pending).toBe(0)
  })

  it('passes a bug of a verb on to its caller and serves the others', async () => {
    const broken = journal.write(one.attemptId, () => {
      throw new Error('a bug')
    })
    const sound = journal.write(one.attemptId, ({ state }) => ({ answer: state.seq }))
    await expect(broken).rejects.toThrow('a bug')
    expect(await sound).toBe(2)
  })

  it('hears what others wrote, also after its ear was cut off', async () => {
    journal.listen()
    const deadlines = async () => {
      await sleep(150)
      return journal.write(one.attemptId, ({ state }) => ({ answer: state.extendedMs }))
    }
    const act = {
      sittingId: hall.sittingId,
      attemptIds: [one.attemptId],
      seconds: 60,
      reason: '断电',
      actId: 'a',
    }
    value(await extendAttempts(app.db, app, act))
    expect(await deadlines()).toBe(60_000)
    await cut('shujiang news')
    value(await extendAttempts(app.db, app, act))
    await sleep(1_300)
    expect(await deadlines()).toBe(120_000)
    value(await extendAttempts(app.db, app, act))
    expect(await deadlines()).toBe(180_000)
  })
})

describe('receiveFile', () => {
  const pdf = {
    field: 'file',
    name: '作品.pdf',
    mediaType: 'application/pdf',
    bytes: Buffer.from('%PDF-1.7 …'),
  }
  const send = (item: string, file: typeof pdf | undefined = pdf) =>
    receiveFile(app, journal, holder(), { item }, file)

  it('refuses a program, an item that takes no file, and another browser', async () => {
    const program = { ...pdf, bytes: Buffer.from('MZ\x90\0\x03', 'latin1') }
    expect(await send('q02', program)).toMatchObject({ refusal: { code: 'FILE_TYPE_REFUSED' } })
    expect(await send('q01')).toMatchObject({ refusal: { code: 'ANSWER_ITEM_TAKES_NO_FILE' } })
    const stranger = holderOf({ attempt: one.attemptId, lease: 'another' })!
    const refused = await receiveFile(app, journal, stranger, { item: 'q02' }, pdf)
    expect(refused).toMatchObject({ refusal: { code: 'LEASE_SECRET_INVALID' } })
  })

  it('takes whatever an item may ask for', async () => {
    const word = Buffer.from('PK\x03\x04…word/document.xml', 'latin1')
    const kinds = [
      { ...pdf, name: '说明.docx', bytes: word },
      { ...pdf, name: '日志.txt', bytes: Buffer.from('设备启动 09:00') },
    ]
    for (const one of kinds) expect(await send('q02', one)).toMatchObject({ ok: true })
  })

  it('writes down what came for which item; the same bytes again are the same file', async () => {
    const bytes = Buffer.from('%PDF-1.7 第二版')
    const [once, twice] = await Promise.all([send('q02', { ...pdf, bytes }), send('q02', { ...pdf, bytes })])
    const first = value(once)
    expect(value(twice)).toEqual(first)
    expect(value(await send('q02', { ...pdf, bytes }))).toEqual(first)
    const bodies = (await rowsOf())
      .map(entryOf)
      .flatMap((entry) => (entry.kind === 'file' ? [entry.body] : []))
    expect(bodies.filter((body) => body.sha256 === first.sha256)).toEqual([
      { item: 'q02', fileId: first.fileId, name: pdf.name, sha256: first.sha256, bytes: bytes.byteLength },
    ])
  })

  it('lets no answer name a file that did not come for it, also seen from another process', async () => {
    const { fileId, sha256 } = value(await send('q02'))
    const named = { fileId, name: pdf.name, sha256 }
    const status = async (by: Journal, item: string, given: AnswerValue) => {
      const answer = await saveAnswers(app, by, holder(), [{ ...aSave(1), item, value: given }])
      return answer.ok ? answer.value.results[0]?.status : answer.refusal.code
    }
    expect(await status(journal, 'q02', { ...named, fileId: randomUUID() })).toBe('refused')
    expect(await status(journal, 'q02', { ...named, sha256: '0'.repeat(64) })).toBe('refused')
    expect(await status(journal, 'q03', named)).toBe('refused')
    const second = openJournal(app)
    expect(await status(second, 'q02', named)).toBe('saved')
    await second.close()
    expect(await status(journal, 'q02', named)).toBe('same')
  })

  it('keeps a file that an answer can then name', async () => {
    const { fileId, sha256 } = value(await send('q02'))
    const answer = { ...aSave(1), item: 'q02', value: { fileId, name: pdf.name, sha256 } }
    expect(value(await saveAnswers(app, journal, holder(), [answer])).results[0]?.status).toBe('saved')
  })
})
