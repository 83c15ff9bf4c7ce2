import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeline } from '../../platform/audit.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aDeclaration,
  aDeclarationBatch,
  anExamsWorld,
  aSitting,
  type ExamsWorld,
  endCertificate,
  FACTS,
  value,
} from '../fixtures.ts'
import { acknowledgeOverride } from './acknowledge-override.ts'
import { confirmDeclarations } from './confirm-declarations.ts'
import { decideOverride } from './decide-override.ts'
import { judgeDeclaration } from './judge-declaration.ts'
import { proposeOverride } from './propose-override.ts'
import { revokeConfirmation } from './revoke-confirmation.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const confirm = (...declarationIds: string[]) =>
  confirmDeclarations(app, world.evaluation.actor, { declarationIds })
const submitted = async (facts = FACTS.met) =>
  (await aDeclaration(app, { world, state: 'submitted', facts })).declaration
const stateOf = async (id: string) =>
  (
    await sql<{
      state: string
      outcome: string
    }>`select state, outcome from exams.declarations where id = ${id}`.execute(app.db)
  ).rows[0]
const openDuties = async (kind: string, subject: string) =>
  (
    await sql<{ holderOrganisationId: string | null; holderPersonId: string | null; holderRole: string }>`
      select holder_organisation_id, holder_person_id, holder_role from duties.duties
      where kind = ${kind} and subject = ${subject} and fulfilled_at is null and cancelled_at is null`.execute(
      app.db,
    )
  ).rows
const WHY = { reason: '现场核验原件，条件实际具备。', clause: 'HB-4.4' }

describe('confirmDeclarations', () => {
  it("does not find another institution's declaration", async () => {
    const { declaration } = await aDeclaration(app, { state: 'submitted' })
    expect(await confirm(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_NOT_FOUND' },
    })
  })

  it('does not find a declaration that is still a draft', async () => {
    const { declaration } = await aDeclaration(app, { world })
    expect(await confirm(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_NOT_FOUND' },
    })
  })

  it.each([
    ['不符合', 'unmet', 'VERDICT_NOT_MET'],
    ['材料不足', 'paper', 'VERDICT_NOT_MET'],
    ['需人工认定', 'judge', 'JUDGEMENT_MISSING'],
  ] as const)('refuses to confirm on the verdict %s', async (outcome, facts, code) => {
    const declaration = await submitted(FACTS[facts])
    expect(await confirm(declaration.id)).toMatchObject({ ok: false, refusal: { code, clause: 'HB-4.4' } })
    expect(await stateOf(declaration.id)).toEqual({ state: 'submitted', outcome })
  })

  it('refuses when the training certificate was withdrawn since, whatever the verdict was', async () => {
    const declaration = await submitted()
    await endCertificate(app, declaration.certificateId)
    expect(await confirm(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'TRAINING_CERTIFICATE_ENDED', facts: { number: declaration.certificateNumber } },
    })
    expect(
      await proposeOverride(app, world.evaluation.actor, { declarationId: declaration.id, ...WHY }),
    ).toMatchObject({ ok: false })
  })

  it('decides again on the day: a paper taken back since the submission no longer counts', async () => {
    const declaration = await submitted()
    await sql`update people.person_facts set proof = '自述' where person_id = ${declaration.personId}`.execute(
      app.db,
    )
    expect(await confirm(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'VERDICT_NOT_MET', facts: { outcome: '材料不足' } },
    })
  })

  it('lets only one of two browsers confirm', async () => {
    const declaration = await submitted()
    const results = await Promise.all([confirm(declaration.id), confirm(declaration.id)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'DECLARATION_NOT_SUBMITTED' } })
  })

  it('settles the duty of a batch when two browsers confirm its halves at once', async () => {
    const batches = await Promise.all(
      [1, 2, 3, 4].map(() =>
        aDeclarationBatch(app, { world, state: 'submitted', facts: FACTS.met, count: 2 }),
      ),
    )
    for (const { batchId, declarations } of batches) {
      await Promise.all(declarations.map((one) => confirm(one.id)))
      expect(await openDuties('exams.confirm-qualification', `declaration-batch:${batchId}`)).toHaveLength(0)
    }
  })

  it('confirms what the rule supports, brings the others back as exceptions and settles the batch duty at its end', async () => {
    const { declarations, batchId } = await aDeclarationBatch(app, { world, state: 'submitted', count: 3 })
    const [first, second, third] = declarations.map((one) => one.id) as [string, string, string]
    const subject = `declaration-batch:${batchId}`
    expect(await openDuties('exams.confirm-qualification', subject)).toEqual([
      {
        holderOrganisationId: world.evaluation.organisationId,
        holderPersonId: null,
        holderRole: 'evaluation_manager',
      },
    ])
    await sql`update people.person_facts set proof = '自述' where person_id = ${declarations[0]?.personId}`.execute(
      app.db,
    )
    const result = value(await confirm(first, second))
    expect(result).toMatchObject({
      confirmed: 1,
      exceptions: [{ declarationId: first, outcome: '材料不足', refusal: { code: 'VERDICT_NOT_MET' } }],
    })
    expect(await stateOf(first)).toEqual({ state: 'submitted', outcome: '材料不足' })
    expect(await stateOf(second)).toEqual({ state: 'qualified', outcome: '符合' })
    expect(await openDuties('exams.confirm-qualification', subject)).toHaveLength(1)
    await sql`update people.person_facts set proof = '已上传' where person_id = ${declarations[0]?.personId}`.execute(
      app.db,
    )
    value(await confirm(first, third))
    expect(await openDuties('exams.confirm-qualification', subject)).toEqual([])
  })
})

