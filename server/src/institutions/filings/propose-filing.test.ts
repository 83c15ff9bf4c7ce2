import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertOrganisation } from '../../people/fixtures.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aFiling, aListedInstitution, aPublishedFee, type FilingWorld, filingDraftOf } from '../fixtures.ts'
import { findFiling } from '../store/filings.ts'
import { agreeFiling } from './agree-filing.ts'
import { draftFiling } from './draft-filing.ts'
import type { FilingDraft } from './filing.ts'
import { proposeFiling } from './propose-filing.ts'
import { recallFiling } from './recall-filing.ts'
import { refuseAgreement } from './refuse-agreement.ts'
import { saveFiling } from './save-filing.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

async function openDuties(filingId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string; holderRole: string }>`
    select kind, holder_role from duties.duties
    where subject = ${`filing:${filingId}`} and fulfilled_at is null and cancelled_at is null order by kind`.execute(
    app.db,
  )
  return rows.map((row) => `${row.kind} ${row.holderRole}`)
}
const reread = (world: FilingWorld) => findFiling(app.db, world.training.actor, world.filingId)

/** A draft with one thing changed, proposed at once. */
async function proposeWith(
  change: Partial<FilingDraft> | ((draft: FilingDraft) => Partial<FilingDraft>),
  setting: { evaluationOccupations?: string[] } = {},
) {
  const training = await aListedInstitution(app)
  const evaluation = await aListedInstitution(app, {
    catalogue: 'evaluation',
    ...(setting.evaluationOccupations && { occupationIds: setting.evaluationOccupations }),
  })
  const feeId = await aPublishedFee(app, training)
  const draft = filingDraftOf(app, { feeId, evaluationOrganisationId: evaluation.organisationId })
  const changed = { ...draft, ...(typeof change === 'function' ? change(draft) : change) }
  const world = await aFiling(app, { training, evaluation, feeId, change: changed })
  return proposeFiling(app, training.actor, { id: world.filingId, revision: world.revision })
}

describe('refuses to begin', () => {
  test('for an institution out of the catalogue', async () => {
    const id = await insertOrganisation(app, {
      kind: 'training_institution',
      name: '目录外备案学院',
      provinceCode: '420000',
      cityCode: '420100',
    })
    const actor = anActor('training_manager', { id })
    expect(await draftFiling(app, actor, { title: '目录外计划' })).toMatchObject({
      ok: false,
      refusal: { code: 'INSTITUTION_NOT_LISTED', clause: 'HB-6.2' },
    })
  })
})

describe('refuses to save', () => {
  test('over what another browser has saved meanwhile', async () => {
    const world = await aFiling(app)
    const draft = filingDraftOf(app, {
      feeId: crypto.randomUUID(),
      evaluationOrganisationId: world.evaluation.organisationId,
    })
    const save = { ...draft, id: world.filingId, revision: world.revision }
    const both = await Promise.all([
      saveFiling(app, world.training.actor, save),
      saveFiling(app, world.training.actor, { ...save, title: '另一浏览器的标题' }),
    ])
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'FILING_CHANGED_MEANWHILE',
      'ok',
    ])
  })

  test('another institution’s draft, as if it did not exist', async () => {
    const world = await aFiling(app)
    const other = await aListedInstitution(app)
    const draft = filingDraftOf(app, {
      feeId: crypto.randomUUID(),
      evaluationOrganisationId: world.evaluation.organisationId,
    })
    expect(
      await saveFiling(app, other.actor, { ...draft, id: world.filingId, revision: world.revision }),
    ).toMatchObject({ ok: false, refusal: { code: 'FILING_NOT_FOUND' } })
  })

  test('what has been submitted, saying why', async () => {
    const world = await aFiling(app, { state: 'submitted' })
    const draft = filingDraftOf(app, {
      feeId: crypto.randomUUID(),
      evaluationOrganisationId: world.evaluation.organisationId,
    })
    expect(
      await saveFiling(app, world.training.actor, { ...draft, id: world.filingId, revision: world.revision }),
    ).toMatchObject({ ok: false, refusal: { code: 'FILING_NOT_EDITABLE', clause: 'HB-4.1' } })
  })
})

