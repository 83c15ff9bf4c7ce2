import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aListedInstitution } from '../../institutions/fixtures.ts'
import { countQueries } from '../../platform/db.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aDeclaration,
  anExamsWorld,
  aScoredSitting,
  certifiedLearners,
  type ExamsWorld,
  endCertificate,
  FACTS,
  value,
} from '../fixtures.ts'
import { draftDeclaration } from './draft-declaration.ts'
import { draftDeclarationBatch } from './draft-declaration-batch.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const draft = (certificateIds: string[], evaluationOrganisationId = world.evaluation.organisationId) =>
  draftDeclarationBatch(app, world.training.actor, { evaluationOrganisationId, certificateIds })
const codes = async (result: Awaited<ReturnType<typeof draft>>) => {
  if (result.ok) return result.value.refused.map((one) => one.refusal.code)
  return (result.refusal.facts.refused as { refusal: { code: string } }[]).map((one) => one.refusal.code)
}

describe('draftDeclarationBatch', () => {
  it("does not find another institution's certificate, nor a withdrawn one", async () => {
    const other = await anExamsWorld(app)
    const [foreign] = await certifiedLearners(app, other, 1)
    const [own] = await certifiedLearners(app, world, 1)
    await endCertificate(app, own?.certificateId as string)
    const result = await draft([foreign?.certificateId as string, own?.certificateId as string])
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'TRAINING_CERTIFICATE_NOT_FOUND', clause: 'HB-4.4' },
    })
  })

  it('refuses an evaluation institution that did not agree the filed plan', async () => {
    const stranger = await aListedInstitution(app, { catalogue: 'evaluation', occupationIds: ['smart_mfg'] })
    const [learner] = await certifiedLearners(app, world, 1)
    expect(await codes(await draft([learner?.certificateId as string], stranger.organisationId))).toEqual([
      'EVALUATION_NOT_AGREED',
    ])
  })

  it('refuses an evaluation institution no longer in the catalogue on that day', async () => {
    const ended = await anExamsWorld(app)
    await sql`
      update institutions.catalogue_entries set to_on = '2026-03-01', ended_reason = '试验', ended_by = '试验', ended_at = now()
      where id = ${ended.evaluation.entryId}`.execute(app.db)
    const [learner] = await certifiedLearners(app, ended, 1)
    const result = await draftDeclarationBatch(app, ended.training.actor, {
      evaluationOrganisationId: ended.evaluation.organisationId,
      certificateIds: [learner?.certificateId as string],
    })
    expect(await codes(result)).toEqual(['INSTITUTION_NOT_LISTED'])
  })

  it('refuses a second declaration while one is open, also by the person', async () => {
    const { declaration } = await aDeclaration(app, { world, state: 'submitted' })
    expect(await codes(await draft([declaration.certificateId]))).toEqual(['DECLARATION_ALREADY_OPEN'])
    const again = await draftDeclaration(app, declaration.actor, { certificateId: declaration.certificateId })
    expect(again).toMatchObject({ ok: false, refusal: { code: 'DECLARATION_ALREADY_OPEN' } })
  })

  it('refuses the level a person holds already, or has passed', async () => {
    const [learner] = await certifiedLearners(app, world, 1)
    const held = { occupation: 'smart_mfg', level: '初级', issuedOn: '2025-01-10' }
    await sql`
      insert into people.person_facts (person_id, kind, value, proof, stated_by, created_at)
      values (${learner?.personId}, 'levelCertificates', ${JSON.stringify(held)}::jsonb, '已上传', '本人', ${app.clock.now()})`.execute(
      app.db,
    )
    expect(await codes(await draft([learner?.certificateId as string]))).toEqual(['LEVEL_ALREADY_HELD'])

    const own = await aTestApp()
    const scored = await aScoredSitting(own)
    const { rows } = await sql<{ trainingCertificateId: string; personId: string }>`
      select training_certificate_id, person_id from exams.published_results`.execute(own.db)
    const result = await draftDeclarationBatch(own, scored.world.training.actor, {
      evaluationOrganisationId: scored.world.evaluation.organisationId,
      certificateIds: [rows[0]?.trainingCertificateId as string],
    })
    expect(await codes(result)).toEqual(['LEVEL_ALREADY_HELD'])
    await own.close()
  })

  it('refuses all but one of two browsers that declare the same learner at once', async () => {
    const [learner] = await certifiedLearners(app, world, 1)
    const ids = [learner?.certificateId as string]
    const results = await Promise.all([draft(ids), draft(ids), draft(ids)])
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    for (const one of results.filter((result) => !result.ok)) {
      expect(await codes(one)).toEqual(['DECLARATION_ALREADY_OPEN'])
    }
  })

  it('leaves no trace when nobody can be declared', async () => {
    const { declaration } = await aDeclaration(app, { world })
    const count = () =>
      sql<{ n: number }>`select count(*)::int as n from exams.declaration_batches`.execute(app.db)
    const before = await count()
    expect(await draft([declaration.certificateId])).toMatchObject({ ok: false })
    expect((await count()).rows).toEqual(before.rows)
  })

  it('decides every learner with the explained verdict kept, and says of the others why not', async () => {
    const met = await certifiedLearners(app, world, 1, FACTS.met)
    const paper = await certifiedLearners(app, world, 1, FACTS.paper)
    const judge = await certifiedLearners(app, world, 1, FACTS.judge)
    const unmet = await certifiedLearners(app, world, 1, FACTS.unmet)
    const { declaration } = await aDeclaration(app, { world })
    const all = [...met, ...paper, ...judge, ...unmet]
    const batch = value(await draft([...all.map((one) => one.certificateId), declaration.certificateId]))
    const outcomeOf = new Map(batch.drafted.map((one) => [one.certificateId, one.outcome]))
    expect(all.map((one) => outcomeOf.get(one.certificateId))).toEqual([
      '符合',
      '材料不足',
      '需人工认定',
      '不符合',
    ])
    expect(batch.refused.map((one) => one.refusal.code)).toEqual(['DECLARATION_ALREADY_OPEN'])
    const { rows } = await sql<{
      outcome: string
      rule: string
      kept: string
      paths: number
      certified: boolean
    }>`
      select d.outcome, k.rule, k.outcome as kept, jsonb_array_length(k.decision -> 'paths') as paths,
        k.facts @> '{"trainingCertificates": [{"proof": "已核验"}]}' as certified
      from exams.declarations d join platform.decisions k on k.id = d.decision_id where d.batch_id = ${batch.id}`.execute(
      app.db,
    )
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      expect(row).toMatchObject({
        rule: 'engineer.declaration',
        kept: row.outcome,
        paths: 4,
        certified: true,
      })
    }
  })

  it('takes one query a step whatever the number: 200 learners need no more than 20', async () => {
    const queriesFor = (count: number) =>
      certifiedLearners(app, world, count).then((learners) =>
        countQueries(async (counted) => {
          value(await draft(learners.map((one) => one.certificateId)))
          return counted.queries
        }),
      )
    const few = await queriesFor(20)
    expect(await queriesFor(200)).toBe(few)
    expect(few).toBeLessThan(25)
  })
})
