import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import type { Result } from '../../platform/result.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { journalOf } from '../attempts/journal.ts'
import { aSatJoint, setSittings } from '../fixtures.ts'
import { decideJointKeyChange, proposeJointKeyChange, resumeJointKeyChange } from './change-joint-key.ts'
import { decideKeyChange, proposeKeyChange } from './change-key.ts'
import type { NewKey } from './fitting-key.ts'
import type { ArrangedFixture } from './fixtures.ts'
import { papersJobs } from './jobs.ts'
import { readJointPapers } from './read-joint-papers.ts'
import { readPapers } from './read-papers.ts'
import { scoreSitting } from './score-sitting.ts'

let app: TestApp
let familyId: string
let paperId: string
/** Of two institutions; the third sitting is the first one's and is scored last. */
let wuhan: ArrangedFixture
let other: ArrangedFixture
let late: ArrangedFixture
let province: Actor
let colleague: Actor

beforeAll(async () => {
  app = await aTestApp()
  const joint = await aSatJoint(app)
  ;({ familyId, paperId, province, colleague, first: wuhan, other, late } = joint)
}, 120_000)
afterAll(async () => {
  await journalOf(app).close()
  await app.close()
})

const setSitting = (of: ArrangedFixture[], state: string) => setSittings(app, of, state)
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code)
const propose = (number: number, key: NewKey, actor = province) =>
  proposeJointKeyChange(app, actor, { paperId, number, key, reason: '参考答案印错' })
const jobs = () => runJobsNow(app, papersJobs)
async function scores(of: ArrangedFixture) {
  const { rows } = await sql<{ theory: number | null }>`
    select theory_score_tenths as theory from exams.candidates where sitting_id = ${of.sittingId}
    order by ticket_number`.execute(app.db)
  return rows.map((one) => one.theory)
}
async function change(number: number, key: NewKey) {
  const { id: keyChangeId } = value(await propose(number, key))
  value(await decideJointKeyChange(app, colleague, { keyChangeId, decision: 'approved' }))
  await jobs()
  return keyChangeId
}
async function outcomes(keyChangeId: string, actor = province) {
  const { keyChanges } = value(await readJointPapers(app, actor, { familyId }))
  const found = keyChanges.find((one) => one.id === keyChangeId)
  return new Map(found?.sittings.map((one) => [one.sittingId, one]))
}

