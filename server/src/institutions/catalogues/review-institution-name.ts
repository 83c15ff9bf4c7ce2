import { z } from 'zod'
import { type Actor, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertNameReview, lockEntry } from '../store/entries.ts'
import { isMaintainedBy } from './change-institution-entry.ts'

export const nameReview = z.strictObject({
  id,
  /** cleared: the name is harmless; confirmed: it stands for cross-province training, to be followed up. */
  outcome: z.enum(['cleared', 'confirmed']),
  reason: z.string().trim().min(4, '请写明复核情况').max(500),
})
type ReviewRefusal = RefusalOf<typeof no, 'ENTRY_NOT_FOUND' | 'NAME_NOT_FLAGGED'>

/** Records what an officer found about a name with 合作, 联合 or 联盟 (HB-6.2). It takes nobody out of the catalogue. */
export function reviewInstitutionName(
  app: App,
  actor: Actor,
  input: z.output<typeof nameReview>,
): Promise<Result<{ id: string }, ReviewRefusal>> {
  return transact<{ id: string }, ReviewRefusal>(app.db, async (tx) => {
    const entry = await lockEntry(tx, input.id)
    if (!entry || !isMaintainedBy(actor, entry)) return refuse(no.ENTRY_NOT_FOUND())
    if (entry.nameFlags.length === 0 || entry.review !== null) return refuse(no.NAME_NOT_FLAGGED())

    const at = app.clock.now()
    await insertNameReview(tx, {
      entryId: entry.id,
      outcome: input.outcome,
      reason: input.reason,
      by: actor.name,
      at,
    })
    await record(tx, {
      name: events['institution.name-reviewed'],
      at,
      actor,
      subjects: [`catalogue-entry:${entry.id}`],
      data: { outcome: input.outcome, reason: input.reason, flags: entry.nameFlags },
    })
    return ok({ id: entry.id })
  })
}
