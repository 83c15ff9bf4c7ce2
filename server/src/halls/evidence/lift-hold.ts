import { fulfilDuty } from '../../duties/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { askSecond, CONFIRM, subjectsOf } from './put-hold.ts'
import { no } from './refusals.ts'
import { type Hold, lockHold, setLifted, setLiftProposed } from './store/holds.ts'
import { anyAttemptHead } from './store/reading.ts'

export type ProposeLiftRefusal = RefusalOf<
  typeof no,
  'HOLD_NOT_FOUND' | 'HOLD_UNCONFIRMED' | 'LIFT_ALREADY_PROPOSED'
>

/** The first of two people who end a hold; it holds until the second one agrees. */
export function proposeLift(
  app: App,
  actor: Actor,
  input: { holdId: string; reason: string },
): Promise<Result<{ id: string }, ProposeLiftRefusal>> {
  return transact<{ id: string }, ProposeLiftRefusal>(app.db, async (tx) => {
    const hold = await lockHold(tx, input.holdId, scopeOf(actor))
    if (!hold) return refuse(no.HOLD_NOT_FOUND())
    const refusal = whyNotLift(hold)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setLiftProposed(tx, {
      id: hold.id,
      by: defined(actor.accountId, 'staff has an account'),
      byName: actor.name,
      reason: input.reason,
      at,
    })
    await record(tx, {
      name: events['evidence.lift-proposed'],
      at,
      actor,
      subjects: subjectsOf(hold),
      data: { reason: input.reason, putBy: hold.putByName },
    })
    const head = await anyAttemptHead(tx, hold, scopeOf(actor))
    if (head) await askSecond(tx, app, actor, { id: hold.id, head, act: '确认解除保全' })
    return ok({ id: hold.id })
  })
}

export type DecideLiftRefusal = RefusalOf<
  typeof no,
  'HOLD_NOT_FOUND' | 'LIFT_NOT_PROPOSED' | 'HOLD_NEEDS_SECOND' | 'HOLD_NOT_PROPOSER'
>

/** From here the ordinary periods count again. Declined or withdrawn, the hold stands as before. */
export function decideLift(
  app: App,
  actor: Actor,
  input: { holdId: string; decision: 'agreed' | 'declined' | 'withdrawn'; reason: string | null },
): Promise<Result<{ id: string }, DecideLiftRefusal>> {
  return transact<{ id: string }, DecideLiftRefusal>(app.db, async (tx) => {
    const hold = await lockHold(tx, input.holdId, scopeOf(actor))
    if (!hold) return refuse(no.HOLD_NOT_FOUND())
    const by = defined(actor.accountId, 'staff has an account')
    const refusal = whyNotDecideLift(hold, by, input.decision)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    if (input.decision === 'agreed') await setLifted(tx, { id: hold.id, by, byName: actor.name, at })
    else await setLiftProposed(tx, { id: hold.id, by: null })
    await record(tx, {
      name: events[input.decision === 'agreed' ? 'evidence.hold-lifted' : 'evidence.lift-declined'],
      at,
      actor,
      subjects: subjectsOf(hold),
      data: {
        decision: input.decision,
        reason: input.reason,
        liftReason: hold.liftReason,
        proposedBy: hold.liftByName,
      },
    })
    await fulfilDuty(tx, app, { kind: CONFIRM, subject: `evidence-hold:${hold.id}`, actor })
    return ok({ id: hold.id })
  })
}

export function whyNotLift(
  hold: Pick<Hold, 'decision' | 'liftBy'>,
): Refusal<'HOLD_UNCONFIRMED' | 'LIFT_ALREADY_PROPOSED'> | undefined {
  if (hold.decision === null) return no.HOLD_UNCONFIRMED()
  return hold.liftBy === null ? undefined : no.LIFT_ALREADY_PROPOSED()
}

export function whyNotDecideLift(
  hold: Pick<Hold, 'liftBy'>,
  account: string | null,
  decision: 'agreed' | 'declined' | 'withdrawn',
): Refusal<'LIFT_NOT_PROPOSED' | 'HOLD_NEEDS_SECOND' | 'HOLD_NOT_PROPOSER'> | undefined {
  if (hold.liftBy === null) return no.LIFT_NOT_PROPOSED()
  const own = hold.liftBy === account
  if (decision === 'withdrawn') return own ? undefined : no.HOLD_NOT_PROPOSER()
  return own ? no.HOLD_NEEDS_SECOND() : undefined
}
