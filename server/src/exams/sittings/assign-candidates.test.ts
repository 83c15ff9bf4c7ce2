import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, instantAt } from '../../platform/clock.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import {
  aDeclaration,
  aDeclarationBatch,
  anExamsWorld,
  aPlan,
  aScoredSitting,
  aSitting,
  type ExamsWorld,
  endCertificate,
  FACTS,
  value,
} from '../fixtures.ts'
import { assignCandidates } from './assign-candidates.ts'
import { cancelSitting } from './cancel-sitting.ts'
import { planSitting } from './plan-sitting.ts'
import { unassignCandidates } from './unassign-candidates.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const plan = (changes: Partial<ReturnType<typeof aPlan>> = {}, inDays = 10) =>
  planSitting(app, world.evaluation.actor, {
    ...aPlan(world, addDays(app.clock.today(), inDays)),
    ...changes,
  })
const planned = async (inDays = 10, capacity = 40) => value(await plan({ capacity }, inDays)).id
const assign = (sittingId: string, ...declarationIds: string[]) =>
  assignCandidates(app, world.evaluation.actor, { sittingId, declarationIds })
const qualified = async (count = 1) =>
  (await aDeclarationBatch(app, { world, state: 'qualified', count })).declarations.map((one) => one.id)

describe('planSitting', () => {
  it('refuses a place nobody knows, a time gone by, and parts held at the same time', async () => {
    expect(await plan({ cityCode: '999999' })).toMatchObject({ refusal: { code: 'VENUE_UNKNOWN' } })
    expect(await plan({}, -1)).toMatchObject({ refusal: { code: 'SITTING_IN_PAST' } })
    const on = addDays(app.clock.today(), 10)
    const ability = { startsAt: instantAt(on, '10:00'), endsAt: instantAt(on, '12:00') }
    expect(await plan({ ability })).toMatchObject({ refusal: { code: 'SITTING_PARTS_OVERLAP' } })
  })

  it('refuses an occupation outside its catalogue entry, and one without a filed plan in the province of the venue', async () => {
    expect(await plan({ occupationId: 'ai' })).toMatchObject({
      refusal: { code: 'INSTITUTION_NOT_LISTED_FOR', clause: 'HB-6.2' },
    })
    expect(await plan({ level: '高级' })).toMatchObject({
      refusal: { code: 'SITTING_NOT_FILED', clause: 'HB-4.1' },
    })
    const { rows } = await sql<{ code: string }>`
      select code from platform.regions where province_code = '340000' limit 1`.execute(app.db)
    expect(await plan({ cityCode: rows[0]?.code as string })).toMatchObject({
      refusal: { code: 'SITTING_NOT_FILED' },
    })
  })
})

describe('assignCandidates', () => {
  it("refuses another institution's sitting and declaration", async () => {
    const other = await aSitting(app)
    const [own] = await qualified()
    expect(await assign(other.sittingId, own as string)).toMatchObject({
      refusal: { code: 'SITTING_NOT_FOUND' },
    })
    const foreign = await aDeclaration(app, { state: 'qualified' })
    expect(await assign(await planned(), foreign.declaration.id)).toMatchObject({
      refusal: { code: 'DECLARATION_NOT_FOUND' },
    })
  })

  it('refuses who is not qualified, or whose certificate was withdrawn since', async () => {
    const { declaration } = await aDeclaration(app, { world, state: 'submitted' })
    const sittingId = await planned()
    expect(await assign(sittingId, declaration.id)).toMatchObject({
      refusal: { code: 'CANDIDATE_NOT_QUALIFIED' },
    })
    const ended = await aDeclaration(app, { world, state: 'qualified' })
    await endCertificate(app, ended.declaration.certificateId)
    expect(await assign(sittingId, ended.declaration.id)).toMatchObject({
      refusal: { code: 'TRAINING_CERTIFICATE_ENDED' },
    })
  })

  it('refuses another level, another province, and more than the room holds', async () => {
    const [id] = (await qualified()) as [string]
    const sittingId = await planned()
    await sql`update exams.declarations set level = '中级' where id = ${id}`.execute(app.db)
    expect(await assign(sittingId, id)).toMatchObject({ refusal: { code: 'CANDIDATE_OTHER_LEVEL' } })
    await sql`update exams.declarations set level = '初级', province_code = '340000' where id = ${id}`.execute(
      app.db,
    )
    expect(await assign(sittingId, id)).toMatchObject({
      refusal: { code: 'CANDIDATE_OUT_OF_PROVINCE', clause: 'HB-6.2' },
    })
    const three = await qualified(3)
    expect(await assign(await planned(10, 2), ...three)).toMatchObject({
      refusal: { code: 'SITTING_FULL', facts: { capacity: 2, places: 2 } },
    })
  })

  it('refuses a second sitting while the first has no result, also from two browsers at once', async () => {
    const [id] = (await qualified()) as [string]
    const sittings = [await planned(20), await planned(21)]
    const results = await Promise.all(sittings.map((sittingId) => assign(sittingId, id)))
    expect(results.filter((one) => one.ok)).toHaveLength(1)
    expect(results.find((one) => !one.ok)).toMatchObject({ refusal: { code: 'CANDIDATE_ALREADY_ASSIGNED' } })
  })

  it('refuses overlapping sittings of two declarations of one person', async () => {
    const [first] = (await qualified()) as [string]
    const other = await anExamsWorld(app, { level: '中级' })
    await sql`update institutions.filings set evaluation_organisation_id = ${world.evaluation.organisationId}
      where id = ${other.filingId}`.execute(app.db)
    const [second] = (await qualified()) as [string]
    await sql`update exams.declarations set level = '中级',
      person_id = (select person_id from exams.declarations where id = ${first}) where id = ${second}`.execute(
      app.db,
    )
    value(await assign(await planned(30), first))
    const clash = value(await plan({ level: '中级' }, 30)).id
    expect(await assign(clash, second)).toMatchObject({ refusal: { code: 'CANDIDATE_OVERLAPS' } })
    value(await assign(value(await plan({ level: '中级' }, 31)).id, second))
  })

  it('brings the exceptions of a batch back and gives each of the others an own ticket number', async () => {
    const sittingId = await planned()
    const { declaration } = await aDeclaration(app, { world, state: 'submitted', facts: FACTS.judge })
    const good = await qualified(3)
    const result = value(await assign(sittingId, declaration.id, ...good))
    expect(result).toMatchObject({
      assigned: 3,
      exceptions: [{ declarationId: declaration.id, refusal: { code: 'CANDIDATE_NOT_QUALIFIED' } }],
    })
    const { rows } = await sql<{ ticketNumber: string; attempt: number; id: string }>`
      select id, ticket_number, attempt from exams.candidates where sitting_id = ${sittingId} order by 2`.execute(
      app.db,
    )
    expect(new Set(rows.map((row) => row.ticketNumber)).size).toBe(3)
    expect(rows.every((row) => row.attempt === 1)).toBe(true)

    const out = { sittingId, candidateIds: [rows[0]?.id as string], reason: '改到下一场' }
    expect(value(await unassignCandidates(app, world.evaluation.actor, out)).released).toBe(1)
    expect(await unassignCandidates(app, world.evaluation.actor, out)).toMatchObject({
      refusal: { code: 'CANDIDATE_NOT_FOUND' },
    })
  })
})

