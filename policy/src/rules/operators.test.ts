import { describe, expect, test } from 'vitest'
import { smallPolicy, version } from '../../testing/small-policy.ts'
import type { Facts } from '../facts.ts'
import { decide } from './decide.ts'

const ask = (
  policy: ReturnType<typeof smallPolicy>,
  facts: Facts,
  on = '2026-03-01',
  jurisdiction: 'national' | 'hubei' = 'national',
) => decide(policy, { rule: 't.rule', jurisdiction, facts, on })

const TITLE = '{职称: {不低于: 中级}}'
const engineer: Facts['titles'] = [{ level: '中级', obtainedOn: '2024-01-01' }]
const retirement = { retired: true, on: '2025-01-01' }

describe('labelled exceptions', () => {
  const policy = smallPolicy(
    `[${version(
      `{路径: A, 名称: 甲, 条件: ${TITLE}}`,
      `, 例外: [{例外: 退休免职称, 替代: A, 条款: D-2, 条件: {已退休: {}}}, {例外: 高技能免职称, 替代: A, 条款: D-2, 条件: {在聘高技能人才: {不低于: 技师, 层级相应: 不要求}}}]`,
    )}]`,
  )
  test('two that fire are a conflict for a person, never a silent priority', () => {
    const decision = ask(policy, {
      titles: [],
      retirement,
      skillPosts: [{ skillLevel: '技师', from: '2024-01-01' }],
    })
    expect(decision.outcome).toBe('需人工认定')
    expect(decision.conflicts).toEqual([
      {
        replaces: 'A',
        exceptions: ['退休免职称', '高技能免职称'],
        sentence: expect.stringContaining('须人工裁定'),
      },
    ])
    expect(decision.sentence).toContain('须人工裁定')
  })
  test('two that fire conflict even when the rule itself holds', () => {
    const decision = ask(policy, {
      titles: engineer,
      retirement,
      skillPosts: [{ skillLevel: '技师', from: '2024-01-01' }],
    })
    expect(decision.outcome).toBe('需人工认定')
  })
  test('one that fires stands for what it replaces, by name and clause', () => {
    const decision = ask(policy, { titles: [], retirement, skillPosts: [] })
    expect(decision.outcome).toBe('符合')
    expect(decision.paths[0]!.tree.exceptions).toEqual(['退休免职称'])
    expect(decision.paths[0]!.tree.children.map((c) => c.clause.id)).toContain('D-2')
    expect(decision.paths[0]!.opensOn).toBe('2026-03-01')
  })
  test('one that is unknown leaves the verdict open', () => {
    expect(ask(policy, { titles: [], skillPosts: [] }).outcome).toBe('材料不足')
  })
  test('none that fires leaves the rule as it is', () => {
    expect(ask(policy, { titles: [], retirement: { retired: false }, skillPosts: [] }).outcome).toBe('不符合')
  })
})

describe('at least n', () => {
  const policy = smallPolicy(
    `[${version(`{路径: A, 名称: 甲, 条件: {至少: {项: 2, 条件: [${TITLE}, {已退休: {}}, {技工院校毕业: {申报: 按国家有关规定}}]}}}`)}]`,
  )
  test('one of three is not two', () => {
    expect(
      ask(policy, { titles: engineer, retirement: { retired: false }, technicalSchool: [] }).outcome,
    ).toBe('不符合')
  })
  test('what is unknown could be the second', () => {
    const decision = ask(policy, { titles: engineer, technicalSchool: [] })
    expect(decision.outcome).toBe('材料不足')
  })
  test('two of three are enough', () => {
    expect(ask(policy, { titles: engineer, retirement, technicalSchool: [] }).outcome).toBe('符合')
  })
})

