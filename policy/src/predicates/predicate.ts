// One condition a clause can state. Each predicate owes five things: its author-time schema, its verdict
// on a day, its step function over all days, what is needed when it does not hold, and a sentence.
// The verdict is bound once per rule (names resolved, figures found) and then asked for person after person.
import { z } from 'zod'
import { BODY_KINDS, type Facts, type ProofState, type Provable } from '../facts.ts'
import type { ParameterValue } from '../parameters/parameter.ts'
import { type Problem, problemsOf } from '../problems.ts'
import { DATA, JUDGE, NO, PAPER, type State, YES } from '../state.ts'
import type { ByDay } from '../time/by-day.ts'
import { addDays, type Day } from '../time/day.ts'
import { type Steps, sampled } from '../time/steps.ts'

export const paramsSchema = z.strictObject({
  occupation: z.string().optional(),
  level: z.string().optional(),
  institution: z.string().optional(),
  institutionKind: z.enum(['培训机构', '评价机构', ...BODY_KINDS]).optional(),
})

/** What a decision is about, beside the person's facts. */
export interface RuleParams {
  /** Occupation by id, official name or code: '本职业' in the rules. */
  occupation?: string | undefined
  /** Level declared: '本等级' in the rules. */
  level?: string | undefined
  institution?: string | undefined
  institutionKind?: '培训机构' | '评价机构' | (typeof BODY_KINDS)[number] | undefined
}

/** Everything a predicate may look at beside the facts. */
export interface Scope {
  params: RuleParams
  /** Least proof a fact needs before it counts as shown. */
  proof: ProofState
  occupation: (aliasOrId: string | undefined) => string | undefined
  occupationName: (aliasOrId: string) => string
  parameter: (id: string, on: Day) => ParameterValue | undefined
  /** The same figure, found once: for conditions asked person after person. */
  figure: (id: string) => ByDay<ParameterValue | undefined>
  /** The same as a number; undefined while nobody has found it. */
  number: (id: string) => ByDay<number | undefined>
  parameterDays: (id: string) => readonly Day[]
  parameterName: (id: string) => string
}

/** A verdict on one condition, with the facts it rests on. */
export interface Leaf {
  state: State
  /** Paths into the facts, e.g. 'titles[0]'. */
  used: readonly string[]
}

/** A condition bound to its rule: what it says of one person on one day. */
export type Evaluate = (facts: Facts, on: Day) => Leaf

/** Several conditions bound to their rule: their answers, put into the list from that place on. */
export type EvaluateAll = (facts: Facts, on: Day, leaves: Leaf[], from: number) => void

export type NeedKind = '材料' | '数据' | '待发生事件'

export interface Need {
  kind: NeedKind
  what: string
  /** Path into the facts (or 参数) that would settle it. */
  at: string
  /** Day on which it happens by itself, when known. */
  on?: Day
}

export interface PredicateDef<P> {
  name: string
  /** One line for the authoring guide and the form. */
  about: string
  schema: z.ZodType<P>
  /** Parts of the facts it looks at: what a form must ask. */
  reads: readonly (keyof Facts)[]
  /** Does `strong` hold only when `weak` does? Equal parameters always count. */
  implies?: (strong: P, weak: P) => boolean
  /** Other conditions that hold whenever this one does. */
  entails?: (params: P) => Condition[]
  /**
   * Binds the verdict to the rule's scope. What it returns is asked millions of times: it should read its own
   * fields of the facts and give back leaves made beforehand (`leavesUsing`).
   */
  evaluate: (params: P, scope: Scope) => Evaluate
  /** The same for several conditions of one rule, where reading the facts once for all of them is worth it. */
  together?: (all: readonly P[], scope: Scope) => EvaluateAll
  /** Every day on which the verdict can change; sampled into the timeline. A day too many does no harm. */
  changeDays: (params: P, facts: Facts, scope: Scope) => Day[]
  /** Noun phrase of the requirement: '具备助理级及以上职称'. */
  requirement: (params: P, scope: Scope) => string
  /** Ids of the policy's figures it reads: their source status is its own. */
  figures?: (params: P) => string[]
  needs: (params: P, facts: Facts, on: Day, leaf: Leaf, scope: Scope) => Need[]
  /** What was found, without the requirement: '2024年3月1日取得'. */
  finding: (params: P, facts: Facts, on: Day, leaf: Leaf, scope: Scope) => string
}

/** A predicate with its parameters read and fixed. */
export interface Condition {
  name: string
  params: unknown
  /** Name and parameters: two conditions of the same key ask the same. */
  key: string
  reads: readonly (keyof Facts)[]
  /** Whenever this holds, the other holds too. */
  implies: (other: Condition) => boolean
  /** The verdict bound to a scope; the same function for the same scope. */
  bind: (scope: Scope) => Evaluate
  /** Binds several conditions of this predicate at once, this one among them. */
  together?: (all: readonly Condition[], scope: Scope) => EvaluateAll
  timeline: (facts: Facts, scope: Scope) => Steps<State>
  requirement: (scope: Scope) => string
  figures: readonly string[]
  needs: (facts: Facts, on: Day, leaf: Leaf, scope: Scope) => Need[]
  finding: (facts: Facts, on: Day, leaf: Leaf, scope: Scope) => string
}

export interface Predicate {
  name: string
  about: string
  schema: z.ZodType
  reads: readonly (keyof Facts)[]
  read: (
    raw: unknown,
    path: string,
    at: string,
  ) => { ok: true; condition: Condition } | { ok: false; problems: Problem[] }
}

