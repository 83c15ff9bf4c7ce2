// A rule made ready for many people: its version, case and trees chosen once for the jurisdiction and parameters.
import {
  inForce,
  type Policy,
  type Rule,
  type RulePath,
  type RuleVersion,
  type When,
} from '../packs/policy.ts'
import type { Jurisdiction, SourceStatus } from '../packs/schema.ts'
import { parameter, parameterDays, type Setting } from '../parameters/parameter.ts'
import type { RuleParams, Scope } from '../predicates/predicate.ts'
import { type ByDay, byDay, onDay } from '../time/by-day.ts'
import type { Day } from '../time/day.ts'
import { at, sampled } from '../time/steps.ts'
import type { RuleNode } from './node.ts'
import { compile, type Program, type Surroundings } from './program.ts'

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
  /** Made when first asked for: most questions are about one day. */
  program: () => Program
  sourceStatus: (on: Day) => SourceStatus
}

/** What a day is decided by. */
export interface Standing {
  version: PreparedVersion
  program: Program
  /** In force; otherwise it is the version to come, or the last one. */
  live: boolean
}

export interface Prepared {
  policy: Policy
  rule: Rule
  jurisdiction: Jurisdiction
  params: RuleParams
  settings: readonly Setting[]
  scope: Scope
  versions: PreparedVersion[]
  standing: ByDay<Standing>
}

/** Chooses everything that depends on neither the person nor the day. A wrong question is a bug and throws. */
export function prepare(policy: Policy, ask: Ask): Prepared {
  const { jurisdiction, params = {}, settings = [] } = ask
  const rule = findRule(policy, ask.rule, jurisdiction)
  if (!rule) throw new Error(`no rule ${ask.rule} for ${jurisdiction}`)
  const missing = missingParams(rule, params)
  if (missing.length > 0) throw new Error(`rule ${rule.id} asks for ${missing.join(', ')}`)
  const scope = scopeOf(policy, rule, jurisdiction, params, settings)
  const fills = policy.fills.filter((fill) => fill.rule === rule.id && fill.jurisdiction === jurisdiction)
  const versions = rule.versions.map((version): PreparedVersion => {
    const body = version.cases.find((c) => applies(policy, c.when, params))
    const shared = body ? [...(body.prerequisite ? [body.prerequisite] : []), ...body.exclusions] : []
    const paths = body?.paths ?? []
    const around = { fills, exceptions: version.exceptions }
    return {
      version,
      shared,
      paths: paths.map((path) => ({
        path,
        tree: shared.length === 0 ? path.node : { kind: '全部满足', of: [...shared, path.node] },
        clause: path.clause ?? version.clause,
      })),
      around,
      program: once(() => compile(shared, paths, scope, around)),
      sourceStatus: (on) => statusOf(policy, rule, version, params, settings, on),
    }
  })
  return {
    policy,
    rule,
    jurisdiction,
    params,
    settings,
    scope,
    versions,
    standing: byDay((on) => {
      const live = versions.find(({ version }) => inForce(version, on))
      const version = live ?? versions.find((v) => v.version.from > on) ?? versions.at(-1)!
      return { version, program: version.program(), live: live !== undefined }
    }),
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
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
  const figure = byId((id) => {
    const steps = sampled(parameterDays(policy, id, settings), (day) =>
      parameter(policy, id, { ...query, on: day }),
    )
    return byDay((on) => at(steps, on))
  })
  return {
    params,
    proof: rule.proof,
    occupation,
    occupationName: (alias) => policy.occupations.get(occupation(alias) ?? '')?.名称 ?? alias,
    figure,
    number: byId((id) => {
      const found = figure(id)
      return byDay((on) => {
        const value = onDay(found, on)?.value
        return typeof value === 'number' ? value : undefined
      })
    }),
    parameter: (id, on) => onDay(figure(id), on),
    parameterName: (id) => policy.parameters.find((p) => p.参数 === id)?.名称 ?? id,
    parameterDays: byId((id) => parameterDays(policy, id, settings)),
  }
}

function byId<T>(make: (id: string) => T): (id: string) => T {
  const made = new Map<string, T>()
  return (id) => {
    const known = made.get(id) ?? make(id)
    made.set(id, known)
    return known
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
