import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCertificateWorld, aScoredSitting, type CertificateWorld } from '../../certificates/fixtures.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { standingCredits, value } from '../fixtures.ts'
import { creditHours } from './credit-hours.ts'
import { issueProof } from './issue-proof.ts'
import { revokeHours } from './revoke-hours.ts'

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
    expect(value(await creditHours(app, { certificateId: trainingCertificateId })).id).toBeNull()
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('credits once, however often and however concurrently it is told', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    const told = await Promise.all(
      [1, 2, 3].map(() => creditHours(app, { certificateId: trainingCertificateId })),
    )
    expect(told.filter((one) => one.ok && one.value.id !== null)).toHaveLength(1)
    expect(await standingCredits(app, personId)).toHaveLength(1)
  })

  it('credits nothing in a province whose text has no such rule', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    await sql`update training.classes set province_code = '340000' where id =
      (select class_id from training.certificates where id = ${trainingCertificateId})`.execute(app.db)
    expect(value(await creditHours(app, { certificateId: trainingCertificateId })).id).toBeNull()
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('counts for the year of issue, not the year it is told in, and keeps the decision with its facts', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    await sql`update training.certificates set issued_on = '2025-12-31' where id = ${trainingCertificateId}`.execute(
      app.db,
    )
    const { id } = value(await creditHours(app, { certificateId: trainingCertificateId }))
    expect(await standingCredits(app, personId)).toMatchObject([{ year: 2025, hoursTenths: 800 }])
    const { rows } = await sql<{
      rule: string
      outcome: string
      on: string
      facts: unknown
      subjectKind: null
    }>`
      select d.rule, d.outcome, d.decided_on as on, d.facts, h.subject_kind from benefits.education_hours h
      join platform.decisions d on d.id = h.decision_id where h.id = ${id}`.execute(app.db)
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
    expect(value(await revokeHours(app, input)).id).not.toBeNull()
    expect(value(await revokeHours(app, input)).id).toBeNull()
    expect(await standingCredits(app, personId)).toEqual([])
  })

  it('does not revoke by stale news of a certificate that stands', async () => {
    const { trainingCertificateId, personId } = await aTrained()
    value(await creditHours(app, { certificateId: trainingCertificateId }))
    expect(
      value(await revokeHours(app, { certificateId: trainingCertificateId, successorId: null })).id,
    ).toBeNull()
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
    for (const news of endFirst ? [ended, issued] : [issued, ended]) value(await news())
    expect(await standingCredits(app, personId)).toMatchObject([{ year: 2025, certificateId: successorId }])
  })
})

describe("a proof of a year's hours", () => {
  it('refuses a year without hours', async () => {
    const { personId } = await aTrained()
    const person = anActor('learner', {}, { personId })
    const result = await issueProof(app, person, { year: 2026 })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'HOURS_NONE_IN_YEAR', clause: 'HB-5.1' } })
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