describe('judgeDeclaration', () => {
  const major = async (declarationId: string) => {
    const { rows } = await sql<{ id: string }>`
      select f.id from people.person_facts f join exams.declarations d on d.person_id = f.person_id
      where d.id = ${declarationId} and f.kind = 'education'`.execute(app.db)
    return rows[0]?.id as string
  }

  it('refuses to judge what the rule does not ask', async () => {
    const declaration = await submitted(FACTS.judge)
    expect(
      await judgeDeclaration(app, world.evaluation.actor, {
        declarationId: declaration.id,
        term: '业绩突出',
        result: '认定',
        reason: '无',
      }),
    ).toMatchObject({ ok: false, refusal: { code: 'JUDGEMENT_NOT_ASKED' } })
  })

  it('a negative judgement keeps the confirmation shut, a positive one with its reason opens it', async () => {
    const declaration = await submitted(FACTS.judge)
    const judgement = {
      declarationId: declaration.id,
      term: '相关专业',
      personFactId: await major(declaration.id),
      reason: '所学课程与职业标准基本要求对照，智能装备方向相关。',
    }
    const judge = (result: '认定' | '不认定') =>
      judgeDeclaration(app, world.evaluation.actor, { ...judgement, result })
    expect(value(await judge('不认定')).outcome).toBe('不符合')
    expect(await confirm(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'JUDGEMENT_NEGATIVE', facts: { term: '相关专业' } },
    })
    expect(value(await judge('认定')).outcome).toBe('符合')
    value(await confirm(declaration.id))
    const { rows } = await sql<{
      facts: { education: { majorRelated: { related: boolean; reason: string } }[] }
    }>`
      select k.facts from exams.declarations d join platform.decisions k on k.id = d.decision_id
      where d.id = ${declaration.id}`.execute(app.db)
    expect(rows[0]?.facts.education[0]?.majorRelated).toMatchObject({
      related: true,
      reason: judgement.reason,
    })
  })
})

