import { z } from 'zod'
import { type Actor, day } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockCatalogue } from '../store/entries.ts'
import { insertOccupationListing, occupationListings, occupationName } from '../store/occupations.ts'

export const occupationListingInput = z.strictObject({
  occupationId: z.string().max(40),
  fromOn: day,
  source: z.string().trim().min(2, '请填写依据文件').max(300),
})
type ListOccupationRefusal = RefusalOf<
  typeof no,
  'OCCUPATION_UNKNOWN' | 'ENTRY_ALREADY_LISTED' | 'ENTRY_OVERLAPS'
>

/** Enters a known occupation in the occupation catalogue from a day on: the national office's act (HB-6.2). */
export function listOccupation(
  app: App,
  actor: Actor,
  input: z.output<typeof occupationListingInput>,
): Promise<Result<{ id: string }, ListOccupationRefusal>> {
  return transact<{ id: string }, ListOccupationRefusal>(app.db, async (tx) => {
    await lockCatalogue(tx)
    const name = await occupationName(tx, input.occupationId)
    if (name === undefined) return refuse(no.OCCUPATION_UNKNOWN({ occupation: input.occupationId }))
    for (const row of await occupationListings(tx, input.occupationId)) {
      if (row.toOn === null) return refuse(no.ENTRY_ALREADY_LISTED({ name, from: row.fromOn }))
      if (row.toOn >= input.fromOn) return refuse(no.ENTRY_OVERLAPS({ name, from: row.fromOn, to: row.toOn }))
    }

    const at = app.clock.now()
    const id = await insertOccupationListing(tx, {
      ...input,
      sourceStatus: 'issued',
      recordedBy: actor.name,
      recordedAt: at,
    })
    await record(tx, {
      name: events['occupation.listed'],
      at,
      actor,
      subjects: [`occupation:${input.occupationId}`],
      data: { occupation: name, fromOn: input.fromOn, source: input.source },
    })
    return ok({ id })
  })
}
