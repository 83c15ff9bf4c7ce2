// Static findings that a closed set of predicates makes possible, and the gate before a release.
import { type Facts, factsSchema } from './facts.ts'
import { amountFigures, nodesIn, nodesOf } from './packs/check-references.ts'
import type { Policy, Rule, RuleVersion } from './packs/policy.ts'
import { isVerified, type SourceStatus } from './packs/schema.ts'
import type { Setting } from './parameters/parameter.ts'
import { conjuncts, contradiction, implies } from './rules/normal-form.ts'
import { runExample } from './rules/run-example.ts'
import { addDays } from './time/day.ts'

export interface Finding {
  level: 'error' | 'warning'
  code:
    | 'CLAUSE_UNTOUCHED_WITHOUT_REASON'
    | 'EXAMPLE_FAILS'
    | 'FACT_UNREAD'
    | 'PARAMETER_UNREAD'
    | 'PATH_SWALLOWED'
    | 'PATH_UNSATISFIABLE'
    | 'RULE_WITHOUT_EXAMPLE'
    | 'SOURCE_UNVERIFIED'
    | 'VERSION_GAP'
  path: string
  at: string
  message: string
}

/** With `release`, an unverified source is an error unless the province has confirmed it (settings). */
export function lint(
  policy: Policy,
  options: { release?: boolean; settings?: readonly Setting[] } = {},
): Finding[] {
  return [
    ...policy.examples.flatMap((example) =>
      runExample(policy, example).map((message) =>
        finding('error', 'EXAMPLE_FAILS', example.path, example.名, message),
      ),
    ),
    ...policy.rules.flatMap((rule) => lintRule(policy, rule)),
    ...lintFacts(policy),
    ...lintParameters(policy),
    ...lintClauses(policy),
    ...lintSources(policy, options.release === true ? 'error' : 'warning', options.settings ?? []),
  ]
}

function finding(
  level: Finding['level'],
  code: Finding['code'],
  path: string,
  at: string,
  message: string,
): Finding {
  return { level, code, path, at, message }
}

function lintRule(policy: Policy, rule: Rule): Finding[] {
  const findings = rule.versions.flatMap((version) => lintPaths(rule, version))
  if (!policy.examples.some((example) => example.规则 === rule.id)) {
    findings.push(finding('warning', 'RULE_WITHOUT_EXAMPLE', rule.path, rule.id, '规则旁没有例子'))
  }
  rule.versions.forEach((version, i) => {
    const next = rule.versions[i + 1]
    if (next && version.to !== undefined && addDays(version.to, 1) < next.from) {
      findings.push(
        finding('warning', 'VERSION_GAP', rule.path, rule.id, `${version.to}之后到${next.from}之前没有版本`),
      )
    }
  })
  return findings
}

function lintPaths(rule: Rule, version: RuleVersion): Finding[] {
  return version.cases.flatMap((body, c) => {
    const around = [...(body.prerequisite ? [body.prerequisite] : []), ...body.exclusions]
    const ways = body.paths.map((path) => ({
      path,
      ways: conjuncts({ kind: '全部满足', of: [...around, path.node] }).filter(
        (way) => contradiction(way) === undefined,
      ),
    }))
    return ways.flatMap(({ path, ways: own }, i) => {
      const at = `${rule.id}@${version.from}.情形[${c}].${path.id}`
      if (own.length === 0)
        return [
          finding('error', 'PATH_UNSATISFIABLE', rule.path, at, '没有人能走通这条路径：同一条件既要求又禁止'),
        ]
      const swallower = ways.find(
        (other, j) => j !== i && implies(own, other.ways) && !(j > i && implies(other.ways, own)),
      )
      if (!swallower) return []
      return [
        finding(
          'warning',
          'PATH_SWALLOWED',
          rule.path,
          at,
          `凡走得通这条路径的人都走得通“${swallower.path.id}”`,
        ),
      ]
    })
  })
}

