import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import { instantAt } from '../../platform/clock.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import type { Paper } from '../attempts/wire.ts'
import { approvePaper } from './approve-paper.ts'
import {
  ALL_RIGHT,
  anApprovedPaper,
  anArrangedSitting,
  aSealedSitting,
  fileOf,
  paperInput,
  paperJson,
  sit,
} from './fixtures.ts'
import { importPaper } from './import-paper.ts'
import { papersJobs } from './jobs.ts'
import { openPaperKey } from './paper-key.ts'
import { paperTemplate } from './paper-template.ts'
import { sealPapers } from './seal-papers.ts'
import { openContent, openKeys } from './sealed-content.ts'
import { currentPapers, currentSealing, listPapers } from './store.ts'

let app: TestApp
beforeEach(async () => {
  app = await aTestApp()
})
afterEach(async () => {
  await journalOf(app).close()
  await app.close()
})

interface SealedRow {
  id: string
  candidateId: string
  part: 'theory' | 'ability'
  form: string
  paperCipher: Buffer
  paperSha256: string
  keySealed: Buffer
  outline: Record<string, string>
  extraMinutes: number
  opensAt: Date
}
async function attemptsOf(sittingId: string): Promise<SealedRow[]> {
  const { rows } =
    await sql<SealedRow>`select * from halls.attempts where sitting_id = ${sittingId} order by part, id`.execute(
      app.db,
    )
  return rows
}
const opened = (row: SealedRow) =>
  JSON.parse(
    app.crypto
      .openApart(row.paperCipher, Buffer.from(openPaperKey(app.crypto, row.id, row.keySealed), 'base64'))
      .toString(),
  ) as Paper

describe('an import', () => {
  it('is refused for a sitting of another institution, one not arranged, and without a file', async () => {
    const arranged = await anArrangedSitting(app)
    const file = fileOf(paperJson())
    const input = paperInput(arranged.sittingId, 'theory')
    expect(await importPaper(app, anActor('evaluation_manager'), input, file)).toMatchObject({
      refusal: { code: 'PAPER_SITTING_NOT_FOUND' },
    })
    expect(await importPaper(app, arranged.manager, input, undefined)).toMatchObject({
      refusal: { code: 'PAPER_FILE_MISSING' },
    })
  })

  it('keeps nothing of a paper with one fault, and says which', async () => {
    const arranged = await anArrangedSitting(app)
    const paper = paperJson()
    paper.items[3] = { ...paper.items[3], answer: 'X' } as never
    const report = value(
      await importPaper(app, arranged.manager, paperInput(arranged.sittingId, 'theory'), fileOf(paper)),
    )
    expect(report).toMatchObject({
      rows: 10,
      good: 9,
      saved: 0,
      paperId: null,
      errors: [{ row: 4, column: '答案' }],
    })
    const long = value(
      await importPaper(
        app,
        arranged.manager,
        paperInput(arranged.sittingId, 'theory', { minutes: 121 }),
        fileOf(paperJson()),
      ),
    )
    expect(long.errors[0]?.message).toContain('超过本场次「理论知识考试」安排的 120 分钟')
    expect(await listPapers(app.db, arranged.sittingId)).toEqual([])
  })

  it('takes the template itself, and keeps neither items nor keys in the clear', async () => {
    const arranged = await anArrangedSitting(app)
    const file = { name: '卷.xlsx', bytes: await paperTemplate() }
    const input = paperInput(arranged.sittingId, 'theory')
    expect(value(await importPaper(app, arranged.manager, { ...input, keep: false }, file))).toMatchObject({
      good: 8,
      saved: 0,
    })
    expect(value(await importPaper(app, arranged.manager, input, file))).toMatchObject({
      good: 8,
      saved: 8,
      errors: [],
    })
    const [paper] = await currentPapers(app.db, arranged.sittingId)
    expect(paper).toMatchObject({ items: 7, markedItems: 3, forms: 3, totalTenths: 1000 })
    const { rows } = await sql<{ row: string }>`select p::text as row from halls.papers p`.execute(app.db)
    expect(rows[0]?.row).not.toContain('数据中台')
    expect(Object.keys(openKeys(app.crypto, paper!))).toHaveLength(7)
    expect(JSON.stringify(openContent(app.crypto, paper!))).not.toContain('协议转换')
    expect(() => openKeys(app.crypto, { id: paper!.id, keysSealed: paper!.itemsSealed })).toThrow()
  })
})

