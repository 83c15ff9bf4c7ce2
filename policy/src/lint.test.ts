import { describe, expect, test } from 'vitest'
import { policy } from '../testing/packs.ts'
import { smallPolicy, version } from '../testing/small-policy.ts'
import { diffPolicies } from './diff.ts'
import { lint } from './lint.ts'

const codes = (paths: string) =>
  lint(smallPolicy(`[${version(paths)}]`))
    .filter((f) => f.code.startsWith('PATH'))
    .map((f) => [f.code, f.at.split('.').at(-1)])

describe('findings', () => {
  test('a path that nobody can walk', () => {
    expect(
      codes(
        '{路径: A, 名称: 甲, 条件: {全部满足: [{职称: {不低于: 中级}}, {不得: {职称: {不低于: 员级}}}]}}',
      ),
    ).toEqual([['PATH_UNSATISFIABLE', 'A']])
  })
  test('a path that can be walked is not reported', () => {
    expect(
      codes(
        '{路径: A, 名称: 甲, 条件: {全部满足: [{职称: {不低于: 员级}}, {不得: {职称: {不低于: 中级}}}]}}',
      ),
    ).toEqual([])
  })
  test('a path swallowed by an easier one', () => {
    expect(
      codes(
        '{路径: A, 名称: 甲, 条件: {职称: {不低于: 员级}}}, {路径: B, 名称: 乙, 条件: {全部满足: [{职称: {不低于: 中级}}, {工作满: {年: 2}}]}}',
      ),
    ).toEqual([['PATH_SWALLOWED', 'B']])
  })
  test('one of two equal paths', () => {
    expect(codes('{路径: A, 名称: 甲, 条件: {已退休: {}}}, {路径: B, 名称: 乙, 条件: {已退休: {}}}')).toEqual(
      [['PATH_SWALLOWED', 'B']],
    )
  })
  test('paths that only overlap are not reported', () => {
    expect(
      codes(
        '{路径: A, 名称: 甲, 条件: {工作满: {年: 3}}}, {路径: B, 名称: 乙, 条件: {全部满足: [{职称: {不低于: 中级}}, {工作满: {年: 2}}]}}',
      ),
    ).toEqual([])
  })
  test('a gap between versions and a rule without an example', () => {
    const found = lint(
      smallPolicy(
        '[{自: "2023-01-01", 至: "2023-12-31", 条款: D-1, 来源状态: found, 情形: [{路径: [{路径: A, 名称: 甲, 条件: {已退休: {}}}]}]}, {自: "2024-01-02", 条款: D-1, 来源状态: found, 情形: [{路径: [{路径: A, 名称: 甲, 条件: {已退休: {}}}]}]}]',
      ),
    ).map((f) => f.code)
    expect(found).toEqual(expect.arrayContaining(['VERSION_GAP', 'RULE_WITHOUT_EXAMPLE']))
  })
})

describe('figures', () => {
  const figure = (more = '') =>
    `参数: [{参数: t.figure, 名称: 数, 单位: 是否, 条款: D-1, ${more}值: [{自: "2023-01-01", 值: true, 来源状态: found, 来源: 试}]}]`
  const unread = (paths: string, more?: string) =>
    lint(smallPolicy(`[${version(paths)}]`, figure(more)))
      .filter((f) => f.code === 'PARAMETER_UNREAD')
      .map((f) => f.at)
  const RETIRED = '{路径: A, 名称: 甲, 条件: {已退休: {}}}'
  test('one that nothing reads', () => {
    expect(unread(RETIRED)).toEqual(['t.figure'])
  })
  test('one that a rule reads, or that says where the product reads it, is not reported', () => {
    expect(unread('{路径: A, 名称: 甲, 条件: {政策参数: {参数: t.figure, 为: true}}}')).toEqual([])
    expect(unread(RETIRED, '用于: [training], ')).toEqual([])
  })
  test('a first day that is only recalled is unverified like a figure', () => {
    const recalled = version(RETIRED).replace('条款: D-1', '自来源状态: recalled, 条款: D-1')
    expect(lint(smallPolicy(`[${recalled}]`)).map((f) => [f.code, f.at])).toContainEqual([
      'SOURCE_UNVERIFIED',
      'rule:t.rule[起始日]',
    ])
  })
})

describe('release', () => {
  const unverified = lint(policy, { release: true }).filter((f) => f.level === 'error')
  test('is refused while a figure or wording is unverified', () => {
    expect(unverified.length).toBeGreaterThan(0)
    expect(new Set(unverified.map((f) => f.code))).toEqual(new Set(['SOURCE_UNVERIFIED']))
  })
  test('is not held up by what the province has confirmed', () => {
    const settings = [
      { id: 'engineer.standard-hours', key: 'ai/初级', value: 60, confirmedBy: '省厅', from: '2026-01-01' },
    ]
    const left = lint(policy, { release: true, settings }).filter((f) => f.level === 'error')
    expect(unverified.map((f) => f.at).filter((at) => !left.some((f) => f.at === at))).toEqual([
      'engineer.standard-hours[ai/初级]',
    ])
  })
})

test('the packs of this repository have no error', () => {
  expect(lint(policy).filter((f) => f.level === 'error')).toEqual([])
  expect(lint(policy).filter((f) => f.code.startsWith('PATH'))).toEqual([])
})

test('a diff names the people whose verdict changes, and nobody else', () => {
  const before = smallPolicy(`[${version('{路径: A, 名称: 甲, 条件: {职称: {不低于: 员级}}}')}]`)
  const after = smallPolicy(`[${version('{路径: A, 名称: 甲, 条件: {职称: {不低于: 中级}}}')}]`)
  const person = (name: string, level: '员级' | '中级') => ({
    person: name,
    rule: 't.rule',
    jurisdiction: 'national' as const,
    on: '2026-03-01',
    facts: { titles: [{ level, obtainedOn: '2024-01-01' }] },
  })
  const changed = diffPolicies(before, after, [person('甲', '员级'), person('乙', '中级')])
  expect(changed.map((c) => [c.person, c.before.outcome, c.after.outcome])).toEqual([
    ['甲', '符合', '不符合'],
  ])
})
