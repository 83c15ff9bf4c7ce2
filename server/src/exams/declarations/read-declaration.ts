import type { Decision, Facts } from '../../../../policy/src/index.ts'
import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { explained } from '../../platform/decision-shape.ts'
import { findDecision } from '../../platform/decisions.ts'
import { allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { startedSittings } from '../sittings/store/candidates.ts'
import { askedJudgements, askedPapers } from '../verdict.ts'
import {
  type Declaration,
  READY,
  whyNotConfirmable,
  whyNotOverridable,
  whyNotRevocable,
  whyNotSubmitted,
  whyNotSupplemented,
  whyNotWithdrawable,
} from './declaration.ts'
import { endedCertificates } from './store/certificates.ts'
import { findDeclaration } from './store/declarations.ts'
import { evidenceOf } from './store/evidence.ts'
import { judgementsOf } from './store/judgements.ts'
import { confirmationsOf, type Override, openOverride, overridesOf } from './store/overrides.ts'
import { attemptsOfDeclarations, findDeclarationRow, resultDecisionIds } from './store/reading.ts'

/** A declaration with its explained verdict, what was asked for and given, every act on it, and what may be done now. */
export async function readDeclaration(app: App, actor: Actor, input: { declarationId: string }) {
  const scope = scopeOf(actor)
  const tx = app.db
  const declaration = await findDeclaration(tx, input.declarationId, scope)
  const row = declaration && (await findDeclarationRow(tx, declaration.id, scope))
  if (!declaration || !row) return refuse(no.DECLARATION_NOT_FOUND()) as Result<never, NotFound>
  const decision = (await findDecision(tx, declaration.decisionId)) as Decision
  const facts: Facts = decision.receipt.facts
  const [judgements, attempts, overrides, names] = [
    await judgementsOf(tx, [declaration.id]),
    await attemptsOfDeclarations(tx, [declaration.id]),
    await overridesOf(tx, declaration.id),
    await organisationNames(tx, [row.trainingOrganisationId, row.evaluationOrganisationId]),
  ]
  return ok({
    ...row,
    trainingOrganisation: names.get(row.trainingOrganisationId) ?? '',
    evaluationOrganisation: names.get(row.evaluationOrganisationId) ?? '',
    decision: explained(decision, declaration.decisionId),
    papers: askedPapers(decision, facts).map(({ what, at, personFactId }) => ({
      what,
      list: at.split('[')[0] ?? at,
      stated: personFactId !== null,
    })),
    judgements: {
      asked: askedJudgements(decision, facts),
      made: judgements.map(({ term, personFactId, result, reason, judgedByName, judgedOn }) => ({
        term,
        personFactId,
        result,
        reason,
        judgedByName,
        judgedOn,
      })),
    },
    evidence: await evidenceOf(tx, declaration.id),
    confirmations: await confirmationsOf(tx, declaration.id),
    overrides: overrides.map(shownOverride),
    attempts,
    results: await resultDecisions(tx, declaration.id),
    actions: await actionsOf(tx, actor, declaration, row.submittedAt !== null),
    timeline: await timeline(tx, `declaration:${declaration.id}`),
  })
}
type NotFound = RefusalOf<typeof no, 'DECLARATION_NOT_FOUND'>

/** The passing rule's verdicts (HB-4.4: 成绩皆合格), explained like every other. */
async function resultDecisions(tx: Tx, declarationId: string) {
  const ids = await resultDecisionIds(tx, declarationId)
  return Promise.all(ids.map(async (id) => explained((await findDecision(tx, id)) as Decision, id)))
}

function shownOverride(override: Override) {
  const {
    id,
    reason,
    clause,
    proposedByName,
    proposedAt,
    decision,
    decidedByName,
    decisionReason,
    decidedAt,
  } = override
  return {
    id,
    reason,
    clause,
    proposedByName,
    proposedAt,
    decision,
    decidedByName,
    decisionReason,
    decidedAt,
  }
}

/** The checks of the verbs, asked for this viewer; null where the act is not the viewer's at all. */
async function actionsOf(tx: Tx, actor: Actor, one: Declaration, submitted: boolean) {
  const started = (await startedSittings(tx, [one.id])).get(one.id)
  const open = await openOverride(tx, one.id)
  const ended = [...(await endedCertificates(tx, [one.trainingCertificateId])).values()][0]
  const certificate = ended === undefined ? undefined : no.TRAINING_CERTIFICATE_ENDED({ number: ended })
  // A learner's part is one's own declaration, and what the institution has handed in for one.
  const declarant =
    (actor.role === 'learner' && (one.source === 'self' || submitted)) ||
    (actor.role === 'training_manager' &&
      one.source === 'batch' &&
      one.trainingOrganisationId === actor.organisation?.id)
  const confirmer = actor.role === 'evaluation_manager'
  const unmet = READY.includes(one.outcome) ? undefined : no.VERDICT_NOT_MET({ outcome: one.outcome })
  const judge = one.outcome === '需人工认定' ? no.JUDGEMENT_MISSING() : undefined
  return {
    submit: declarant ? allowedIf(whyNotSubmitted(one) ?? certificate) : null,
    supplement: declarant ? allowedIf(whyNotSupplemented(one)) : null,
    withdraw: declarant ? allowedIf(whyNotWithdrawable(one, started)) : null,
    confirm: confirmer ? allowedIf(whyNotConfirmable(one) ?? certificate ?? unmet ?? judge) : null,
    judge: confirmer ? allowedIf(whyNotConfirmable(one)) : null,
    proposeOverride: confirmer ? allowedIf(whyNotOverridable(one, open) ?? certificate) : null,
    decideOverride:
      confirmer && open
        ? allowedIf(open.proposedBy === actor.accountId ? no.OVERRIDE_SAME_PERSON() : certificate)
        : null,
    return: confirmer ? allowedIf(whyNotConfirmable(one)) : null,
    refuse: confirmer ? allowedIf(whyNotConfirmable(one)) : null,
    revoke: confirmer ? allowedIf(whyNotRevocable(one, started)) : null,
  }
}

export async function organisationNames(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await findOrganisations(tx, { ids: [...new Set(ids)] })
  return new Map(found.map((one) => [one.id, one.name]))
}

/** Rows with the names of their two institutions, in one query. */
export async function withOrganisations<
  R extends { trainingOrganisationId: string; evaluationOrganisationId: string },
>(tx: Tx, rows: R[]) {
  const names = await organisationNames(
    tx,
    rows.flatMap((row) => [row.trainingOrganisationId, row.evaluationOrganisationId]),
  )
  return rows.map((row) => ({
    ...row,
    trainingOrganisation: names.get(row.trainingOrganisationId) ?? '',
    evaluationOrganisation: names.get(row.evaluationOrganisationId) ?? '',
  }))
}
