import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOfficialData } from '../../../../db/seed/official.ts'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import type { Result } from '../../platform/result.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { chooseHalls } from '../arrangements/choose-halls.ts'
import { answerInvitation, draftFamily, joinFamily } from '../arrangements/keep-family.ts'
import { readArrangement } from '../arrangements/read-arrangement.ts'
import { journalOf } from '../attempts/journal.ts'
import { type ArrangedFixture, aCommitment, anArrangement, announced, aPublicValue } from '../fixtures.ts'
import { closeRegistration } from '../seating/close-registration.ts'
import { commitFamilyDraw, drawFamily } from '../seating/draw-family.ts'
import { approveJointPaper } from './approve-joint-paper.ts'
import { fileOf, paperInput, paperJson } from './fixtures.ts'
import { importJointPaper } from './import-joint-paper.ts'
import { importPaper } from './import-paper.ts'
import { previewJointPaper, readJointPaperKeys, readJointPapers } from './read-joint-papers.ts'
import { sealAll, sealPapers } from './seal-papers.ts'
import { openContent } from './sealed-content.ts'
import { papersById } from './store.ts'

let app: TestApp
let familyId: string
let members: [ArrangedFixture, ArrangedFixture]
let province: Actor
let colleague: Actor

beforeAll(async () => {
  app = await aTestApp()
  await loadOfficialData(app)
  const [first, second] = [
    await anArrangement(app, { candidates: 2 }),
    await anArrangement(app, { candidates: 3 }),
  ]
  members = [first, second]
  province = first.world.province
  colleague = anActor('provincial_officer', province.organisation ?? {}, { name: '同事' })
  const { parts } = value(await readArrangement(app, first.world.evaluation.actor, first))
  const window = (part: string) => parts.find((one) => one.part === part) as (typeof parts)[number]
  const { occupationId, level } = first.world
  const times = { theory: window('theory'), ability: window('ability') }
  familyId = value(await draftFamily(app, province, { title: '初级统考', occupationId, level, ...times })).id
}, 60_000)
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
})

const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code)
const manager = (of: ArrangedFixture) => of.world.evaluation.actor
const input = (keep = true) => {
  const { sittingId: _sitting, ...rest } = paperInput('', 'theory', { keep })
  return { ...rest, familyId }
}
const importing = (actor = province, content: unknown = paperJson()) =>
  importJointPaper(app, actor, input(), fileOf(content))
async function sealed(of: ArrangedFixture) {
  const { sittingId } = of
  const { sealingId } = value(await sealPapers(app, manager(of), { sittingId }))
  await sealAll(app, { sealingId, sittingId })
  const { rows } = await sql<{ paperId: string; state: string; computed: boolean }>`
    select distinct t.paper_id, a.state, w.by_computer as computed from halls.attempts t
    join halls.arrangements a on a.sitting_id = t.sitting_id
    join exams.sitting_parts w on w.sitting_id = t.sitting_id and w.part = t.part
    where t.sitting_id = ${sittingId}`.execute(app.db)
  return rows
}

