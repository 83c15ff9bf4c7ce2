import { expect, test } from 'vitest'
import { policy } from '../testing/packs.ts'
import { boundaryCases } from './boundary.ts'
import { exampleSchema } from './packs/schema.ts'
import { runExample } from './rules/run-example.ts'

const cases = boundaryCases(policy, 'engineer.declaration')

test('cases stand on both sides of the day a right opens', () => {
  const around = cases
    .filter((c) => c.名.startsWith('助理工程师从业差一日满2年：2026-03-01'))
    .map((c) => [c.日期, c.应为.结论])
  expect(around).toEqual([
    ['2026-02-28', '尚未到期'],
    ['2026-03-01', '符合'],
    ['2026-03-02', '符合'],
  ])
})
test('cases stand one level below and above; the level itself is a case already', () => {
  const levels = cases
    .filter((c) => c.名.startsWith('助理工程师从业满2年：titles[0]'))
    .map((c) => [c.名.split('：')[1], c.应为.路径?.Z1])
  expect(levels).toEqual([
    ['titles[0]员级（低一级）', '不符合'],
    ['titles[0]中级（高一级）', '符合'],
  ])
})
test('generated cases are valid, unsigned, distinct examples that agree with the rule', () => {
  expect(exampleSchema.safeParse({ 例: cases }).success).toBe(true)
  expect(cases.every((c) => c.签署 === null)).toBe(true)
  expect(cases.flatMap((c) => runExample(policy, c))).toEqual([])
})
test('a case grown from an example that rests on a confirmed figure keeps the figure', () => {
  const grown = boundaryCases(policy, 'hubei.skill-upgrade-subsidy')
  expect(grown.some((c) => c.设置?.some((s) => s.id === 'hubei.engineer-certificate-subsidised'))).toBe(true)
  expect(grown.flatMap((c) => runExample(policy, c))).toEqual([])
})
