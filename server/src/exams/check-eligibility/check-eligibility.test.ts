import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { anExamsWorld, certifiedLearners, type ExamsWorld, FACTS, value } from '../fixtures.ts'
import { type CheckEligibility, checkEligibility } from './check-eligibility.ts'
import { saveStatedFacts } from './save-stated-facts.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

const PUBLIC = anActor('public')
const SUBJECT = { matter: 'hubei-engineer', occupationId: 'smart_mfg', level: '初级' } as const
const check = (answers: CheckEligibility['answers'], rest: Partial<CheckEligibility> = {}, actor = PUBLIC) =>
  checkEligibility(app, actor, { ...SUBJECT, answers, useOwn: false, thorough: false, ...rest })
/** How much is kept where answers could end up. */
async function rowsKept(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*) from platform.decisions) as decisions, (select count(*) from platform.audit_events) as events,
      (select count(*) from people.person_facts) as facts, (select count(*) from platform.files) as files,
      (select count(*) from exams.declarations) as declarations`.execute(app.db)
  return rows
}

describe('checkEligibility', () => {
  it('refuses a level the matter does not have, and an answer to a question nobody asked', async () => {
    expect(await check({}, { level: '技师' })).toMatchObject({
      refusal: { code: 'ELIGIBILITY_SUBJECT_UNKNOWN' },
    })
    expect(await check({}, { occupationId: 'ai_trainer' })).toMatchObject({ ok: false })
    expect(await check({ title: '院士' })).toMatchObject({ refusal: { code: 'ELIGIBILITY_ANSWER_UNKNOWN' } })
    expect(await check({ 'skill:技师': '没有' })).toMatchObject({ ok: false })
  })

  it('asks one thing with its reason and clause, and stores nothing', async () => {
    const before = await rowsKept()
    const first = value(await check({}))
    expect(first.question).toMatchObject({
      clause: expect.stringMatching(/^(HB|STD)-/),
      why: expect.stringContaining('要看这一项'),
    })
    expect(first.question?.choices.at(-1)).toBe('不清楚')
    expect(first.atMost).toBeGreaterThan(1)
    expect(await rowsKept()).toEqual(before)
  })

  it('answers with a sentence, a path and the papers to bring, and never shows a day nobody stated', async () => {
    const { found, question } = value(await check({ trained: '有', title: '员级' }))
    expect(question).toBeNull()
    expect(found).toMatchObject({
      outcome: '符合',
      sentence: '您现在可以申报智能制造工程技术人员初级。',
      lead: 'engineer.declaration/J1',
      afterTraining: false,
    })
    expect(found.papers['engineer.declaration/J1']).toEqual(['职称证书'])
    expect(JSON.stringify(found)).not.toContain('1900')
    // Nobody uploaded anything.
    expect(JSON.stringify(found)).not.toContain('已上传')
  })

  it('says what comes after the training to who has not trained', async () => {
    const { found } = value(await check({ trained: '没有', title: '员级' }))
    expect(found).toMatchObject({
      afterTraining: true,
      sentence: '您先参加培训，取得培训合格证书后即可申报智能制造工程技术人员初级。',
    })
  })

  it('gives the first day when only time is missing', async () => {
    const { found } = value(
      await check(
        {
          trained: '有',
          title: '助理级',
          'titleOn:助理级': '2025-06-01',
          work: [{ from: '2020-01-01' }],
          diploma: '初中及以下',
          'level:初级': '没有',
          techClass: '不是',
        },
        { level: '中级' },
      ),
    )
    expect(found).toMatchObject({
      outcome: '尚未到期',
      opensOn: '2027-06-01',
      sentence: '您从 2027-06-01 起可以申报智能制造工程技术人员中级。',
    })
    expect(found.papers[found.lead as string]).toEqual(['职称证书', '从业年限证明'])
  })

  it('reads what is known of the person only when asked to', async () => {
    const [learner] = await certifiedLearners(app, world, 1, FACTS.met)
    const actor = learner?.actor ?? PUBLIC
    expect(value(await check({}, {}, actor)).question).not.toBeNull()
    const own = value(await check({}, { useOwn: true }, actor))
    expect(own).toMatchObject({ question: null, found: { outcome: '符合', lead: 'engineer.declaration/J1' } })
  })
})

describe('saveStatedFacts', () => {
  const answers = {
    title: '员级',
    diploma: '大学专科',
    studying: '没有在读',
    degree: '没有学位',
    techClass: '不是',
    work: [{ from: '2021-03-01' }],
  }

  it('refuses who is not registered', async () => {
    expect(await saveStatedFacts(app, PUBLIC, { ...SUBJECT, answers })).toMatchObject({
      refusal: { code: 'ELIGIBILITY_PERSON_UNKNOWN', clause: 'HB-5.4' },
    })
  })

  it('keeps what was said as 自述, leaves what has no day, and does not touch what was stated before', async () => {
    const [learner] = await certifiedLearners(app, world, 1, [
      { kind: 'education', value: { none: true }, proof: '自述' },
    ])
    const actor = learner?.actor ?? PUBLIC
    const kept = value(await saveStatedFacts(app, actor, { ...SUBJECT, answers }))
    expect(kept.left).toContain('学历学位')
    expect(kept.saved).toContain('工作经历')
    const { rows } = await sql<{ kind: string; proof: string; value: Record<string, unknown> }>`
      select kind, proof, value from people.person_facts where person_id = ${learner?.personId} and withdrawn_at is null
      order by kind`.execute(app.db)
    expect(rows).toContainEqual({
      kind: 'employment',
      proof: '自述',
      value: { status: '在岗', occupation: 'smart_mfg', from: '2021-03-01' },
    })
    expect(rows.every((row) => row.proof === '自述')).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('1900')
  })
})
