// The plain meaning of a rule: the tree walked as it is written, every condition bound afresh. Slow and short; what the
// flat program must say too.
import { type Ask, type Facts, type PathTrace, type Policy, prepare, type Trace } from '../src/index.ts'
import { inForce } from '../src/packs/policy.ts'
import type { RuleNode } from '../src/rules/node.ts'
import { NO, type State } from '../src/state.ts'

export function referenceTraces(policy: Policy, ask: Ask, facts: Facts, on: string): PathTrace[] {
  const { scope, versions } = prepare(policy, ask)
  const live = versions.find((v) => inForce(v.version, on))
  const { paths, around } = live ?? versions.find((v) => v.version.from > on) ?? versions.at(-1)!

  const walk = (node: RuleNode): Trace => {
    const plain = walkPlain(node)
    const named = around.exceptions.filter((e) => e.replaces === node.label)
    if (named.length === 0) return plain
    const exceptions = named.map((exception) => ({ exception, trace: walk(exception.node) }))
    const fired = exceptions.filter((e) => e.trace.state === 4).length
    const best = Math.max(plain.state, ...exceptions.map((e) => e.trace.state)) as State
    return { ...plain, state: fired > 1 ? 3 : best, exceptions }
  }
  const walkPlain = (node: RuleNode): Trace => {
    if (node.kind === '条件') {
      const own = node.proof === undefined ? { ...scope } : { ...scope, proof: node.proof }
      const leaf = node.condition.bind(own)(facts, on)
      return { node, state: leaf.state, leaf, children: [] }
    }
    if (node.kind === '下级规定') {
      const fill = around.fills.find((f) => f.term === node.term && inForce(f, on))
      const child = walk(fill?.node ?? node.of[0])
      return { node, state: child.state, children: [child], ...(fill && { fill }) }
    }
    const children = node.of.map(walk)
    return {
      node,
      state: wholeOf(
        node,
        children.map((child) => child.state),
      ),
      children,
    }
  }
  return paths.map(({ path, tree }) => {
    const trace = walk(tree)
    return { id: path.id, state: live ? trace.state : NO, trace }
  })
}

function wholeOf(node: Exclude<RuleNode, { kind: '条件' | '下级规定' }>, states: State[]): State {
  switch (node.kind) {
    case '全部满足':
      return Math.min(...states) as State
    case '任一满足':
      return Math.max(...states) as State
    case '至少':
      return states.toSorted((a, b) => b - a)[node.count - 1] ?? NO
    case '不得':
      return ([4, 1, 0, 3, 0] as const)[states[0]!]
  }
}
