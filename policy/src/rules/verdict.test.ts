import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryQuestion } from '../../testing/arbitrary-facts.ts'
import { policy, rulesSeen } from '../../testing/packs.ts'
import { referenceTraces } from '../../testing/reference.ts'
import { RUNS } from '../../testing/runs.ts'
import { smallPolicy, version } from '../../testing/small-policy.ts'
import type { Facts } from '../facts.ts'
import { nodesOf } from '../packs/check-references.ts'
import { PREDICATES } from '../predicates/registry.ts'
import { NO, STATE_NAMES, YES } from '../state.ts'
import { decideFor } from './decide.ts'
import type { DecisionNode } from './decision.ts'
import { prepare } from './prepare.ts'
import { type Trace, tracesOf, verdictFor } from './verdict.ts'

const anyRule = arbitraryQuestion(rulesSeen)

/** What no real clause uses together: exceptions that meet, an open term filled for a time, n of three, two proofs of one. */
const odd = smallPolicy(
  `[{自: "2023-01-01", 至: "2025-06-30", 条款: D-1, 来源状态: found, 情形: [{排除: [{已退休: {}}], 路径: [{路径: A, 名称: 甲, 条件: {全部满足: [{职称: {不低于: 中级}}, {任一满足: [{职称: {不低于: 中级}, 证明: 已核验}, {培训学时: {种类: 理论, 不低于: 备案计划}}, {培训学时: {种类: 合计, 不低于: 备案计划}}]}]}}, {路径: B, 名称: 乙, 条件: {至少: {项: 2, 条件: [{职称: {不低于: 员级}}, {下级规定: {事项: 凭证, 未规定时: {培训内容: {完成: true}}}}, {技工院校毕业: {申报: 按国家有关规定}}]}}}]}],
    例外: [{例外: 退休免职称, 替代: A, 条款: D-2, 条件: {已退休: {}}}, {例外: 高技能免职称, 替代: A, 条款: D-2, 条件: {在聘高技能人才: {不低于: 中级工, 层级相应: 不要求}}}]},
   ${version('{路径: B, 名称: 乙, 条件: {不得: {任一满足: [{职称: {不低于: 中级}}, {已退休: {}}]}}}').replace('2023-01-01', '2026-01-01')}]`,
  `落实: [{规则: t.rule, 事项: 凭证, 条款: D-2, 自: "2024-01-01", 至: "2024-12-31", 条件: {学历学位: {任一: [大学本科]}}}]`,
)
const oddOnes = { rule: 't.rule', jurisdiction: 'national' } as const

describe('the trace a verdict keeps', { timeout: 300_000 }, () => {
  test('is the tree walked as it is written, node by node, in every rule of the packs', () => {
    fc.assert(
      fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
        const ask = { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params }
        const verdict = verdictFor(prepare(policy, ask), facts, on)
        const found = tracesOf(verdict)
        expect(found).toEqual(referenceTraces(policy, ask, facts, on))
        expect(verdict.state).toBe(Math.max(NO, ...found.map((path) => path.state)))
      }),
      RUNS,
    )
  })
  test('is that too where exceptions meet, fillings change and versions follow each other', () => {
    const prepared = prepare(odd, oddOnes)
    fc.assert(
      fc.property(arbitraryFacts, arbitraryDay, (facts, on) => {
        expect(tracesOf(verdictFor(prepared, facts, on))).toEqual(referenceTraces(odd, oddOnes, facts, on))
      }),
      RUNS,
    )
  })
  test('needs the facts no more, and stays while other verdicts are given', () => {
    const others = fc.array(fc.tuple(arbitraryFacts, arbitraryDay), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(anyRule, arbitraryFacts, arbitraryDay, others, ([seen, params], facts, on, more) => {
        const ask = { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params }
        const prepared = prepare(policy, ask)
        const passing = structuredClone(facts)
        const verdict = verdictFor(prepared, passing, on)
        // Whoever asked them again now would find nothing.
        for (const key of Object.keys(passing)) delete passing[key as keyof Facts]
        for (const [other, day] of more) verdictFor(prepared, other, day)
        expect(tracesOf(verdict)).toEqual(referenceTraces(policy, ask, facts, on))
      }),
      RUNS,
    )
  })
  test('is what decide() explains: the same states, facts, fillings and exceptions on every node', () => {
    fc.assert(
      fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
        const prepared = prepare(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params })
        const kept = tracesOf(verdictFor(prepared, facts, on)).map((path) => bonesOfTrace(path.trace))
        const told = decideFor(prepared, facts, on).paths.map((path) => bonesOfTree(path.tree))
        expect(told).toEqual(kept)
      }),
      RUNS,
    )
  })
  test('leaves nothing out: one who is barred at once has an answer to every condition all the same', () => {
    const prepared = prepare(odd, oddOnes)
    const verdict = verdictFor(prepared, { retirement: { retired: true } }, '2024-05-01')
    expect(verdict.state).toBe(NO)
    expect(verdict.leaves.map((leaf) => leaf.state)).toHaveLength(verdict.standing.program.conditions.length)
    expect(verdict.leaves.every((leaf) => leaf.state >= NO && leaf.state <= YES)).toBe(true)
  })
})