describe('refuses to propose', () => {
  test('a draft with gaps, naming every one', async () => {
    const training = await aListedInstitution(app)
    const drafted = await draftFiling(app, training.actor, { title: '空白计划' })
    const id = drafted.ok ? drafted.value.id : ''
    const result = await proposeFiling(app, training.actor, { id, revision: 1 })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'FILING_INCOMPLETE', clause: 'HB-4.1' } })
    const problems = result.ok ? [] : (result.refusal.facts.problems as { path: string }[])
    expect(problems.map((one) => one.path)).toEqual(
      expect.arrayContaining([
        'occupationId',
        'level',
        'evaluationOrganisationId',
        'plan.venue.name',
        'plan.hours.theoryOnline',
      ]),
    )
  })

  test('a venue in another province', async () => {
    const result = await proposeWith((draft) => ({
      plan: { ...draft.plan, venue: { ...draft.plan.venue, provinceCode: '340000', cityCode: '340100' } },
    }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'FILING_CROSS_PROVINCE', clause: 'HB-6.2' } })
  })

  test('an evaluation institution that is not listed for the occupation', async () => {
    const result = await proposeWith({}, { evaluationOccupations: ['bigdata'] })
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'INSTITUTION_NOT_LISTED_FOR', clause: 'HB-6.2' },
    })
  })

  test('an occupation out of the catalogue', async () => {
    const training = await aListedInstitution(app, { occupationIds: ['ai', 'robot'] })
    const feeId = await aPublishedFee(app, training)
    const world = await aFiling(app, { training, feeId, change: {} })
    const draft = filingDraftOf(
      app,
      { feeId, evaluationOrganisationId: world.evaluation.organisationId },
      { occupationId: 'robot', direction: null },
    )
    await saveFiling(app, training.actor, { ...draft, id: world.filingId, revision: world.revision })
    const result = await proposeFiling(app, training.actor, {
      id: world.filingId,
      revision: world.revision + 1,
    })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'OCCUPATION_NOT_LISTED', clause: 'HB-6.2' } })
  })

  test('a direction the standard does not have, and none where it has some', async () => {
    expect(await proposeWith({ direction: '炼金方向' })).toMatchObject({
      refusal: { code: 'FILING_DIRECTION_UNKNOWN' },
    })
    expect(await proposeWith({ direction: null })).toMatchObject({
      refusal: { code: 'FILING_DIRECTION_MISSING' },
    })
  })

  test('hours of one kind only', async () => {
    const result = await proposeWith((draft) => ({
      plan: {
        ...draft.plan,
        hours: { theoryOnline: 60, theoryOffline: 0, practiceOnline: 60, practiceOffline: 0 },
      },
    }))
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'FILING_HOURS_NOT_COMBINED', clause: 'HB-4.3' },
    })
  })

  test('a start that is not after today, and an assessment before the end', async () => {
    const early = await proposeWith((draft) => ({ plan: { ...draft.plan, startsOn: '2026-03-02' } }))
    expect(early).toMatchObject({ refusal: { code: 'FILING_STARTS_TOO_EARLY', clause: 'HB-4.1' } })
    const disorder = await proposeWith((draft) => ({
      assessmentPlan: { ...draft.assessmentPlan, heldOn: '2026-03-20' },
    }))
    expect(disorder).toMatchObject({ refusal: { code: 'FILING_DAYS_OUT_OF_ORDER' } })
  })

  test('an assessment without its ability part', async () => {
    const result = await proposeWith((draft) => ({
      assessmentPlan: { ...draft.assessmentPlan, parts: [{ part: 'theory', form: '机考', minutes: 90 }] },
    }))
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'FILING_ASSESSMENT_PARTS', clause: 'HB-4.4' },
    })
  })

  test('a fee that is not published, or is published for something else', async () => {
    const none = await proposeWith((draft) => ({ plan: { ...draft.plan, feeId: crypto.randomUUID() } }))
    expect(none).toMatchObject({ refusal: { code: 'FEE_NOT_PUBLISHED', clause: 'HB-6.3' } })
    const training = await aListedInstitution(app)
    const feeId = await aPublishedFee(app, training, { level: '中级' })
    const world = await aFiling(app, { training, feeId })
    expect(
      await proposeFiling(app, training.actor, { id: world.filingId, revision: world.revision }),
    ).toMatchObject({ refusal: { code: 'FEE_NOT_FITTING', clause: 'HB-6.3' } })
  })

  test('a promise that is not made', async () => {
    const result = await proposeWith((draft) => ({
      plan: { ...draft.plan, commitments: { ...draft.plan.commitments, noTrainingLoan: false } },
    }))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'FILING_INCOMPLETE' } })
  })

  test('twice', async () => {
    const world = await aFiling(app)
    const step = { id: world.filingId, revision: world.revision }
    const both = await Promise.all([
      proposeFiling(app, world.training.actor, step),
      proposeFiling(app, world.training.actor, step),
    ])
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'FILING_NOT_EDITABLE',
      'ok',
    ])
    expect(await openDuties(world.filingId)).toEqual(['filing.agree evaluation_manager'])
  })
})

describe('refuses to agree', () => {
  test('what was never sent, and what was sent to somebody else', async () => {
    const drafted = await aFiling(app)
    expect(
      await agreeFiling(app, drafted.evaluation.actor, { id: drafted.filingId, revision: drafted.revision }),
    ).toMatchObject({ refusal: { code: 'FILING_NOT_FOUND' } })
    const proposed = await aFiling(app, { state: 'proposed' })
    const other = await aListedInstitution(app, { catalogue: 'evaluation' })
    expect(
      await agreeFiling(app, other.actor, { id: proposed.filingId, revision: proposed.revision }),
    ).toMatchObject({ refusal: { code: 'FILING_NOT_FOUND' } })
  })

  test('a revision that was recalled, changed and sent again meanwhile', async () => {
    const world = await aFiling(app, { state: 'proposed' })
    const seen = { id: world.filingId, revision: world.revision }
    await recallFiling(app, world.training.actor, seen)
    await proposeFiling(app, world.training.actor, { ...seen, revision: seen.revision + 1 })
    expect(await agreeFiling(app, world.evaluation.actor, seen)).toMatchObject({
      refusal: { code: 'FILING_CHANGED_MEANWHILE' },
    })
  })
})

test('the duty goes from desk to desk: agree, then submit; or back to correct', async () => {
  const world = await aFiling(app, { state: 'proposed' })
  expect(await openDuties(world.filingId)).toEqual(['filing.agree evaluation_manager'])
  await agreeFiling(app, world.evaluation.actor, { id: world.filingId, revision: world.revision })
  expect(await openDuties(world.filingId)).toEqual(['filing.submit training_manager'])
  expect((await reread(world))?.state).toBe('agreed')

  const refused = await aFiling(app, { state: 'proposed' })
  const answer = await refuseAgreement(app, refused.evaluation.actor, {
    id: refused.filingId,
    revision: refused.revision,
    reason: '考核地点不具备机考条件',
    clause: 'HB-4.4',
  })
  expect(answer.ok).toBe(true)
  expect(await openDuties(refused.filingId)).toEqual(['filing.revise training_manager'])
  expect(await reread(refused)).toMatchObject({ state: 'returned', returnedBy: 'evaluation' })
})
