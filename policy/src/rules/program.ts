// A rule version made flat: every distinct condition once, then the operators in an order in which each comes after
// its parts. Verdicts run it; traces and timelines read its places. Conditions hold the first places.
import type { ProofState } from '../facts.ts'
import { type Fill, inForce, type RuleException, type RulePath } from '../packs/policy.ts'
import type { Condition, Evaluate, EvaluateAll, Scope } from '../predicates/predicate.ts'
import { type ByDay, byDay } from '../time/by-day.ts'
import type { RuleNode } from './node.ts'
import type { Operator } from './operators.ts'

/** What holds around a tree: the province's fillings and the version's labelled exceptions. */
export interface Surroundings {
  fills: readonly Fill[]
  exceptions: readonly RuleException[]
}

export interface PlacedOperator extends Operator {
  place: number
  /** 下级规定: which of the parts stands on a day, the national wording first. */
  chosen: ByDay<number> | undefined
}

/** A node of the tree with the place its state is kept at. */
export interface Spot {
  node: RuleNode
  place: number
  children: Spot[]
  /** 下级规定: the province's fillings, each in its own time; the national wording is the first child, then they. */
  fills?: readonly Fill[]
  chosen?: ByDay<number>
  /** A condition, at whatever place an exception may have put the node. */
  condition?: number
  /** Exceptions that name this node, whether they fire or not. */
  exceptions?: { exception: RuleException; spot: Spot }[]
}

export interface Program {
  /** By place: what is asked. */
  conditions: readonly { condition: Condition; scope: Scope }[]
  /** The same, bound: the first of them one by one, */
  evaluates: readonly Evaluate[]
  /** and the rest with those of their predicate, each group from its place on. */
  groups: readonly { from: number; evaluate: EvaluateAll }[]
  operators: readonly PlacedOperator[]
  /** Looked at once for all paths. */
  shared: readonly Spot[]
  paths: readonly { id: string; spot: Spot }[]
  /** Working memory of one run: the state at every place. */
  states: Uint8Array
}

export function compile(
  shared: readonly RuleNode[],
  paths: readonly RulePath[],
  scope: Scope,
  around: Surroundings,
): Program {
  const trees = [...shared, ...paths.map((path) => path.node)]
  const { single, grouped } = inGroups([...distinctConditions(trees, around).values()])
  const ordered = [...single, ...grouped.flat()]
  const placeOf = new Map(ordered.map((node, i) => [keyOf(node), i]))
  const conditions = ordered.map(({ condition, proof }) => ({ condition, scope: narrowed(scope, proof) }))
  const operators: PlacedOperator[] = []
  const operate = (operator: Operator, chosen?: ByDay<number>): number => {
    const place = conditions.length + operators.length
    operators.push({ ...operator, place, chosen })
    return place
  }

  const put = (node: RuleNode): Spot => {
    const plain = putPlain(node)
    const named = exceptionsOf(node, around)
    if (named.length === 0) return plain
    const exceptions = named.map((exception) => ({ exception, spot: put(exception.node) }))
    const parts = [plain.place, ...exceptions.map((e) => e.spot.place)]
    return { ...plain, place: operate({ joint: '例外', parts, count: 0 }), exceptions }
  }
  const putPlain = (node: RuleNode): Spot => {
    if (node.kind === '条件') {
      const place = placeOf.get(keyOf(node))!
      return { node, place, condition: place, children: [] }
    }
    const fills = fillsOf(node, around)
    const children = [...node.of, ...fills.map((fill) => fill.node)].map(put)
    const parts = children.map((child) => child.place)
    if (node.kind === '下级规定') {
      const chosen = byDay((on) => fills.findIndex((fill) => inForce(fill, on)) + 1)
      const place = operate({ joint: '下级规定', parts, count: 0 }, chosen)
      return { node, place, children, fills, chosen }
    }
    const count = node.kind === '至少' ? node.count : 0
    return { node, place: operate({ joint: node.kind, parts, count }), children }
  }

  return {
    conditions,
    evaluates: conditions.slice(0, single.length).map((one) => one.condition.bind(one.scope)),
    groups: grouped.map((nodes) => ({
      from: placeOf.get(keyOf(nodes[0]!))!,
      evaluate: nodes[0]!.condition.together!(
        nodes.map((node) => node.condition),
        narrowed(scope, nodes[0]!.proof),
      ),
    })),
    shared: shared.map(put),
    paths: paths.map(({ id, node }) => ({ id, spot: put(node) })),
    operators,
    states: new Uint8Array(conditions.length + operators.length),
  }
}

type ConditionNode = Extract<RuleNode, { kind: '条件' }>

/** The same condition in two paths is one question: asked once, its answer shown in both. */
function distinctConditions(trees: readonly RuleNode[], around: Surroundings): Map<string, ConditionNode> {
  const found = new Map<string, ConditionNode>()
  const visit = (node: RuleNode): void => {
    if (node.kind === '条件') {
      const key = keyOf(node)
      if (!found.has(key)) found.set(key, node)
    }
    node.of.forEach(visit)
    for (const fill of fillsOf(node, around)) visit(fill.node)
    for (const exception of exceptionsOf(node, around)) visit(exception.node)
  }
  trees.forEach(visit)
  return found
}

/** Conditions that are answered one by one, and those that share one reading of the facts. */
function inGroups(nodes: readonly ConditionNode[]): { single: ConditionNode[]; grouped: ConditionNode[][] } {
  const groups = new Map<string, ConditionNode[]>()
  for (const node of nodes) {
    const { condition, proof } = node
    const group = condition.together ? `${condition.name} ${proof ?? ''}` : keyOf(node)
    groups.set(group, [...(groups.get(group) ?? []), node])
  }
  const all = [...groups.values()]
  return {
    single: all.flatMap((group) => (group.length === 1 ? group : [])),
    grouped: all.filter((group) => group.length > 1),
  }
}

function keyOf({ condition, proof }: ConditionNode): string {
  return proof === undefined ? condition.key : `${proof} ${condition.key}`
}

function fillsOf(node: RuleNode, { fills }: Surroundings): readonly Fill[] {
  return node.kind === '下级规定' ? fills.filter((fill) => fill.term === node.term) : []
}

function exceptionsOf(node: RuleNode, { exceptions }: Surroundings): readonly RuleException[] {
  return node.label === undefined ? [] : exceptions.filter((e) => e.replaces === node.label)
}

const NARROWED = new WeakMap<Scope, Map<ProofState, Scope>>()

/** The scope of a node that asks for a proof of its own; the same object each time. */
export function narrowed(scope: Scope, proof: ProofState | undefined): Scope {
  if (proof === undefined) return scope
  const known = NARROWED.get(scope) ?? new Map<ProofState, Scope>()
  NARROWED.set(scope, known)
  const own = known.get(proof) ?? { ...scope, proof }
  known.set(proof, own)
  return own
}
