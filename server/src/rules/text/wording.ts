import { z } from 'zod'
import {
  clauseLabel,
  type Jurisdiction,
  type Policy,
  prepare,
  type Rule,
  type RuleNode,
  type RuleVersion,
} from '../../../../policy/src/index.ts'

const line = z.object({
  depth: z.number(),
  text: z.string(),
  clause: z.string().nullable(),
  label: z.string().nullable(),
  note: z.string().nullable(),
})
type Line = z.input<typeof line>
/** A rule's version as a reader sees it: cases, paths, and each condition in a sentence of its own. */
export const wordingShape = z.object({
  cases: z.array(
    z.object({
      when: z.string(),
      shared: z.array(line),
      paths: z.array(
        z.object({ id: z.string(), name: z.string(), clause: z.string(), lines: z.array(line) }),
      ),
    }),
  ),
  exceptions: z.array(
    z.object({ label: z.string(), replaces: z.string(), clause: z.string(), lines: z.array(line) }),
  ),
  effects: z.array(z.object({ name: z.string(), when: z.string(), automatic: z.boolean() })),
})
export type Wording = z.input<typeof wordingShape>

export function wordingOf(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  version: RuleVersion,
  on: string,
): Wording {
  const say = speaker(policy, rule, jurisdiction, on)
  return {
    cases: version.cases.map((one) => ({
      when: sayWhen(policy, one.when),
      shared: [
        ...(one.prerequisite ? say(one.prerequisite) : []),
        ...one.exclusions.flatMap((node) => say(node)),
      ],
      paths: one.paths.map((path) => ({
        id: path.id,
        name: path.name,
        clause: path.clause ?? version.clause,
        lines: say({ ...path.node, ...(path.node.label === path.id ? { label: '' } : {}) } as RuleNode),
      })),
    })),
    exceptions: version.exceptions.map((one) => ({
      label: one.label,
      replaces: one.replaces,
      clause: one.clause,
      lines: say(one.node),
    })),
    effects: version.effects.map((one) => ({
      name: one.name,
      when: sayWhen(policy, one.when),
      automatic: one.automatic,
    })),
  }
}

/** One condition of a rule in lines: a filling, or a preview. */
export function linesOf(
  policy: Policy,
  rule: Rule,
  jurisdiction: Jurisdiction,
  node: RuleNode,
  on: string,
): Line[] {
  return speaker(policy, rule, jurisdiction, on)(node)
}

export const linesShape = z.array(line)

function speaker(policy: Policy, rule: Rule, jurisdiction: Jurisdiction, on: string) {
  // The rule speaks of 本职业 and 本等级: nobody in particular is asked about.
  const { scope } = prepare(policy, {
    rule: rule.id,
    jurisdiction: rule.jurisdiction === 'national' ? jurisdiction : rule.jurisdiction,
    params: { occupation: '本职业', level: '本等级', institution: '本机构', institutionKind: '评价机构' },
  })
  const say = (node: RuleNode, depth = 0): Line[] => {
    const own = (text: string): Line => ({
      depth,
      text,
      clause: node.clause ?? null,
      label: node.label || null,
      note: node.note ?? null,
    })
    const inner = () => node.of.flatMap((one) => say(one, depth + 1))
    switch (node.kind) {
      case '条件':
        return [own(node.condition.requirement(scope))]
      case '全部满足':
        return [own(`以下 ${node.of.length} 项须全部满足`), ...inner()]
      case '任一满足':
        return [own(`以下 ${node.of.length} 项满足任一项即可`), ...inner()]
      case '至少':
        return [own(`以下 ${node.of.length} 项中至少满足 ${node.count} 项`), ...inner()]
      case '不得':
        return node.of[0].kind === '条件'
          ? [own(`不得：${node.of[0].condition.requirement(scope)}`)]
          : [own('不得有以下情形'), ...inner()]
      case '下级规定':
        return [...filledIn(node, own, depth), ...inner()]
    }
  }
  const filledIn = (
    node: RuleNode & { kind: '下级规定' },
    own: (text: string) => Line,
    depth: number,
  ): Line[] => {
    const fill = policy.fills.find(
      (one) =>
        one.rule === rule.id &&
        one.term === node.term &&
        one.jurisdiction === jurisdiction &&
        one.from <= on &&
        (one.to === undefined || on <= one.to),
    )
    if (!fill) return [own(`“${node.term}”由下级规定；本地尚无规定，适用：`)]
    return [
      own(`“${node.term}”由下级规定。本地自 ${fill.from} 起规定（${clauseLabel(fill.clause)}）：`),
      ...say(fill.node, depth + 1),
      { depth, text: '没有规定的地方适用：', clause: null, label: null, note: null },
    ]
  }
  return (node: RuleNode) => say(node)
}

function sayWhen(policy: Policy, when: RuleVersion['cases'][number]['when']): string {
  const occupations = when.occupations?.map((id) => policy.occupations.get(id)?.名称 ?? id)
  return [when.levels?.join('、'), occupations?.join('、')].filter(Boolean).join('；')
}
