import { describe, expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { runExample } from './run-example.ts'

describe.each([...new Set(policy.examples.map((example) => example.规则))])('%s', (rule) => {
  test.each(
    policy.examples
      .filter((example) => example.规则 === rule)
      .map((example) => [example.名, example] as const),
  )('%s', (_name, example) => {
    expect(runExample(policy, example)).toEqual([])
  })
})

test('an example that is wrong says so', () => {
  const example = policy.examples.find((one) => one.应为.结论 === '不符合')!
  expect(runExample(policy, { ...example, 应为: { 结论: '符合' } })).toEqual(['结论应为"符合"，得到"不符合"'])
})

test('every rule has examples, at least one refused and one granted', () => {
  for (const id of new Set(policy.rules.map((rule) => rule.id))) {
    const outcomes = policy.examples.filter((e) => e.规则 === id).map((e) => e.应为.结论)
    expect([id, outcomes.includes('不符合'), outcomes.includes('符合')]).toEqual([id, true, true])
  }
})
