import { z } from 'zod'
import { findRule, type Policy } from '../../../../policy/src/index.ts'
import { policySettings } from '../../institutions/index.ts'
import { scopeOf } from '../../people/index.ts'
import { type Actor, allowed, day, timelineEntry } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { changedPeople, type Reckoning, reckoningOf } from '../affected/store.ts'
import { confirmRefusal, secondPersonRefusal } from '../editing/confirm-revision.ts'
import { proposeRefusal } from '../editing/propose-revision.ts'
import { withdrawRefusal } from '../editing/withdraw-revision.ts'
import { no } from '../refusals.ts'
import {
  allows,
  REVISION_KINDS,
  type Revision,
  type RevisionContent,
  revisionContent,
  revisionKind,
  SHOWN_STATES,
  type ShownState,
  shownState,
  type Target,
} from '../revision.ts'
import { findRevision } from '../store.ts'
import { checkText, findingShape, problemShape } from '../text/check-text.ts'
import { versionOn } from '../text/raw-text.ts'
import { linesOf, type Wording, wordingOf, wordingShape } from '../text/wording.ts'
import { sayFigure } from './list-rules.ts'
import { PLACES } from './topics.ts'

const shownStates = Object.keys(SHOWN_STATES) as [ShownState, ...ShownState[]]
export const reckoningShape = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  onDay: day,
  total: z.number(),
  reckoned: z.number(),
  people: z.number(),
  changed: z.number(),
  counts: z.array(z.object({ before: z.string(), after: z.string(), people: z.number() })),
  requestedBy: z.string(),
  finishedAt: z.string().nullable(),
  /** Made on the text as it stands. */
  isCurrent: z.boolean(),
})
export const reportShape = z.object({
  problems: z.array(problemShape),
  findings: z.array(findingShape),
  failing: z.array(z.object({ name: z.string(), expected: z.string(), found: z.string() })),
})

export const revisionRow = z.object({
  id: z.string(),
  number: z.string(),
  kind: revisionKind,
  kindName: z.string(),
  place: z.string(),
  rule: z.string(),
  part: z.string(),
  title: z.string(),
  state: z.enum(shownStates),
  fromOn: day.nullable(),
  clause: z.string(),
  reason: z.string(),
  draftedBy: z.string(),
  changedAt: z.string(),
})
export const revisionShape = revisionRow.extend({
  /** Of a figure: what its value counts, as the packs hold it. */
  unit: z.string().nullable(),
  content: revisionContent,
  saves: z.number(),
  text: z.string(),
  textSha: z.string(),
  before: wordingShape,
  /** null while the text cannot be read. */
  after: wordingShape.nullable(),
  report: reportShape,
  reckoning: reckoningShape.nullable(),
  proposedBy: z.string().nullable(),
  proposedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  timeline: z.array(timelineEntry),
  actions: z.object({
    save: allowed,
    reckon: allowed,
    propose: allowed,
    confirm: allowed,
    return: allowed,
    withdraw: allowed,
  }),
})

export function shownRevision(revision: Revision, today: string): z.input<typeof revisionRow> {
  const { id, number, kind, rule, part, title, fromOn, clause, reason, draftedBy } = revision
  return {
    ...{ id, number, kind, rule, part, title, fromOn, clause, reason, draftedBy },
    kindName: REVISION_KINDS[kind],
    place: PLACES[revision.jurisdiction] ?? revision.jurisdiction,
    state: shownState(revision, today),
    changedAt: revision.changedAt.toISOString(),
  }
}

export function shownReckoning(
  reckoning: Reckoning | undefined,
  revision: Revision,
): z.input<typeof reckoningShape> | null {
  if (!reckoning) return null
  const { id, state, onDay, total, reckoned, counts, requestedBy, finishedAt } = reckoning
  return {
    ...{ id, state, onDay, total, reckoned, counts, requestedBy },
    people: counts.reduce((sum, one) => sum + one.people, 0),
    changed: changedPeople(reckoning),
    finishedAt: finishedAt?.toISOString() ?? null,
    isCurrent: reckoning.textSha === revision.textSha,
  }
}

