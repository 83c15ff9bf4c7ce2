import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aDeclaration,
  anExamsWorld,
  aSitting,
  certifiedLearners,
  type ExamsWorld,
  endCertificate,
  FACTS,
  value,
} from '../fixtures.ts'
import { attachEvidence } from './attach-evidence.ts'
import { draftDeclaration } from './draft-declaration.ts'
import { refuseDeclarations, returnDeclarations } from './send-back-declarations.ts'
import { submitDeclaration, submitDeclarationBatch } from './submit-declarations.ts'
import { withdrawDeclarationBatch, withdrawDeclarations } from './withdraw-declarations.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const submit = (batchId: string, despite?: string) =>
  submitDeclarationBatch(app, world.training.actor, { batchId, despite })
const stateOf = async (id: string) =>
  (
    await sql<{ state: string; round: number; outcome: string }>`
      select state, round, outcome from exams.declarations where id = ${id}`.execute(app.db)
  ).rows[0]
const openDuties = async (kind: string, subject: string) =>
  (
    await sql<{ holderOrganisationId: string | null; holderPersonId: string | null }>`
      select holder_organisation_id, holder_person_id from duties.duties
      where kind = ${kind} and subject = ${subject} and fulfilled_at is null and cancelled_at is null`.execute(
      app.db,
    )
  ).rows
const SAID = { reason: '缺职称证书原件扫描件。', clause: 'HB-4.4' }
const PAPER = { name: '技术员证书.pdf', bytes: Buffer.from('%PDF-1.4 试验') }

describe('submitDeclarationBatch', () => {
  it("does not find another institution's batch", async () => {
    const { batchId } = await aDeclaration(app)
    expect(await submit(batchId)).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_BATCH_NOT_FOUND' },
    })
  })

  it.each(['unmet', 'paper'] as const)(
    'refuses %s verdicts without a stated reason, and names them',
    async (facts) => {
      const { batchId, declaration } = await aDeclaration(app, { world, facts: FACTS[facts] })
      expect(await submit(batchId)).toMatchObject({
        ok: false,
        refusal: {
          code: 'DECLARATIONS_NOT_READY',
          facts: { count: 1, declarations: [{ id: declaration.id }] },
        },
      })
      expect(value(await submit(batchId, '材料正在开具')).declarations).toBe(1)
    },
  )

  it('refuses when a training certificate was withdrawn since the draft', async () => {
    const { batchId, declaration } = await aDeclaration(app, { world })
    await endCertificate(app, declaration.certificateId)
    expect(await submit(batchId)).toMatchObject({
      ok: false,
      refusal: { code: 'TRAINING_CERTIFICATE_ENDED' },
    })
  })

  it('refuses an empty batch, a second submission, and all but one of two browsers', async () => {
    const empty = await aDeclaration(app, { world, state: 'withdrawn' })
    expect(await submit(empty.batchId)).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_BATCH_EMPTY' },
    })
    const { batchId } = await aDeclaration(app, { world })
    const results = await Promise.all([submit(batchId), submit(batchId)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({
      refusal: { code: 'DECLARATION_BATCH_NOT_DRAFTED' },
    })
    expect(
      await withdrawDeclarationBatch(app, world.training.actor, { batchId, reason: '误提交' }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_BATCH_NOT_DRAFTED' },
    })
  })
})

