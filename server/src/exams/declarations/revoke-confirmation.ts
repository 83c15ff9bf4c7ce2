import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { releaseCandidates } from '../sittings/release-candidates.ts'
import { startedSittings } from '../sittings/store/candidates.ts'
import { whyNotRevocable } from './declaration.ts'
import { settleDeclarationDuties } from './declaration-duties.ts'
import { lockDeclarations, setState } from './store/declarations.ts'
import { insertConfirmations } from './store/overrides.ts'

export type RevokeConfirmationRefusal = RefusalOf<
  typeof no,
  'DECLARATION_NOT_FOUND' | 'CONFIRMATION_NOT_REVOCABLE' | 'DECLARATION_COMPLETED' | 'DECLARATION_IN_SITTING'
>

/**
 * The reverse of a confirmation, possible until the sitting has begun: the declaration is back at the desk and the
 * candidate leaves a planned sitting.
 */
export function revokeConfirmation(
  app: App,
  actor: Actor,
  input: { declarationId: string; reason: string; clause: string },
): Promise<Result<{ sittings: string[] }, RevokeConfirmationRefusal>> {
  return transact<{ sittings: string[] }, RevokeConfirmationRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const [declaration] = await lockDeclarations(tx, [input.declarationId], { evaluation: institution.id })
    if (!declaration) return refuse(no.DECLARATION_NOT_FOUND())
    const started = await startedSittings(tx, [declaration.id])
    const refusal = whyNotRevocable(declaration, started.get(declaration.id))
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    const { sittings } = await releaseCandidates(
      tx,
      app,
      actor,
      [declaration.id],
      `撤销资格确认：${input.reason}`,
    )
    await setState(tx, [declaration.id], 'submitted', at)
    await insertConfirmations(
      tx,
      [
        {
          declarationId: declaration.id,
          round: declaration.round,
          act: 'revoked',
          reason: input.reason,
          clause: input.clause,
          needs: [],
          decisionId: declaration.decisionId,
          actedBy: defined(actor.accountId, 'an account'),
          actedByName: actor.name,
        },
      ],
      at,
    )
    await record(tx, {
      name: events['declaration.confirmation-revoked'],
      at,
      actor,
      clause: input.clause,
      subjects: [`declaration:${declaration.id}`, `person:${declaration.personId}`],
      data: { reason: input.reason, clause: input.clause, sittings },
    })
    await settleDeclarationDuties(tx, app, actor, [{ ...declaration, state: 'submitted' }])
    return ok({ sittings })
  })
}
