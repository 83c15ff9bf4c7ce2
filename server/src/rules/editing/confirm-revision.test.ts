import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustLoadPolicy } from '../../../../policy/cli/read-packs.ts'
import { decide, type Facts } from '../../../../policy/src/index.ts'
import { handlers } from '../../handlers.ts'
import { timeline } from '../../platform/audit.ts'
import { openDatabase } from '../../platform/db.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { openPolicyBook } from '../../platform/policy-book.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aRevision, must, type Officers, revisionById, twoOfficers } from '../fixtures.ts'
import { confirmRevision } from './confirm-revision.ts'
import { proposeRevision } from './propose-revision.ts'
import { returnRevision } from './return-revision.ts'
import { saveRevision } from './save-revision.ts'
import { withdrawRevision } from './withdraw-revision.ts'

let app: TestApp
let officers: Officers
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
})
afterAll(() => app.close())

const INTENDING: Facts = {
  retirement: { retired: false },
  education: [],
  skillPosts: [],
  employment: [{ status: '拟从事', from: '2026-01-01' }],
}
const audienceOn = (policy: TestApp['policy'], on: string) =>
  decide(policy, { rule: 'hubei.audience', jurisdiction: 'hubei', facts: INTENDING, on })

async function giveUp(id: string): Promise<void> {
  must(await withdrawRevision(app, officers.first, { id, reason: '试验结束' }))
}

describe('refuses', () => {
  test('a revision of another province', async () => {
    const { id } = await aRevision(app, officers)
    const anhui = await twoOfficers(app, '340000', '340100')
    for (const act of [confirmRevision, proposeRevision])
      expect(await act(app, anhui.second, { id })).toMatchObject({ refusal: { code: 'REVISION_NOT_FOUND' } })
    await giveUp(id)
  })

  test('a draft nobody has proposed', async () => {
    const { id } = await aRevision(app, officers, { state: 'written' })
    expect(await confirmRevision(app, officers.second, { id })).toMatchObject({
      refusal: { code: 'REVISION_NOT_OPEN' },
    })
    await giveUp(id)
  })

  test('its author as the second person, for confirming and returning', async () => {
    const { id } = await aRevision(app, officers)
    const own = { refusal: { code: 'REVISION_SAME_PERSON' } }
    expect(await confirmRevision(app, officers.first, { id })).toMatchObject(own)
    expect(await returnRevision(app, officers.first, { id, reason: '自己退回' })).toMatchObject(own)
    await giveUp(id)
  })

  test('a colleague who wrote a part of it, though another proposed', async () => {
    const { id, content, saves } = await aRevision(app, officers, { state: 'written' })
    must(
      await saveRevision(app, officers.second, {
        id,
        saves,
        content: { ...content, reason: '同事改过理由' },
      }),
    )
    must(await proposeRevision(app, officers.first, { id }))
    await runJobsNow(app, handlers)
    expect(await confirmRevision(app, officers.second, { id })).toMatchObject({
      refusal: { code: 'REVISION_SAME_PERSON' },
    })
    await giveUp(id)
  })

  test('a text whose effect was not reckoned to its end', async () => {
    const { id } = await aRevision(app, officers, { state: 'written' })
    must(await proposeRevision(app, officers.first, { id }))
    expect(await confirmRevision(app, officers.second, { id })).toMatchObject({
      refusal: { code: 'REVISION_NOT_RECKONED' },
    })
    await runJobsNow(app, handlers)
    await giveUp(id)
  })

  test('a first day that has gone by since it was proposed', async () => {
    const { id } = await aRevision(app, officers, { fromOn: '2026-03-05' })
    app.clock.setDay('2026-03-06')
    expect(await confirmRevision(app, officers.second, { id })).toMatchObject({
      refusal: { code: 'REVISION_DAY_PAST' },
    })
    must(await returnRevision(app, officers.second, { id, reason: '施行日已过' }))
    expect((await revisionById(app, id)).state).toBe('returned')
    await giveUp(id)
    app.clock.setDay('2026-03-02')
  })
})

test('a confirmed text holds from its day, in this process and in another, and an old receipt replays', async () => {
  const before = audienceOn(app.policy, '2026-09-01')
  expect(before.outcome).toBe('符合')
  // Another process on the same database, which has looked already.
  const other = openDatabase(app.databaseUrl, { max: 2 })
  const packs = mustLoadPolicy()
  const book = openPolicyBook(other.db, () => packs)
  await book.refresh()

  const revision = await aRevision(app, officers, { state: 'confirmed' })

  expect(revision).toMatchObject({ state: 'confirmed', decidedBy: '江舒' })
  expect(audienceOn(app.policy, '2026-08-31').outcome).toBe('符合')
  const after = audienceOn(app.policy, '2026-09-01')
  expect(after.outcome).toBe('不符合')
  expect(after.paths.every((path) => path.clause.version === '2026-09-01')).toBe(true)
  expect(after.receipt.packs).toContainEqual({
    path: `packs/hubei/revisions/${revision.number}.yaml`,
    sha: revision.textSha,
  })

  await new Promise((done) => setTimeout(done, 1001))
  await book.refresh()
  expect(audienceOn(book.current(), '2026-09-01')).toEqual(after)

  for (const decision of [before, after]) {
    const { facts, on, params, rule, jurisdiction, settings } = decision.receipt
    const then = await book.ofReceipt(decision.receipt)
    if (!then) throw new Error('the packs are those of the receipt')
    const again = decide(then, { rule, jurisdiction, params, facts, on, settings })
    expect(JSON.stringify(again)).toBe(JSON.stringify(decision))
  }
  expect(
    await book.ofReceipt({ packs: [{ path: 'packs/hubei/people.yaml', sha: 'another' }] }),
  ).toBeUndefined()
  await other.close()

  const names = (await timeline(app.db, `revision:${revision.id}`)).map((one) => one.name)
  expect(names.filter((name) => name.startsWith('revision.'))).toEqual([
    'revision.confirmed',
    'revision.reckoned',
    'revision.proposed',
    'revision.changed',
    'revision.drafted',
  ])
})

test('what is confirmed is not undone: the next version must begin later', async () => {
  const { id } = await aRevision(app, officers, { state: 'written', fromOn: '2026-09-01' })
  expect(await proposeRevision(app, officers.first, { id })).toMatchObject({
    refusal: { code: 'REVISION_HAS_PROBLEMS', message: expect.stringContaining('已有自2026-09-01起的版本') },
  })
  await giveUp(id)
})
