import type { Policy, Rule, RuleNode, RuleVersion } from '../../../../policy/src/index.ts'

type Raw = Record<string, unknown>

/** A read condition as a pack writes it: what the form starts from. */
export function rawCondition(node: RuleNode, options: { withoutLabel?: string } = {}): Raw {
  const notes: Raw = {
    ...(node.clause !== undefined && { 条款: node.clause }),
    ...(node.label !== undefined && node.label !== options.withoutLabel && { 标签: node.label }),
    ...(node.note !== undefined && { 说明: node.note }),
    ...(node.kind === '条件' && node.proof !== undefined && { 证明: node.proof }),
  }
  const all = () => node.of.map((inner) => rawCondition(inner))
  switch (node.kind) {
    case '全部满足':
    case '任一满足':
      return { [node.kind]: all(), ...notes }
    case '至少':
      return { 至少: { 项: node.count, 条件: all() }, ...notes }
    case '不得':
      return { 不得: rawCondition(node.of[0]), ...notes }
    case '下级规定':
      return { 下级规定: { 事项: node.term, 未规定时: rawCondition(node.of[0]) }, ...notes }
    case '条件':
      return { [node.condition.name]: structuredClone(node.condition.params), ...notes }
  }
}

/** The body of a version, without its day, clause and source. */
export function rawVersion(version: RuleVersion): Raw {
  return {
    情形: version.cases.map((one) => ({
      当: {
        ...(one.when.levels && { 等级: [...one.when.levels] }),
        ...(one.when.occupations && { 职业: [...one.when.occupations] }),
      },
      ...(one.prerequisite && { 前提: rawCondition(one.prerequisite) }),
      // The loader wraps each in 不得; the pack writes what may not be.
      ...(one.exclusions.length > 0 && {
        排除: one.exclusions.map((node) =>
          node.kind === '不得' ? rawCondition(node.of[0]) : rawCondition(node),
        ),
      }),
      路径: one.paths.map((path) => ({
        路径: path.id,
        名称: path.name,
        ...(path.clause !== undefined && { 条款: path.clause }),
        条件: rawCondition(path.node, { withoutLabel: path.id }),
      })),
    })),
    ...(version.exceptions.length > 0 && {
      例外: version.exceptions.map((one) => ({
        例外: one.label,
        替代: one.replaces,
        条款: one.clause,
        条件: rawCondition(one.node),
        ...(one.note !== undefined && { 说明: one.note }),
      })),
    }),
    ...(version.effects.length > 0 && {
      效果: version.effects.map((one) => ({
        当: {
          ...(one.when.levels && { 等级: [...one.when.levels] }),
          ...(one.when.occupations && { 职业: [...one.when.occupations] }),
        },
        效果: one.id,
        名称: one.name,
        ...(one.clause !== undefined && { 条款: one.clause }),
        自动: one.automatic,
        ...(one.note !== undefined && { 说明: one.note }),
      })),
    }),
  }
}

/** The version in force on a day; before the first, the first; in a gap or after the last, the last that began. */
export function versionOn(rule: Rule, on: string): RuleVersion {
  const begun = rule.versions.filter((one) => one.from <= on)
  return (begun.find((one) => one.to === undefined || on <= one.to) ??
    begun.at(-1) ??
    rule.versions[0]) as RuleVersion
}

/** Every condition of a version, operators and all. */
export function nodesOfVersion(version: RuleVersion): RuleNode[] {
  const nodes: RuleNode[] = []
  const visit = (node: RuleNode) => {
    nodes.push(node)
    for (const inner of node.of) visit(inner)
  }
  for (const one of version.cases) {
    if (one.prerequisite) visit(one.prerequisite)
    for (const node of one.exclusions) visit(node)
    for (const path of one.paths) visit(path.node)
  }
  for (const one of version.exceptions) visit(one.node)
  return nodes
}

/** Terms a rule leaves to the province. */
export function openTerms(rule: Rule): string[] {
  const terms = rule.versions
    .flatMap(nodesOfVersion)
    .flatMap((node) => (node.kind === '下级规定' ? [node.term] : []))
  return [...new Set(terms)]
}

/** Figures that the rule's conditions read. */
export function figuresOf(rule: Rule): string[] {
  const ids = rule.versions
    .flatMap(nodesOfVersion)
    .flatMap((node) => (node.kind === '条件' ? node.condition.figures : []))
  return [...new Set(ids)]
}

export function ownRule(policy: Policy, jurisdiction: string, id: string): Rule | undefined {
  return policy.rules.find((rule) => rule.id === id && rule.jurisdiction === jurisdiction)
}
