// The main verb: facts and a day in, an explained decision out. Pure; the day is always the caller's.
import type { Facts } from '../facts.ts'
import { type Policy, packsOf, type RuleAmount } from '../packs/policy.ts'
import { isVerified } from '../packs/schema.ts'
import { sayScalar } from '../parameters/parameter.ts'
import type { Need, RuleParams, Scope } from '../predicates/predicate.ts'
import { NO, type Outcome, outcomeOf, STATE_NAMES, type State, YES } from '../state.ts'
import { addDays, type Day, earliestOf, isDay } from '../time/day.ts'
import { firstDay, type Steps } from '../time/steps.ts'
import type { Amount, Conflict, Decision, DecisionNode, Effect, PathDecision } from './decision.ts'
import { clauseRef, explain } from './explain.ts'
import { missingSets } from './missing.ts'
import { type Ask, applies, type Prepared, type PreparedVersion, prepare } from './prepare.ts'
import { sayDecision, sayPath } from './say.ts'
import { timelines } from './timeline.ts'
import { type Trace, tracesOf, verdictFor } from './verdict.ts'

export interface Question extends Ask {
  facts: Facts
  on: Day
}

/** Decides one rule for one person on one day: every path, with clause, facts, needs and dates. */
export function decide(policy: Policy, question: Question): Decision {
  return decideFor(prepare(policy, question), question.facts, question.on)
}

/** The same for a rule already prepared: one preparation serves a whole batch. */
export function decideFor(prepared: Prepared, facts: Facts, on: Day): Decision {
  if (!isDay(on)) throw new Error(`not a day: ${on}`)
  const { policy, rule, jurisdiction, params, settings, scope } = prepared
  const verdict = verdictFor(prepared, facts, on)
  const { version: shown } = verdict.standing
  const { version } = shown
  const conflicts: Conflict[] = []
  const overTime = timelines(prepared, facts)
  const status = shown.sourceStatus(on)
  const found = new Map(tracesOf(verdict).map((t) => [t.id, t]))
  const paths = shown.paths.map((path): PathDecision => {
    const { trace, state } = found.get(path.path.id)!
    conflicts.push(...conflictsIn(trace))
    const steps = overTime.get(path.path.id)!
    const sets = missingSets(trace, facts, on, scope)
    const dated = { ...timing(steps, on), ...next(steps, on) }
    const outcome = outcomeAt(state, dated)
    const needs = sets[0] ?? []
    return {
      id: path.path.id,
      name: path.path.name,
      outcome,
      sentence: sayPath({ name: path.path.name, outcome, needs, ...dated }),
      clause: clauseRef(policy, path.clause, version, params.occupation),
      ...dated,
      needs,
      alternatives: sets.slice(1),
      tree: explain(trace, path.clause, {
        policy,
        facts,
        on,
        scope,
        version,
        sourceStatus: status,
      }),
    }
  })
  const outcome = overall(paths)
  const best = paths.find((p) => p.outcome === outcome)
  const opens = outcome === '符合' ? [] : paths.flatMap((p) => (p.opensOn === undefined ? [] : [p.opensOn]))
  const possible =
    outcome === '符合' ? [] : paths.flatMap((p) => (p.possibleOn === undefined ? [] : [p.possibleOn]))
  const draft = {
    rule: rule.id,
    ruleName: rule.name,
    jurisdiction,
    params,
    on,
    outcome,
    confirms: rule.confirms,
    clause: best?.clause ?? clauseRef(policy, version.clause, version, params.occupation),
    paths,
    ...(opens.length > 0 && { opensOn: earliestOf(opens)! }),
    ...(possible.length > 0 && { possibleOn: earliestOf(possible)! }),
    needs: leastNeeds(paths, outcome),
    conflicts: conflicts.filter((c, i) => conflicts.findIndex((d) => d.sentence === c.sentence) === i),
    effects: outcome === '符合' ? effectsOf(prepared, shown, paths, on) : [],
    unverified: (outcome === '符合' && best ? [best] : paths).some((path) => unverified(path.tree)),
    receipt: {
      engine: policy.engine,
      packs: packsOf(policy, jurisdiction),
      rule: rule.id,
      jurisdiction,
      params,
      on,
      settings,
      facts,
    },
  }
  return { ...draft, sentence: sayDecision(draft, rule.matter, subjectOf(params, scope)) }
}

