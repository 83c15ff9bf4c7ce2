import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryParams } from '../../testing/arbitrary-facts.ts'
import { policy } from '../../testing/packs.ts'
import { nodesOf } from '../packs/check-references.ts'
import { conditionOf } from '../predicates/predicate.ts'
import { PREDICATES } from '../predicates/registry.ts'
import { NO, YES } from '../state.ts'
import { prepare } from './prepare.ts'

// The packs' own conditions and some neighbours of them, so that many pairs imply each other.
const conditions = [
  ...policy.rules
    .flatMap((rule) => nodesOf(rule))
    .flatMap((node) => (node.kind === '条件' ? [node.condition] : [])),
  ...(['员级', '助理级', '中级', '副高级'] as const).map((level) =>
    conditionOf(PREDICATES.get('职称')!, { 不低于: level }),
  ),
  ...[0, 1, 2, 5].map((years) => conditionOf(PREDICATES.get('工作满')!, { 年: years })),
  ...[
    { 任一: ['大学本科', '硕士学位'] },
    { 任一: ['硕士学位'], 含更高: true },
    { 任一: ['大学专科'], 含更高: true, 含应届: true },
  ].map((p) => conditionOf(PREDICATES.get('学历学位')!, p)),
]
const pairs = conditions.flatMap((strong) =>
  conditions.filter((weak) => weak !== strong && strong.implies(weak)).map((weak) => [strong, weak] as const),
)

test('what a condition is said to imply does hold with it, on any facts and day', {
  timeout: 120_000,
}, () => {
  expect(pairs.length).toBeGreaterThan(30)
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      arbitraryParams,
      arbitraryFacts,
      arbitraryDay,
      ([strong, weak], params, facts, on) => {
        const { scope } = prepare(policy, { rule: 'engineer.declaration', jurisdiction: 'hubei', params })
        const [a, b] = [strong.bind(scope)(facts, on).state, weak.bind(scope)(facts, on).state]
        if (a === YES) expect(b).toBe(YES)
        if (b === NO) expect(a).toBe(NO)
      },
    ),
    { numRuns: 10_000 },
  )
})
