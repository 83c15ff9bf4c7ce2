import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { whyNotOpenSite } from './site.ts'
import { hallsOf, lockSite, setSiteClosed, sittingsUsing, updateSite } from './store/sites.ts'

type ChangeRefusal = RefusalOf<typeof no, 'SITE_NOT_FOUND' | 'SITE_CLOSED'>

export function changeSite(
  app: App,
  actor: Actor,
  input: { siteId: string; name: string; address: string; contactName: string; contactPhone: string },
): Promise<Result<{ id: string }, ChangeRefusal>> {
  return transact<{ id: string }, ChangeRefusal>(app.db, async (tx) => {
    const site = await lockSite(tx, input.siteId, defined(actor.organisation, 'an institution').id)
    if (!site) return refuse(no.SITE_NOT_FOUND())
    const refusal = whyNotOpenSite(site)
    if (refusal) return refuse(refusal)
    const { siteId: _, ...to } = input
    await updateSite(tx, site.id, to)
    await record(tx, {
      name: events['site.changed'],
      at: app.clock.now(),
      actor,
      subjects: [`site:${site.id}`],
      // The contact's telephone number stays out of the log.
      data: { name: to.name, address: to.address, contactName: to.contactName },
    })
    return ok({ id: site.id })
  })
}

type CloseRefusal = ChangeRefusal | RefusalOf<typeof no, 'HALL_IN_USE'>

/** Takes a site out of use with its halls; a sitting that still needs one of them stands in the way. */
export function closeSite(
  app: App,
  actor: Actor,
  input: { siteId: string; reason: string },
): Promise<Result<{ id: string }, CloseRefusal>> {
  return transact<{ id: string }, CloseRefusal>(app.db, async (tx) => {
    const site = await lockSite(tx, input.siteId, defined(actor.organisation, 'an institution').id)
    if (!site) return refuse(no.SITE_NOT_FOUND())
    const refusal = whyNotOpenSite(site)
    if (refusal) return refuse(refusal)
    const halls = await hallsOf(tx, [site.id])
    const using = await sittingsUsing(
      tx,
      halls.map((hall) => hall.id),
    )
    if (using.length > 0)
      return refuse(no.HALL_IN_USE({ sittings: using.map((one) => one.number).join('、') }))
    const at = app.clock.now()
    await setSiteClosed(tx, site.id, at)
    await record(tx, {
      name: events['site.closed'],
      at,
      actor,
      subjects: [`site:${site.id}`],
      data: { reason: input.reason },
    })
    return ok({ id: site.id })
  })
}
