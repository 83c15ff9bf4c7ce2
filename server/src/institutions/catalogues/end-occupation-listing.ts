import { z } from 'zod'
import { type Actor, day, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { endOccupationListing as end, lockOccupationListing, occupationName } from '../store/occupations.ts'
import { checkDay } from './change-institution-entry.ts'

export const occupationListingEnd = z.strictObject({
  id,
  toOn: day,
  reason: z.string().trim().min(2, '请填写移出原因').max(300),
})
type EndRefusal = RefusalOf<typeof no, 'ENTRY_NOT_FOUND' | 'ENTRY_ALREADY_ENDED' | 'ENTRY_DAY_PAST'>

/** Takes an occupation out of the catalogue after a day. To undo it, list it again. */
export function endOccupationListing(
  app: App,
  actor: Actor,
  input: z.output<typeof occupationListingEnd>,
): Promise<Result<{ id: string }, EndRefusal>> {
  return transact<{ id: string }, EndRefusal>(app.db, async (tx) => {
    const listing = await lockOccupationListing(tx, input.id)
    if (!listing) return refuse(no.ENTRY_NOT_FOUND())
    const refusal = checkDay(listing, input.toOn, app.clock.today())
    if (refusal) return refuse(refusal)

    const at = app.clock.now()
    await end(tx, listing.id, { toOn: input.toOn, reason: input.reason, by: actor.name, at })
    await record(tx, {
      name: events['occupation.listing-ended'],
      at,
      actor,
      subjects: [`occupation:${listing.occupationId}`],
      data: {
        occupation: await occupationName(tx, listing.occupationId),
        toOn: input.toOn,
        reason: input.reason,
      },
    })
    return ok({ id: listing.id })
  })
}