export async function readRevision(
  app: App,
  actor: Actor,
  id: string,
): Promise<Result<z.input<typeof revisionShape>, RefusalOf<typeof no, 'REVISION_NOT_FOUND'>>> {
  const revision = await findRevision(app.db, scopeOf(actor), id)
  if (!revision) return refuse(no.REVISION_NOT_FOUND())
  const today = app.clock.today()
  const { policy } = app
  const settings = await policySettings(app.db, revision.provinceCode)
  const isOpen = allows('withdraw', revision.state)
  const report = isOpen
    ? checkText(policy, revision, revision.number, revision.content, settings)
    : { problems: [], findings: [], failing: [], policy: undefined }
  // A decided text is shown as it was: against the texts of the day before it.
  const newest = await reckoningOf(app.db, revision.id)
  const notOpen = no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] })
  return ok({
    ...shownRevision(revision, today),
    unit: revision.kind === 'parameter' ? (figureOf(policy, revision)?.单位 ?? null) : null,
    content: revision.content,
    saves: revision.saves,
    text: revision.text,
    textSha: revision.textSha,
    before: wordingBefore(policy, revision, today),
    after: afterOf(report.policy ?? (isOpen ? undefined : policy), revision),
    report: { problems: report.problems, findings: report.findings, failing: report.failing },
    reckoning: shownReckoning(newest, revision),
    proposedBy: revision.proposedBy,
    proposedAt: revision.proposedAt?.toISOString() ?? null,
    decidedBy: revision.decidedBy,
    decidedAt: revision.decidedAt?.toISOString() ?? null,
    decisionReason: revision.decisionReason,
    timeline: await timeline(app.db, `revision:${revision.id}`),
    actions: {
      save: allowedIf(allows('save', revision.state) ? undefined : notOpen),
      reckon: allowedIf(
        !isOpen
          ? notOpen
          : report.problems[0] && no.RECKONING_NOT_POSSIBLE({ first: report.problems[0].message }),
      ),
      propose: allowedIf(proposeRefusal(policy, revision, settings, today)),
      confirm: allowedIf(confirmRefusal(revision, actor, newest)),
      return: allowedIf(secondPersonRefusal(revision, actor, 'return')),
      withdraw: allowedIf(withdrawRefusal(revision)),
    },
  })
}

const NO_WORDING: Wording = { cases: [], exceptions: [], effects: [] }

/** The words in force the day before the revision; of an undated one, today. */
function wordingBefore(policy: Policy, revision: Revision, today: string): Wording {
  const rule = findRule(policy, revision.rule, revision.jurisdiction)
  const on = revision.fromOn !== null && revision.fromOn <= today ? revision.fromOn : today
  const isBefore = (one: { from: string }) => one.from < on || revision.state !== 'confirmed'
  if (revision.kind === 'version' && rule) {
    const version = rule.versions.filter(isBefore).findLast((one) => one.from <= on) ?? versionOn(rule, on)
    return wordingOf(policy, rule, revision.jurisdiction, version, on)
  }
  if (revision.kind === 'filling' && rule) {
    const fill = policy.fills
      .filter(
        (one) =>
          one.rule === rule.id && one.term === revision.part && one.jurisdiction === revision.jurisdiction,
      )
      .filter(isBefore)
      .findLast((one) => one.from <= on)
    return fill ? fillWording(policy, revision, fill, on) : NO_WORDING
  }
  return figureWording(
    policy,
    revision,
    (row) => row.自 < on || (revision.state !== 'confirmed' && row.自 <= on),
  )
}

function afterOf(policy: Policy | undefined, revision: Revision): Wording | null {
  return policy && revision.fromOn ? wordingAfter(policy, revision, revision.fromOn) : null
}

/** The words that hold from a day under a policy with the revision in it. */
export function wordingAfter(policy: Policy, target: Target, fromOn: string): Wording | null {
  const rule = findRule(policy, target.rule, target.jurisdiction)
  if (target.kind === 'version') {
    const version = rule?.versions.find((one) => one.from === fromOn)
    return rule && version ? wordingOf(policy, rule, target.jurisdiction, version, fromOn) : null
  }
  if (target.kind === 'filling') {
    const fill = policy.fills.find(
      (one) =>
        one.rule === target.rule &&
        one.term === target.part &&
        one.jurisdiction === target.jurisdiction &&
        one.from === fromOn,
    )
    return fill ? fillWording(policy, target, fill, fromOn) : null
  }
  return figureWording(policy, target, (row) => row.自 === fromOn)
}

function fillWording(policy: Policy, target: Target, fill: Policy['fills'][number], on: string): Wording {
  const rule = findRule(policy, target.rule, target.jurisdiction)
  const lines = rule ? linesOf(policy, rule, target.jurisdiction, fill.node, on) : []
  return {
    ...NO_WORDING,
    cases: [
      { when: '', shared: [], paths: [{ id: target.part, name: target.part, clause: fill.clause, lines }] },
    ],
  }
}

type FigureRow = Policy['parameters'][number]['值'][number]

function figureOf(policy: Policy, of: Pick<Target, 'rule' | 'jurisdiction'>) {
  return policy.parameters.find((one) => one.参数 === of.rule && one.jurisdiction === of.jurisdiction)
}

function figureWording(policy: Policy, target: Target, isMeant: (row: FigureRow) => boolean): Wording {
  const entry = figureOf(policy, target)
  const row = entry?.值
    .filter((one) => [one.职业, one.等级].filter(Boolean).join('/') === target.part)
    .findLast(isMeant)
  if (!entry || !row) return NO_WORDING
  const { value, unit } = sayFigure(row.值, entry.单位)
  const line = {
    depth: 0,
    text: `${entry.名称}：${value} ${unit}`.trimEnd(),
    clause: null,
    label: null,
    note: row.说明 ?? null,
  }
  return {
    ...NO_WORDING,
    cases: [
      {
        when: '',
        shared: [],
        paths: [{ id: target.rule, name: entry.名称, clause: entry.条款, lines: [line] }],
      },
    ],
  }
}

/** What an undated draft is tried with: the next day, so that everything else can be looked at. */
export function datedContent(content: RevisionContent, tomorrow: string): RevisionContent {
  return content.fromOn === null ? { ...content, fromOn: tomorrow } : content
}
