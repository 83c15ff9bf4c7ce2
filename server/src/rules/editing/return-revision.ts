import { z } from 'zod'
import { fulfilDuty, openDuty } from '../../duties/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockRevision, setDecided } from '../store.ts'
import { secondPersonRefusal } from './confirm-revision.ts'

export const revisionReturn = z.strictObject({
  id,
  reason: z.string().trim().min(2, '请填写退回理由').max(1000),
})
type ReturnRefusal = RefusalOf<typeof no, 'REVISION_NOT_FOUND' | 'REVISION_NOT_OPEN' | 'REVISION_SAME_PERSON'>

/** The second person sends it back with the reason; it may be corrected and proposed again. */
export function returnRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionReturn>,
): Promise<Result<{ id: string }, ReturnRefusal>> {
  return transact<{ id: string }, ReturnRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    const revision = await lockRevision(tx, provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const refusal = secondPersonRefusal(revision, actor, 'return')
    if (refusal) return refuse(refusal as ReturnRefusal)

    const at = app.clock.now()
    const subject = `revision:${revision.id}` as const
    await setDecided(tx, revision.id, {
      state: 'returned',
      by: actor.name,
      at,
      reason: input.reason,
      edition: null,
    })
    await fulfilDuty(tx, app, { kind: 'revision.confirm', subject, actor })
    await openDuty(tx, app, {
      kind: 'revision.correct',
      subject,
      title: `修改被退回的规则修订：${revision.title}`,
      link: `/rules/revisions/${revision.id}`,
      holder: { organisationId: actor.organisation.id, role: 'provincial_officer' },
      startedOn: app.clock.today(),
      clause: revision.clause,
      provinceCode,
      cityCode: null,
      actor,
    })
    await record(tx, {
      name: events['revision.returned'],
      at,
      actor,
      subjects: [subject],
      data: { reason: input.reason },
    })
    return ok({ id: revision.id })
  })
}