describe("a learner's own declaration", () => {
  it("is refused with somebody else's certificate, and cannot be submitted by somebody else", async () => {
    const [mine, other] = await certifiedLearners(app, world, 2)
    if (!mine || !other) throw new Error('two learners')
    expect(await draftDeclaration(app, mine.actor, { certificateId: other.certificateId })).toMatchObject({
      ok: false,
      refusal: { code: 'TRAINING_CERTIFICATE_NOT_FOUND' },
    })
    const { id } = value(await draftDeclaration(app, mine.actor, { certificateId: mine.certificateId }))
    expect(await submitDeclaration(app, other.actor, { declarationId: id })).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_NOT_FOUND' },
    })
    expect(await submitDeclaration(app, world.training.actor, { declarationId: id })).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_NOT_FOUND' },
    })
  })

  it('goes from a missing paper over the evidence to the desk, back for papers, and in again', async () => {
    const [learner] = await certifiedLearners(app, world, 1, FACTS.paper)
    if (!learner) throw new Error('a learner')
    const drafted = value(
      await draftDeclaration(app, learner.actor, { certificateId: learner.certificateId }),
    )
    expect(drafted.outcome).toBe('材料不足')
    const declarationId = drafted.id
    const attach = (need: string, file: typeof PAPER | undefined = PAPER) =>
      attachEvidence(app, learner.actor, { declarationId, need }, file)
    const { rows } = await sql<{ what: string }>`
      select k.decision #>> '{needs,0,what}' as what from exams.declarations d
      join platform.decisions k on k.id = d.decision_id where d.id = ${declarationId}`.execute(app.db)
    const need = rows[0]?.what as string
    expect(await attach('护照')).toMatchObject({ ok: false, refusal: { code: 'EVIDENCE_NEED_UNKNOWN' } })
    expect(await attachEvidence(app, learner.actor, { declarationId, need }, undefined)).toMatchObject({
      ok: false,
      refusal: { code: 'EVIDENCE_FILE_NOT_FOUND' },
    })
    expect(await attach(need, { name: 'a.exe', bytes: Buffer.from('MZ\x00\x01') })).toMatchObject({
      ok: false,
      refusal: { code: 'FILE_TYPE_REFUSED' },
    })
    expect(value(await attach(need)).outcome).toBe('符合')

    value(await submitDeclaration(app, learner.actor, { declarationId }))
    const subject = `declaration:${declarationId}`
    const evaluator = world.evaluation.actor
    expect(await openDuties('exams.confirm-qualification', subject)).toHaveLength(1)
    value(await returnDeclarations(app, evaluator, { declarationIds: [declarationId], ...SAID }))
    expect(await openDuties('exams.confirm-qualification', subject)).toEqual([])
    expect(await openDuties('exams.supplement-declaration', subject)).toEqual([
      { holderOrganisationId: null, holderPersonId: learner.personId },
    ])
    value(await attach('其他'))
    value(await submitDeclaration(app, learner.actor, { declarationId }))
    expect(await stateOf(declarationId)).toMatchObject({ state: 'submitted', round: 2 })
    expect(await openDuties('exams.supplement-declaration', subject)).toEqual([])

    value(await refuseDeclarations(app, evaluator, { declarationIds: [declarationId], ...SAID }))
    expect(await attach('其他')).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_EVIDENCE_CLOSED' },
    })
    expect(await submitDeclaration(app, learner.actor, { declarationId })).toMatchObject({
      ok: false,
      refusal: { code: 'DECLARATION_NOT_DRAFTED' },
    })
    const again = value(await draftDeclaration(app, learner.actor, { certificateId: learner.certificateId }))
    expect(again.outcome).toBe('符合')
  })
})

describe('returnDeclarations', () => {
  it("does not return another institution's, nor one that is not at the desk, and returns all or none", async () => {
    const evaluator = world.evaluation.actor
    const { declaration: foreign } = await aDeclaration(app, { state: 'submitted' })
    const { declaration: mine } = await aDeclaration(app, { world, state: 'submitted' })
    const { declaration: done } = await aDeclaration(app, { world, state: 'qualified' })
    const back = (...declarationIds: string[]) =>
      returnDeclarations(app, evaluator, { declarationIds, ...SAID })
    expect(await back(mine.id, foreign.id)).toMatchObject({ refusal: { code: 'DECLARATION_NOT_FOUND' } })
    expect(await back(mine.id, done.id)).toMatchObject({ refusal: { code: 'DECLARATION_NOT_SUBMITTED' } })
    expect(await stateOf(mine.id)).toMatchObject({ state: 'submitted' })
  })

  it("opens the training institution's duty for its batch, settled when the papers are in", async () => {
    const { declaration, batchId } = await aDeclaration(app, { world, state: 'returned' })
    const subject = `declaration-batch:${batchId}`
    expect(await openDuties('exams.supplement-declaration', subject)).toEqual([
      { holderOrganisationId: world.training.organisationId, holderPersonId: null },
    ])
    value(await submitDeclaration(app, world.training.actor, { declarationId: declaration.id }))
    expect(await openDuties('exams.supplement-declaration', subject)).toEqual([])
    expect(await openDuties('exams.confirm-qualification', subject)).toHaveLength(1)
  })
})

describe('withdrawDeclarations', () => {
  const withdraw = (declarationId: string) =>
    withdrawDeclarations(app, world.training.actor, { declarationIds: [declarationId], reason: '学员放弃' })

  it('is refused once refused or withdrawn, and once the sitting has begun', async () => {
    const { declaration } = await aDeclaration(app, { world, state: 'refused' })
    expect(await withdraw(declaration.id)).toMatchObject({
      refusal: { code: 'DECLARATION_NOT_WITHDRAWABLE' },
    })
    const own = await aTestApp()
    const sitting = await aSitting(own, { state: 'open' })
    expect(
      await withdrawDeclarations(own, sitting.world.training.actor, {
        declarationIds: [sitting.candidates[0]?.declarationId as string],
        reason: '学员放弃',
      }),
    ).toMatchObject({ refusal: { code: 'DECLARATION_IN_SITTING' } })
    await own.close()
  })

  it('takes a qualified candidate out of the planned sitting and frees the person to declare anew', async () => {
    const sitting = await aSitting(app, { world })
    const declarationId = sitting.candidates[0]?.declarationId as string
    value(await withdraw(declarationId))
    expect(await stateOf(declarationId)).toMatchObject({ state: 'withdrawn' })
    const { rows } =
      await sql`select 1 from exams.candidates where sitting_id = ${sitting.sittingId}`.execute(app.db)
    expect(rows).toEqual([])
  })
})
