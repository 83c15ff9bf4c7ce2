import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timeline } from '../../platform/audit.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { endInstitutionEntry } from '../catalogues/end-institution-entry.ts'
import { aFiling, aListedInstitution, type FilingWorld, filingDraftOf, officersOf } from '../fixtures.ts'
import { findFiling, officeDecisions, submittedVersions } from '../store/filings.ts'
import { filedPlan } from './filed-plan.ts'
import { receiveFiling } from './receive-filing.ts'
import { returnFiling } from './return-filing.ts'
import { saveFiling } from './save-filing.ts'
import { submitFiling } from './submit-filing.ts'
import { withdrawFiling } from './withdraw-filing.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

const reread = async (world: FilingWorld) => (await findFiling(app.db, world.training.actor, world.filingId))!
const step = async (world: FilingWorld) => ({ id: world.filingId, revision: (await reread(world)).revision })
const codes = (results: { ok: boolean; refusal?: { code: string } }[]) =>
  results.map((one) => (one.ok ? 'ok' : one.refusal?.code)).sort()
async function openDuties(filingId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string; holderRole: string }>`
    select kind, holder_role from duties.duties
    where subject = ${`filing:${filingId}`} and fulfilled_at is null and cancelled_at is null
    order by kind, holder_role`.execute(app.db)
  return rows.map((row) => `${row.kind} ${row.holderRole}`)
}

describe('refuses to submit', () => {
  test('before the evaluation institution has agreed', async () => {
    for (const state of ['drafted', 'proposed'] as const) {
      const world = await aFiling(app, { state })
      expect(await submitFiling(app, world.training.actor, await step(world))).toMatchObject({
        ok: false,
        refusal: { code: 'FILING_NOT_AGREED', clause: 'HB-4.1' },
      })
    }
  })

  test('twice, also from two browsers at once; one number and one round remain', async () => {
    const world = await aFiling(app, { state: 'agreed' })
    const input = await step(world)
    const both = await Promise.all([
      submitFiling(app, world.training.actor, input),
      submitFiling(app, world.training.actor, input),
    ])
    expect(codes(both)).toEqual(['FILING_ALREADY_SUBMITTED', 'ok'])
    expect(await reread(world)).toMatchObject({ round: 1, state: 'submitted' })
    expect(await submittedVersions(app.db, world.filingId)).toHaveLength(1)
  })

  test('another institution’s filing', async () => {
    const world = await aFiling(app, { state: 'agreed' })
    const other = await aListedInstitution(app)
    expect(await submitFiling(app, other.actor, await step(world))).toMatchObject({
      refusal: { code: 'FILING_NOT_FOUND' },
    })
  })

  test('when the institution has left the catalogue since', async () => {
    const world = await aFiling(app, { state: 'agreed' })
    const department = anActor('provincial_officer', { provinceCode: '420000', cityCode: null })
    await endInstitutionEntry(app, department, {
      id: world.training.entryId,
      toOn: '2026-03-02',
      reason: '停业',
    })
    app.clock.setDay('2026-03-03')
    expect(await submitFiling(app, world.training.actor, await step(world))).toMatchObject({
      ok: false,
      refusal: { code: 'INSTITUTION_NOT_LISTED', clause: 'HB-6.2' },
    })
    app.clock.setDay('2026-03-02')
  })

  test('a correction that changes what was agreed, but not one that does not', async () => {
    const world = await aFiling(app, { state: 'revised' })
    const standing = await reread(world)
    const draft = filingDraftOf(app, {
      feeId: standing.plan.feeId ?? '',
      evaluationOrganisationId: world.evaluation.organisationId,
    })
    const other = { ...draft, assessmentPlan: { ...draft.assessmentPlan, examiners: 6 } }
    await saveFiling(app, world.training.actor, { ...other, ...(await step(world)) })
    expect(await submitFiling(app, world.training.actor, await step(world))).toMatchObject({
      ok: false,
      refusal: { code: 'FILING_NOT_AGREED' },
    })
    const harmless = { ...draft, plan: { ...draft.plan, equipment: '计算机 80 台，服务器 2 台。' } }
    await saveFiling(app, world.training.actor, { ...harmless, ...(await step(world)) })
    expect(await submitFiling(app, world.training.actor, await step(world))).toMatchObject({
      ok: true,
      value: { round: 2 },
    })
  })
})

describe('refuses to receive or return', () => {
  test('a city or province that is not the filing’s own', async () => {
    const world = await aFiling(app, { state: 'submitted' })
    const elsewhere = await officersOf(app, '340000', '340100')
    const neighbour = anActor('city_officer', { provinceCode: '420000', cityCode: '420500' })
    for (const actor of [elsewhere.city, elsewhere.province, neighbour]) {
      expect(await receiveFiling(app, actor, { id: world.filingId, round: 1 })).toMatchObject({
        refusal: { code: 'FILING_NOT_FOUND' },
      })
    }
  })

  test('what was never submitted to it', async () => {
    const world = await aFiling(app, { state: 'agreed' })
    expect(await receiveFiling(app, world.city, { id: world.filingId, round: 1 })).toMatchObject({
      refusal: { code: 'FILING_NOT_FOUND' },
    })
  })

  test('a second answer to the same round, also from two desks at once', async () => {
    const world = await aFiling(app, { state: 'submitted' })
    const both = await Promise.all([
      receiveFiling(app, world.city, { id: world.filingId, round: 1 }),
      returnFiling(app, world.city, { id: world.filingId, round: 1, reason: '材料不齐', clause: 'HB-4.3' }),
    ])
    expect(codes(both)).toEqual(['FILING_ALREADY_DECIDED', 'ok'])
    expect(await officeDecisions(app.db, world.filingId)).toHaveLength(1)
  })

  test('a round that is over, and a filing the other office has returned', async () => {
    const world = await aFiling(app, { state: 'returned' })
    expect(await receiveFiling(app, world.province, { id: world.filingId, round: 1 })).toMatchObject({
      refusal: { code: 'FILING_NOT_SUBMITTED', clause: 'HB-4.1' },
    })
    const again = await aFiling(app, { state: 'revised' })
    await submitFiling(app, again.training.actor, await step(again))
    expect(await receiveFiling(app, again.province, { id: again.filingId, round: 1 })).toMatchObject({
      refusal: { code: 'FILING_ROUND_DIFFERS', facts: { round: 2 } },
    })
  })
})

