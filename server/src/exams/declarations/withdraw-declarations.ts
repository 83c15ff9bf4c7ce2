import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { releaseCandidates } from '../sittings/release-candidates.ts'
import { startedSittings } from '../sittings/store/candidates.ts'
import { BATCH_STATES, type Declaration, whyNotWithdrawable } from './declaration.ts'
import { settleDeclarationDuties, settleOverrideDuty } from './declaration-duties.ts'
import { lockBatch, setBatchState } from './store/batches.ts'
import { lockBatchDeclarations, lockDeclarations, setState } from './store/declarations.ts'
import { withdrawOpenOverrides } from './store/overrides.ts'

export type WithdrawDeclarationsRefusal = RefusalOf<
  typeof no,
  'DECLARATION_NOT_FOUND' | 'DECLARATION_NOT_WITHDRAWABLE' | 'DECLARATION_IN_SITTING'
>
export type WithdrawBatchRefusal = RefusalOf<
  typeof no,
  'DECLARATION_BATCH_NOT_FOUND' | 'DECLARATION_BATCH_NOT_DRAFTED'
>

/** Takes declarations back, from the draft up to the day before the sitting; candidates leave their planned sitting. */
export function withdrawDeclarations(
  app: App,
  actor: Actor,
  input: { declarationIds: string[]; reason: string },
): Promise<Result<{ withdrawn: number }, WithdrawDeclarationsRefusal>> {
  return transact<{ withdrawn: number }, WithdrawDeclarationsRefusal>(app.db, async (tx) => {
    const mine = actor.organisation ? { training: actor.organisation.id } : { person: actor.personId }
    const ids = [...new Set(input.declarationIds)]
    const declarations = await lockDeclarations(tx, ids, mine)
    if (declarations.length < ids.length) return refuse(no.DECLARATION_NOT_FOUND())
    const started = await startedSittings(tx, ids)
    for (const one of declarations) {
      const refusal = whyNotWithdrawable(one, started.get(one.id))
      if (refusal) return refuse(refusal)
    }
    await withdraw(tx, app, actor, declarations, input.reason)
    return ok({ withdrawn: declarations.length })
  })
}

/** Gives a batch up before it is submitted; its declarations go with it, so that their people can declare again. */
export function withdrawDeclarationBatch(
  app: App,
  actor: Actor,
  input: { batchId: string; reason: string },
): Promise<Result<{ withdrawn: number }, WithdrawBatchRefusal>> {
  return transact<{ withdrawn: number }, WithdrawBatchRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'a training institution')
    const batch = await lockBatch(tx, input.batchId, institution.id)
    if (!batch) return refuse(no.DECLARATION_BATCH_NOT_FOUND())
    if (batch.state !== 'drafted')
      return refuse(no.DECLARATION_BATCH_NOT_DRAFTED({ state: BATCH_STATES[batch.state] }))
    const declarations = await lockBatchDeclarations(tx, batch.id, 'drafted')
    await withdraw(tx, app, actor, declarations, input.reason)
    await setBatchState(tx, batch.id, 'withdrawn', app.clock.now())
    await record(tx, {
      name: events['declaration-batch.withdrawn'],
      at: app.clock.now(),
      actor,
      subjects: [`declaration-batch:${batch.id}`],
      data: { declarations: declarations.length, reason: input.reason },
    })
    return ok({ withdrawn: declarations.length })
  })
}

async function withdraw(
  tx: Tx,
  app: App,
  actor: Actor,
  declarations: Declaration[],
  reason: string,
): Promise<void> {
  const at = app.clock.now()
  const ids = declarations.map((one) => one.id)
  const given = await withdrawOpenOverrides(tx, ids, at)
  await settleOverrideDuty(tx, app, actor, given, '申报已撤回')
  await releaseCandidates(tx, app, actor, ids, `申报撤回：${reason}`)
  await setState(tx, ids, 'withdrawn', at)
  await record(
    tx,
    ...declarations.map((one) => ({
      name: events['declaration.withdrawn'],
      at,
      actor,
      subjects: [`declaration:${one.id}` as const, `person:${one.personId}` as const],
      data: { reason, from: one.state },
    })),
  )
  await settleDeclarationDuties(
    tx,
    app,
    actor,
    declarations.map((one) => ({ ...one, state: 'withdrawn' as const })),
  )
}