describe('an approval', () => {
  it('is refused to the importer, for a replaced paper, twice, and out of scope', async () => {
    const arranged = await anArrangedSitting(app)
    const { manager, second } = arranged
    const imported = async () =>
      value(await importPaper(app, manager, paperInput(arranged.sittingId, 'theory'), fileOf(paperJson())))
        .paperId as string
    const paperId = await imported()
    const code = async (actor = second, id = paperId) => {
      const result = await approvePaper(app, actor, { paperId: id })
      return result.ok ? 'ok' : result.refusal.code
    }
    expect(await code(manager)).toBe('PAPER_SAME_PERSON')
    expect(await code(anActor('evaluation_manager'))).toBe('PAPER_NOT_FOUND')
    expect(await code()).toBe('ok')
    expect(await code()).toBe('PAPER_APPROVED')
    await imported()
    expect(await code()).toBe('PAPER_REPLACED')
  })
})

describe('sealing', () => {
  const codeOf = async (of: { sittingId: string; manager: Parameters<typeof sealPapers>[1] }) => {
    const result = await sealPapers(app, of.manager, { sittingId: of.sittingId })
    return result.ok ? 'ok' : result.refusal.code
  }

  it('is refused before the draw, without papers, and with one nobody approved', async () => {
    expect(await codeOf(await anArrangedSitting(app, { state: 'preparing' }))).toBe('SEALING_BEFORE_DRAW')
    const arranged = await anArrangedSitting(app)
    expect(await codeOf(arranged)).toBe('PAPERS_INCOMPLETE')
    value(
      await importPaper(app, arranged.manager, paperInput(arranged.sittingId, 'theory'), fileOf(paperJson())),
    )
    expect(await codeOf(arranged)).toBe('PAPERS_INCOMPLETE')
  })

  it('is refused while a candidate has no seat, and while one is running', async () => {
    const arranged = await anArrangedSitting(app)
    await anApprovedPaper(app, arranged, 'theory')
    await sql`update halls.seat_assignments set ended_at = now() where candidate_id = ${arranged.candidates[0]?.id}`.execute(
      app.db,
    )
    expect(await codeOf(arranged)).toBe('CANDIDATES_WITHOUT_SEAT')
    await sql`update halls.seat_assignments set ended_at = null`.execute(app.db)
    expect(await codeOf(arranged)).toBe('ok')
    expect(await codeOf(arranged)).toBe('SEALING_RUNNING')
  })

  it('gives every candidate and part a paper of its own that is useless before its key', async () => {
    const sealed = await aSealedSitting(app, { candidates: 5 })
    const attempts = await attemptsOf(sealed.sittingId)
    expect(attempts).toHaveLength(10)
    expect(await currentSealing(app.db, sealed.sittingId)).toMatchObject({
      expected: 10,
      sealed: 10,
      finishedAt: expect.any(Date),
    })
    expect(new Set(attempts.map((one) => one.paperCipher.toString('hex'))).size).toBe(10)
    for (const one of attempts) {
      expect(one.paperCipher.toString('latin1')).not.toMatch(/stem|single|"items"/)
      const other = attempts.find((another) => another.id !== one.id) as SealedRow
      expect(() =>
        app.crypto.openApart(
          one.paperCipher,
          Buffer.from(openPaperKey(app.crypto, other.id, other.keySealed), 'base64'),
        ),
      ).toThrow()
      expect(() => openPaperKey(app.crypto, other.id, one.keySealed)).toThrow()
      const paper = opened(one)
      expect(paper).toMatchObject({ form: one.form, part: one.part, minutes: 90 })
      expect(app.crypto.sha256(JSON.stringify(paper))).toBe(one.paperSha256)
      expect(Object.keys(one.outline).sort()).toEqual(paper.items.map((item) => item.id).sort())
      expect(JSON.stringify(paper)).not.toMatch(/accepted|要点|SELECT/)
    }
    const [a, b] = attempts.filter((one) => one.part === 'theory').map(opened)
    expect(a?.items.map((one) => one.stem).sort()).toEqual(b?.items.map((one) => one.stem).sort())
  })

  it('brings approved extra time, leaves out a part that still counts, and opens with the window', async () => {
    const arranged = await anArrangedSitting(app, { candidates: 2 })
    await anApprovedPaper(app, arranged, 'theory')
    await anApprovedPaper(app, arranged, 'ability')
    const [first, second] = arranged.candidates
    if (!first || !second) throw new Error('two candidates')
    await sql`
      insert into halls.accommodations (sitting_id, person_id, extra_minutes, accessible_seat, reason, proposed_by,
        proposed_by_name, proposed_at, decided_by, decision, decided_at)
      values (${arranged.sittingId}, ${first.personId}, 30, false, '视力障碍', 'a', '甲', now(), 'b', 'approved', now())`.execute(
      app.db,
    )
    await sql`update exams.candidates set theory_retained_from = ${first.id} where id = ${second.id}`.execute(
      app.db,
    )
    value(await sealPapers(app, arranged.manager, { sittingId: arranged.sittingId }))
    await runJobsNow(app, papersJobs)
    const attempts = await attemptsOf(arranged.sittingId)
    expect(attempts.map((one) => [one.part, one.candidateId === first.id, one.extraMinutes]).sort()).toEqual([
      ['ability', false, 0],
      ['ability', true, 30],
      ['theory', true, 30],
    ])
    const theory = attempts.find((one) => one.part === 'theory')
    expect(theory?.opensAt).toEqual(instantAt('2026-03-12', '09:00'))
  })

  it('begun again before the start makes the earlier papers void; a later import changes nothing that is sealed', async () => {
    const sealed = await aSealedSitting(app)
    const before = await attemptsOf(sealed.sittingId)
    const changed = paperJson()
    changed.items[0] = { ...changed.items[0], stem: '换过的题' } as never
    await anApprovedPaper(app, sealed, 'theory', changed)
    expect(await attemptsOf(sealed.sittingId)).toEqual(before)
    expect(JSON.stringify(before.map(opened))).not.toContain('换过的题')
    value(await sealPapers(app, sealed.manager, { sittingId: sealed.sittingId }))
    await runJobsNow(app, papersJobs)
    const after = await attemptsOf(sealed.sittingId)
    expect(after).toHaveLength(4)
    expect(JSON.stringify(after.map(opened))).toContain('换过的题')
    expect(after.some((one) => before.some((old) => old.id === one.id))).toBe(false)
  })

  it('is refused once anybody has begun, and so is another paper', async () => {
    const sealed = await aSealedSitting(app)
    app.clock.set(instantAt('2026-03-12', '09:00'))
    await sit(app, sealed, 0, 'theory', ALL_RIGHT)
    expect(await codeOf(sealed)).toBe('PAPERS_IN_USE')
    const again = await importPaper(
      app,
      sealed.manager,
      paperInput(sealed.sittingId, 'theory'),
      fileOf(paperJson()),
    )
    expect(again).toMatchObject({ refusal: { code: 'PAPERS_IN_USE' } })
  })

  it('seals a thousand candidates within seconds', { timeout: 120_000 }, async () => {
    const arranged = await anArrangedSitting(app, { candidates: 1000 })
    const many = Array.from({ length: 100 }, (_, n) => ({
      ...paperJson().items[0],
      stem: `第 ${n + 1} 题：${'关于智能产线数据采集的说法，'.repeat(10)}`,
      score: 1,
    }))
    await anApprovedPaper(app, arranged, 'theory', { format: 'shujiang-paper/1', items: many })
    value(await sealPapers(app, arranged.manager, { sittingId: arranged.sittingId }))
    const begun = performance.now()
    await runJobsNow(app, papersJobs)
    const seconds = (performance.now() - begun) / 1000
    const { rows } = await sql<{ n: number; bytes: number }>`
      select count(*)::int as n, avg(octet_length(paper_cipher))::int as bytes from halls.attempts`.execute(
      app.db,
    )
    console.log(`sealed ${rows[0]?.n} papers of ${rows[0]?.bytes} bytes in ${seconds.toFixed(2)} s`)
    expect(rows[0]?.n).toBe(1000)
    expect(seconds).toBeLessThan(60)
  })
})
