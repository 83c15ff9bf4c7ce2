import { z } from 'zod'
import { type Actor, day, id } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { endSubsidyStandard as end, lockSubsidyStandard } from '../store/subsidies.ts'
import { laterDay } from './catalogue.ts'
import { maintainedProvince } from './entry-input.ts'

export const subsidyStandardEnd = z.strictObject({
  id,
  toOn: day,
  reason: z.string().trim().min(2, '请填写终止原因').max(300),
})
type EndRefusal = RefusalOf<
  typeof no,
  'SUBSIDY_STANDARD_NOT_FOUND' | 'SUBSIDY_STANDARD_ENDED' | 'SUBSIDY_DAY_PAST'
>

/** Ends a subsidy standard after a day; claims for earlier days still find it. */
export function endSubsidyStandard(
  app: App,
  actor: Actor,
  input: z.output<typeof subsidyStandardEnd>,
): Promise<Result<{ id: string }, EndRefusal>> {
  return transact<{ id: string }, EndRefusal>(app.db, async (tx) => {
    const standard = await lockSubsidyStandard(tx, input.id, maintainedProvince(actor))
    if (!standard) return refuse(no.SUBSIDY_STANDARD_NOT_FOUND())
    if (standard.toOn !== null) return refuse(no.SUBSIDY_STANDARD_ENDED({ to: standard.toOn }))
    const earliest = laterDay(standard.fromOn, app.clock.today())
    if (input.toOn < earliest) return refuse(no.SUBSIDY_DAY_PAST({ earliest }))

    const at = app.clock.now()
    await end(tx, standard.id, { toOn: input.toOn, reason: input.reason, by: actor.name, at })
    await record(tx, {
      name: events['subsidy-standard.ended'],
      at,
      actor,
      subjects: [`subsidy-standard:${standard.id}`],
      data: { name: standard.name, toOn: input.toOn, reason: input.reason },
    })
    return ok({ id: standard.id })
  })
}
