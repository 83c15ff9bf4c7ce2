import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { proposeFiling } from '../filings/propose-filing.ts'
import { saveFiling } from '../filings/save-filing.ts'
import { aFiling, filingDraftOf, officersOf } from '../fixtures.ts'
import { findFiling } from '../store/filings.ts'
import { confirmSetting } from './confirm-setting.ts'
import { openParameters, valueProblem } from './parameters.ts'
import { proposeSetting } from './propose-setting.ts'
import { rejectSetting } from './reject-setting.ts'
import { standardHours } from './standard-hours.ts'

let app: TestApp
let first: Actor
let second: Actor
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  await aFiling(app)
  first = (await officersOf(app)).province
  second = { ...first, accountId: crypto.randomUUID() }
})
afterAll(() => app.close())

const proposal = (key: string, value: number | string | boolean = 120) => ({
  key,
  value,
  fromOn: '2026-01-01',
  source: '鄂试函〔2026〕3号',
})
async function proposed(key: string, value?: number | string): Promise<string> {
  const result = await proposeSetting(app, first, proposal(key, value))
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.id
}
const hoursOf = (occupationId: string, provinceCode = '420000') =>
  standardHours(app, app.db, { provinceCode, occupationId, level: '初级', on: '2026-03-02' })

describe('refuses', () => {
  test('a figure that has a source: it is not the province’s to set', async () => {
    const result = await proposeSetting(app, first, proposal('engineer.pass-mark', 500))
    expect(result).toMatchObject({ ok: false, refusal: { code: 'SETTING_UNKNOWN' } })
  })

  test('a value that cannot be one', async () => {
    for (const value of [0, 1.5, '一百二十', true]) {
      const result = await proposeSetting(app, first, proposal('engineer.standard-hours/ai/高级', value))
      expect(result).toMatchObject({ ok: false, refusal: { code: 'SETTING_VALUE_INVALID' } })
    }
  })

  test('a numbering that repeats numbers, or that the public check would not read', async () => {
    for (const [parameter, pattern] of [
      ['training.certificate-number-pattern', '鄂培{year}'],
      ['training.certificate-number-pattern', '鄂培{serial:6}'],
      ['training.certificate-number-pattern', 'px {year}{serial:6}'],
      ['certificates.level-number-pattern', '鄂{year}{serial:6}'],
      ['certificates.level-number-pattern', '鄂{year}{level}{serial:2}'],
    ] as const) {
      expect(await proposeSetting(app, first, proposal(parameter, pattern))).toMatchObject({
        refusal: { code: 'SETTING_VALUE_INVALID' },
      })
    }
    const good = await proposeSetting(
      app,
      first,
      proposal('certificates.level-number-pattern', '鄂{year}{level}{serial:6}'),
    )
    expect(good.ok).toBe(true)
  })

  test('the proposer as the second person', async () => {
    const id = await proposed('engineer.standard-hours/cloud/初级')
    expect(await confirmSetting(app, first, { id })).toMatchObject({
      refusal: { code: 'SETTING_SAME_PERSON' },
    })
    expect(await hoursOf('cloud')).toMatchObject({ hours: null, verified: false })
  })

  test('another province’s proposal, and a second confirmation', async () => {
    const id = await proposed('engineer.standard-hours/iot/初级')
    const anhui = anActor('provincial_officer', { provinceCode: '340000', cityCode: null })
    expect(await confirmSetting(app, anhui, { id })).toMatchObject({ refusal: { code: 'SETTING_NOT_FOUND' } })
    const both = await Promise.all([confirmSetting(app, second, { id }), confirmSetting(app, second, { id })])
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).sort()).toEqual([
      'SETTING_ALREADY_CONFIRMED',
      'ok',
    ])
    expect(await rejectSetting(app, second, { id, reason: '不再需要' })).toMatchObject({
      refusal: { code: 'SETTING_ALREADY_CONFIRMED' },
    })
  })

  test('a second proposal while one waits, and one that would rewrite the figure in force', async () => {
    const key = 'engineer.standard-hours/vr/初级'
    const id = await proposed(key)
    expect(await proposeSetting(app, second, proposal(key, 90))).toMatchObject({
      refusal: { code: 'SETTING_ALREADY_PROPOSED' },
    })
    await confirmSetting(app, second, { id })
    expect(await proposeSetting(app, first, proposal(key, 90))).toMatchObject({
      refusal: { code: 'SETTING_DAY_PAST', facts: { earliest: '2026-03-02' } },
    })
    expect((await proposeSetting(app, first, { ...proposal(key, 90), fromOn: '2026-06-01' })).ok).toBe(true)
  })
})

test('a rejected proposal never counts and can be made again', async () => {
  const key = 'engineer.standard-hours/ic/初级'
  const id = await proposed(key)
  expect((await rejectSetting(app, second, { id, reason: '来源不符' })).ok).toBe(true)
  expect(await hoursOf('ic')).toMatchObject({ hours: null, verified: false })
  expect((await proposeSetting(app, first, proposal(key))).ok).toBe(true)
})

test('every open figure is unverified in the packs, standard hours among them', () => {
  const open = openParameters(app.policy, '420000', '2026-03-02')
  expect(open.filter((one) => one.parameter === 'engineer.standard-hours')).toHaveLength(30)
  expect(open.map((one) => one.packStatus)).not.toContain('found')
})

test('what the packs hold without a source, a province can confirm as it stands: money and people too', () => {
  const open = ['420000', '340000'].flatMap((code) => openParameters(app.policy, code, '2026-03-02'))
  const held = open.flatMap((one) => (one.packValue === null ? [] : [{ ...one, packValue: one.packValue }]))
  expect(held.map((one) => one.kind)).toContain('money')
  const wrong = held.filter(
    (one) => !one.parameter.endsWith('-number-pattern') && valueProblem(one, one.packValue),
  )
  expect(wrong.map((one) => `${one.key}: ${one.packValue} ${one.unit}`)).toEqual([])
})

test('unverified hours refuse nobody; confirmed ones refuse a plan below them, in that province only', async () => {
  const world = await aFiling(app)
  const step = async () => ({
    id: world.filingId,
    revision: (await findFiling(app.db, world.training.actor, world.filingId))!.revision,
  })
  const feeId = (await findFiling(app.db, world.training.actor, world.filingId))!.plan.feeId!
  const draft = filingDraftOf(app, { feeId, evaluationOrganisationId: world.evaluation.organisationId })
  const id = await proposed('engineer.standard-hours/ai/初级', 160)
  await confirmSetting(app, second, { id })
  expect(await hoursOf('ai')).toMatchObject({ hours: 160, verified: true, status: 'confirmed' })
  expect(await hoursOf('ai', '340000')).toMatchObject({ hours: null, verified: false })
  expect(await proposeFiling(app, world.training.actor, await step())).toMatchObject({
    ok: false,
    refusal: {
      code: 'FILING_HOURS_BELOW_STANDARD',
      clause: 'HB-4.3',
      facts: { planned: 120, standard: 160 },
    },
  })
  const enough = {
    ...draft.plan,
    hours: { theoryOnline: 60, theoryOffline: 20, practiceOnline: 20, practiceOffline: 60 },
  }
  await saveFiling(app, world.training.actor, { ...draft, plan: enough, ...(await step()) })
  expect((await proposeFiling(app, world.training.actor, await step())).ok).toBe(true)
})
