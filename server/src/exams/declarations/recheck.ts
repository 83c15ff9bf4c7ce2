import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Refusal } from '../../platform/result.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { decideDeclarations } from './decide-declarations.ts'
import type { Declaration } from './declaration.ts'
import { endedCertificates } from './store/certificates.ts'
import type { NewVerdict } from './store/declarations.ts'
import { judgementsOf } from './store/judgements.ts'

export interface Recheck {
  verdict: NewVerdict
  /** Why the rule does not let this one be confirmed today; undefined when it does. */
  refusal: Refusal | undefined
}

/** Decides declarations again today and says of each whether the rule supports a confirmation. Changes are recorded. */
export async function recheck(
  tx: Tx,
  app: App,
  actor: Actor,
  declarations: Declaration[],
): Promise<Map<string, Recheck>> {
  const decided = await decideDeclarations(tx, app, declarations)
  const ended = await endedCertificates(
    tx,
    declarations.map((one) => one.trainingCertificateId),
  )
  const judgements = Map.groupBy(
    await judgementsOf(
      tx,
      declarations.map((one) => one.id),
    ),
    (one) => one.declarationId,
  )
  const changed: Declaration[] = []
  const checks = new Map<string, Recheck>()
  for (const one of declarations) {
    const { decision, decisionId } = defined(decided.get(one.id), 'a decision')
    const { outcome } = decision
    if (outcome !== one.outcome) changed.push(one)
    const number = ended.get(one.trainingCertificateId)
    const negative = judgements.get(one.id)?.find((judgement) => judgement.result === '不认定')
    let refusal: Refusal | undefined
    if (number !== undefined) refusal = no.TRAINING_CERTIFICATE_ENDED({ number })
    else if (outcome === '符合') refusal = undefined
    else if (negative) refusal = no.JUDGEMENT_NEGATIVE({ term: negative.term })
    else if (outcome === '需人工认定') refusal = no.JUDGEMENT_MISSING()
    else refusal = no.VERDICT_NOT_MET({ outcome })
    checks.set(one.id, { verdict: { id: one.id, outcome, decisionId }, refusal })
  }
  await record(
    tx,
    ...changed.map((one) => ({
      name: events['declaration.rechecked'],
      at: app.clock.now(),
      actor,
      subjects: [`declaration:${one.id}` as const],
      data: { from: one.outcome, to: checks.get(one.id)?.verdict.outcome },
    })),
  )
  return checks
}
