import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertOrganisationRow, type OrganisationFields } from '../store/organisations.ts'
import { regionProvince } from '../store/regions.ts'
import { isCreditCode } from './organisation.ts'

export type RegisterOrganisationRefusal = RefusalOf<
  typeof no,
  'CREDIT_CODE_INVALID' | 'ORGANISATION_EXISTS' | 'REGION_NOT_FOUND'
>

/** Puts an organisation on record, so that its staff can be invited. One bureau a city, one department a province. */
export function registerOrganisation(
  app: App,
  actor: Actor,
  input: OrganisationFields,
): Promise<Result<{ id: string }, RegisterOrganisationRefusal>> {
  return transact<{ id: string }, RegisterOrganisationRefusal>(app.db, async (tx) => {
    if (input.creditCode !== null && !isCreditCode(input.creditCode)) return refuse(no.CREDIT_CODE_INVALID())
    const province = await regionProvince(tx, input.cityCode ?? input.provinceCode)
    if (province !== input.provinceCode) return refuse(no.REGION_NOT_FOUND())
    const id = await insertOrganisationRow(tx, input)
    if (!id) return refuse(no.ORGANISATION_EXISTS({ name: input.name }))
    await record(tx, {
      name: events['organisation.registered'],
      at: app.clock.now(),
      actor,
      subjects: [`organisation:${id}`],
      data: { kind: input.kind, name: input.name },
    })
    return ok({ id })
  })
}