/** A fact asked of people that no rule reads. */
function lintFacts(policy: Policy): Finding[] {
  const read = new Set<keyof Facts>(
    [
      ...policy.rules.flatMap((rule) => nodesOf(rule)),
      ...policy.fills.flatMap((fill) => nodesIn(fill.node)),
    ].flatMap((node) => (node.kind === '条件' ? node.condition.reads : [])),
  )
  return (Object.keys(factsSchema.shape) as (keyof Facts)[])
    .filter((key) => !read.has(key))
    .map((key) => finding('warning', 'FACT_UNREAD', 'src/facts.ts', key, '没有规则用到这项事实'))
}

/** A figure a province is asked to settle although nothing hangs on it. */
function lintParameters(policy: Policy): Finding[] {
  const nodes = [
    ...policy.rules.flatMap((rule) => nodesOf(rule)),
    ...policy.fills.flatMap((fill) => nodesIn(fill.node)),
  ]
  const read = new Set([
    ...nodes.flatMap((node) => (node.kind === '条件' ? node.condition.figures : [])),
    ...policy.rules.flatMap((rule) => rule.versions.flatMap((v) => v.effects.flatMap(amountFigures))),
    ...[...policy.deadlines.values()].flatMap((entry) =>
      [entry.当日计入, entry.末日顺延].flatMap((reading) => ('参数' in reading ? [reading.参数] : [])),
    ),
  ])
  return policy.parameters
    .filter((entry) => !read.has(entry.参数) && (entry.用于 ?? []).length === 0)
    .map((entry) =>
      finding(
        'warning',
        'PARAMETER_UNREAD',
        entry.path,
        entry.参数,
        `${entry.名称}：没有规则、时限或功能用到这项参数`,
      ),
    )
}

function lintClauses(policy: Policy): Finding[] {
  return [...policy.clauses.values()].flatMap((clause) => {
    const reasonless = clause.落实.some((row) => row.方式 === 'untouched' && row.说明 === undefined)
    return reasonless
      ? [
          finding(
            'error',
            'CLAUSE_UNTOUCHED_WITHOUT_REASON',
            clause.path,
            clause.条款,
            '没有实现又没有说明原因',
          ),
        ]
      : []
  })
}

function lintSources(policy: Policy, level: Finding['level'], settings: readonly Setting[]): Finding[] {
  const findings: Finding[] = []
  const confirmed = (id: string, key: string) => settings.some((s) => s.id === id && (s.key ?? '') === key)
  const check = (status: SourceStatus, path: string, id: string, key: string, what: string) => {
    if (isVerified(status) || confirmed(id, key)) return
    findings.push(
      finding(
        level,
        'SOURCE_UNVERIFIED',
        path,
        key ? `${id}[${key}]` : id,
        `${what}：来源状态为${status}，须核实或由省级确认`,
      ),
    )
  }
  for (const parameter of policy.parameters) {
    for (const row of parameter.值) {
      const key = parameter.键.map((k) => (k === '职业' ? row.职业 : row.等级)).join('/')
      check(row.来源状态, parameter.path, parameter.参数, key, parameter.名称)
    }
  }
  for (const entry of policy.deadlines.values()) {
    if (entry.数 === null) continue
    const id = `deadline:${entry.时限}`
    check(entry.起算事件来源状态, entry.path, id, '起算事件', `${entry.名称}的起算点`)
    for (const key of ['当日计入', '末日顺延'] as const) {
      const reading = entry[key]
      // A reading held as a figure is checked with the figures.
      if (!('参数' in reading)) check(reading.来源状态, entry.path, id, key, `${entry.名称}${key}的读法`)
    }
  }
  for (const rule of policy.rules) {
    for (const { from, fromStatus } of rule.versions) {
      if (fromStatus) check(fromStatus, rule.path, `rule:${rule.id}`, '起始日', `${rule.name}自${from}起`)
    }
    for (const source of rule.versions.flatMap((version) => version.sources)) {
      check(source.status, rule.path, `rule:${rule.id}`, (source.occupations ?? []).join('、'), rule.name)
    }
  }
  for (const calendar of policy.calendars.values()) {
    check(calendar.来源状态, calendar.path, `calendar:${calendar.年}`, '', calendar.名称)
    if (calendar.文号 === null) {
      findings.push(
        finding(
          'warning',
          'SOURCE_UNVERIFIED',
          calendar.path,
          `calendar:${calendar.年}`,
          `${calendar.名称}：文号未找到`,
        ),
      )
    }
  }
  return findings
}
