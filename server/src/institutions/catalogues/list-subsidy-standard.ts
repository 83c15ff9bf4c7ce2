import { z } from 'zod'
import { type Actor, day, id, level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { occupationName } from '../store/occupations.ts'
import { endSubsidyStandard, insertSubsidyStandard, lockSubsidyStandard } from '../store/subsidies.ts'
import { maintainedProvince } from './entry-input.ts'

export const subsidyStandardInput = z.strictObject({
  name: z.string().trim().min(2, '请填写补贴名称').max(100),
  kind: z.enum(['职业培训补贴', '职业技能提升补贴']),
  occupationId: z.string().max(40).nullable(),
  level: level.nullable(),
  amountCents: z.number().int().min(0).max(100_000_000),
  conditions: z.string().trim().max(1000).nullable(),
  fromOn: day,
  source: z.string().trim().min(2, '请填写依据文件').max(300),
  /** The standard it follows, which then ends the day before. */
  supersedesId: id.nullable(),
})
type ListRefusal = RefusalOf<
  typeof no,
  'SUBSIDY_STANDARD_NOT_FOUND' | 'SUBSIDY_STANDARD_ENDED' | 'SUBSIDY_DAY_PAST' | 'OCCUPATION_UNKNOWN'
>

/** Adds a subsidy standard, or lets it follow another (HB-5.4: the catalogue is dynamic, its rows are not edited). */
export function listSubsidyStandard(
  app: App,
  actor: Actor,
  input: z.output<typeof subsidyStandardInput>,
): Promise<Result<{ id: string }, ListRefusal>> {
  return transact<{ id: string }, ListRefusal>(app.db, async (tx) => {
    const provinceCode = maintainedProvince(actor)
    const today = app.clock.today()
    const at = app.clock.now()
    if (input.occupationId !== null && (await occupationName(tx, input.occupationId)) === undefined) {
      return refuse(no.OCCUPATION_UNKNOWN({ occupation: input.occupationId }))
    }
    if (input.fromOn < today) return refuse(no.SUBSIDY_DAY_PAST({ earliest: today }))
    if (input.supersedesId !== null) {
      const previous = await lockSubsidyStandard(tx, input.supersedesId, provinceCode)
      if (!previous) return refuse(no.SUBSIDY_STANDARD_NOT_FOUND())
      if (previous.toOn !== null) return refuse(no.SUBSIDY_STANDARD_ENDED({ to: previous.toOn }))
      const earliest = addDays(previous.fromOn, 1)
      if (input.fromOn < earliest) return refuse(no.SUBSIDY_DAY_PAST({ earliest }))
      await endSubsidyStandard(tx, previous.id, {
        toOn: addDays(input.fromOn, -1),
        reason: '由新标准接续',
        by: actor.name,
        at,
      })
    }
    const standard = await insertSubsidyStandard(
      tx,
      { ...input, amountMaxCents: null, provinceCode, sourceStatus: 'issued' },
      { recordedBy: actor.name, recordedAt: at },
    )
    await record(tx, {
      name: events['subsidy-standard.listed'],
      at,
      actor,
      subjects: [`subsidy-standard:${standard}`],
      data: {
        name: input.name,
        amountCents: input.amountCents,
        fromOn: input.fromOn,
        supersedes: input.supersedesId,
      },
    })
    return ok({ id: standard })
  })
}
