import { type Policy, prepare, type RuleNode, type RuleParams } from '../../../policy/src/index.ts'

type Jurisdiction = Parameters<typeof prepare>[1]['jurisdiction']
type Scope = ReturnType<typeof prepare>['scope']

export interface WordedPath {
  id: string
  name: string
  clause: string
  steps: { depth: number; text: string; clause: string; note: string | null }[]
}
export interface WordedCase {
  /** Levels the case is for; null = every one. */
  levels: string[] | null
  paths: WordedPath[]
}
export interface WordedRule {
  id: string
  name: string
  matter: string
  jurisdiction: string
  confirms: string
  versions: { from: string; to: string | null; clause: string; cases: WordedCase[] }[]
}

/** A rule as sentences: versions, then cases by level, then each path with its conditions as they nest. */
export function ruleInWords(policy: Policy, id: string, jurisdiction: Jurisdiction): WordedRule | undefined {
  const rule = policy.rules.find((one) => one.id === id && one.jurisdiction === jurisdiction)
  if (!rule) return undefined
  return {
    id: rule.id,
    name: rule.name,
    matter: rule.matter,
    jurisdiction: rule.jurisdiction,
    confirms: rule.confirms,
    versions: rule.versions.map((version) => ({
      from: version.from,
      to: version.to ?? null,
      clause: version.clause,
      cases: version.cases.map(({ when }) => {
        const params: RuleParams = {
          occupation: when.occupations?.[0] ?? '本职业',
          level: when.levels?.[0] ?? '本等级',
          institution: '评价机构',
          institutionKind: '自主评价企业',
        }
        const ready = prepare(policy, { rule: rule.id, jurisdiction, params })
        const scope = when.occupations ? sayingOwn(ready.scope) : ready.scope
        const found = ready.versions.find((one) => one.version.from === version.from)
        return {
          levels: when.levels ? [...when.levels] : null,
          paths: (found?.paths ?? []).map(({ path, tree, clause }) => ({
            id: path.id,
            name: path.name,
            clause,
            steps: steps(tree, 0, clause, scope),
          })),
        }
      }),
    })),
  }
}

/** The case is for many occupations: none of them is named. */
const sayingOwn = (scope: Scope): Scope => ({ ...scope, occupationName: () => '本职业' })

function steps(node: RuleNode, depth: number, above: string, scope: Scope): WordedPath['steps'] {
  const clause = node.clause ?? above
  const own = { depth, text: textOf(node, scope), clause, note: node.note ?? null }
  if (node.kind === '条件') return [own]
  return [own, ...node.of.flatMap((child) => steps(child, depth + 1, clause, scope))]
}

function textOf(node: RuleNode, scope: Scope): string {
  switch (node.kind) {
    case '条件':
      return node.condition.requirement(scope)
    case '全部满足':
      return '须全部满足：'
    case '任一满足':
      return '满足其一即可：'
    case '至少':
      return `至少满足 ${node.count} 项：`
    case '不得':
      return '不得有以下情形：'
    case '下级规定':
      return `“${node.term}”由下级规定，没有规定时：`
  }
}
