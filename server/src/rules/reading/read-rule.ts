import { z } from 'zod'
import { type Jurisdiction, type Policy, parameter, type Rule } from '../../../../policy/src/index.ts'
import { isVerified, jurisdictionOf } from '../../institutions/index.ts'
import { scopeOf } from '../../people/index.ts'
import { type Actor, allowed, day } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { addDays, instantAt } from '../../platform/clock.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { revisable } from '../editing/target.ts'
import { no } from '../refusals.ts'
import { type RevisionKind, shownState, type Target } from '../revision.ts'
import { listRevisions, openRevisionOf, usesOf } from '../store.ts'
import { figuresOf, openTerms } from '../text/raw-text.ts'
import { linesOf, linesShape, wordingOf, wordingShape } from '../text/wording.ts'
import { revisionMark, rulesWithin, sayFigure } from './list-rules.ts'
import { PLACES, topicOf, USES } from './topics.ts'

const place = z.enum(['national', 'hubei', 'anhui'])
export const ruleAsked = z.strictObject({
  rule: z.string().max(100),
  /** For who sees more than one province. */
  jurisdiction: place.optional(),
})

const span = { fromOn: day, toOn: day.nullable(), clause: z.string(), inForce: z.boolean() }
export const ruleShape = z.object({
  rule: z.string(),
  jurisdiction: place,
  place: z.string(),
  name: z.string(),
  matter: z.string(),
  topic: z.string(),
  asks: z.array(z.string()),
  proof: z.string(),
  confirms: z.string(),
  versions: z.array(z.object({ ...span, unverified: z.boolean(), wording: wordingShape })),
  terms: z.array(
    z.object({
      term: z.string(),
      fillings: z.array(z.object({ ...span, note: z.string().nullable(), lines: linesShape })),
      revise: allowed,
    }),
  ),
  figures: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      value: z.string(),
      unit: z.string(),
      verified: z.boolean(),
    }),
  ),
  revisions: z.array(
    revisionMark.extend({
      title: z.string(),
      fromOn: day.nullable(),
      reason: z.string(),
      draftedBy: z.string(),
    }),
  ),
  uses: z.array(z.object({ what: z.string(), decisions: z.number(), lastOn: day })),
  examples: z.number(),
  revise: allowed,
})

/** A rule with its versions in words, what it leaves open, who revised it and what asks it. */
export async function readRule(
  app: App,
  actor: Actor,
  asked: z.output<typeof ruleAsked>,
): Promise<Result<z.input<typeof ruleShape>, RefusalOf<typeof no, 'RULE_NOT_FOUND'>>> {
  const today = app.clock.today()
  const { policy } = app
  const scope = scopeOf(actor)
  const visible = rulesWithin(policy, actor).filter((one) => one.id === asked.rule)
  const rule = visible.find((one) => one.jurisdiction === asked.jurisdiction) ?? visible[0]
  if (!rule) return refuse(no.RULE_NOT_FOUND())
  const own: Jurisdiction = scope.kind === 'province' ? jurisdictionOf(scope.provinceCode) : rule.jurisdiction
  const { rows: revisions } = await listRevisions(
    app.db,
    scope,
    {
      rule: rule.id,
      page: 1,
      size: 200,
      ...(rule.jurisdiction !== 'national' && { jurisdiction: rule.jurisdiction }),
    },
    today,
  )
  const uses = await usesOf(app.db, {
    rule: rule.id,
    jurisdiction: scope.kind === 'province' ? own : null,
    since: instantAt(addDays(today, -365), '00:00'),
  })
  const revise = (kind: RevisionKind, part: string) =>
    reviseAllowed(app, actor, { kind, rule: rule.id, part, jurisdiction: own })
  return ok({
    rule: rule.id,
    jurisdiction: rule.jurisdiction,
    place: PLACES[rule.jurisdiction] ?? rule.jurisdiction,
    name: rule.name,
    matter: rule.matter,
    topic: topicOf(rule),
    asks: [...rule.asks],
    proof: rule.proof,
    confirms: rule.confirms,
    versions: versionsOf(policy, rule, own, today),
    terms: await Promise.all(
      openTerms(rule).map(async (term) => ({
        term,
        fillings: fillingsOf(policy, rule, own, term, today),
        revise: await revise('filling', term),
      })),
    ),
    figures: figuresIn(policy, rule, own, today),
    revisions: revisions.map((one) => ({
      id: one.id,
      number: one.number,
      state: shownState(one, today),
      title: one.title,
      fromOn: one.fromOn,
      reason: one.reason,
      draftedBy: one.draftedBy,
    })),
    uses: uses.map(({ subject, ...rest }) => ({ what: USES[subject] ?? '其他', ...rest })),
    examples: policy.examples.filter((one) => one.规则 === rule.id && one.辖区 === own).length,
    revise: await revise('version', ''),
  })
}

/** May this officer begin a revision of it now, and if not, why. */
export async function reviseAllowed(app: App, actor: Actor, target: Target) {
  const begun = revisable(app.policy, target.jurisdiction, target, app.clock.today())
  if (!begun.ok) return allowedIf(begun.refusal)
  const open =
    actor.role === 'provincial_officer' ? await openRevisionOf(app.db, begun.value.target) : undefined
  return allowedIf(open && no.REVISION_ALREADY_OPEN({ number: open.number, by: open.draftedBy }))
}

function isIn(one: { from: string; to?: string }, today: string): boolean {
  return one.from <= today && (one.to === undefined || today <= one.to)
}

function versionsOf(policy: Policy, rule: Rule, own: Jurisdiction, today: string) {
  return rule.versions.toReversed().map((version) => ({
    fromOn: version.from,
    toOn: version.to ?? null,
    clause: version.clause,
    inForce: isIn(version, today),
    unverified: version.sources.some((source) => !isVerified(source.status)),
    wording: wordingOf(policy, rule, own, version, today),
  }))
}

function fillingsOf(policy: Policy, rule: Rule, own: Jurisdiction, term: string, today: string) {
  return policy.fills
    .filter((one) => one.rule === rule.id && one.term === term && one.jurisdiction === own)
    .toReversed()
    .map((one) => ({
      fromOn: one.from,
      toOn: one.to ?? null,
      clause: one.clause,
      inForce: isIn(one, today),
      note: one.note ?? null,
      lines: linesOf(policy, rule, own, one.node, today),
    }))
}

function figuresIn(policy: Policy, rule: Rule, own: Jurisdiction, today: string) {
  return figuresOf(rule).flatMap((id) => {
    const entry = policy.parameters.find((one) => one.参数 === id)
    if (!entry) return []
    const value = entry.键.length === 0 ? parameter(policy, id, { jurisdiction: own, on: today }) : undefined
    return [
      {
        id,
        name: entry.名称,
        ...(entry.键.length > 0
          ? { value: `按${entry.键.join('、')}分别规定`, unit: '' }
          : sayFigure(value?.value ?? null, entry.单位)),
        verified: entry.键.length > 0 || (value !== undefined && isVerified(value.sourceStatus)),
      },
    ]
  })
}
