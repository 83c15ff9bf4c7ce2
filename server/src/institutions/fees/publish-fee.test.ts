import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertOrganisation } from '../../people/fixtures.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aListedInstitution } from '../fixtures.ts'
import { publishFee } from './publish-fee.ts'
import { publishedFee } from './published-fee.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
})
afterAll(() => app.close())

const fee = {
  occupationId: 'ai',
  level: '初级' as const,
  amountCents: 280_000,
  basis: '教师课酬、场地和教材成本测算',
  fromOn: '2026-03-10',
}

describe('refuses', () => {
  test('a fee that would hold before it is published', async () => {
    const { actor } = await aListedInstitution(app)
    const result = await publishFee(app, actor, { ...fee, fromOn: '2026-03-01' })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'FEE_DAY_PAST', clause: 'HB-6.3' } })
  })

  test('an institution out of the catalogue, or an occupation it is not listed for', async () => {
    const actor = anActor('training_manager')
    const id = await insertOrganisation(app, {
      kind: 'training_institution',
      name: '目录外收费学院',
      provinceCode: '420000',
      cityCode: '420100',
    })
    const outside = { ...actor, organisation: { ...actor.organisation!, id } }
    expect(await publishFee(app, outside, fee)).toMatchObject({
      refusal: { code: 'INSTITUTION_NOT_LISTED', clause: 'HB-6.2' },
    })
    const { actor: listed } = await aListedInstitution(app, { occupationIds: ['bigdata'] })
    expect(await publishFee(app, listed, fee)).toMatchObject({
      refusal: { code: 'INSTITUTION_NOT_LISTED_FOR' },
    })
  })

  test('a second fee from the same day, also from two browsers at once', async () => {
    const { actor } = await aListedInstitution(app)
    const results = await Promise.all([
      publishFee(app, actor, fee),
      publishFee(app, actor, { ...fee, amountCents: 1 }),
    ])
    expect(results.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'FEE_ALREADY_PUBLISHED',
      'ok',
    ])
  })

  test('any edit of a published fee, whoever asks the database', async () => {
    const { actor } = await aListedInstitution(app)
    const published = await publishFee(app, actor, fee)
    const id = published.ok ? published.value.id : ''
    const edit = sql`update institutions.fees set amount_cents = 1 where id = ${id}`.execute(app.db)
    await expect(edit).rejects.toThrow('history')
  })
})

test('a new fee follows the old one; each day finds the fee that was published for it', async () => {
  const { actor, organisationId } = await aListedInstitution(app)
  await publishFee(app, actor, fee)
  await publishFee(app, actor, { ...fee, amountCents: 300_000, fromOn: '2026-06-01' })
  const on = (day: string) =>
    publishedFee(app.db, { organisationId, kind: 'training', occupationId: 'ai', level: '初级', on: day })
  expect(await on('2026-03-09')).toBeUndefined()
  expect(await on('2026-05-31')).toMatchObject({ amountCents: 280_000, fromOn: '2026-03-10' })
  expect(await on('2026-06-01')).toMatchObject({ amountCents: 300_000 })
})

test('an evaluation institution publishes assessment fees', async () => {
  const { actor, organisationId } = await aListedInstitution(app, { catalogue: 'evaluation' })
  const result = await publishFee(app, actor, fee)
  expect(result.ok).toBe(true)
  const ask = { organisationId, occupationId: 'ai', level: '初级', on: '2026-03-10' } as const
  expect(await publishedFee(app.db, { ...ask, kind: 'training' })).toBeUndefined()
  expect(await publishedFee(app.db, { ...ask, kind: 'assessment' })).toMatchObject({ amountCents: 280_000 })
})
