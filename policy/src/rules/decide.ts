// The main verb: facts and a day in, an explained decision out. Pure; the day is always the caller's.
import type { Facts } from '../facts.ts'
import type { Policy, Rule, RuleCase, RuleVersion, When } from '../packs/policy.ts'
import type { Jurisdiction, SourceStatus } from '../packs/schema.ts'
import { parameter, parameterDays, type Setting } from '../parameters/parameter.ts'
import type { Need, RuleParams, Scope } from '../predicates/predicate.ts'
import { NO, type Outcome, outcomeOf, STATE_NAMES, type State, YES } from '../state.ts'
import { addDays, type Day, earliestOf, isDay } from '../time/day.ts'
import { at, firstDay, type Steps, sampled } from '../time/steps.ts'
import type { Conflict, Decision, PathDecision } from './decision.ts'
import { borders, evaluate, inForce, type Surroundings, type Trace, timeline } from './evaluate.ts'
import { clauseRef, explain } from './explain.ts'
import { missingSets } from './missing.ts'
import type { RuleNode } from './node.ts'
import { sayDecision, sayPath } from './say.ts'

export interface Question {
  rule: string
  jurisdiction: Jurisdiction
  params?: RuleParams
  facts: Facts
  on: Day
  /** Values a province has confirmed; they stand before the packs' own. */
  settings?: readonly Setting[]
}