describe('a retake', () => {
  it('is refused to who has passed', async () => {
    const own = await aTestApp()
    const scored = await aScoredSitting(own)
    const next = await aSitting(own, { world: scored.world, candidates: 0 })
    const result = await assignCandidates(own, scored.world.evaluation.actor, {
      sittingId: next.sittingId,
      declarationIds: scored.candidates.map((one) => one.declarationId),
    })
    expect(result).toMatchObject({ refusal: { code: 'CANDIDATE_PASSED' } })
    await own.close()
  })

  it('is the next attempt; nothing is retained until the province has set how long, and then the passed part is', async () => {
    const own = await aTestApp()
    const scored = await aScoredSitting(own, { candidates: 2, scores: { theory: 720, ability: 590 } })
    const again = async (declarationId: string | undefined) => {
      const next = await aSitting(own, { world: scored.world, candidates: 0 })
      value(
        await assignCandidates(own, scored.world.evaluation.actor, {
          sittingId: next.sittingId,
          declarationIds: [declarationId as string],
        }),
      )
      const { rows } = await sql`
        select attempt, theory_score_tenths, theory_retained_from, ability_score_tenths from exams.candidates
        where sitting_id = ${next.sittingId}`.execute(own.db)
      return rows[0]
    }
    expect(await again(scored.candidates[0]?.declarationId)).toEqual({
      attempt: 2,
      theoryScoreTenths: null,
      theoryRetainedFrom: null,
      abilityScoreTenths: null,
    })
    await sql`
      insert into platform.policy_settings (province_code, parameter, value, from_on, source, proposed_by, confirmed_by,
        confirmed_at, created_at)
      values ('420000', 'engineer.score-retention-months', '12', '2026-01-01', '试验', '甲', '乙', now(), now())`.execute(
      own.db,
    )
    expect(await again(scored.candidates[1]?.declarationId)).toEqual({
      attempt: 2,
      theoryScoreTenths: 720,
      theoryRetainedFrom: scored.candidates[1]?.id,
      abilityScoreTenths: null,
    })
    await own.close()
  })
})

describe('cancelSitting', () => {
  it('is refused once the sitting has begun; before, its candidates can be assigned elsewhere', async () => {
    const own = await aTestApp()
    const open = await aSitting(own, { state: 'open' })
    const cancel = (of: typeof open) =>
      cancelSitting(own, of.world.evaluation.actor, { sittingId: of.sittingId, reason: '场地停电' })
    expect(await cancel(open)).toMatchObject({ refusal: { code: 'SITTING_NOT_PLANNED' } })
    const sitting = await aSitting(own, { world: open.world })
    expect(value(await cancel(sitting)).released).toBe(1)
    const next = await aSitting(own, { world: open.world, candidates: 0 })
    value(
      await assignCandidates(own, open.world.evaluation.actor, {
        sittingId: next.sittingId,
        declarationIds: [sitting.candidates[0]?.declarationId as string],
      }),
    )
    await own.close()
  })
})
