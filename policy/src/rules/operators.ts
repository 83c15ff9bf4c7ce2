// How the states of parts make the state of a whole. One reading for the verdict of a day and for all days.
import { JUDGE, NO, PAPER, type State, YES } from '../state.ts'

/**
 * `例外`: a node and the labelled exceptions that may stand for it, the node first. `下级规定`: the wordings of an open
 * term; which of them stands is a matter of the day.
 */
export type Joint = '全部满足' | '任一满足' | '至少' | '不得' | '例外' | '下级规定'

/** An operator over places in an array of states. */
export interface Operator {
  joint: Joint
  parts: readonly number[]
  /** 至少: how many. */
  count: number
}

export function joined({ joint, parts, count }: Operator, states: ArrayLike<number>, chosen = 0): State {
  switch (joint) {
    case '全部满足':
      return lowest(parts, states)
    case '任一满足':
      return highest(parts, states)
    case '至少':
      return nthHighest(count, parts, states)
    case '不得':
      return forbidden(states[parts[0]!] as State)
    case '例外':
      return replaced(parts, states)
    case '下级规定':
      return states[parts[chosen]!] as State
  }
}

function lowest(parts: readonly number[], states: ArrayLike<number>): State {
  let found: number = YES
  for (let i = 0; i < parts.length; i++) {
    const state = states[parts[i]!]!
    if (state < found) found = state
  }
  return found as State
}

function highest(parts: readonly number[], states: ArrayLike<number>): State {
  let found: number = NO
  for (let i = 0; i < parts.length; i++) {
    const state = states[parts[i]!]!
    if (state > found) found = state
  }
  return found as State
}

/** At least n of the parts: the n-th highest. */
function nthHighest(n: number, parts: readonly number[], states: ArrayLike<number>): State {
  for (let state: number = YES; state > NO; state--) {
    let reaching = 0
    for (let i = 0; i < parts.length; i++) if (states[parts[i]!]! >= state) reaching++
    if (reaching >= n) return state as State
  }
  return NO
}

/**
 * A prohibition. It fails closed: only a known "no" passes. An admission without papers (缺材料)
 * counts as admitted, and what is unknown stays unknown.
 */
function forbidden(state: State): State {
  if (state === NO) return YES
  if (state === YES || state === PAPER) return NO
  return state
}

/** An exception that fires stands for the node it names; two that fire are a conflict for a person to settle. */
function replaced(parts: readonly number[], states: ArrayLike<number>): State {
  let fired = 0
  for (let i = 1; i < parts.length; i++) if (states[parts[i]!] === YES) fired++
  return fired > 1 ? JUDGE : highest(parts, states)
}