test('refuses to withdraw what is filed; a withdrawn filing takes no further act', async () => {
  const filed = await aFiling(app, { state: 'filed' })
  expect(
    await withdrawFiling(app, filed.training.actor, { ...(await step(filed)), reason: '不办了' }),
  ).toMatchObject({ refusal: { code: 'FILING_NOT_WITHDRAWABLE' } })
  const withdrawn = await aFiling(app, { state: 'submitted' })
  await withdrawFiling(app, withdrawn.training.actor, { ...(await step(withdrawn)), reason: '计划取消' })
  expect(await openDuties(withdrawn.filingId)).toEqual([])
  expect(await receiveFiling(app, withdrawn.city, { id: withdrawn.filingId, round: 1 })).toMatchObject({
    refusal: { code: 'FILING_WITHDRAWN' },
  })
})

test('nothing is filed until both have received; then the plan is in force, with both receipts', async () => {
  const world = await aFiling(app, { state: 'submitted' })
  expect(await openDuties(world.filingId)).toEqual([
    'filing.receive city_officer',
    'filing.receive provincial_officer',
  ])
  expect(await filedPlan(app.db, world.filingId)).toBeUndefined()

  const city = await receiveFiling(app, world.city, { id: world.filingId, round: 1 })
  expect(city).toMatchObject({ ok: true, value: { filed: false } })
  expect(await filedPlan(app.db, world.filingId)).toBeUndefined()
  expect(await openDuties(world.filingId)).toEqual(['filing.receive provincial_officer'])

  const province = await receiveFiling(app, world.province, { id: world.filingId, round: 1 })
  expect(province).toMatchObject({ ok: true, value: { filed: true } })
  expect(await openDuties(world.filingId)).toEqual([])
  expect(await filedPlan(app.db, world.filingId)).toMatchObject({
    organisationId: world.training.organisationId,
    evaluationOrganisationId: world.evaluation.organisationId,
    occupationId: 'ai',
    level: '初级',
    startsOn: '2026-03-16',
    plan: { classes: 3 },
  })
  const receipts = await officeDecisions(app.db, world.filingId)
  expect(receipts.map((one) => one.receiptNumber).sort()).toEqual([
    expect.stringMatching(/^420000-2026-\d{5}$/),
    expect.stringMatching(/^420100-2026-\d{5}$/),
  ])
})

test('a return carries reason and clause; both offices read the next round, and every round is kept', async () => {
  const world = await aFiling(app, { state: 'revised' })
  const first = await reread(world)
  await submitFiling(app, world.training.actor, await step(world))
  const second = await reread(world)
  expect(second).toMatchObject({ state: 'submitted', round: 2, number: first.number })
  expect(await openDuties(world.filingId)).toEqual([
    'filing.receive city_officer',
    'filing.receive provincial_officer',
  ])
  await receiveFiling(app, world.province, { id: world.filingId, round: 2 })
  await receiveFiling(app, world.city, { id: world.filingId, round: 2 })
  expect((await reread(world)).state).toBe('filed')
  expect((await submittedVersions(app.db, world.filingId)).map((one) => one.round)).toEqual([2, 1])
  const decisions = await officeDecisions(app.db, world.filingId)
  expect(decisions.find((one) => one.decision === 'returned')).toMatchObject({
    round: 1,
    office: 'city',
    clause: 'HB-4.3',
    reason: '教师资格证明不齐，请补正。',
  })
  const names = (await timeline(app.db, `filing:${world.filingId}`)).map((one) => one.name)
  expect(names).toEqual(
    expect.arrayContaining([
      'filing.drafted',
      'filing.agreed',
      'filing.returned',
      'filing.revised',
      'filing.filed',
    ]),
  )
})

test('the submission keeps the policy’s decisions with their facts; a name with 联合 asks for a human', async () => {
  const training = await aListedInstitution(app, { name: '江汉联合学院' })
  const world = await aFiling(app, { state: 'submitted', training })
  const { rows } = await sql<{ rule: string; outcome: string }>`
    select rule, outcome from platform.decisions where subject = ${`filing:${world.filingId}`} order by rule`.execute(
    app.db,
  )
  expect(rows).toEqual([
    { rule: 'hubei.catalogue', outcome: '符合' },
    { rule: 'hubei.prohibitions', outcome: '需人工认定' },
  ])
})

test('a submitted round cannot be changed, whoever asks the database', async () => {
  const world = await aFiling(app, { state: 'submitted' })
  const edit =
    sql`update institutions.filing_versions set digest = 'x' where filing_id = ${world.filingId}`.execute(
      app.db,
    )
  await expect(edit).rejects.toThrow('append-only')
})
