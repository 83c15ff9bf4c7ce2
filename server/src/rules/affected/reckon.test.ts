import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, type RuleParams } from '../../../../policy/src/index.ts'
import { handlers } from '../../handlers.ts'
import { aPerson } from '../../people/fixtures.ts'
import { addFact, factsOf } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import { timeline } from '../../platform/audit.ts'
import { recordDecision } from '../../platform/decisions.ts'
import { runJobsNow } from '../../platform/jobs-runner.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { transact } from '../../platform/transact.ts'
import { saveRevision } from '../editing/save-revision.ts'
import { aRevision, must, type Officers, revisionById, twoOfficers } from '../fixtures.ts'
import type { Revision } from '../revision.ts'
import { orderReckoning } from './order-reckoning.ts'
import { readAffected } from './read-affected.ts'
import { reckoningOf } from './store.ts'

let app: TestApp
let officers: Officers
let revision: Revision
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
  const intending = await somebody('王拟', '拟从事')
  await somebody('李在', '在岗')
  await somebody('安徽人', '拟从事', '340000')
  await aPerson(app, { name: '没有资料' })
  await asked(intending, { occupation: 'ai', level: '初级' })
  await asked(intending, { occupation: 'ai', level: '初级' })
  revision = await aRevision(app, officers, { state: 'written' })
})
afterAll(() => app.close())

async function somebody(name: string, status: string, provinceCode = '420000') {
  const { id: personId } = await aPerson(app, {
    name,
    provinceCode,
    cityCode: provinceCode === '420000' ? '420100' : '340100',
  })
  const state = (kind: 'employment' | 'retirement', value: Record<string, unknown>) =>
    transact(app.db, (tx) => addFact(tx, app, { actor: SYSTEM_ACTOR, personId, kind, value }))
  must(await state('employment', { status, from: '2026-01-01' }))
  must(await state('retirement', { retired: false }))
  return personId
}

/** A decision on record: what was asked of whom, with the facts of that day. */
async function asked(personId: string, params: RuleParams): Promise<void> {
  const facts = await factsOf(app.db, personId)
  const on = app.clock.today()
  const decision = decide(app.policy, { rule: 'hubei.audience', jurisdiction: 'hubei', params, facts, on })
  await recordDecision(app.db, app, { decision, facts, subject: `person:${personId}` })
}
const list = (act: 'list' | 'export' = 'list') =>
  readAffected(app, officers.second, { id: revision.id, page: 1, size: 20 }, act)

describe('refuses', () => {
  test('to reckon a text that cannot be read', async () => {
    const { id } = await aRevision(app, officers, { state: 'drafted', rule: 'hubei.startup-loan' })
    expect(await orderReckoning(app, officers.first, { id })).toMatchObject({
      refusal: { code: 'RECKONING_NOT_POSSIBLE' },
    })
  })

  test('to show another province who is affected', async () => {
    const anhui = await twoOfficers(app, '340000', '340100')
    const asked = { id: revision.id, page: 1, size: 20 }
    expect(await readAffected(app, anhui.first, asked, 'list')).toMatchObject({
      refusal: { code: 'REVISION_NOT_FOUND' },
    })
  })
})

test('decides the people of the province once each under both texts and lists whose verdict changes, masked', async () => {
  must(await orderReckoning(app, officers.first, { id: revision.id }))
  expect(await reckoningOf(app.db, revision.id)).toMatchObject({ state: 'waiting', onDay: '2026-09-01' })
  await runJobsNow(app, handlers)
  const done = await reckoningOf(app.db, revision.id)
  expect(done).toMatchObject({ state: 'done', textSha: revision.textSha })
  const changes = done?.counts.filter((one) => one.before !== one.after)
  expect(changes).toHaveLength(1)
  expect(changes?.[0]?.people).toBe(1)
  // Two of Hubei have facts on record; the one of Anhui and the one nothing is known of are not asked.
  expect(done?.counts.reduce((sum, one) => sum + one.people, 0)).toBe(2)
  expect(must(await list())).toMatchObject({ total: 1, rows: [{ name: '王*', city: '武汉市' }] })
})

test('each look at the list leaves a trace', async () => {
  must(await list('export'))
  const [newest] = await timeline(app.db, `revision:${revision.id}`)
  expect(newest).toMatchObject({ name: 'revision.affected-read', data: { act: 'export', rows: 1 } })
})

test('the same text is reckoned once, a changed text anew', async () => {
  const first = must(await orderReckoning(app, officers.first, { id: revision.id }))
  expect(must(await orderReckoning(app, officers.first, { id: revision.id }))).toEqual(first)
  const { saves, content } = await revisionById(app, revision.id)
  must(
    await saveRevision(app, officers.first, {
      id: revision.id,
      saves,
      content: { ...content, fromOn: '2026-10-01' },
    }),
  )
  expect(must(await orderReckoning(app, officers.first, { id: revision.id }))).not.toEqual(first)
})
