// The same rule over all days: each condition is a step function of the day, the operators join them.
import type { Facts } from '../facts.ts'
import { borders, type RuleVersion } from '../packs/policy.ts'
import { NO, type State, YES } from '../state.ts'
import { onDay } from '../time/by-day.ts'
import { addDays, type Day } from '../time/day.ts'
import { at, combine, firstDay, type Steps, sampled } from '../time/steps.ts'
import { type Joint, joined } from './operators.ts'
import type { Prepared } from './prepare.ts'
import type { Program, Spot } from './program.ts'

/** The state of every path over all days, rule versions and fillings included. */
export function timelines({ versions }: Prepared, facts: Facts): Map<string, Steps<State>> {
  const parts = versions.map(({ version, program }) => ({ version, steps: drawn(program(), facts) }))
  const ids = new Set(parts.flatMap((part) => [...part.steps.keys()]))
  return new Map([...ids].map((id) => [id, stitched(parts, id)]))
}

/** Each version inside its own time, one after the other; 不符合 where none is in force. */
function stitched(
  parts: readonly { version: RuleVersion; steps: Map<string, Steps<State>> }[],
  id: string,
): Steps<State> {
  const days: Day[] = []
  const values: State[] = [NO]
  const turn = (day: Day, value: State) => {
    if (value === values.at(-1)) return
    days.push(day)
    values.push(value)
  }
  for (const { version, steps } of parts) {
    const own = steps.get(id)
    if (own === undefined || own === NEVER) continue
    const { from, to } = version
    turn(from, at(own, from))
    own.days.forEach((day, i) => {
      if (day > from && (to === undefined || day <= to)) turn(day, own.values[i + 1]!)
    })
    if (to !== undefined) turn(addDays(to, 1), NO)
  }
  return days.length === 0 ? NEVER : { days, values }
}

/** The paths of one program, each condition drawn at most once and only when it still matters. */
function drawn(program: Program, facts: Facts): Map<string, Steps<State>> {
  const known: Steps<State>[] = []
  const draw = (spot: Spot): Steps<State> => {
    const plain = drawPlain(spot)
    const { exceptions } = spot
    return exceptions ? joinedOver('例外', [plain, ...exceptions.map((e) => draw(e.spot))]) : plain
  }
  const drawPlain = ({ node, condition: place, children, fills, chosen }: Spot): Steps<State> => {
    if (place !== undefined) {
      const { condition, scope } = program.conditions[place]!
      known[place] ??= condition.timeline(facts, scope)
      return known[place]
    }
    if (node.kind === '全部满足') return allOver(children.map((child) => () => draw(child)))
    const parts = children.map(draw)
    if (fills && chosen) {
      const days = [...parts.flatMap((steps) => steps.days), ...fills.flatMap(borders)]
      return sampled(days, (day) => at(parts[onDay(chosen, day)]!, day))
    }
    return joinedOver(node.kind as Joint, parts, node.kind === '至少' ? node.count : 0)
  }
  const around = allOver(program.shared.map((spot) => () => draw(spot)))
  return new Map(
    program.paths.map(({ id, spot }) => [id, allOver([() => around, () => draw(spot)])] as const),
  )
}

/** All of them over all days; once one never holds, neither do they together, and the rest need not be drawn. */
function allOver(parts: readonly (() => Steps<State>)[]): Steps<State> {
  const found: Steps<State>[] = []
  for (const part of parts) {
    const steps = part()
    if (steps.days.length === 0 && steps.values[0] === NO) return NEVER
    // What always holds changes nothing.
    if (steps.days.length > 0 || steps.values[0] !== YES) found.push(steps)
  }
  if (found.length === 0) return ALWAYS
  return found.length === 1 ? found[0]! : joinedOver('全部满足', found)
}

const NEVER: Steps<State> = { days: [], values: [NO] }
const ALWAYS: Steps<State> = { days: [], values: [YES] }

function joinedOver(joint: Joint, parts: readonly Steps<State>[], count = 0): Steps<State> {
  const operator = { joint, parts: parts.map((_, i) => i), count }
  return combine(parts, (states) => joined(operator, states))
}

/** The first day on or after `from` on which any path is 符合, with the paths that open then. */
export function earliest(
  prepared: Prepared,
  facts: Facts,
  from: Day,
): { on: Day; paths: string[] } | undefined {
  let best: { on: Day; paths: string[] } | undefined
  for (const [id, steps] of timelines(prepared, facts)) {
    const on = firstDay(steps, from, (state) => state === YES)
    if (on === undefined || (best && on > best.on)) continue
    if (best && on === best.on) best.paths.push(id)
    else best = { on, paths: [id] }
  }
  return best
}
