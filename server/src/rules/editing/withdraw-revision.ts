import { z } from 'zod'
import { cancelDuty } from '../../duties/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { allows, type Revision, SHOWN_STATES } from '../revision.ts'
import { lockRevision, setDecided } from '../store.ts'

export const revisionWithdrawal = z.strictObject({
  id,
  reason: z.string().trim().min(2, '请填写撤回理由').max(1000),
})
type WithdrawRefusal = RefusalOf<typeof no, 'REVISION_NOT_FOUND' | 'REVISION_NOT_OPEN'>

export function withdrawRefusal(revision: Revision): Refusal<'REVISION_NOT_OPEN'> | undefined {
  return allows('withdraw', revision.state)
    ? undefined
    : no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] })
}

/** Gives a revision up before it is confirmed; a confirmed text is only followed by a later one. */
export function withdrawRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionWithdrawal>,
): Promise<Result<{ id: string }, WithdrawRefusal>> {
  return transact<{ id: string }, WithdrawRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const revision = await lockRevision(tx, actor.organisation.provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const refusal = withdrawRefusal(revision)
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    const subject = `revision:${revision.id}` as const
    await setDecided(tx, revision.id, {
      state: 'withdrawn',
      by: actor.name,
      at,
      reason: input.reason,
      edition: null,
    })
    for (const kind of ['revision.confirm', 'revision.correct'])
      await cancelDuty(tx, app, { kind, subject, reason: '修订已撤回', actor })
    await record(tx, {
      name: events['revision.withdrawn'],
      at,
      actor,
      subjects: [subject],
      data: { reason: input.reason, from: revision.state },
    })
    return ok({ id: revision.id })
  })
}
