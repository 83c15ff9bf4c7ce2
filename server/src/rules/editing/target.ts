import { findRule, type Jurisdiction, type Policy, parameter } from '../../../../policy/src/index.ts'
import { isVerified } from '../../institutions/index.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import type { RevisionContent, RevisionKind, Target } from '../revision.ts'
import { openTerms, ownRule, rawCondition, rawVersion, versionOn } from '../text/raw-text.ts'

export type TargetRefusal = RefusalOf<
  typeof no,
  'RULE_NOT_FOUND' | 'RULE_NOT_OWN' | 'TERM_NOT_DELEGATED' | 'FIGURE_NOT_OWN'
>

interface Begun {
  target: Target
  title: string
  body: RevisionContent['body']
  /** The clause of the text in force, to start from. */
  clause: string
}

/**
 * What a province may revise (delegation national → province): a version of its own rule, the filling of a term that a
 * rule leaves to it, a sourced figure of its own. With the standing text, from which the form starts.
 */
export function revisable(
  policy: Policy,
  jurisdiction: Jurisdiction,
  asked: { kind: RevisionKind; rule: string; part: string },
  today: string,
): Result<Begun, TargetRefusal> {
  const target: Target = { ...asked, jurisdiction }
  switch (asked.kind) {
    case 'version':
      return ofRule(policy, target, today)
    case 'filling':
      return ofTerm(policy, target, today)
    case 'parameter':
      return ofFigure(policy, target, today)
  }
}

function ofRule(policy: Policy, target: Target, today: string): Result<Begun, TargetRefusal> {
  const visible = findRule(policy, target.rule, target.jurisdiction)
  if (!visible) return refuse(no.RULE_NOT_FOUND())
  const rule = ownRule(policy, target.jurisdiction, target.rule)
  if (!rule || target.jurisdiction === 'national') return refuse(no.RULE_NOT_OWN({ rule: visible.name }))
  const standing = versionOn(rule, today)
  return ok({
    target: { ...target, part: '' },
    title: rule.name,
    body: rawVersion(standing),
    clause: standing.clause,
  })
}

function ofTerm(policy: Policy, target: Target, today: string): Result<Begun, TargetRefusal> {
  const rule = findRule(policy, target.rule, target.jurisdiction)
  if (!rule) return refuse(no.RULE_NOT_FOUND())
  const version = versionOn(rule, today)
  const open = openTerms(rule).includes(target.part)
  if (!open || target.jurisdiction === 'national') return refuse(no.TERM_NOT_DELEGATED({ term: target.part }))
  const fills = policy.fills.filter(
    (one) => one.rule === rule.id && one.term === target.part && one.jurisdiction === target.jurisdiction,
  )
  const standing = fills.filter((one) => one.from <= today).at(-1) ?? fills[0]
  const node = standing?.node
  return ok({
    target,
    title: `${rule.name}：${target.part}`,
    body: {
      条件: node ? rawCondition(node) : { 人工认定: { 事项: target.part } },
      ...(standing?.note !== undefined && { 说明: standing.note }),
    },
    clause: standing?.clause ?? version.clause,
  })
}

function ofFigure(policy: Policy, target: Target, today: string): Result<Begun, TargetRefusal> {
  const entry = policy.parameters.find(
    (one) => one.参数 === target.rule && one.jurisdiction === target.jurisdiction,
  )
  const figure = entry?.名称 ?? target.rule
  if (!entry || target.jurisdiction === 'national') return refuse(no.FIGURE_NOT_OWN({ figure }))
  const [first, second] = target.part.split('/')
  const key = Object.fromEntries(entry.键.map((name, i) => [name, i === 0 ? first : second]))
  const value = parameter(policy, entry.参数, {
    jurisdiction: target.jurisdiction,
    on: today,
    occupation: key.职业,
    level: key.等级,
  })
  // A figure nobody has found yet goes the other way: proposed with its source, confirmed by a second person.
  if (!value || !isVerified(value.sourceStatus)) return refuse(no.FIGURE_NOT_OWN({ figure }))
  return ok({
    target,
    title: [figure, target.part.replace('/', ' ')].filter(Boolean).join(' '),
    body: { 值: value.value },
    clause: entry.条款,
  })
}
