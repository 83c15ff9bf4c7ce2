// A rule made ready for many people: its version, case and trees chosen once for the jurisdiction and parameters.
import type { Facts } from '../facts.ts'
import type { Policy, Rule, RulePath, RuleVersion, When } from '../packs/policy.ts'
import type { Jurisdiction, SourceStatus } from '../packs/schema.ts'
import { type ParameterValue, parameter, parameterDays, type Setting } from '../parameters/parameter.ts'
import type { RuleParams, Scope } from '../predicates/predicate.ts'
import { NO, type State, YES } from '../state.ts'
import type { Day } from '../time/day.ts'
import { at, firstDay, type Steps, sampled } from '../time/steps.ts'
import { allOver, borders, evaluate, inForce, type Surroundings, type Trace, timeline } from './evaluate.ts'
import type { RuleNode } from './node.ts'

/** A question without the person and the day. */
export interface Ask {
  rule: string
  jurisdiction: Jurisdiction
  params?: RuleParams | undefined
  /** Values a province has confirmed; they stand before the packs' own. */
  settings?: readonly Setting[] | undefined
}

export interface PreparedPath {
  path: RulePath
  /** What all paths share, and the path's own condition last. */
  tree: RuleNode
  clause: string
}

export interface PreparedVersion {
  version: RuleVersion
  paths: PreparedPath[]
  /** Prerequisite and exclusions: looked at once for all paths. */
  shared: RuleNode[]
  around: Surroundings
  sourceStatus: (on: Day) => SourceStatus
}

export interface Prepared {
  policy: Policy
  rule: Rule
  jurisdiction: Jurisdiction
  params: RuleParams
  settings: readonly Setting[]
  scope: Scope
  versions: PreparedVersion[]
}

/** Chooses everything that depends on neither the person nor the day. A wrong question is a bug and throws. */
export function prepare(policy: Policy, ask: Ask): Prepared {
  const { jurisdiction, params = {}, settings = [] } = ask
  const rule = findRule(policy, ask.rule, jurisdiction)
  if (!rule) throw new Error(`no rule ${ask.rule} for ${jurisdiction}`)
  const missing = missingParams(rule, params)
  if (missing.length > 0) throw new Error(`rule ${rule.id} asks for ${missing.join(', ')}`)
  const fills = policy.fills.filter((fill) => fill.rule === rule.id && fill.jurisdiction === jurisdiction)
  const versions = rule.versions.map((version): PreparedVersion => {
    const body = version.cases.find((c) => applies(policy, c.when, params))
    const shared = body ? [...(body.prerequisite ? [body.prerequisite] : []), ...body.exclusions] : []
    return {
      version,
      shared,
      paths: (body?.paths ?? []).map((path) => ({
        path,
        tree: shared.length === 0 ? path.node : { kind: '全部满足', of: [...shared, path.node] },
        clause: path.clause ?? version.clause,
      })),
      around: { fills, exceptions: version.exceptions },
      sourceStatus: (on) => statusOf(policy, rule, version, params, settings, on),
    }
  })
  return {
    policy,
    rule,
    jurisdiction,
    params,
    settings,
    scope: scopeOf(policy, rule, jurisdiction, params, settings),
    versions,
  }
}

/** The version in force; before the first or in a gap the one to come, after the last the last. */
export function versionOn(prepared: Prepared, on: Day): PreparedVersion {
  return (
    prepared.versions.find((v) => inForce(v.version, on)) ??
    prepared.versions.find((v) => v.version.from > on) ??
    prepared.versions.at(-1)!
  )
}

/** State and full trace of every path on a day, without a word of explanation: for large batches. */
export function traces(
  prepared: Prepared,
  facts: Facts,
  on: Day,
): { id: string; state: State; trace: Trace }[] {
  const shown = versionOn(prepared, on)
  const { paths, shared, around } = shown
  const live = inForce(shown.version, on)
  const before = shared.map((node) => evaluate(node, facts, on, prepared.scope, around))
  const found = []
  for (const { path, tree } of paths) {
    const own = evaluate(path.node, facts, on, prepared.scope, around)
    const trace = before.length === 0 ? own : together(tree, before.concat(own))
    found.push({ id: path.id, state: live ? trace.state : NO, trace })
  }
  return found
}

function together(tree: RuleNode, children: Trace[]): Trace {
  let state: State = YES
  for (const child of children) if (child.state < state) state = child.state
  return { node: tree, state, children }
}

/** The state of every path over all days, rule versions included. */
export function timelines(prepared: Prepared, facts: Facts): Map<string, Steps<State>> {
  const { scope, versions } = prepared
  const parts = versions.map(({ version, shared, paths, around }) => {
    const before = allOver(shared.map((node) => () => timeline(node, facts, scope, around)))
    const own = paths.map(({ path }) =>
      allOver([() => before, () => timeline(path.node, facts, scope, around)]),
    )
    return { version, steps: new Map(paths.map(({ path }, i) => [path.id, own[i]!])) }
  })
  const ids = new Set(parts.flatMap((part) => [...part.steps.keys()]))
  return new Map(
    [...ids].map((id) => [
      id,
      stitched(parts.map(({ version, steps }) => ({ version, steps: steps.get(id) }))),
    ]),
  )
}

/** Each version inside its own time; 不符合 where none is in force. */
function stitched(parts: { version: RuleVersion; steps: Steps<State> | undefined }[]): Steps<State> {
  const days = parts.flatMap(({ version, steps }) => (steps ? [...borders(version), ...steps.days] : []))
  return sampled(days, (day) => {
    for (const part of parts) if (part.steps && inForce(part.version, day)) return at(part.steps, day)
    return NO
  })
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

export function applies(policy: Policy, when: When, params: RuleParams): boolean {
  if (when.levels && !when.levels.includes(params.level ?? '')) return false
  return (
    !when.occupations || when.occupations.includes(policy.occupationIds.get(params.occupation ?? '') ?? '')
  )
}

function scopeOf(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  params: RuleParams,
  settings: readonly Setting[],
): Scope {
  const occupation = (alias: string | undefined) =>
    alias === undefined ? undefined : (policy.occupationIds.get(alias) ?? alias)
  const query = { jurisdiction, occupation: params.occupation, level: params.level, settings }
  const known = new Map<string, Steps<ParameterValue | undefined>>()
  /** A batch asks for one day again and again. */
  const lately = new Map<string, { on: Day; value: ParameterValue | undefined }>()
  const days = new Map<string, Day[]>()
  return {
    params,
    proof: rule.proof,
    occupation,
    occupationName: (alias) => policy.occupations.get(occupation(alias) ?? '')?.名称 ?? alias,
    parameter: (id, on) => {
      const last = lately.get(id)
      if (last?.on === on) return last.value
      let steps = known.get(id)
      if (!steps) {
        steps = sampled(parameterDays(policy, id, settings), (day) =>
          parameter(policy, id, { ...query, on: day }),
        )
        known.set(id, steps)
      }
      const value = at(steps, on)
      lately.set(id, { on, value })
      return value
    },
    parameterName: (id) => policy.parameters.find((p) => p.参数 === id)?.名称 ?? id,
    parameterDays: (id) => {
      const found = days.get(id) ?? parameterDays(policy, id, settings)
      days.set(id, found)
      return found
    },
  }
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
