// A condition on one item of a complete list of dated facts: what most conditions are.
import type { z } from 'zod'
import type { Facts, Provable } from '../facts.ts'
import { JUDGE, type State } from '../state.ts'
import { addDays, type Day } from '../time/day.ts'
import {
  bestOf,
  definePredicate,
  factNeeds,
  type ItemOf,
  type ListKey,
  type Need,
  type Predicate,
  proofDays,
  proofNote,
  type Scope,
  usedItem,
} from './predicate.ts'

interface DatedList<P, K extends ListKey> {
  name: string
  about: string
  list: K
  schema: z.ZodType<P>
  implies?: (strong: P, weak: P) => boolean
  /** Bound to the rule first, then asked item by item. */
  holds: (params: P, scope: Scope) => (item: ItemOf<K>, on: Day) => State
  days: (item: ItemOf<K>, params: P, scope: Scope) => Day[]
  figures?: (params: P) => string[]
  requirement: (params: P, scope: Scope) => string
  words: (params: P, scope: Scope) => { data: string; paper: string; event: string }
  /** What is needed while the item waits for something other than a paper. */
  open?: (params: P, item: ItemOf<K>, at: string, state: State, scope: Scope) => Need | undefined
  say: (item: ItemOf<K>, params: P, on: Day, scope: Scope) => string
}

export function defineDatedList<P, K extends ListKey>(def: DatedList<P, K>): Predicate {
  const items = (facts: Facts) => facts[def.list] as readonly (ItemOf<K> & Provable)[] | undefined
  return definePredicate<P>({
    name: def.name,
    about: def.about,
    reads: [def.list],
    schema: def.schema,
    ...(def.implies && { implies: def.implies }),
    ...(def.figures && { figures: def.figures }),
    evaluate: (p, scope) => bestOf(def.list, scope, def.holds(p, scope)),
    changeDays: (p, facts, scope) => [
      ...(items(facts) ?? []).flatMap((item) => def.days(item, p, scope)),
      ...(def.figures?.(p) ?? []).flatMap((id) => [...scope.parameterDays(id)]),
      ...proofDays(items(facts)),
    ],
    requirement: def.requirement,
    needs: (p, facts, _on, leaf, scope) => {
      const item = usedItem(items(facts), leaf)
      const open = item && def.open?.(p, item, leaf.used[0]!, leaf.state, scope)
      if (open) return [open]
      if (leaf.state === JUDGE) return []
      return factNeeds(leaf, def.list, def.words(p, scope))
    },
    finding: (p, facts, on, leaf, scope) => {
      const item = usedItem(items(facts), leaf)
      if (item) return `${def.say(item, p, on, scope)}${proofNote(leaf)}`
      const { data } = def.words(p, scope)
      return items(facts) === undefined ? `尚未填写${data}` : `没有符合要求的${data}`
    },
  })
}

export function within(item: { from: Day; to?: Day | undefined }, on: Day): boolean {
  return item.from <= on && (item.to === undefined || on <= item.to)
}

export function spanDays(item: { from: Day; to?: Day | undefined }): Day[] {
  return item.to === undefined ? [item.from] : [item.from, addDays(item.to, 1)]
}
