// The verdict of one person on one day: every condition and every operator of every path, none skipped. What it
// returns keeps each condition's answer; the trace and the explained tree are read from that, not asked again.
import type { Facts } from '../facts.ts'
import type { Fill, RuleException } from '../packs/policy.ts'
import type { Leaf } from '../predicates/predicate.ts'
import { NO, type State, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import type { Day } from '../time/day.ts'
import type { RuleNode } from './node.ts'
import { joined } from './operators.ts'
import type { Prepared, Standing } from './prepare.ts'
import type { Program, Spot } from './program.ts'

export interface Verdict {
  /** The best of the paths. */
  state: State
  /** The answer of every condition of the program, with the facts it rests on. */
  leaves: readonly Leaf[]
  standing: Standing
  facts: Facts
  on: Day
}

/** One verdict, for large batches: no words yet, and nothing left out. */
export function verdictFor(prepared: Prepared, facts: Facts, on: Day): Verdict {
  const standing = onDay(prepared.standing, on)
  const { conditions, evaluates, groups, states } = standing.program
  const leaves = new Array<Leaf>(conditions.length)
  for (let i = 0; i < evaluates.length; i++) leaves[i] = evaluates[i]!(facts, on)
  for (let i = 0; i < groups.length; i++) groups[i]!.evaluate(facts, on, leaves, groups[i]!.from)
  for (let i = 0; i < leaves.length; i++) states[i] = leaves[i]!.state
  const state = best(standing.program, on)
  return { state: standing.live ? state : NO, leaves, standing, facts, on }
}

/** Works the operators, given the states of the conditions. */
function operate({ operators, states }: Program, on: Day): void {
  for (let i = 0; i < operators.length; i++) {
    const operator = operators[i]!
    const { chosen } = operator
    states[operator.place] = joined(operator, states, chosen === undefined ? 0 : onDay(chosen, on))
  }
}

function best(program: Program, on: Day): State {
  operate(program, on)
  const { paths, states } = program
  const around = aroundOf(program)
  let found: State = NO
  for (let i = 0; i < paths.length; i++) {
    const own = states[paths[i]!.spot.place] as State
    const state = Math.min(own, around) as State
    if (state > found) found = state
  }
  return found
}

/** What all paths share. */
function aroundOf({ shared, states }: Program): State {
  let lowest: State = YES
  for (let i = 0; i < shared.length; i++) {
    const state = states[shared[i]!.place] as State
    if (state < lowest) lowest = state
  }
  return lowest
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

export interface PathTrace {
  id: string
  state: State
  trace: Trace
}

/** Every node of every path as the verdict found it. The facts are not looked at: the verdict holds all answers. */
export function tracesOf({ standing, leaves, on }: Verdict): PathTrace[] {
  const { program, version, live } = standing
  const states = program.states
  leaves.forEach((leaf, place) => {
    states[place] = leaf.state
  })
  operate(program, on)
  const around = aroundOf(program)
  const shared = program.shared.map((spot) => traceAt(spot, on, states, leaves))
  return program.paths.map(({ id, spot }, i) => {
    const own = traceAt(spot, on, states, leaves)
    const state = Math.min(own.state, around) as State
    const trace =
      shared.length === 0 ? own : { node: version.paths[i]!.tree, state, children: [...shared, own] }
    return { id, state: live ? state : NO, trace }
  })
}

function traceAt(spot: Spot, on: Day, states: Uint8Array, leaves: readonly Leaf[]): Trace {
  const { node, place, condition, exceptions } = spot
  const wording = spot.chosen && onDay(spot.chosen, on)
  const children = wording === undefined ? spot.children : [spot.children[wording]!]
  const fill = wording === undefined ? undefined : spot.fills![wording - 1]
  return {
    node,
    state: states[place] as State,
    ...(condition !== undefined && { leaf: leaves[condition]! }),
    children: children.map((child) => traceAt(child, on, states, leaves)),
    ...(fill && { fill }),
    ...(exceptions && {
      exceptions: exceptions.map((e) => ({
        exception: e.exception,
        trace: traceAt(e.spot, on, states, leaves),
      })),
    }),
  }
}

/** State and full trace of every path on a day, without a word of explanation. */
export function traces(prepared: Prepared, facts: Facts, on: Day): PathTrace[] {
  return tracesOf(verdictFor(prepared, facts, on))
}
