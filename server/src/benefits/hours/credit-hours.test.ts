import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCertificateWorld, aScoredSitting, type CertificateWorld } from '../../certificates/fixtures.ts'
import { countQueries } from '../../platform/db.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { standingCredits, value } from '../fixtures.ts'
import { creditHours } from './credit-hours.ts'
import { issueProof } from './issue-proof.ts'
import { printProof } from './print-proof.ts'
import { revokeHours } from './revoke-hours.ts'
import { findOwnProof } from './store/proofs.ts'

let app: TestApp
let world: CertificateWorld

beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  world = await aCertificateWorld(app)
})
afterAll(() => app.close())

async function aTrained() {
  const { persons } = await aScoredSitting(app, world, { passed: 1 })
  const [one] = persons
  if (!one) throw new Error('nobody trained')
  return one
}
const end = (id: string, state: 'withdrawn' | 'corrected') =>
  sql`update training.certificates set state = ${state}, reason = '试验', changed_on = '2026-03-02' where id = ${id}`.execute(
    app.db,
  )

/** As training does it: the earlier one ends, a successor stands for the same enrolment. */
async function correct(id: string, issuedOn = '2026-03-02') {
  await end(id, 'corrected')
  const successorId = randomUUID()
  await sql`
    insert into training.certificates (id, number, code, enrolment_id, class_id, person_id, holder_name, organisation_id, organisation_name,
      occupation_id, direction, level, hours, starts_on, ends_on, issued_on, state, supersedes_id)
    select ${successorId}, number || 'A', code || 'A', enrolment_id, class_id, person_id, '更正名', organisation_id, organisation_name,
      occupation_id, direction, level, hours, starts_on, ends_on, ${issuedOn}, 'issued', id
    from training.certificates where id = ${id}`.execute(app.db)
  return successorId
}

describe('crediting continuing-education hours (HB-5.1)', () => {
  it('credits nothing for a certificate that has been withdrawn before the news arrived', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    await end(trainingCertificateId, 'withdrawn')
    expect(value(await creditHours(app, { certificateId: trainingCertificateId }))).toEqual({ credited: 0 })
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('credits once, however often and however concurrently it is told', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    const told = await Promise.all(
      [1, 2, 3].map(() => creditHours(app, { certificateId: trainingCertificateId })),
    )
    expect(told.filter((one) => one.ok && one.value.credited > 0)).toHaveLength(1)
    expect(await standingCredits(app, personId)).toHaveLength(1)
  })

  it('credits nothing in a province whose text has no such rule', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    await sql`update training.classes set province_code = '340000' where id =
      (select class_id from training.certificates where id = ${trainingCertificateId})`.execute(app.db)
    expect(value(await creditHours(app, { certificateId: trainingCertificateId }))).toEqual({ credited: 0 })
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('counts for the year of issue, not the year it is told in, and keeps the decision with its facts', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    await sql`update training.certificates set issued_on = '2025-12-31' where id = ${trainingCertificateId}`.execute(
      app.db,
    )
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    expect(await standingCredits(app, personId)).toMatchObject([{ year: 2025, hoursTenths: 800 }])
    const { rows } = await sql<{
      rule: string
      outcome: string
      on: string
      facts: unknown
      subjectKind: null
    }>`
      select d.rule, d.outcome, d.decided_on as on, d.facts, h.subject_kind from benefits.education_hours h
      join platform.decisions d on d.id = h.decision_id where h.person_id = ${personId}`.execute(app.db)
    expect(rows[0]).toMatchObject({
      rule: 'hubei.education-hours',
      outcome: '符合',
      on: '2025-12-31',
      facts: { trainingCertificates: [{ hours: 80, issuedOn: '2025-12-31', proof: '已核验' }] },
      subjectKind: null,
    })
  })

  it('revokes the credit of a withdrawn certificate, once', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    await end(trainingCertificateId, 'withdrawn')
    const input = { certificateId: trainingCertificateId, successorId: null }
    expect(value(await revokeHours(app, input))).toEqual({ revoked: true })
    expect(value(await revokeHours(app, input))).toEqual({ revoked: false })
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('does not revoke by stale news of a certificate that stands', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    const news = { certificateId: trainingCertificateId, successorId: null }
    expect(value(await revokeHours(app, news))).toEqual({ revoked: false })
    expect(await standingCredits(app, personId)).toHaveLength(1)
  })

  it.each([
    ['the end is told first', true],
    ['the successor is told first', false],
  ])('moves the credit to a corrected certificate within its first year: %s', async (_, endFirst) => {
    const { trainingCertificateId, personId } = await aTrained()
    await sql`update training.certificates set issued_on = '2025-12-30' where id = ${trainingCertificateId}`.execute(
      app.db,
    )
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    const successorId = await correct(trainingCertificateId)
    const ended = () => revokeHours(app, { certificateId: trainingCertificateId, successorId })
    const issued = () => creditHours(app, { certificateId: successorId })
    for (const news of endFirst ? [ended, issued] : [issued, ended]) expect((await news()).ok).toBe(true)
    expect(await standingCredits(app, personId)).toMatchObject([{ year: 2025, certificateId: successorId }])
  })
})

