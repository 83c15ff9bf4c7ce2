// What would settle a tree: minimal sets of needs. Only antichains are kept, and at most LIMIT of them.
import type { Facts } from '../facts.ts'
import type { Need, Scope } from '../predicates/predicate.ts'
import { NO, YES } from '../state.ts'
import type { Day } from '../time/day.ts'
import { narrowed } from './program.ts'
import type { Trace } from './verdict.ts'

const LIMIT = 8

/** [] = nothing can settle it; [[]] = nothing is missing. */
export function missingSets(trace: Trace, facts: Facts, on: Day, scope: Scope): Need[][] {
  if (trace.state === YES) return [[]]
  const own = ownSets(trace, facts, on, scope)
  const byException = (trace.exceptions ?? []).flatMap((e) => missingSets(e.trace, facts, on, scope))
  return antichain([...own, ...byException])
}

function ownSets(trace: Trace, facts: Facts, on: Day, scope: Scope): Need[][] {
  const { node } = trace
  const children = () => trace.children.map((child) => missingSets(child, facts, on, scope))
  switch (node.kind) {
    case '条件': {
      const needs = node.condition.needs(facts, on, trace.leaf!, narrowed(scope, node.proof))
      return needs.length === 0 ? [] : [needs]
    }
    case '全部满足':
      return children().reduce(cross, [[]])
    case '任一满足':
      return children().flat()
    case '下级规定':
      return children()[0]!
    case '至少': {
      const cheapest = children()
        .filter((sets) => sets.length > 0)
        .map((sets) => sets[0]!)
        .sort((a, b) => a.length - b.length)
        .slice(0, node.count)
      return cheapest.length < node.count ? [] : [cheapest.flat()]
    }
    case '不得':
      // What is unknown can still be cleared; what is the case cannot.
      return trace.state === NO ? [] : missingSets(trace.children[0]!, facts, on, scope)
  }
}

function cross(sets: Need[][], more: Need[][]): Need[][] {
  return antichain(
    sets.flatMap((a) => more.map((b) => [...a, ...b.filter((need) => !a.some((n) => same(n, need)))])),
  )
}

function antichain(sets: Need[][]): Need[][] {
  const kept: Need[][] = []
  for (const set of [...sets].sort((a, b) => a.length - b.length)) {
    if (!kept.some((smaller) => smaller.every((need) => set.some((n) => same(n, need))))) kept.push(set)
    if (kept.length === LIMIT) break
  }
  return kept
}

function same(a: Need, b: Need): boolean {
  return a.kind === b.kind && a.at === b.at && a.what === b.what
}