const conditions = [...policy.rules.flatMap(nodesOf), ...policy.fills.map((fill) => fill.node)].flatMap(
  (node) => (node.kind === '条件' ? [node.condition] : []),
)

test('every condition of the closed set is among those compared', () => {
  expect(new Set(conditions.map((condition) => condition.name))).toEqual(new Set(PREDICATES.keys()))
})
test('a condition bound long ago answers as one bound for this question alone', {
  timeout: 300_000,
}, () => {
  const ask = (occupation: string, level: string) =>
    prepare(policy, {
      rule: 'hubei.audience',
      jurisdiction: 'hubei',
      params: { occupation, level, institution: '江城培训中心', institutionKind: '培训机构' },
    })
  const kinds = [
    ['smart_mfg', '中级'],
    ['ai_trainer', '高级工'],
  ] as const
  const long = kinds.map(([occupation, level]) => {
    const { scope } = ask(occupation, level)
    return new Map(conditions.map((condition) => [condition, condition.bind(scope)]))
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...conditions),
      fc.constantFrom(0 as const, 1 as const),
      arbitraryFacts,
      fc.array(arbitraryDay, { minLength: 1, maxLength: 3 }),
      (condition, kind, facts, days) => {
        for (const on of days) {
          const fresh = condition.bind(ask(kinds[kind][0], kinds[kind][1]).scope)(facts, on)
          expect(long[kind]!.get(condition)!(facts, on)).toEqual(fresh)
        }
      },
    ),
    RUNS,
  )
})

interface Bones {
  kind: string
  state: string
  facts: readonly string[]
  clause: string | undefined
  exceptions: string[]
  children: Bones[]
}

function bonesOfTrace(trace: Trace): Bones {
  const { node, leaf, fill, exceptions = [] } = trace
  return {
    kind: node.kind === '条件' ? node.condition.name : node.kind,
    state: STATE_NAMES[trace.state],
    facts: leaf?.used ?? [],
    clause: fill?.clause,
    exceptions: exceptions.filter((e) => e.trace.state === YES).map((e) => e.exception.label),
    children: [...trace.children, ...exceptions.map((e) => e.trace)].map(bonesOfTrace),
  }
}

function bonesOfTree(node: DecisionNode): Bones {
  const { kind, state, facts, exceptions = [], children, sentence, clause } = node
  return {
    kind,
    state,
    facts: facts.map((fact) => fact.path),
    // A filling is the one thing that brings its own clause and says so.
    clause: kind === '下级规定' && sentence.includes('由下级规定，适用') ? clause.id : undefined,
    exceptions,
    children: children.map(bonesOfTree),
  }
}
