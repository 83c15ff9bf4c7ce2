import { findOrganisations } from '../../people/index.ts'
import type { Actor, Level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { statusName } from '../catalogues/catalogue-shapes.ts'
import { policySettings } from '../settings/policy-settings.ts'
import { standardHoursIn } from '../settings/standard-hours.ts'
import { entriesOf, regions, searchEntries } from '../store/entries.ts'
import { searchFees } from '../store/fees.ts'
import { occupationLevels, occupationNames } from '../store/occupations.ts'
import { ATTACHMENT_KINDS } from './attach-filing-file.ts'

/** What an institution may choose: its own listed occupations and levels, and who may assess each of them. */
export async function filingOptions(app: App, actor: Actor) {
  const organisation = actor.organisation
  const on = app.clock.today()
  const own = organisation ? (await findOrganisations(app.db, { ids: [organisation.id] }))[0] : undefined
  const entries = own
    ? await entriesOf(app.db, {
        catalogue: 'training',
        organisationId: own.id,
        creditCode: own.creditCode,
        on,
      })
    : []
  const ids = [...new Set(entries.flatMap((one) => one.occupationIds))]
  const names = await occupationNames(app.db)
  const levels = await occupationLevels(app.db, ids)
  const evaluators = (await searchEntries(app.db, { catalogue: 'evaluation', on, limit: 1000, offset: 0 }))
    .rows
  const fees = own
    ? (
        await searchFees(app.db, {
          organisationId: own.id,
          kind: 'training',
          on: null,
          limit: 1000,
          offset: 0,
        })
      ).rows
    : []
  const provinceCode = own?.provinceCode ?? ''
  const settings = await policySettings(app.db, provinceCode)
  const occupations = []
  for (const occupationId of ids) {
    const shown = []
    for (const row of levels.filter((one) => one.occupationId === occupationId)) {
      const asked = row.level as Level
      if (!entries.some((one) => one.occupationIds.includes(occupationId) && one.levels.includes(asked)))
        continue
      const standard = standardHoursIn(app, settings, { provinceCode, occupationId, level: asked, on })
      shown.push({
        level: asked,
        directions: row.directions,
        directionsComplete: row.directionsComplete,
        directionsNote: row.directionsNote,
        hours: standard.hours,
        hoursVerified: standard.verified,
        hoursStatus: statusName(standard.status),
        evaluators: evaluators
          .filter(
            (one) =>
              one.organisationId && one.occupationIds.includes(occupationId) && one.levels.includes(asked),
          )
          .filter((one) => one.provinceCode === null || one.provinceCode === provinceCode)
          .map((one) => ({ id: one.organisationId as string, name: one.organisationName })),
        fees: fees
          .filter((one) => one.occupationId === occupationId && one.level === asked && (one.toOn ?? on) >= on)
          .map(({ id: feeId, amountCents, fromOn, toOn }) => ({ id: feeId, amountCents, fromOn, toOn })),
      })
    }
    occupations.push({ id: occupationId, name: names.get(occupationId) ?? occupationId, levels: shown })
  }
  const places = await regions(app.db)
  return {
    occupations,
    provinceCode,
    cityCode: own?.cityCode ?? null,
    cities: places
      .filter((one) => one.provinceCode === provinceCode)
      .map(({ code, name }) => ({ code, name })),
    attachmentKinds: [...ATTACHMENT_KINDS],
  }
}
