import { type ListedOnRefusal, listedOn } from '../../institutions/index.ts'
import type { Actor, Level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { findCity, hasFiledPlan, insertSitting } from './store/sittings.ts'

export type PlanSittingRefusal =
  | RefusalOf<typeof no, 'VENUE_UNKNOWN' | 'SITTING_IN_PAST' | 'SITTING_PARTS_OVERLAP' | 'SITTING_NOT_FILED'>
  | ListedOnRefusal

export interface PlanSitting {
  title: string
  occupationId: string
  direction?: string | null | undefined
  level: Level
  cityCode: string
  venue: string
  capacity: number
  theory: { startsAt: Date; endsAt: Date }
  ability: { startsAt: Date; endsAt: Date }
}

/**
 * Plans a sitting: one occupation and level, one place, a window for each part. The institution must be listed on
 * that day (HB-6.2) and have agreed an assessment plan that is filed in the province of the venue (HB-4.1).
 */
export function planSitting(
  app: App,
  actor: Actor,
  input: PlanSitting,
): Promise<Result<{ id: string; number: string }, PlanSittingRefusal>> {
  return transact<{ id: string; number: string }, PlanSittingRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const { theory, ability, occupationId, level } = input
    const city = await findCity(tx, input.cityCode)
    if (!city) return refuse(no.VENUE_UNKNOWN())
    if (theory.startsAt < ability.endsAt && ability.startsAt < theory.endsAt)
      return refuse(no.SITTING_PARTS_OVERLAP())
    const startsAt = new Date(Math.min(+theory.startsAt, +ability.startsAt))
    const endsAt = new Date(Math.max(+theory.endsAt, +ability.endsAt))
    if (startsAt <= app.clock.now()) return refuse(no.SITTING_IN_PAST())
    const listed = await listedOn(tx, {
      catalogue: 'evaluation',
      organisationId: institution.id,
      occupationId,
      level,
      on: dayOf(startsAt),
    })
    if (!listed.ok) return listed
    const { provinceCode } = city
    const filed = await hasFiledPlan(tx, {
      organisationId: institution.id,
      provinceCode,
      occupationId,
      level,
    })
    if (!filed) return refuse(no.SITTING_NOT_FILED({ province: city.provinceName }))

    const prefix = `KC${provinceCode.slice(0, 2)}${dayOf(startsAt).slice(0, 4)}`
    const number = `${prefix}${String(await takeNumbers(tx, prefix)).padStart(4, '0')}`
    const sitting = {
      number,
      organisationId: institution.id,
      provinceCode,
      cityCode: input.cityCode,
      title: input.title,
      occupationId,
      direction: input.direction ?? null,
      level,
      venue: input.venue,
      capacity: input.capacity,
      startsAt,
      endsAt,
    }
    const parts = [
      { part: 'theory' as const, ...theory },
      { part: 'ability' as const, ...ability },
    ]
    const id = await insertSitting(tx, sitting, parts, app.clock.now())
    await record(tx, {
      name: events['sitting.planned'],
      at: app.clock.now(),
      actor,
      subjects: [`sitting:${id}`],
      data: { number, venue: input.venue, startsAt, endsAt, capacity: input.capacity },
    })
    return ok({ id, number })
  })
}
