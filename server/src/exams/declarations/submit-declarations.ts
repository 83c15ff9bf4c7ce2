import { recordDealings } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { decideDeclarations } from './decide-declarations.ts'
import { BATCH_STATES, type Declaration, type Outcome, READY, whyNotSubmitted } from './declaration.ts'
import { settleDeclarationDuties } from './declaration-duties.ts'
import { countOutcomes } from './draft-declaration-batch.ts'
import { batchProgress } from './store/batch-rows.ts'
import { lockBatch, setBatchState } from './store/batches.ts'
import { endedCertificates } from './store/certificates.ts'
import { lockBatchDeclarations, lockDeclarations, setSubmitted, setVerdicts } from './store/declarations.ts'

type HandInRefusal = RefusalOf<typeof no, 'DECLARATIONS_NOT_READY' | 'TRAINING_CERTIFICATE_ENDED'>
export type SubmitDeclarationRefusal =
  | RefusalOf<typeof no, 'DECLARATION_NOT_FOUND' | 'DECLARATION_NOT_DRAFTED'>
  | HandInRefusal
export type SubmitBatchRefusal =
  | RefusalOf<
      typeof no,
      | 'DECLARATION_BATCH_NOT_FOUND'
      | 'DECLARATION_BATCH_NOT_DRAFTED'
      | 'DECLARATION_BATCH_DECIDING'
      | 'DECLARATION_BATCH_EMPTY'
    >
  | HandInRefusal

export interface Submitted {
  declarations: number
  outcomes: Partial<Record<Outcome, number>>
}

/** Hands a whole batch to the evaluation institution. Verdicts are made again: facts may have changed since the draft. */
export function submitDeclarationBatch(
  app: App,
  actor: Actor,
  input: { batchId: string; despite?: string | undefined },
): Promise<Result<Submitted, SubmitBatchRefusal>> {
  return transact<Submitted, SubmitBatchRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'a training institution')
    const batch = await lockBatch(tx, input.batchId, institution.id)
    if (!batch) return refuse(no.DECLARATION_BATCH_NOT_FOUND())
    if (batch.state !== 'drafted')
      return refuse(no.DECLARATION_BATCH_NOT_DRAFTED({ state: BATCH_STATES[batch.state] }))
    const progress = await batchProgress(tx, batch.id)
    if (progress && progress.waiting > 0)
      return refuse(no.DECLARATION_BATCH_DECIDING({ waiting: progress.waiting }))
    const declarations = await lockBatchDeclarations(tx, batch.id, 'drafted')
    if (declarations.length === 0) return refuse(no.DECLARATION_BATCH_EMPTY())

    const handed = await handIn(tx, app, actor, declarations, input.despite)
    if (!handed.ok) return handed
    await setBatchState(tx, batch.id, 'submitted', app.clock.now())
    await record(tx, {
      name: events['declaration-batch.submitted'],
      at: app.clock.now(),
      actor,
      subjects: [`declaration-batch:${batch.id}`],
      data: { ...handed.value, despite: input.despite ?? null },
    })
    return handed
  })
}

/** Submits one declaration: a learner's own, or a batch's that came back for papers. */
export function submitDeclaration(
  app: App,
  actor: Actor,
  input: { declarationId: string; despite?: string | undefined },
): Promise<Result<Submitted, SubmitDeclarationRefusal>> {
  return transact<Submitted, SubmitDeclarationRefusal>(app.db, async (tx) => {
    const mine = actor.organisation ? { training: actor.organisation.id } : { person: actor.personId }
    const [declaration] = await lockDeclarations(tx, [input.declarationId], mine)
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const refusal = whyNotSubmitted(declaration)
    if (refusal) return refuse(refusal)
    return handIn(tx, app, actor, [declaration], input.despite)
  })
}

async function handIn(
  tx: Tx,
  app: App,
  actor: Actor,
  declarations: Declaration[],
  despite: string | undefined,
): Promise<Result<Submitted, HandInRefusal>> {
  const ended = await endedCertificates(
    tx,
    declarations.map((one) => one.trainingCertificateId),
  )
  const [withdrawn] = [...ended.values()]
  if (withdrawn) return refuse(no.TRAINING_CERTIFICATE_ENDED({ number: withdrawn }))
  const decided = await decideDeclarations(tx, app, declarations)
  const verdicts = declarations.map((one) => {
    const { decision, decisionId } = defined(decided.get(one.id), 'a decision')
    return { id: one.id, outcome: decision.outcome, decisionId }
  })
  const unready = verdicts.filter((one) => !READY.includes(one.outcome))
  if (unready.length > 0 && !despite) {
    return refuse({
      ...no.DECLARATIONS_NOT_READY({ count: unready.length }),
      facts: { count: unready.length, declarations: unready.map(({ id, outcome }) => ({ id, outcome })) },
    })
  }
  const at = app.clock.now()
  const ids = declarations.map((one) => one.id)
  await setVerdicts(tx, verdicts, app.clock.today())
  await setSubmitted(tx, ids, at)
  for (const organisationId of new Set(declarations.map((one) => one.evaluationOrganisationId))) {
    const personIds = declarations
      .filter((one) => one.evaluationOrganisationId === organisationId)
      .map((one) => one.personId)
    await recordDealings(tx, app, { organisationId, personIds, basis: 'declaration' })
  }
  const outcomeOf = new Map(verdicts.map((one) => [one.id, one.outcome]))
  await record(
    tx,
    ...declarations.map((one) => ({
      name: events['declaration.submitted'],
      at,
      actor,
      subjects: [`declaration:${one.id}` as const, `person:${one.personId}` as const],
      data: {
        outcome: outcomeOf.get(one.id),
        round: one.state === 'returned' ? one.round + 1 : one.round,
        ...(READY.includes(outcomeOf.get(one.id) as Outcome) ? {} : { despite }),
      },
    })),
  )
  await settleDeclarationDuties(
    tx,
    app,
    actor,
    declarations.map((one) => ({ ...one, state: 'submitted' as const })),
  )
  return ok({ declarations: ids.length, outcomes: countOutcomes(verdicts) })
}