/** A condition written in code, for one predicate to speak of another. */
export function conditionOf(predicate: Predicate, params: unknown): Condition {
  const read = predicate.read(params, '', predicate.name)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.condition
}

export function definePredicate<P>(def: PredicateDef<P>): Predicate {
  return {
    name: def.name,
    about: def.about,
    schema: def.schema,
    reads: def.reads,
    read(raw, path, at) {
      const parsed = def.schema.safeParse(raw)
      if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, path, at) }
      const params = parsed.data
      const key = JSON.stringify([def.name, params])
      const bound = new WeakMap<Scope, Evaluate>()
      const bind = (scope: Scope): Evaluate => {
        const known = bound.get(scope) ?? def.evaluate(params, scope)
        bound.set(scope, known)
        return known
      }
      return {
        ok: true,
        condition: {
          name: def.name,
          params,
          key,
          reads: def.reads,
          implies: (other) =>
            other.key === key ||
            (other.name === def.name && def.implies?.(params, other.params as P) === true) ||
            (def.entails?.(params) ?? []).some((entailed) => entailed.implies(other)),
          bind,
          ...(def.together && {
            together: (all, scope) =>
              def.together!(
                all.map((one) => one.params as P),
                scope,
              ),
          }),
          timeline: (facts, scope) => {
            const evaluate = bind(scope)
            return sampled(def.changeDays(params, facts, scope), (day) => evaluate(facts, day).state)
          },
          figures: def.figures?.(params) ?? [],
          requirement: (scope) => def.requirement(params, scope),
          needs: (facts, on, leaf, scope) => def.needs(params, facts, on, leaf, scope),
          finding: (facts, on, leaf, scope) => def.finding(params, facts, on, leaf, scope),
        },
      }
    },
  }
}

const PROOF_RANK = { 已过期: 0, 自述: 1, 已上传: 2, 已核验: 3 } as const

/** Is the fact shown well enough on that day? A paper stops counting after its last day. */
export function shown(fact: Provable, on: Day, required: ProofState): State {
  if (fact.proof === '已过期') return PAPER
  if (fact.proofUntil !== undefined && on > fact.proofUntil) return PAPER
  return PROOF_RANK[fact.proof ?? '自述'] >= PROOF_RANK[required] ? YES : PAPER
}

export function proofDays(facts: readonly Provable[] | undefined): Day[] {
  return (facts ?? []).flatMap((fact) => (fact.proofUntil === undefined ? [] : [addDays(fact.proofUntil, 1)]))
}

/** A part of the facts that is a list of dated things. */
export type ListKey = {
  [K in keyof Facts]-?: NonNullable<Facts[K]> extends readonly object[] ? K : never
}[keyof Facts]
export type ItemOf<K extends ListKey> = NonNullable<Facts[K]>[number]

/** The best of a complete list; unknown when the list is absent. */
export function bestOf<K extends ListKey>(
  list: K,
  { proof }: Scope,
  truth: (item: ItemOf<K>, on: Day, facts: Facts) => State,
): Evaluate {
  const empty = leavesUsing()
  const whole = leavesUsing(list)
  const byItem: Readonly<Record<State, Leaf>>[] = []
  return (facts, on) => {
    const items = facts[list] as readonly (ItemOf<K> & Provable)[] | undefined
    if (items === undefined) return empty[DATA]
    let state: State = NO
    let index = -1
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!
      let here = truth(item, on, facts)
      if (here > PAPER) here = Math.min(here, shown(item, on, proof)) as State
      if (here > state) {
        state = here
        index = i
      }
    }
    if (index < 0) return (items.length > 0 ? whole : empty)[state]
    byItem[index] ??= leavesUsing(`${list}[${index}]`)
    return byItem[index]![state]
  }
}

/** One leaf for each state, resting on these facts: made once, given out for every verdict. */
export function leavesUsing(...used: string[]): Readonly<Record<State, Leaf>> {
  const key = used.join(' ')
  let known = LEAVES.get(key)
  if (!known) {
    known = [NO, DATA, PAPER, JUDGE, YES].map((state) => ({ state, used }))
    LEAVES.set(key, known)
  }
  return known as never
}

/** Places in the facts are few: `titles[3]` is the same leaf whoever's title it is. */
const LEAVES = new Map<string, readonly Leaf[]>()

/** The fact behind a leaf of `bestOf`, when there is one. */
export function usedItem<T>(list: readonly T[] | undefined, leaf: Leaf): T | undefined {
  const index = /\[(\d+)\]$/.exec(leaf.used[0] ?? '')?.[1]
  return index === undefined ? undefined : list?.[+index]
}

/** The usual needs of a fact with a paper. */
export function factNeeds(
  leaf: Leaf,
  list: string,
  what: { data: string; paper: string; event: string },
): Need[] {
  if (leaf.state === DATA) return [{ kind: '数据', what: what.data, at: list }]
  if (leaf.state === PAPER) return [{ kind: '材料', what: what.paper, at: leaf.used[0] ?? list }]
  if (leaf.state === NO) return [{ kind: '待发生事件', what: what.event, at: list }]
  return []
}

export function proofNote(leaf: Leaf): string {
  return leaf.state === PAPER ? '，但尚无有效的证明材料' : ''
}

export function resolveLevel(level: string, scope: Scope): string {
  return level === '本等级' ? (scope.params.level ?? '本等级') : level
}

export function resolveOccupation(occupation: string, scope: Scope): string | undefined {
  return scope.occupation(occupation === '本职业' ? scope.params.occupation : occupation)
}

export function sayOccupation(occupation: string, scope: Scope): string {
  const id = resolveOccupation(occupation, scope)
  return id === undefined ? '本职业' : scope.occupationName(id)
}
