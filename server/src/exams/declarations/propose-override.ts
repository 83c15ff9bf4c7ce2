import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { whyNotOverridable } from './declaration.ts'
import { openOverrideDuty } from './declaration-duties.ts'
import { endedCertificates } from './store/certificates.ts'
import { lockDeclarations } from './store/declarations.ts'
import { insertOverride, openOverride } from './store/overrides.ts'

export type ProposeOverrideRefusal = RefusalOf<
  typeof no,
  | 'DECLARATION_NOT_FOUND'
  | 'DECLARATION_NOT_SUBMITTED'
  | 'OVERRIDE_NOT_NEEDED'
  | 'OVERRIDE_ALREADY_OPEN'
  | 'TRAINING_CERTIFICATE_ENDED'
>

/**
 * One person proposes to qualify a candidate against the verdict, with reason and clause; it takes effect only when a
 * second person of the institution approves. Nothing overrides a withdrawn training certificate (HB-4.4).
 */
export function proposeOverride(
  app: App,
  actor: Actor,
  input: { declarationId: string; reason: string; clause: string },
): Promise<Result<{ id: string }, ProposeOverrideRefusal>> {
  return transact<{ id: string }, ProposeOverrideRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const [declaration] = await lockDeclarations(tx, [input.declarationId], { evaluation: institution.id })
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const refusal = whyNotOverridable(declaration, await openOverride(tx, declaration.id))
    if (refusal) return refuse(refusal)
    const ended = await endedCertificates(tx, [declaration.trainingCertificateId])
    for (const number of ended.values()) return refuse(no.TRAINING_CERTIFICATE_ENDED({ number }))

    const at = app.clock.now()
    const id = await insertOverride(tx, {
      declarationId: declaration.id,
      reason: input.reason,
      clause: input.clause,
      proposedBy: defined(actor.accountId, 'an account'),
      proposedByName: actor.name,
      proposedAt: at,
    })
    if (!id) return refuse(no.OVERRIDE_ALREADY_OPEN({ by: '同事' }))
    await record(tx, {
      name: events['declaration.override-proposed'],
      at,
      actor,
      clause: input.clause,
      subjects: [`declaration:${declaration.id}`, `person:${declaration.personId}`],
      data: { outcome: declaration.outcome, reason: input.reason, clause: input.clause },
    })
    await openOverrideDuty(tx, app, actor, declaration)
    return ok({ id })
  })
}