describe('a wrong key of a joint paper', () => {
  test('stays while no sitting is scored, for another province, for what is no item, and while one is open', async () => {
    expect(code(await propose(1, { letters: ['A'] }))).toBe('NOT_SCORED_YET')
    for (const one of [wuhan, other])
      value(await scoreSitting(app, one.manager, { sittingId: one.sittingId }))
    const elsewhere = anActor('provincial_officer', { provinceCode: '340000' })
    expect(code(await propose(1, { letters: ['A'] }, elsewhere))).toBe('PAPER_NOT_FOUND')
    expect(code(await propose(99, { void: true }))).toBe('ITEM_NOT_FOUND')
    expect(code(await propose(1, { letters: ['H'] }))).toBe('KEY_NOT_FITTING')
    expect(code(await propose(1, { letters: ['B'] }))).toBe('KEY_CHANGES_NOTHING')
    const { id: keyChangeId } = value(await propose(2, { letters: ['C'] }))
    expect(code(await propose(2, { letters: ['D'] }))).toBe('KEY_CHANGE_OPEN')
    const decide = (actor: Actor) => decideJointKeyChange(app, actor, { keyChangeId, decision: 'rejected' })
    expect(code(await decide(province))).toBe('KEY_CHANGE_SAME_PERSON')
    expect(code(await decide(elsewhere))).toBe('KEY_CHANGE_NOT_FOUND')
    expect(code(await resumeJointKeyChange(app, colleague, { keyChangeId }))).toBe('KEY_CHANGE_UNDECIDED')
    const waiting = async () => {
      const { rows } = await sql<{ title: string }>`
        select title from duties.duties where subject = ${`key-change:${keyChangeId}`} and fulfilled_at is null`.execute(
        app.db,
      )
      return rows.map((one) => one.title)
    }
    expect(await waiting()).toEqual(['复核统考答案更正：第 2 题'])
    value(await decide(colleague))
    expect(await waiting()).toEqual([])
    expect(code(await decide(colleague))).toBe('KEY_CHANGE_DECIDED')
    await jobs()
    expect([await scores(wuhan), await scores(other)]).toEqual([[1000, 900], [900]])
  })

  test('is not changed by an institution in its own copy, and the page says whom to ask', async () => {
    const { papers } = value(await readPapers(app, wuhan.manager, { sittingId: wuhan.sittingId }))
    const [copy] = papers
    expect(copy).toMatchObject({
      ofFamily: true,
      actions: { changeKey: { allowed: false, because: { code: 'KEY_OF_JOINT_PAPER' } } },
    })
    const own = { paperId: copy?.id as string, number: 1, key: { void: true as const }, reason: '试题有误' }
    const refused = await proposeKeyChange(app, wuhan.manager, own)
    expect(refused).toMatchObject({
      refusal: { code: 'KEY_OF_JOINT_PAPER', message: expect.stringContaining('报主办统考的省厅') },
    })
    // What it had proposed before the sitting was of a joint examination can only be rejected.
    const { rows } = await sql<{ id: string }>`
      insert into halls.key_changes (sitting_id, paper_id, item, key_sealed, reason, proposed_by, proposed_by_name, proposed_at)
      select ${wuhan.sittingId}, k.paper_id, k.item, k.key_sealed, '旧', 'a', '甲', k.proposed_at
      from (select ${copy?.id}::uuid as paper_id, item, key_sealed, proposed_at from halls.key_changes limit 1) k
      returning id`.execute(app.db)
    const keyChangeId = rows[0]?.id as string
    const decided = await decideKeyChange(app, wuhan.second, { keyChangeId, decision: 'approved' })
    expect(code(decided)).toBe('KEY_OF_JOINT_PAPER')
    value(await decideKeyChange(app, wuhan.second, { keyChangeId, decision: 'rejected' }))
  })

  test('is changed once over every copy: each sitting is reckoned anew, one not scored yet is scored by it', async () => {
    const keyChangeId = await change(1, { letters: ['A', 'B'] })
    expect([await scores(wuhan), await scores(other), await scores(late)]).toEqual([
      [1000, 1000],
      [1000],
      [null],
    ])
    const did = await outcomes(keyChangeId)
    expect(did.get(wuhan.sittingId)).toMatchObject({ state: 'changed', scored: 2, changed: 1 })
    expect(did.get(other.sittingId)).toMatchObject({ state: 'changed', scored: 1, changed: 1 })
    expect(did.get(late.sittingId)).toMatchObject({ state: 'changed', scored: 0, changed: 0 })
    value(await scoreSitting(app, late.manager, { sittingId: late.sittingId }))
    expect(await scores(late)).toEqual([1000])

    const { keyChanges } = value(await readPapers(app, wuhan.manager, { sittingId: wuhan.sittingId }))
    expect(keyChanges[0]).toMatchObject({
      jointChangeId: keyChangeId,
      number: 1,
      decision: 'approved',
      decidedByName: '同事',
      differences: [{ fromTenths: 900, toTenths: 1000 }],
    })
    const seen = await outcomes(keyChangeId, wuhan.manager)
    expect([...seen.keys()].sort()).toEqual([wuhan.sittingId, late.sittingId].sort())
  })

  test('is refused in a sitting that is reported, by name, while the others go on; returned, it follows', async () => {
    await setSitting([wuhan], 'reported')
    const keyChangeId = await change(10, { judged: '正确' })
    const did = await outcomes(keyChangeId)
    expect(did.get(wuhan.sittingId)).toMatchObject({
      state: 'refused',
      refusal: { code: 'SCORES_REPORTED', clause: 'HB-4.4' },
      number: expect.stringMatching(/\d/),
    })
    expect(did.get(other.sittingId)).toMatchObject({ state: 'changed', changed: 1 })
    expect([await scores(wuhan), await scores(other), await scores(late)]).toEqual([
      [1000, 1000],
      [900],
      [900],
    ])
    const resume = () => resumeJointKeyChange(app, province, { keyChangeId })
    value(await resume())
    await jobs()
    expect((await outcomes(keyChangeId)).get(wuhan.sittingId)?.state).toBe('refused')
    await setSitting([wuhan], 'ended')
    expect(value(await resume())).toEqual({ sittings: 1 })
    await jobs()
    expect(await scores(wuhan)).toEqual([900, 900])
    expect(code(await resume())).toBe('KEY_CHANGE_NOTHING_REFUSED')
  })

  test('changes nothing at all in a sitting whose journal does not verify', async () => {
    await app.db.transaction().execute(async (tx) => {
      await sql`alter table halls.journal disable trigger all`.execute(tx)
      await sql`update halls.journal set body = replace(body, '"select"', '"insert"')
        where kind = 'answer' and sitting_id = ${other.sittingId}`.execute(tx)
      await sql`alter table halls.journal enable trigger all`.execute(tx)
    })
    const keyChangeId = await change(2, { letters: ['D'] })
    const did = await outcomes(keyChangeId)
    expect(did.get(other.sittingId)).toMatchObject({ state: 'refused', refusal: { code: 'JOURNAL_UNSOUND' } })
    expect([await scores(wuhan), await scores(other)]).toEqual([[800, 800], [900]])
    const { papers } = value(await readPapers(app, other.manager, { sittingId: other.sittingId }))
    expect(papers).toHaveLength(1)
  })

  test('becomes corrections after publication, in the name of who proposed it', async () => {
    await setSitting([late], 'scored')
    await sql`update exams.candidates set result = 'failed' where sitting_id = ${late.sittingId}`.execute(
      app.db,
    )
    const keyChangeId = await change(3, { void: true })
    expect((await outcomes(keyChangeId)).get(late.sittingId)).toMatchObject({ changed: 0, corrections: null })
    const again = await change(4, { letters: ['C'] })
    expect((await outcomes(again)).get(late.sittingId)).toMatchObject({ changed: 1, corrections: 1 })
    const { rows } = await sql<{ proposedBy: string; batchId: string | null }>`
      select proposed_by, batch_id from exams.score_corrections where sitting_id = ${late.sittingId}`.execute(
      app.db,
    )
    expect(rows).toEqual([{ proposedBy: province.accountId, batchId: expect.any(String) }])
  })
})
