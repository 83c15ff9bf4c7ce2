import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { factsSchema } from '../../../../policy/src/index.ts'
import type { Actor } from '../../platform/api.ts'
import { timeline } from '../../platform/audit.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aFact, aPerson, aSupervisedRegion, insertOrganisation } from '../fixtures.ts'
import { readIdNumber } from '../read-id-number.ts'
import { readPersonCard } from '../read-person-card.ts'
import { recordDealings } from '../record-dealings.ts'
import { factsOf } from './facts-of.ts'
import { openPaper } from './open-paper.ts'
import { revokeVerification } from './revoke-verification.ts'
import { stateFact } from './state-fact.ts'
import { verifyFact } from './verify-fact.ts'
import { withdrawFact } from './withdraw-fact.ts'

const PAPER = { name: '毕业证.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }
const DEGREE = { degree: '大学本科', status: '毕业', graduatesOn: '2018-06-30' }

let app: TestApp
let wuhan: Actor
let hefei: Actor
let centre: Actor

beforeAll(async () => {
  app = await aTestApp()
  const home = await aSupervisedRegion(app)
  const away = await aSupervisedRegion(app, '340000', '340100')
  wuhan = anActor('city_officer', { id: home.city })
  hefei = anActor('city_officer', { id: away.city, provinceCode: '340000', cityCode: '340100' })
  const place = {
    kind: 'evaluation_institution',
    name: '评价中心',
    provinceCode: '420000',
    cityCode: '420100',
  } as const
  centre = anActor('evaluation_manager', { ...place, id: await insertOrganisation(app, place) })
})
afterAll(() => app.close())

async function aLearner(): Promise<Actor & { personId: string; idNumber: string }> {
  const { id, idNumber } = await aPerson(app)
  return { ...anActor('learner', {}, { personId: id }), personId: id, idNumber }
}
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal?.code

describe('stating a fact', () => {
  test('is refused without a registered person', async () => {
    const nobody = anActor('learner', {}, { personId: null })
    expect(code(await stateFact(app, nobody, { kind: 'education', value: DEGREE }))).toBe(
      'PERSON_NOT_REGISTERED',
    )
  })

  test('is refused when the policy could not read it, and says which field', async () => {
    const learner = await aLearner()
    const result = await stateFact(app, learner, {
      kind: 'education',
      value: { degree: '博士后', status: '毕业' },
    })
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'FACT_INVALID', message: expect.stringContaining('学历') },
    })
  })

  test('is refused with a paper that is no paper, and keeps nothing', async () => {
    const learner = await aLearner()
    const paper = { name: '毕业证.pdf', bytes: Buffer.from('MZ not a document') }
    expect(code(await stateFact(app, learner, { kind: 'education', value: DEGREE, paper }))).toBe(
      'FILE_TYPE_REFUSED',
    )
    expect((await factsOf(app.db, learner.personId)).education).toBeUndefined()
  })

  test('cannot prove itself: a proof the person writes into the value is dropped', async () => {
    const learner = await aLearner()
    await stateFact(app, learner, { kind: 'education', value: { ...DEGREE, proof: '已核验' } })
    expect((await factsOf(app.db, learner.personId)).education).toMatchObject([
      { degree: '大学本科', proof: '自述' },
    ])
  })

  test('leaves unknown what nobody spoke of, and gives an empty list where there is none', async () => {
    const learner = await aLearner()
    await stateFact(app, learner, { kind: 'titles', value: { none: true } })
    const facts = await factsOf(app.db, learner.personId)
    expect(facts.titles).toEqual([])
    expect(facts.employment).toBeUndefined()
    expect(factsSchema.safeParse(facts).success).toBe(true)
  })

  test('takes back "there is none"', async () => {
    const learner = await aLearner()
    await stateFact(app, learner, { kind: 'titles', value: { none: true } })
    await stateFact(app, learner, {
      kind: 'titles',
      value: { level: '助理级', obtainedOn: '2020-01-01' },
      paper: PAPER,
    })
    expect((await factsOf(app.db, learner.personId)).titles).toMatchObject([
      { level: '助理级', proof: '已上传' },
    ])
  })

  test('gives every kind in a shape the policy reads', async () => {
    const learner = await aLearner()
    const values = {
      education: DEGREE,
      technicalSchool: { class: '高级工班', graduatedOn: '2015-06-30' },
      titles: { level: '助理级', obtainedOn: '2020-01-01' },
      employment: { status: '在岗', from: '2019-07-01', employer: '江城科技' },
      levelCertificates: { occupation: 'ai', level: '初级', issuedOn: '2024-05-01' },
      skillPosts: { skillLevel: '高级工', from: '2019-07-01' },
      retirement: { retired: false },
    } as const
    for (const [kind, value] of Object.entries(values)) {
      expect(code(await stateFact(app, learner, { kind: kind as 'education', value }))).toBe('ok')
    }
    expect(factsSchema.safeParse(await factsOf(app.db, learner.personId)).error).toBeUndefined()
  })
})

