import { findOrganisations, scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, refuse } from '../../platform/result.ts'
import { no } from './refusals.ts'
import { whyNotOpenHall, whyNotOpenSite } from './site.ts'
import { seatsOf } from './store/seats.ts'
import { findHall, findSite, hallsOf, sittingsUsing } from './store/sites.ts'

/** A site with its halls and what the viewer may do. */
export async function readSite(app: App, actor: Actor, input: { siteId: string }) {
  const site = await findSite(app.db, input.siteId, scopeOf(actor))
  if (!site) return refuse(no.SITE_NOT_FOUND())
  const [organisation] = await findOrganisations(app.db, { ids: [site.organisationId] })
  const halls = await hallsOf(app.db, [site.id])
  const ids = halls.map((hall) => hall.id)
  const using = (await sittingsUsing(app.db, ids)).map((one) => one.number).join('、')
  const keeps = actor.role === 'evaluation_manager'
  const open = whyNotOpenSite(site)
  return ok({
    ...site,
    organisation: organisation?.name ?? '',
    rooms: halls,
    actions: {
      change: keeps ? allowedIf(open) : null,
      addHall: keeps ? allowedIf(open) : null,
      close: keeps ? allowedIf(open ?? (using ? no.HALL_IN_USE({ sittings: using }) : undefined)) : null,
    },
    timeline: await timeline(app.db, `site:${site.id}`),
  })
}

/** A hall with every seat, for the grid editor and for binding machines. */
export async function readHall(app: App, actor: Actor, input: { hallId: string }) {
  const hall = await findHall(app.db, input.hallId, scopeOf(actor))
  if (!hall) return refuse(no.HALL_NOT_FOUND())
  const using = await sittingsUsing(app.db, [hall.id])
  const keeps = actor.role === 'evaluation_manager'
  const binds = keeps || actor.role === 'invigilator'
  const open = whyNotOpenSite(hall.site) ?? whyNotOpenHall(hall)
  const fixed = using.filter((one) => one.fixed).map((one) => one.number)
  const used = using.map((one) => one.number).join('、')
  return ok({
    ...hall,
    seats: await seatsOf(app.db, [hall.id]),
    usedBy: used,
    actions: {
      change: keeps ? allowedIf(open) : null,
      layOut: keeps
        ? allowedIf(
            open ?? (fixed.length > 0 ? no.SEAT_LAYOUT_FIXED({ sittings: fixed.join('、') }) : undefined),
          )
        : null,
      bind: binds ? allowedIf(open) : null,
      close: keeps ? allowedIf(open ?? (used ? no.HALL_IN_USE({ sittings: used }) : undefined)) : null,
    },
    timeline: await timeline(app.db, `hall:${hall.id}`),
  })
}