/** Decides one rule for one person on one day: every path, with clause, facts, needs and dates. */
export function decide(policy: Policy, question: Question): Decision {
  const { facts, on, jurisdiction, params = {}, settings = [] } = question
  if (!isDay(on)) throw new Error(`not a day: ${on}`)
  const rule = findRule(policy, question.rule, jurisdiction)
  if (!rule) throw new Error(`no rule ${question.rule} for ${jurisdiction}`)
  const missing = missingParams(rule, params)
  if (missing.length > 0) throw new Error(`rule ${rule.id} asks for ${missing.join(', ')}`)

  const scope = scopeOf(policy, rule, jurisdiction, params, settings)
  const shownVersion =
    rule.versions.find((v) => inForce(v, on)) ??
    rule.versions.find((v) => v.from > on) ??
    rule.versions.at(-1)!
  const sourceStatus = statusOf(policy, rule, shownVersion, params, settings, on)
  const body = caseOf(policy, shownVersion, params)
  const around = surroundings(policy, rule, jurisdiction, shownVersion)
  const conflicts: Conflict[] = []
  const paths = (body?.paths ?? []).map((path): PathDecision => {
    const trace = evaluate(pathTree(body!, path.node), facts, on, scope, around)
    conflicts.push(...conflictsIn(trace))
    const steps = pathTimeline(policy, rule, jurisdiction, params, path.id, facts, scope)
    const state: State = inForce(shownVersion, on) ? trace.state : NO
    const sets = missingSets(trace, facts, on, scope)
    const clause = path.clause ?? shownVersion.clause
    const dated = { ...timing(steps, on), ...next(steps, on) }
    const outcome = outcomeAt(state, dated)
    const needs = sets[0] ?? []
    return {
      id: path.id,
      name: path.name,
      outcome,
      sentence: sayPath({ name: path.name, outcome, needs, ...dated }),
      clause: clauseRef(policy, clause, shownVersion.from, params.occupation),
      ...dated,
      needs,
      alternatives: sets.slice(1),
      tree: explain(trace, clause, { policy, facts, on, scope, version: shownVersion.from, sourceStatus }),
    }
  })
  const outcome = overall(paths)
  const bestPath = paths.find((p) => p.outcome === outcome)
  const opens = outcome === '符合' ? [] : paths.flatMap((p) => (p.opensOn === undefined ? [] : [p.opensOn]))
  const clause = clauseRef(
    policy,
    bestPath?.clause.id ?? shownVersion.clause,
    shownVersion.from,
    params.occupation,
  )
  const draft = {
    rule: rule.id,
    ruleName: rule.name,
    jurisdiction,
    params,
    on,
    outcome,
    confirms: rule.confirms,
    clause,
    paths,
    ...(opens.length > 0 && { opensOn: earliestOf(opens)! }),
    needs: leastNeeds(paths, outcome),
    conflicts: distinctConflicts(conflicts),
    effects: outcome === '符合' ? effectsOf(policy, shownVersion, params) : [],
    unverified: !(['found', 'found_ocr', 'confirmed'] as SourceStatus[]).includes(sourceStatus),
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

/** The rule as this jurisdiction sees it: its own before the national one. */
export function findRule(policy: Policy, id: string, jurisdiction: Jurisdiction): Rule | undefined {
  return (
    policy.rules.find((r) => r.id === id && r.jurisdiction === jurisdiction) ??
    policy.rules.find((r) => r.id === id && r.jurisdiction === 'national')
  )
}

/** Every rule this jurisdiction sees, a province's own in place of the national one of the same id. */
export function rulesOf(policy: Policy, jurisdiction: Jurisdiction): Rule[] {
  return policy.rules.filter((rule) => findRule(policy, rule.id, jurisdiction) === rule)
}

const PARAM_KEYS = {
  职业: 'occupation',
  等级: 'level',
  机构: 'institution',
  机构类别: 'institutionKind',
} as const

/** Names of the parameters the rule asks for and was not given. */
export function missingParams(rule: Rule, params: RuleParams): string[] {
  return rule.asks.flatMap((ask) => (params[PARAM_KEYS[ask]] === undefined ? [PARAM_KEYS[ask]] : []))
}

/** The state of one path over all days, rule versions included. */
export function pathTimeline(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  params: RuleParams,
  pathId: string,
  facts: Facts,
  scope: Scope = scopeOf(policy, rule, jurisdiction, params, []),
): Steps<State> {
  const versions = rule.versions.flatMap((version) => {
    const body = caseOf(policy, version, params)
    const path = body?.paths.find((p) => p.id === pathId)
    if (!body || !path) return []
    return [
      {
        version,
        steps: timeline(
          pathTree(body, path.node),
          facts,
          scope,
          surroundings(policy, rule, jurisdiction, version),
        ),
      },
    ]
  })
  const days = versions.flatMap(({ version, steps }) => [...borders(version), ...steps.days])
  return sampled(days, (day) => {
    const found = versions.find(({ version }) => inForce(version, day))
    return found ? at(found.steps, day) : NO
  })
}

export function scopeOf(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  params: RuleParams,
  settings: readonly Setting[],
): Scope {
  const occupation = (alias: string | undefined) =>
    alias === undefined ? undefined : (policy.occupationIds.get(alias) ?? alias)
  return {
    params,
    proof: rule.proof,
    occupation,
    occupationName: (alias) => policy.occupations.get(occupation(alias) ?? '')?.名称 ?? alias,
    parameter: (id, on) =>
      parameter(policy, id, {
        jurisdiction,
        on,
        occupation: params.occupation,
        level: params.level,
        settings,
      }),
    parameterDays: (id) => parameterDays(policy, id, settings),
  }
}

function pathTree(body: RuleCase, node: RuleNode): RuleNode {
  const around = [...(body.prerequisite ? [body.prerequisite] : []), ...body.exclusions]
  return around.length === 0 ? node : { kind: '全部满足', of: [...around, node] }
}

function surroundings(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  version: RuleVersion,
): Surroundings {
  return {
    fills: policy.fills.filter((fill) => fill.rule === rule.id && fill.jurisdiction === jurisdiction),
    exceptions: version.exceptions,
  }
}

function caseOf(policy: Policy, version: RuleVersion, params: RuleParams): RuleCase | undefined {
  return version.cases.find((body) => applies(policy, body.when, params))
}

function applies(policy: Policy, when: When, params: RuleParams): boolean {
  if (when.levels && !when.levels.includes(params.level ?? '')) return false
  return (
    !when.occupations || when.occupations.includes(policy.occupationIds.get(params.occupation ?? '') ?? '')
  )
}

/** How the rule's wording is known; a province may have checked it: settings `rule:<id>`, for one occupation or all. */
function statusOf(
  policy: Policy,
  rule: Rule,
  version: RuleVersion,
  params: RuleParams,
  settings: readonly Setting[],
  on: Day,
): SourceStatus {
  const id = policy.occupationIds.get(params.occupation ?? '')
  const checked = settings.some(
    (s) =>
      s.id === `rule:${rule.id}` &&
      (s.key === undefined || s.key === '' || policy.occupationIds.get(s.key) === id) &&
      s.from <= on &&
      (s.to === undefined || on <= s.to),
  )
  if (checked) return 'confirmed'
  const row = version.sources.find((s) => !s.occupations || (id !== undefined && s.occupations.includes(id)))
  return row?.status ?? '待核实'
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
  const candidates = paths.filter((p) => p.outcome === outcome && p.needs.length > 0)
  return (
    candidates.reduce<Need[] | undefined>(
      (least, p) => (least && least.length <= p.needs.length ? least : p.needs),
      undefined,
    ) ?? []
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

function distinctConflicts(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.filter((c, i) => conflicts.findIndex((d) => d.sentence === c.sentence) === i)
}

function effectsOf(policy: Policy, version: RuleVersion, params: RuleParams): Decision['effects'] {
  return version.effects
    .filter((effect) => applies(policy, effect.when, params))
    .map((effect) => ({
      id: effect.id,
      name: effect.name,
      clause: clauseRef(policy, effect.clause ?? version.clause, version.from, params.occupation),
      automatic: effect.automatic,
      ...(effect.note !== undefined && { note: effect.note }),
    }))
}

function packsOf(policy: Policy, jurisdiction: Jurisdiction) {
  return policy.files.filter(
    (file) => file.path.includes('packs/national/') || file.path.includes(`packs/${jurisdiction}/`),
  )
}

function subjectOf(params: RuleParams, scope: Scope): string {
  const occupation = params.occupation === undefined ? '' : scope.occupationName(params.occupation)
  return `${occupation}${params.level ?? ''}`
}