describe('crediting a whole class', () => {
  it('takes the classmates along, and their own jobs find nothing left to do', async () => {
    const { persons } = await aScoredSitting(app, world, { passed: 30 })
    const told = []
    for (const one of persons)
      told.push(value(await creditHours(app, { certificateId: one.trainingCertificateId })))
    expect(told.map((one) => one.credited)).toEqual([30, ...Array.from({ length: 29 }, () => 0)])
    const { rows } = await sql<{ numbers: number; persons: number; decisions: number }>`
      select count(distinct number)::int as numbers, count(distinct person_id)::int as persons,
        count(distinct decision_id)::int as decisions
      from benefits.education_hours where person_id = any(${persons.map((one) => one.personId)}::uuid[])`.execute(
      app.db,
    )
    expect(rows[0]).toEqual({ numbers: 30, persons: 30, decisions: 30 })
  })

  it('leaves out a classmate whose certificate no longer stands', async () => {
    const { persons } = await aScoredSitting(app, world, { passed: 3 })
    const [first, gone] = persons.map((one) => one.trainingCertificateId)
    await end(gone ?? '', 'withdrawn')
    expect(value(await creditHours(app, { certificateId: first ?? '' }))).toEqual({ credited: 2 })
    expect(await standingCredits(app, persons[1]?.personId ?? '')).toEqual([])
  })

  it('asks the database as often for a thousand as for two', async () => {
    const queries = async (passed: number) => {
      const { persons } = await aScoredSitting(app, world, { passed })
      return countQueries(async (count) => {
        const certificateId = persons[0]?.trainingCertificateId ?? ''
        expect(value(await creditHours(app, { certificateId }))).toEqual({ credited: passed })
        return count.queries
      })
    }
    const few = await queries(2)
    const started = performance.now()
    expect(await queries(1000)).toBe(few)
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('the subject the hours count for', () => {
  it('is what the province has confirmed by then, and unknown before', async () => {
    const fresh = await aTestApp({ clockAt: '2026-03-02' })
    const place = await aCertificateWorld(fresh)
    const subjectOfNew = async () => {
      const { persons } = await aScoredSitting(fresh, place, { passed: 1 })
      value(await creditHours(fresh, { certificateId: persons[0]?.trainingCertificateId ?? '' }))
      const { rows } = await sql<{ subjectKind: string | null }>`
        select subject_kind from benefits.education_hours where person_id = ${persons[0]?.personId}`.execute(
        fresh.db,
      )
      return rows[0]?.subjectKind
    }
    expect(await subjectOfNew()).toBeNull()
    await sql`insert into platform.policy_settings (province_code, parameter, value, from_on, source, proposed_by, confirmed_by,
        confirmed_at, created_at)
      values ('420000', 'hubei.continuing-education-subject', '"专业科目"', '2026-01-01', '试验', '甲', '乙',
        ${fresh.clock.now()}, ${fresh.clock.now()})`.execute(fresh.db)
    expect(await subjectOfNew()).toBe('专业')
    await fresh.close()
  })
})

describe("a proof of a year's hours", () => {
  it('refuses a year without hours', async () => {
    const { personId } = await aTrained()
    const person = anActor('learner', {}, { personId })
    const result = await issueProof(app, person, { year: 2026 })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'HOURS_NONE_IN_YEAR', clause: 'HB-5.1' } })
  })

  it('is not printed any more once an hour on it is gone, whether or not the job has come', async () => {
    const { personId, trainingCertificateId } = await aTrained()
    const person = anActor('learner', {}, { personId })
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    const { id, number } = value(await issueProof(app, person, { year: 2026 }))
    const proof = await findOwnProof(app.db, personId, id)
    if (!proof) throw new Error('no proof')
    expect(await findOwnProof(app.db, randomUUID(), id)).toBeUndefined()
    expect(value(await printProof(app, person, proof)).number).toBe(number)
    await end(trainingCertificateId, 'withdrawn')
    const refused = { ok: false, refusal: { code: 'HOURS_PROOF_CHANGED', clause: 'HB-5.1' } }
    expect(await printProof(app, person, proof)).toMatchObject(refused)
    expect(await issueProof(app, person, { year: 2026 })).toMatchObject({
      refusal: { code: 'HOURS_NONE_IN_YEAR' },
    })
    value(await revokeHours(app, { certificateId: trainingCertificateId, successorId: null }))
    expect(await printProof(app, person, proof)).toMatchObject(refused)
  })

  it('is one paper, whatever two browsers do', async () => {
    const { personId, trainingCertificateId } = await aTrained()
    const person = anActor('learner', {}, { personId })
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    const both = await Promise.all([1, 2].map(() => issueProof(app, person, { year: 2026 })))
    expect(new Set(both.map((one) => value(one).number)).size).toBe(1)
  })

  it('is the same paper while nothing has changed, and another afterwards', async () => {
    const { personId, trainingCertificateId } = await aTrained()
    const person = anActor('learner', {}, { personId })
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    const first = value(await issueProof(app, person, { year: 2026 }))
    expect(value(await issueProof(app, person, { year: 2026 }))).toEqual(first)
    const successorId = await correct(trainingCertificateId)
    value(await creditHours(app, { certificateId: successorId }))
    expect(value(await issueProof(app, person, { year: 2026 })).number).not.toBe(first.number)
  })
})
