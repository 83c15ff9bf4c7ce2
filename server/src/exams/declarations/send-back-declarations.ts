import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { whyNotConfirmable } from './declaration.ts'
import { settleDeclarationDuties, settleOverrideDuty } from './declaration-duties.ts'
import { lockDeclarations, setState } from './store/declarations.ts'
import { insertConfirmations, withdrawOpenOverrides } from './store/overrides.ts'

export type SendBackRefusal = RefusalOf<typeof no, 'DECLARATION_NOT_FOUND' | 'DECLARATION_NOT_SUBMITTED'>

export interface SendBack {
  declarationIds: string[]
  reason: string
  clause: string
  /** Papers asked for, in the verdict's words. */
  needs?: string[] | undefined
}

/** Returns declarations for papers 退回补正: the declarant adds them and submits again. All or none. */
export function returnDeclarations(
  app: App,
  actor: Actor,
  input: SendBack,
): Promise<Result<{ count: number }, SendBackRefusal>> {
  return sendBack(app, actor, input, 'returned')
}

/** Refuses qualification 不予确认, with reason and clause. The person may declare anew once the facts have changed. */
export function refuseDeclarations(
  app: App,
  actor: Actor,
  input: SendBack,
): Promise<Result<{ count: number }, SendBackRefusal>> {
  return sendBack(app, actor, input, 'refused')
}

function sendBack(
  app: App,
  actor: Actor,
  input: SendBack,
  to: 'returned' | 'refused',
): Promise<Result<{ count: number }, SendBackRefusal>> {
  return transact<{ count: number }, SendBackRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const ids = [...new Set(input.declarationIds)]
    const declarations = await lockDeclarations(tx, ids, { evaluation: institution.id })
    if (declarations.length < ids.length) return refuse(no.DECLARATION_NOT_FOUND())
    for (const one of declarations) {
      const refusal = whyNotConfirmable(one)
      if (refusal) return refuse(refusal)
    }
    const at = app.clock.now()
    const given = await withdrawOpenOverrides(tx, ids, at)
    await settleOverrideDuty(tx, app, actor, given, to === 'returned' ? '申报已退回' : '申报已不予确认')
    await setState(tx, ids, to, at)
    await insertConfirmations(
      tx,
      declarations.map((one) => ({
        declarationId: one.id,
        round: one.round,
        act: to,
        reason: input.reason,
        clause: input.clause,
        needs: input.needs ?? [],
        decisionId: one.decisionId,
        actedBy: defined(actor.accountId, 'an account'),
        actedByName: actor.name,
      })),
      at,
    )
    await record(
      tx,
      ...declarations.map((one) => ({
        name: events[to === 'returned' ? 'declaration.returned' : 'declaration.refused'],
        at,
        actor,
        clause: input.clause,
        subjects: [`declaration:${one.id}` as const, `person:${one.personId}` as const],
        data: { reason: input.reason, clause: input.clause, needs: input.needs ?? [] },
      })),
    )
    await settleDeclarationDuties(
      tx,
      app,
      actor,
      declarations.map((one) => ({ ...one, state: to })),
    )
    return ok({ count: declarations.length })
  })
}