describe('withdrawing a fact', () => {
  test('is refused for somebody else and for what is verified', async () => {
    const learner = await aLearner()
    const factId = await aFact(app, learner.personId)
    expect(code(await withdrawFact(app, await aLearner(), { factId }))).toBe('FACT_NOT_FOUND')
    await verifyFact(app, wuhan, { factId })
    expect(code(await withdrawFact(app, learner, { factId }))).toBe('FACT_VERIFIED')
  })

  test('takes the fact out of what the policy sees, once', async () => {
    const learner = await aLearner()
    const factId = await aFact(app, learner.personId)
    expect(code(await withdrawFact(app, learner, { factId }))).toBe('ok')
    expect((await factsOf(app.db, learner.personId)).education).toBeUndefined()
    expect(code(await withdrawFact(app, learner, { factId }))).toBe('FACT_NOT_FOUND')
  })
})

describe('verifying a fact', () => {
  test('is refused for an officer of another province and for an institution that does not deal with the person', async () => {
    const learner = await aLearner()
    const factId = await aFact(app, learner.personId)
    expect(code(await verifyFact(app, hefei, { factId }))).toBe('FACT_NOT_FOUND')
    expect(code(await verifyFact(app, centre, { factId }))).toBe('FACT_NOT_FOUND')
  })

  test('is refused without a paper, and a second time', async () => {
    const learner = await aLearner()
    const stated = await stateFact(app, learner, { kind: 'education', value: DEGREE })
    expect(code(await verifyFact(app, wuhan, { factId: stated.ok ? stated.value.id : '' }))).toBe(
      'FACT_WITHOUT_PAPER',
    )
    const factId = await aFact(app, learner.personId)
    await verifyFact(app, wuhan, { factId })
    expect(code(await verifyFact(app, wuhan, { factId }))).toBe('FACT_ALREADY_VERIFIED')
  })

  test('is open to the institution once it deals with the person, and can be taken back with a reason', async () => {
    const learner = await aLearner()
    const factId = await aFact(app, learner.personId)
    await recordDealings(app.db, app, {
      organisationId: centre.organisation?.id ?? '',
      personIds: [learner.personId],
      basis: 'declaration',
    })
    expect(code(await verifyFact(app, centre, { factId, expiresOn: '2026-12-31' }))).toBe('ok')
    const facts = await factsOf(app.db, learner.personId)
    expect(facts.education).toMatchObject([{ proof: '已核验', proofUntil: '2026-12-31' }])
    expect(code(await revokeVerification(app, centre, { factId, reason: '与学信网不一致' }))).toBe('ok')
    expect(code(await revokeVerification(app, centre, { factId, reason: '与学信网不一致' }))).toBe(
      'FACT_NOT_VERIFIED',
    )
    expect((await factsOf(app.db, learner.personId)).education).toMatchObject([{ proof: '已上传' }])
  })
})

describe('reading a person', () => {
  test('is not possible out of scope, and tells nothing', async () => {
    const learner = await aLearner()
    expect(code(await readPersonCard(app, hefei, { personId: learner.personId, purpose: '好奇' }))).toBe(
      'PERSON_NOT_FOUND',
    )
    expect(code(await readIdNumber(app, hefei, learner.personId, '好奇'))).toBe('PERSON_NOT_FOUND')
    const factId = await aFact(app, learner.personId)
    expect(code(await openPaper(app, hefei, { factId }))).toBe('FACT_NOT_FOUND')
  })

  test('leaves who looked and what for, and never the number itself', async () => {
    const learner = await aLearner()
    await readPersonCard(app, wuhan, { personId: learner.personId, purpose: '资格抽查' })
    const number = await readIdNumber(app, wuhan, learner.personId, '核对准考证')
    expect(number).toMatchObject({ ok: true, value: { idNumber: learner.idNumber } })
    const trace = await timeline(app.db, `person:${learner.personId}`)
    expect(trace.map((one) => [one.name, one.data.purpose])).toEqual(
      expect.arrayContaining([
        ['person.card-read', '资格抽查'],
        ['person.id-number-read', '核对准考证'],
      ]),
    )
    const { rows } = await sql<{ log: string }>`
      select string_agg(to_jsonb(e)::text, '') as log from platform.audit_events e`.execute(app.db)
    expect(rows[0]?.log).not.toContain(learner.idNumber)
  })
})
