// The interpreter: a tree of conditions, all of them always looked at, on one day or over all days.
import type { Facts } from '../facts.ts'
import type { Fill, RuleException } from '../packs/policy.ts'
import type { Leaf, Scope } from '../predicates/predicate.ts'
import { all, any, atLeast, forbid, JUDGE, NO, type State, YES } from '../state.ts'
import { addDays, type Day } from '../time/day.ts'
import { at, combine, type Steps, sampled } from '../time/steps.ts'
import type { RuleNode } from './node.ts'

/** What holds around a tree: the province's fillings and the version's labelled exceptions. */
export interface Surroundings {
  fills: readonly Fill[]
  exceptions: readonly RuleException[]
}

export interface FiredException {
  exception: RuleException
  trace: Trace
}

export interface Trace {
  node: RuleNode
  state: State
  leaf?: Leaf
  children: Trace[]
  /** The provincial wording that stood in for the national one. */
  fill?: Fill
  /** Exceptions that name this node, whether they fired or not. */
  exceptions?: FiredException[]
}

export function evaluate(node: RuleNode, facts: Facts, on: Day, scope: Scope, around: Surroundings): Trace {
  const plain = evaluatePlain(node, facts, on, scope, around)
  if (node.label === undefined || around.exceptions.length === 0) return plain
  const exceptions = around.exceptions
    .filter((exception) => exception.replaces === node.label)
    .map((exception) => ({ exception, trace: evaluate(exception.node, facts, on, scope, around) }))
  if (exceptions.length === 0) return plain
  return {
    ...plain,
    state: replaced(
      plain.state,
      exceptions.map((e) => e.trace.state),
    ),
    exceptions,
  }
}

function evaluatePlain(node: RuleNode, facts: Facts, on: Day, scope: Scope, around: Surroundings): Trace {
  if (node.kind === '条件') {
    const leaf = node.condition.evaluate(facts, on, narrowed(scope, node.proof))
    return { node, state: leaf.state, leaf, children: NONE }
  }
  if (node.kind === '下级规定') {
    const fill = around.fills.find((f) => f.term === node.term && inForce(f, on))
    const child = evaluate(fill?.node ?? node.of[0], facts, on, scope, around)
    return { node, state: child.state, children: [child], ...(fill && { fill }) }
  }
  const children: Trace[] = []
  let lowest: State = YES
  for (const child of node.of) {
    const trace = evaluate(child, facts, on, scope, around)
    if (trace.state < lowest) lowest = trace.state
    children.push(trace)
  }
  if (node.kind === '全部满足') return { node, state: lowest, children }
  const states = children.map((child) => child.state)
  return { node, state: joined(node, states), children }
}

const NONE: Trace[] = []

export function timeline(node: RuleNode, facts: Facts, scope: Scope, around: Surroundings): Steps<State> {
  const plain = plainTimeline(node, facts, scope, around)
  if (node.label === undefined || around.exceptions.length === 0) return plain
  const exceptions = around.exceptions
    .filter((e) => e.replaces === node.label)
    .map((e) => timeline(e.node, facts, scope, around))
  if (exceptions.length === 0) return plain
  return combine([plain, ...exceptions], ([state, ...fired]) => replaced(state!, fired))
}

function plainTimeline(node: RuleNode, facts: Facts, scope: Scope, around: Surroundings): Steps<State> {
  if (node.kind === '条件') return node.condition.timeline(facts, narrowed(scope, node.proof))
  if (node.kind === '下级规定') {
    const national = timeline(node.of[0], facts, scope, around)
    const fills = around.fills
      .filter((f) => f.term === node.term)
      .map((fill) => ({ fill, steps: timeline(fill.node, facts, scope, around) }))
    const days = [national, ...fills.map((f) => f.steps)].flatMap((steps) => steps.days)
    return sampled([...days, ...fills.flatMap((f) => borders(f.fill))], (day) =>
      at(fills.find((f) => inForce(f.fill, day))?.steps ?? national, day),
    )
  }
  if (node.kind === '全部满足')
    return allOver(node.of.map((child) => () => timeline(child, facts, scope, around)))
  return combine(
    node.of.map((child) => timeline(child, facts, scope, around)),
    (states) => joined(node, states),
  )
}

/** All of them over all days; once one never holds, neither do they together, and the rest need not be drawn. */
export function allOver(parts: readonly (() => Steps<State>)[]): Steps<State> {
  const drawn: Steps<State>[] = []
  for (const part of parts) {
    const steps = part()
    if (steps.days.length === 0 && steps.values[0] === NO) return NEVER
    drawn.push(steps)
  }
  return drawn.length === 1 ? drawn[0]! : combine(drawn, all)
}

const NEVER: Steps<State> = { days: [], values: [NO] }

function joined(node: Exclude<RuleNode, { kind: '条件' | '下级规定' }>, states: readonly State[]): State {
  switch (node.kind) {
    case '全部满足':
      return all(states)
    case '任一满足':
      return any(states)
    case '至少':
      return atLeast(node.count, states)
    case '不得':
      return forbid(states[0]!)
  }
}

/** An exception that fires stands for the node it names; two that fire are a conflict for a person to settle. */
function replaced(state: State, exceptions: readonly State[]): State {
  if (exceptions.filter((e) => e === YES).length > 1) return JUDGE
  return any([state, ...exceptions])
}

export function inForce(version: { from: Day; to?: Day }, on: Day): boolean {
  return version.from <= on && (version.to === undefined || on <= version.to)
}

export function borders(version: { from: Day; to?: Day }): Day[] {
  return version.to === undefined ? [version.from] : [version.from, addDays(version.to, 1)]
}

function narrowed(scope: Scope, proof: Scope['proof'] | undefined): Scope {
  return proof === undefined ? scope : { ...scope, proof }
}
