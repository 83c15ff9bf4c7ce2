import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { findCityOf, insertSite } from './store/sites.ts'

export interface RegisterSite {
  name: string
  cityCode: string
  address: string
  contactName: string
  contactPhone: string
}

/** Registers a site of an evaluation institution; it may stand in another city than the institution. */
export function registerSite(
  app: App,
  actor: Actor,
  input: RegisterSite,
): Promise<Result<{ id: string; number: string }, RefusalOf<typeof no, 'SITE_CITY_UNKNOWN'>>> {
  return transact<{ id: string; number: string }, RefusalOf<typeof no, 'SITE_CITY_UNKNOWN'>>(
    app.db,
    async (tx) => {
      const institution = defined(actor.organisation, 'an evaluation institution')
      const city = await findCityOf(tx, input.cityCode)
      if (!city) return refuse(no.SITE_CITY_UNKNOWN())
      const prefix = `KD${input.cityCode.slice(0, 4)}`
      const number = `${prefix}${String(await takeNumbers(tx, prefix)).padStart(4, '0')}`
      const at = app.clock.now()
      const id = await insertSite(
        tx,
        { ...input, number, organisationId: institution.id, provinceCode: city.provinceCode },
        at,
      )
      await record(tx, {
        name: events['site.registered'],
        at,
        actor,
        subjects: [`site:${id}`],
        data: { number, name: input.name },
      })
      return ok({ id, number })
    },
  )
}
