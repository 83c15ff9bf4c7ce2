import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert, defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { allows, revisionContent, SHOWN_STATES } from '../revision.ts'
import { lockRevision, saveText } from '../store.ts'
import { clauseOf, packText } from '../text/pack-text.ts'

export const revisionSave = z.strictObject({
  id,
  /** The save it started from: another's save in between is not overwritten. */
  saves: z.int().positive(),
  content: revisionContent,
})
type SaveRefusal = RefusalOf<
  typeof no,
  'REVISION_NOT_FOUND' | 'REVISION_NOT_OPEN' | 'REVISION_CHANGED_MEANWHILE'
>

/** Saves the form as it stands, right or wrong: what is wrong is shown, and stops only the proposing. */
export function saveRevision(
  app: App,
  actor: Actor,
  input: z.output<typeof revisionSave>,
): Promise<Result<{ id: string; saves: number }, SaveRefusal>> {
  return transact<{ id: string; saves: number }, SaveRefusal>(app.db, async (tx) => {
    assert(actor.organisation, 'an officer belongs to a department')
    const revision = await lockRevision(tx, actor.organisation.provinceCode, input.id)
    if (!revision) return refuse(no.REVISION_NOT_FOUND())
    if (!allows('save', revision.state))
      return refuse(no.REVISION_NOT_OPEN({ state: SHOWN_STATES[revision.state] }))
    if (revision.saves !== input.saves) return refuse(no.REVISION_CHANGED_MEANWHILE())

    const { policy } = await app.policyBook.asOf(tx)
    const { text, sha } = packText(policy, revision, input.content)
    const at = app.clock.now()
    await saveText(tx, revision.id, {
      content: input.content,
      clause: clauseOf(input.content.basis),
      text,
      textSha: sha,
      account: defined(actor.accountId, 'an account'),
      at,
    })
    if (sha !== revision.textSha) {
      await record(tx, {
        name: events['revision.changed'],
        at,
        actor,
        subjects: [`revision:${revision.id}`],
        data: { textSha: sha, fromOn: input.content.fromOn },
      })
    }
    return ok({ id: revision.id, saves: revision.saves + 1 })
  })
}