describe('the paper of a joint examination', () => {
  test('is not taken before the announcement, from another province, nor with a fault', async () => {
    expect(code(await importing())).toBe('JOINT_FAMILY_NOT_OPEN')
    const organisationIds = members.map((one) => one.world.evaluation.organisationId)
    await announced(app, province, { familyId, organisationIds })
    const elsewhere = anActor('provincial_officer', { provinceCode: '340000' })
    expect(code(await importing(elsewhere))).toBe('JOINT_FAMILY_NOT_FOUND')
    const faulty = value(await importing(province, { format: 'shujiang-paper/1', items: [] }))
    expect(faulty.paperId).toBeNull()
    const long = await importJointPaper(app, province, { ...input(), minutes: 500 }, fileOf(paperJson()))
    expect(value(long).errors[0]?.message).toContain('超过本场次「理论知识考试」安排的 120 分钟')
  })

  test('is approved by a second person of the province, and opened by nobody else', async () => {
    const paperId = value(await importing()).paperId as string
    expect(code(await approveJointPaper(app, province, { paperId }))).toBe('PAPER_SAME_PERSON')
    const elsewhere = anActor('provincial_officer', { provinceCode: '340000' })
    expect(code(await approveJointPaper(app, elsewhere, { paperId }))).toBe('PAPER_NOT_FOUND')
    expect(code(await previewJointPaper(app, elsewhere, { paperId, form: 'A' }))).toBe('PAPER_NOT_FOUND')
    expect(code(await readJointPaperKeys(app, elsewhere, { paperId, purpose: '看看' }))).toBe(
      'PAPER_NOT_FOUND',
    )
    value(await approveJointPaper(app, colleague, { paperId }))
    expect(code(await approveJointPaper(app, colleague, { paperId }))).toBe('PAPER_APPROVED')
    expect(value(await previewJointPaper(app, province, { paperId, form: 'B' })).items).toHaveLength(10)
    expect(value(await readJointPaperKeys(app, province, { paperId, purpose: '复核' })).items).toHaveLength(
      10,
    )
  })

  test('is taken by every sitting when it seals: the same items and seed; a member brings none of its own', async () => {
    for (const one of members) {
      value(await answerInvitation(app, manager(one), { familyId, accept: true, reason: null }))
      value(await joinFamily(app, manager(one), { familyId, sittingId: one.sittingId }))
    }
    const own = await importPaper(
      app,
      manager(members[0]),
      paperInput(members[0].sittingId, 'theory'),
      fileOf(paperJson()),
    )
    expect(code(own)).toBe('PAPER_OF_FAMILY')
    value(await commitFamilyDraw(app, province, { familyId, ...aCommitment(app) }))
    for (const one of members) {
      value(await chooseHalls(app, manager(one), one))
      value(await closeRegistration(app, manager(one), one))
    }
    app.clock.advance(3 * 86_400)
    value(await drawFamily(app, colleague, { familyId, ...aPublicValue(app) }))
    const [a, b] = [await sealed(members[0]), await sealed(members[1])]
    expect([a, b]).toEqual([
      [{ paperId: expect.any(String), state: 'sealed', computed: true }],
      [{ paperId: expect.any(String), state: 'sealed', computed: true }],
    ])
    const papers = await papersById(
      app.db,
      [...a, ...b].map((one) => one.paperId),
    )
    expect(new Set(papers.map((one) => one.familyPaperId)).size).toBe(1)
    expect(new Set(papers.map((one) => JSON.stringify(openContent(app.crypto, one)))).size).toBe(1)
    expect(papers.every((one) => one.approvedBy === colleague.accountId)).toBe(true)
    // Sealed again from the same paper: the copy stays.
    expect(await sealed(members[0])).toEqual(a)

    const read = value(await readJointPapers(app, province, { familyId }))
    expect(read.sittings.map((one) => [one.state, one.taken, one.sealed])).toEqual([
      ['sealed', ['theory'], 2],
      ['sealed', ['theory'], 3],
    ])
    const seen = value(await readJointPapers(app, manager(members[0]), { familyId }))
    expect([seen.sittings.length, seen.actions.import, seen.papers[0]?.actions.approve]).toEqual([
      1,
      null,
      null,
    ])
    expect(JSON.stringify(seen)).not.toContain('Sealed')
  })

  test('replaced before the start has to be approved and sealed again; once somebody began it stays', async () => {
    const paperId = value(await importing()).paperId as string
    const read = value(await readJointPapers(app, province, { familyId }))
    expect(read.sittings.map((one) => [one.state, one.taken])).toEqual([
      ['drawn', []],
      ['drawn', []],
    ])
    const { sittingId } = members[0]
    expect(code(await sealPapers(app, manager(members[0]), { sittingId }))).toBe('PAPERS_INCOMPLETE')
    value(await approveJointPaper(app, colleague, { paperId }))
    const [again] = await sealed(members[0])
    const [copy] = await papersById(app.db, [again?.paperId as string])
    expect(copy?.familyPaperId).toBe(paperId)
    await sql`update halls.arrangements set state = 'running' where sitting_id = ${sittingId}`.execute(app.db)
    expect(code(await importing())).toBe('JOINT_PAPERS_IN_USE')
  })
})
