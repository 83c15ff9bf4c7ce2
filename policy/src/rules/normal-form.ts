// A tree as alternatives of plain conditions: what static checks reason over. Possible because the set is closed.
import type { Condition } from '../predicates/predicate.ts'
import type { RuleNode } from './node.ts'

export interface Conjunct {
  must: Condition[]
  mustNot: Condition[]
}

const LIMIT = 256

/** Every way to meet the tree; capped, since only small trees are written by hand. */
export function conjuncts(node: RuleNode, negated = false): Conjunct[] {
  switch (node.kind) {
    case '条件':
      return [negated ? { must: [], mustNot: [node.condition] } : { must: [node.condition], mustNot: [] }]
    case '不得':
      return conjuncts(node.of[0], !negated)
    case '下级规定':
      return conjuncts(node.of[0], negated)
    case '全部满足':
      return negated ? either(node.of, true) : both(node.of, false)
    case '任一满足':
      return negated ? both(node.of, true) : either(node.of, false)
    case '至少': {
      // not (at least n of m) = at least m - n + 1 fail
      const count = negated ? node.of.length - node.count + 1 : node.count
      return choose(node.of, count)
        .flatMap((some) => both(some, negated))
        .slice(0, LIMIT)
    }
  }
}

/** Nothing can meet it: something is both required and barred. */
export function contradiction(conjunct: Conjunct): Condition | undefined {
  return conjunct.must.find((m) => conjunct.mustNot.some((n) => m.implies(n)))
}

/** Whatever meets `strong` meets `weak` as well. */
export function implies(strong: readonly Conjunct[], weak: readonly Conjunct[]): boolean {
  return strong.every((s) =>
    weak.some(
      (w) =>
        w.must.every((m) => s.must.some((have) => have.implies(m))) &&
        w.mustNot.every((n) => s.mustNot.some((barred) => n.implies(barred))),
    ),
  )
}

function both(nodes: readonly RuleNode[], negated: boolean): Conjunct[] {
  return nodes.reduce<Conjunct[]>(
    (sofar, node) =>
      sofar
        .flatMap((a) =>
          conjuncts(node, negated).map((b) => ({
            must: [...a.must, ...b.must],
            mustNot: [...a.mustNot, ...b.mustNot],
          })),
        )
        .slice(0, LIMIT),
    [{ must: [], mustNot: [] }],
  )
}

function either(nodes: readonly RuleNode[], negated: boolean): Conjunct[] {
  return nodes.flatMap((node) => conjuncts(node, negated)).slice(0, LIMIT)
}

function choose<T>(items: readonly T[], count: number): T[][] {
  if (count <= 0) return [[]]
  return items.flatMap((item, i) => choose(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]))
}
