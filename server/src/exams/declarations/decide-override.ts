import { supervisorsOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { DECLARATION_STATES } from './declaration.ts'
import { reportOverride, settleDeclarationDuties, settleOverrideDuty } from './declaration-duties.ts'
import { recheck } from './recheck.ts'
import { endedCertificates } from './store/certificates.ts'
import { lockDeclarations, setState, setVerdicts } from './store/declarations.ts'
import { findOverride, insertConfirmations, setOverrideDecided } from './store/overrides.ts'

export type DecideOverrideRefusal = RefusalOf<
  typeof no,
  | 'OVERRIDE_NOT_FOUND'
  | 'OVERRIDE_DECIDED'
  | 'OVERRIDE_SAME_PERSON'
  | 'DECLARATION_NOT_SUBMITTED'
  | 'TRAINING_CERTIFICATE_ENDED'
>

/** The second person approves or rejects an override. Approved, the candidate is qualified and the province is told. */
export function decideOverride(
  app: App,
  actor: Actor,
  input: { overrideId: string; decision: 'approved' | 'rejected'; reason: string },
): Promise<Result<{ declarationId: string }, DecideOverrideRefusal>> {
  return transact<{ declarationId: string }, DecideOverrideRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const account = defined(actor.accountId, 'an account')
    const found = await findOverride(tx, input.overrideId)
    if (!found) return refuse(no.OVERRIDE_NOT_FOUND())
    const [declaration] = await lockDeclarations(tx, [found.declarationId], { evaluation: institution.id })
    if (!declaration) return refuse(no.OVERRIDE_NOT_FOUND())
    // Read again under the declaration's lock: the other browser may have decided it meanwhile.
    const override = defined(await findOverride(tx, input.overrideId), 'the override')
    if (override.decision) return refuse(no.OVERRIDE_DECIDED())
    if (override.proposedBy === account) return refuse(no.OVERRIDE_SAME_PERSON())
    if (declaration.state !== 'submitted') {
      return refuse(no.DECLARATION_NOT_SUBMITTED({ state: DECLARATION_STATES[declaration.state] }))
    }

    const at = app.clock.now()
    const subjects = [`declaration:${declaration.id}`, `person:${declaration.personId}`] as const
    const decided = { decision: input.decision, by: account, byName: actor.name, reason: input.reason, at }
    await setOverrideDecided(tx, override.id, decided)
    await settleOverrideDuty(tx, app, actor, [declaration.id])
    if (input.decision === 'rejected') {
      await record(tx, {
        name: events['declaration.override-rejected'],
        at,
        actor,
        subjects: [...subjects],
        data: { reason: input.reason, proposedBy: override.proposedByName },
      })
      return ok({ declarationId: declaration.id })
    }

    const ended = await endedCertificates(tx, [declaration.trainingCertificateId])
    for (const number of ended.values()) return refuse(no.TRAINING_CERTIFICATE_ENDED({ number }))
    const { verdict } = defined((await recheck(tx, app, actor, [declaration])).get(declaration.id), 'a check')
    await setVerdicts(tx, [verdict], app.clock.today())
    await setState(tx, [declaration.id], 'qualified', at)
    await insertConfirmations(
      tx,
      [
        {
          declarationId: declaration.id,
          round: declaration.round,
          act: 'overridden',
          reason: override.reason,
          clause: override.clause,
          needs: [],
          decisionId: verdict.decisionId,
          actedBy: account,
          actedByName: actor.name,
        },
      ],
      at,
    )
    await record(tx, {
      name: events['declaration.overridden'],
      at,
      actor,
      clause: override.clause,
      subjects: [...subjects],
      data: {
        outcome: verdict.outcome,
        reason: override.reason,
        clause: override.clause,
        proposedBy: override.proposedByName,
        secondReason: input.reason,
      },
    })
    const { province } = await supervisorsOf(tx, declaration)
    await reportOverride(tx, app, actor, declaration, province.id)
    await settleDeclarationDuties(tx, app, actor, [{ ...declaration, state: 'qualified' }])
    return ok({ declarationId: declaration.id })
  })
}
