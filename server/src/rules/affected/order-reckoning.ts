import { z } from 'zod'
import { policySettings } from '../../institutions/index.ts'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { no } from '../refusals.ts'
import { ACTS, type RevisionState, SHOWN_STATES } from '../revision.ts'
import { lockRevision } from '../store.ts'
import { checkText } from '../text/check-text.ts'
import { beginReckoning } from './begin-reckoning.ts'

export const reckoningOrder = z.strictObject({ id })
type OrderRefusal = RefusalOf<
  typeof no,
  'REVISION_NOT_FOUND' | 'REVISION_NOT_OPEN' | 'RECKONING_NOT_POSSIBLE'
>

/** Asks who the text as it stands would affect; the answer comes from a job. */
export function orderReckoning(
  app: App,
  actor: Actor,
  input: z.output<typeof reckoningOrder>,
): Promise<Result<{ id: string }, OrderRefusal>> {
  return transact<{ id: string }, OrderRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const { provinceCode } = actor.organisation
    const revision = await lockRevision(tx, provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    const open: readonly RevisionState[] = ACTS.withdraw
    if (!open.includes(revision.state))
      return refuse(no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] }))
    const { policy, edition } = await app.policyBook.asOf(tx)
    const settings = await policySettings(tx, provinceCode)
    const { problems } = checkText(policy, revision, revision.number, revision.content, settings)
    if (problems[0]) {
      const first = [problems[0].at, problems[0].message].filter(Boolean).join('：')
      return refuse(no.RECKONING_NOT_POSSIBLE({ first }))
    }
    return ok({
      id: await beginReckoning(tx, { revision, edition, by: actor.name, at: app.clock.now() }),
    })
  })
}
