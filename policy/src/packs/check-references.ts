// What can only be seen once every file is read: clauses cited, terms filled, versions that do not overlap.
import type { Problem } from '../problems.ts'
import type { RuleNode } from '../rules/node.ts'
import type { Fill, Policy, Rule, RuleEffect } from './policy.ts'

type Mutable<T> =
  T extends ReadonlyMap<infer K, infer V> ? Map<K, V> : T extends readonly (infer I)[] ? I[] : T
export type PolicyDraft = { [K in keyof Policy]: Mutable<Policy[K]> }

export function checkReferences(policy: PolicyDraft): Problem[] {
  const problems: Problem[] = []
  const cite = (clause: string, path: string, at: string) => {
    if (!policy.clauses.has(clause))
      problems.push({ path, at, message: `引用的条款“${clause}”不在条款目录中` })
  }
  for (const clause of policy.clauses.values()) {
    if (!policy.documents.has(clause.文件))
      problems.push({ path: clause.path, at: clause.条款, message: `文件“${clause.文件}”未登记` })
  }
  for (const parameter of policy.parameters) {
    cite(parameter.条款, parameter.path, parameter.参数)
    parameter.值.forEach((row, i) => {
      for (const key of ['职业', '等级'] as const) {
        if ((row[key] !== undefined) !== parameter.键.includes(key)) {
          problems.push({
            path: parameter.path,
            at: `${parameter.参数}.值[${i}]`,
            message: `${key}与“键”的声明不一致`,
          })
        }
      }
      if (row.值 === null && row.来源状态 !== 'missing' && row.来源状态 !== '待核实') {
        problems.push({
          path: parameter.path,
          at: `${parameter.参数}.值[${i}]`,
          message: '没有值时来源状态只能是 missing 或 待核实',
        })
      }
    })
  }
  for (const deadline of policy.deadlines.values()) {
    cite(deadline.条款, deadline.path, deadline.时限)
    for (const key of ['当日计入', '末日顺延'] as const) {
      const reading = deadline[key]
      const values =
        '参数' in reading ? policy.parameters.find((p) => p.参数 === reading.参数)?.值 : [{ 值: true }]
      if (!values?.every((row) => typeof row.值 === 'boolean'))
        problems.push({
          path: deadline.path,
          at: `${deadline.时限}.${key}`,
          message: '读法所取的参数没有定义，或者不是“是否”',
        })
    }
  }
  for (const rule of policy.rules) problems.push(...checkRule(rule, policy, cite))
  for (const fill of policy.fills) {
    cite(fill.clause, fill.path, `${fill.rule}/${fill.term}`)
    const open = policy.rules.some(
      (rule) =>
        rule.id === fill.rule && nodesOf(rule).some((n) => n.kind === '下级规定' && n.term === fill.term),
    )
    if (!open)
      problems.push({
        path: fill.path,
        at: fill.rule,
        message: `规则“${fill.rule}”没有留给下级规定的“${fill.term}”`,
      })
    for (const node of nodesIn(fill.node)) {
      if (node.clause) cite(node.clause, fill.path, `${fill.rule}/${fill.term}`)
      for (const id of node.kind === '条件' ? node.condition.figures : []) {
        if (!policy.parameters.some((p) => p.参数 === id))
          problems.push({ path: fill.path, at: `${fill.rule}/${fill.term}`, message: `参数“${id}”没有定义` })
      }
    }
    const rival = policy.fills.find(
      (other) => other !== fill && sameTerm(other, fill) && overlap(other, fill),
    )
    if (rival)
      problems.push({ path: fill.path, at: fill.rule, message: `“${fill.term}”在同一时间有两份规定` })
  }
  return problems
}

function checkRule(
  rule: Rule,
  policy: PolicyDraft,
  cite: (clause: string, path: string, at: string) => void,
): Problem[] {
  const problems: Problem[] = []
  for (const version of rule.versions) {
    const at = `${rule.id}@${version.from}`
    cite(version.clause, rule.path, at)
    const targets = new Set<string>()
    for (const body of version.cases) {
      for (const path of body.paths) {
        targets.add(path.id)
        if (path.clause) cite(path.clause, rule.path, `${at}.${path.id}`)
      }
    }
    for (const node of nodesOf({ ...rule, versions: [version] })) {
      if (node.label) targets.add(node.label)
      if (node.clause) cite(node.clause, rule.path, at)
      for (const id of node.kind === '条件' ? node.condition.figures : []) {
        if (!policy.parameters.some((p) => p.参数 === id)) {
          problems.push({ path: rule.path, at, message: `参数“${id}”没有定义` })
        }
      }
    }
    for (const exception of version.exceptions) {
      cite(exception.clause, rule.path, `${at}.${exception.label}`)
      if (!targets.has(exception.replaces)) {
        problems.push({
          path: rule.path,
          at: `${at}.${exception.label}`,
          message: `例外所替代的“${exception.replaces}”不存在`,
        })
      }
    }
    for (const effect of version.effects) {
      const where = `${at}.${effect.id}`
      if (effect.clause) cite(effect.clause, rule.path, where)
      for (const id of effect.paths ?? []) {
        if (!targets.has(id)) problems.push({ path: rule.path, at: where, message: `路径“${id}”不存在` })
      }
      for (const id of amountFigures(effect)) {
        if (!policy.parameters.some((p) => p.参数 === id))
          problems.push({ path: rule.path, at: where, message: `参数“${id}”没有定义` })
      }
    }
    const rival = rule.versions.find((other) => other !== version && overlap(other, version))
    if (rival && rival.from < version.from)
      problems.push({ path: rule.path, at, message: `与${rival.from}起的版本在时间上重叠` })
  }
  for (const id of rule.versions.flatMap((v) => [
    ...v.cases.flatMap((c) => c.when.occupations ?? []),
    ...v.sources.flatMap((s) => s.occupations ?? []),
  ])) {
    if (!policy.occupations.has(id))
      problems.push({ path: rule.path, at: rule.id, message: `职业“${id}”未登记` })
  }
  return problems
}

/** The figures an effect's amounts hang on. */
export function amountFigures(effect: RuleEffect): string[] {
  return effect.amounts.flatMap(({ parameter, given }) => [parameter, ...(given ? [given.parameter] : [])])
}

/** A tree and everything in it. */
export function nodesIn(node: RuleNode): RuleNode[] {
  return [node, ...node.of.flatMap(nodesIn)]
}

export function nodesOf(rule: Rule): RuleNode[] {
  const nodes: RuleNode[] = []
  const visit = (node: RuleNode) => {
    nodes.push(...nodesIn(node))
  }
  for (const version of rule.versions) {
    for (const body of version.cases) {
      if (body.prerequisite) visit(body.prerequisite)
      body.exclusions.forEach(visit)
      for (const path of body.paths) visit(path.node)
    }
    for (const exception of version.exceptions) visit(exception.node)
  }
  return nodes
}

function sameTerm(a: Fill, b: Fill): boolean {
  return a.jurisdiction === b.jurisdiction && a.rule === b.rule && a.term === b.term
}

function overlap(a: { from: string; to?: string }, b: { from: string; to?: string }): boolean {
  return a.from <= (b.to ?? '9999-12-31') && b.from <= (a.to ?? '9999-12-31')
}
