import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { defined } from '../platform/assert.ts'
import { record } from '../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../platform/result.ts'
import { transact } from '../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import * as store from './store.ts'

export interface SetTargetInput {
  year: number
  /** Absent for the whole province. */
  cityCode?: string | undefined
  people: number
  /** The document or decision the figure comes from. */
  source: string
}

export type SetTargetRefusal = RefusalOf<typeof no, 'TARGET_CITY_NOT_FOUND' | 'TARGET_BELOW_CITIES'>

/** Sets a yearly target of the actor's province or one of its cities (HB-1); the earlier figure stays as history. */
export function setTarget(
  app: App,
  actor: Actor,
  input: SetTargetInput,
): Promise<Result<undefined, SetTargetRefusal>> {
  const provinceCode = defined(actor.organisation, 'an officer with a department').provinceCode
  const cityCode = input.cityCode ?? null
  return transact<undefined, SetTargetRefusal>(app.db, async (tx) => {
    await store.lockTargets(tx, provinceCode, input.year)
    if (cityCode && !(await store.isCityOf(tx, cityCode, provinceCode)))
      return refuse(no.TARGET_CITY_NOT_FOUND())

    const inForce = (await store.targetsOf(tx, provinceCode, input.year)).filter((one) => !one.replacedAt)
    const before = inForce.find((one) => one.cityCode === cityCode)?.people ?? null
    const others = inForce.filter((one) => one.cityCode && one.cityCode !== cityCode)
    const cities = others.reduce((sum, one) => sum + one.people, cityCode ? input.people : 0)
    const province = cityCode ? inForce.find((one) => !one.cityCode)?.people : input.people
    if (province !== undefined && cities > province) {
      return refuse(no.TARGET_BELOW_CITIES({ cities, people: province }))
    }

    const at = app.clock.now()
    await store.replaceTarget(tx, {
      provinceCode,
      cityCode,
      year: input.year,
      people: input.people,
      source: input.source,
      setBy: actor.name,
      at,
    })
    await record(tx, {
      name: events['target.set'],
      at,
      actor,
      subjects: [`targets:${provinceCode}-${input.year}`],
      data: { year: input.year, cityCode, people: input.people, before, source: input.source },
    })
    return ok()
  })
}