describe('prohibitions', () => {
  const policy = smallPolicy(`[${version(`{路径: A, 名称: 甲, 条件: {不得: ${TITLE}}}`)}]`)
  test('the unknown does not pass', () => {
    expect(ask(policy, {}).outcome).toBe('材料不足')
  })
  test('an admission needs no paper', () => {
    expect(ask(policy, { titles: [{ ...engineer[0]!, proof: '已过期' }] }).outcome).toBe('不符合')
  })
  test('what cannot be undone has no needs', () => {
    expect(ask(policy, { titles: engineer }).paths[0]!.needs).toEqual([])
  })
  test('what is known not to be the case passes', () => {
    expect(ask(policy, { titles: [] }).outcome).toBe('符合')
  })
})

describe('versions', () => {
  const policy = smallPolicy(
    `[{自: "2023-01-01", 至: "2025-12-31", 条款: D-1, 来源状态: found, 情形: [{路径: [{路径: A, 名称: 甲, 条件: {已退休: {}}}]}]}, {自: "2026-01-01", 条款: D-2, 来源状态: found, 情形: [{路径: [{路径: A, 名称: 甲, 条件: ${TITLE}}]}]}]`,
  )
  test('each day is decided by the version in force, and the change is announced', () => {
    const facts: Facts = { titles: engineer, retirement: { retired: false } }
    const old = ask(policy, facts, '2025-12-31')
    expect([old.outcome, old.opensOn, old.clause.id, old.clause.version]).toEqual([
      '尚未到期',
      '2026-01-01',
      'D-1',
      '2023-01-01',
    ])
    const fresh = ask(policy, facts, '2026-01-01')
    expect([fresh.outcome, fresh.clause.id, fresh.clause.version]).toEqual(['符合', 'D-2', '2026-01-01'])
  })
  test('a window ends where a version ends', () => {
    const decision = ask(policy, { titles: [], retirement }, '2025-06-01')
    expect(decision.paths[0]!.window).toEqual({ from: '2025-06-01', to: '2025-12-31' })
    expect(decision.paths[0]!.next).toEqual({ on: '2026-01-01', state: '不符合' })
  })
})

describe('delegation', () => {
  const open = `[${version(`{路径: A, 名称: 甲, 条件: {下级规定: {事项: 凭证, 未规定时: {已退休: {}}}}}`)}]`
  const policy = smallPolicy(open)
  const filled = {
    ...policy,
    fills: [
      {
        jurisdiction: 'hubei' as const,
        path: 'packs/hubei/t.yaml',
        rule: 't.rule',
        term: '凭证',
        clause: 'D-2',
        from: '2026-01-01',
        node: smallPolicy(`[${version(`{路径: A, 名称: 甲, 条件: ${TITLE}}`)}]`).rules[0]!.versions[0]!
          .cases[0]!.paths[0]!.node,
      },
    ],
  }
  test('a province that has not filled the term in follows the national wording', () => {
    expect(
      ask(filled, { titles: engineer, retirement: { retired: false } }, '2026-03-01', 'national').outcome,
    ).toBe('不符合')
  })
  test('a province that has decides by its own from its own day on', () => {
    const before = ask(filled, { titles: engineer, retirement: { retired: false } }, '2025-12-31', 'hubei')
    expect([before.outcome, before.opensOn]).toEqual(['尚未到期', '2026-01-01'])
    const after = ask(filled, { titles: engineer, retirement: { retired: false } }, '2026-01-01', 'hubei')
    expect(after.outcome).toBe('符合')
    expect(after.paths[0]!.tree.clause.id).toBe('D-2')
  })
})

describe('what is missing', () => {
  test('a choice gives alternatives, the smallest first, and no superset', () => {
    const policy = smallPolicy(
      `[${version(`{路径: A, 名称: 甲, 条件: {任一满足: [{全部满足: [${TITLE}, {已退休: {}}]}, {已退休: {}}, {技工院校毕业: {申报: 按国家有关规定}}]}}`)}]`,
    )
    const path = ask(policy, {}).paths[0]!
    expect([path.needs, ...path.alternatives].map((set) => set.map((need) => need.at))).toEqual([
      ['retirement'],
      ['technicalSchool'],
    ])
  })
})