function timing(steps: Steps<State>, on: Day): Pick<PathDecision, 'opensOn' | 'window' | 'possibleOn'> {
  const opensOn = firstDay(steps, on, (state) => state === YES)
  const possibleOn = firstDay(steps, on, (state) => state !== NO)
  const result: Pick<PathDecision, 'opensOn' | 'window' | 'possibleOn'> = {}
  if (possibleOn !== undefined) result.possibleOn = possibleOn
  if (opensOn !== undefined) {
    const closes = firstDay(steps, opensOn, (state) => state !== YES)
    result.opensOn = opensOn
    result.window = { from: opensOn, to: closes === undefined ? null : addDays(closes, -1) }
  }
  return result
}

function next(steps: Steps<State>, on: Day): Pick<PathDecision, 'next'> {
  const index = steps.days.findIndex((day) => day > on)
  return index < 0 ? {} : { next: { on: steps.days[index]!, state: STATE_NAMES[steps.values[index + 1]!] } }
}

function outcomeAt(state: State, dated: Pick<PathDecision, 'opensOn' | 'possibleOn'>): Outcome {
  if (state !== NO) return outcomeOf(state)
  return dated.opensOn !== undefined || dated.possibleOn !== undefined ? '尚未到期' : '不符合'
}

const BEST_FIRST: readonly Outcome[] = ['符合', '需人工认定', '材料不足', '尚未到期', '不符合']

function overall(paths: readonly PathDecision[]): Outcome {
  return BEST_FIRST.find((outcome) => paths.some((p) => p.outcome === outcome)) ?? '不符合'
}

function leastNeeds(paths: readonly PathDecision[], outcome: Outcome): Need[] {
  return (
    paths
      .filter((p) => p.outcome === outcome && p.needs.length > 0)
      .map((p) => p.needs)
      .sort((a, b) => a.length - b.length)[0] ?? []
  )
}

function conflictsIn(trace: Trace): Conflict[] {
  const fired = (trace.exceptions ?? []).filter((e) => e.trace.state === YES).map((e) => e.exception.label)
  const own =
    fired.length > 1
      ? [
          {
            replaces: trace.node.label!,
            exceptions: fired,
            sentence: `例外“${fired.join('”“')}”同时替代“${trace.node.label}”，规则不设先后，须人工裁定。`,
          },
        ]
      : []
  return [...own, ...trace.children.flatMap(conflictsIn)]
}

function effectsOf(
  { policy, params, scope }: Prepared,
  { version }: PreparedVersion,
  paths: readonly PathDecision[],
  on: Day,
): Effect[] {
  const met = paths.filter((path) => path.outcome === '符合').map((path) => path.id)
  return version.effects
    .filter((effect) => applies(policy, effect.when, params))
    .filter((effect) => effect.paths === undefined || effect.paths.some((id) => met.includes(id)))
    .map((effect) => {
      const amounts = effect.amounts.flatMap((amount) => amountOn(amount, scope, on) ?? [])
      return {
        id: effect.id,
        name: effect.name,
        clause: clauseRef(policy, effect.clause ?? version.clause, version, params.occupation),
        automatic: effect.automatic,
        ...(amounts.length > 0 && { amounts }),
        ...(effect.note !== undefined && { note: effect.note }),
      }
    })
}

/** A figure of what is given; undefined where another figure rules it out. */
function amountOn({ parameter, given }: RuleAmount, scope: Scope, on: Day): Amount | undefined {
  const found = scope.parameter(parameter, on)
  const ruling = given && scope.parameter(given.parameter, on)?.value
  const open = given !== undefined && (ruling === undefined || ruling === null)
  if (given && !open && ruling !== given.value) return undefined
  return {
    parameter,
    name: scope.parameterName(parameter),
    unit: found?.unit ?? '',
    value: found?.value ?? null,
    sourceStatus: found?.sourceStatus ?? 'missing',
    ...(open && { provided: `${scope.parameterName(given.parameter)}为“${sayScalar(given.value)}”` }),
  }
}

function unverified(node: DecisionNode): boolean {
  return !isVerified(node.sourceStatus) || node.children.some(unverified)
}

function subjectOf(params: RuleParams, scope: Scope): string {
  const occupation = params.occupation === undefined ? '' : scope.occupationName(params.occupation)
  return `${occupation}${params.level ?? ''}`
}