describe('an override', () => {
  const propose = (declarationId: string) =>
    proposeOverride(app, world.evaluation.actor, { declarationId, ...WHY })
  const decide = (overrideId: string, actor = world.second, decision: 'approved' | 'rejected' = 'approved') =>
    decideOverride(app, actor, { overrideId, decision, reason: '复核原件，同意。' })

  it('is refused where the rule supports the candidate, or only a judgement is missing', async () => {
    for (const facts of [FACTS.met, FACTS.judge]) {
      const declaration = await submitted(facts)
      expect(await propose(declaration.id)).toMatchObject({
        ok: false,
        refusal: { code: 'OVERRIDE_NOT_NEEDED' },
      })
    }
  })

  it('is refused twice at once, by its own proposer, and by another institution', async () => {
    const declaration = await submitted(FACTS.unmet)
    const results = await Promise.all([propose(declaration.id), propose(declaration.id)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'OVERRIDE_ALREADY_OPEN' } })
    const { id } = value(results.find((one) => one.ok) as Awaited<ReturnType<typeof propose>>)
    expect(await decide(id, world.evaluation.actor)).toMatchObject({
      ok: false,
      refusal: { code: 'OVERRIDE_SAME_PERSON' },
    })
    const other = await anExamsWorld(app)
    expect(await decide(id, other.second)).toMatchObject({
      ok: false,
      refusal: { code: 'OVERRIDE_NOT_FOUND' },
    })
  })

  it('qualifies only by the second person, once, and stands on the desk of the province until noted', async () => {
    const declaration = await submitted(FACTS.unmet)
    const { id } = value(await propose(declaration.id))
    expect(await stateOf(declaration.id)).toMatchObject({ state: 'submitted' })
    const results = await Promise.all([decide(id), decide(id)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'OVERRIDE_DECIDED' } })
    expect(await stateOf(declaration.id)).toEqual({ state: 'qualified', outcome: '不符合' })

    const subject = `declaration:${declaration.id}` as const
    expect(await openDuties('exams.note-override', subject)).toEqual([
      {
        holderOrganisationId: world.province.organisation?.id,
        holderPersonId: null,
        holderRole: 'provincial_officer',
      },
    ])
    const told = (await timeline(app.db, subject)).find((one) => one.name === 'declaration.overridden')
    expect(told).toMatchObject({ clause: 'HB-4.4', data: { outcome: '不符合', reason: WHY.reason } })
    value(await acknowledgeOverride(app, world.province, { declarationId: declaration.id }))
    expect(await openDuties('exams.note-override', subject)).toEqual([])
    expect(await acknowledgeOverride(app, world.province, { declarationId: declaration.id })).toMatchObject({
      ok: false,
      refusal: { code: 'OVERRIDE_ACKNOWLEDGED' },
    })
  })

  it('rejected leaves the declaration at the desk', async () => {
    const declaration = await submitted(FACTS.paper)
    const { id } = value(await propose(declaration.id))
    value(await decide(id, world.second, 'rejected'))
    expect(await stateOf(declaration.id)).toEqual({ state: 'submitted', outcome: '材料不足' })
  })
})

describe('revokeConfirmation', () => {
  const revoke = (declarationId: string) =>
    revokeConfirmation(app, world.evaluation.actor, { declarationId, ...WHY })

  it('is refused before a confirmation, and once the sitting has begun or was passed', async () => {
    const declaration = await submitted()
    expect(await revoke(declaration.id)).toMatchObject({
      ok: false,
      refusal: { code: 'CONFIRMATION_NOT_REVOCABLE' },
    })
    const own = await aTestApp()
    for (const [state, code] of [
      ['open', 'DECLARATION_IN_SITTING'],
      ['scored', 'DECLARATION_COMPLETED'],
    ] as const) {
      const sitting = await aSitting(own, { state })
      const result = await revokeConfirmation(own, sitting.world.evaluation.actor, {
        declarationId: sitting.candidates[0]?.declarationId as string,
        ...WHY,
      })
      expect(result).toMatchObject({ ok: false, refusal: { code } })
    }
    await own.close()
  })

  it('puts the declaration back to the desk and takes the candidate out of the planned sitting', async () => {
    const sitting = await aSitting(app, { world })
    const declarationId = sitting.candidates[0]?.declarationId as string
    expect(value(await revoke(declarationId)).sittings).toHaveLength(1)
    expect(await stateOf(declarationId)).toMatchObject({ state: 'submitted' })
    const { rows } =
      await sql`select 1 from exams.candidates where declaration_id = ${declarationId}`.execute(app.db)
    expect(rows).toEqual([])
    value(await confirm(declarationId))
  })
})
