import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { withdrawRevision } from '../editing/withdraw-revision.ts'
import { aRevision, must, type Officers, twoOfficers } from '../fixtures.ts'
import { checkText } from './check-text.ts'
import { packText } from './pack-text.ts'
import { tryText } from './try-text.ts'

let app: TestApp
let officers: Officers
beforeAll(async () => {
  app = await aTestApp({ clockAt: '2026-03-02' })
  officers = await twoOfficers(app)
})
afterAll(() => app.close())

test('the text does not depend on the order in which a form or the database holds the words', async () => {
  const { content, textSha, ...target } = await aRevision(app, officers, {
    state: 'written',
    rule: 'hubei.audience',
    fromOn: '2027-01-01',
  })
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, turned(inner)]),
          )
        : value
  const body = turned(content.body) as typeof content.body
  expect(JSON.stringify(body)).not.toBe(JSON.stringify(content.body))
  expect(packText(app.policy, target, { ...content, body }).sha).toBe(textSha)
  must(await withdrawRevision(app, officers.first, { id: target.id, reason: '试验结束' }))
})

test('words unchanged change no verdict, for every text of the province that can be revised', async () => {
  const targets = app.policy.rules.filter((rule) => rule.jurisdiction === 'hubei').map((rule) => rule.id)
  expect(targets.length).toBeGreaterThan(8)
  for (const rule of targets) {
    const same = await aRevision(app, officers, { state: 'written', rule, change: (body) => body })
    const report = checkText(app.policy, same, same.number, same.content, [])
    expect([rule, report.problems, report.findings.filter((one) => one.level === 'error')]).toEqual([
      rule,
      [],
      [],
    ])
    expect([rule, tryText(app.policy, same, same.content, [])?.changed]).toEqual([rule, 0])
  }
})

test('an example flips where a path is taken out, and the examples of other people stay', async () => {
  const fresh = await twoOfficers(app)
  const { content, ...revision } = await aRevision(app, fresh, {
    state: 'written',
    kind: 'filling',
    rule: 'engineer.declaration',
    part: '培训凭证',
    change: (body) => ({ ...body, 条件: { 培训合格证书: { 当年: true } } }),
  })
  const tried = tryText(app.policy, revision, content, [])
  const flipped = tried?.rows.filter((row) => row.changed) ?? []
  expect(flipped.length).toBeGreaterThan(0)
  expect(tried?.total).toBeGreaterThan(flipped.length)
})

test('a figure is tried on the rules that read it', async () => {
  const revision = await aRevision(app, officers, {
    state: 'written',
    kind: 'parameter',
    rule: 'hubei.yearly-target',
    change: () => ({ 值: 2600 }),
  })
  const report = checkText(app.policy, revision, revision.number, revision.content, [])
  expect(report.problems).toEqual([])
  expect(report.policy?.parameters.find((one) => one.参数 === 'hubei.yearly-target')?.值).toMatchObject([
    { 值: 2000, 至: '2026-08-31' },
    { 值: 2600, 自: '2026-09-01' },
  ])
})
