import { z } from 'zod'
import { type Actor, day, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { endEntry, lockEntry } from '../store/entries.ts'
import { checkDay, isMaintainedBy } from './change-institution-entry.ts'

export const entryEnd = z.strictObject({
  id,
  toOn: day,
  reason: z.string().trim().min(2, '请填写移出原因').max(300),
})
type EndRefusal = RefusalOf<typeof no, 'ENTRY_NOT_FOUND' | 'ENTRY_ALREADY_ENDED' | 'ENTRY_DAY_PAST'>

/** Takes an institution out of the catalogue after a day; its history stays. To undo it, list it again. */
export function endInstitutionEntry(
  app: App,
  actor: Actor,
  input: z.output<typeof entryEnd>,
): Promise<Result<{ id: string }, EndRefusal>> {
  return transact<{ id: string }, EndRefusal>(app.db, async (tx) => {
    const entry = await lockEntry(tx, input.id)
    if (!entry || !isMaintainedBy(actor, entry)) return refuse(no.ENTRY_NOT_FOUND())
    const refusal = checkDay(entry, input.toOn, app.clock.today())
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    await endEntry(tx, entry.id, { toOn: input.toOn, reason: input.reason, by: actor.name, at })
    await record(tx, {
      name: events['institution.listing-ended'],
      at,
      actor,
      subjects: [`catalogue-entry:${entry.id}`],
      data: {
        catalogue: entry.catalogue,
        name: entry.organisationName,
        toOn: input.toOn,
        reason: input.reason,
      },
    })
    return ok({ id: entry.id })
  })
}
