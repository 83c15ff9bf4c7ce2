import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { managedOrganisation } from '../staff/staff-scope.ts'
import { findOrganisation, updateOrganisationRow } from '../store/organisations.ts'

const CHANGEABLE = ['name', 'address', 'contactName', 'contactPhone'] as const
type Changes = Record<(typeof CHANGEABLE)[number], string | null> & { name: string }

export type ChangeOrganisationRefusal = RefusalOf<
  typeof no,
  'ORGANISATION_NOT_FOUND' | 'ORGANISATION_NAME_FIXED'
>

/**
 * Changes address and contact; the name only by the administrator, since catalogues and certificates carry it.
 * Kind, code and region never change: another one is another organisation.
 */
export function changeOrganisation(
  app: App,
  actor: Actor,
  input: { id: string } & Changes,
): Promise<Result<{ id: string }, ChangeOrganisationRefusal>> {
  return transact<{ id: string }, ChangeOrganisationRefusal>(app.db, async (tx) => {
    const managed = managedOrganisation(actor)
    const before =
      managed === undefined || managed === input.id ? await findOrganisation(tx, input.id) : undefined
    if (!before) return refuse(no.ORGANISATION_NOT_FOUND())
    if (managed !== undefined && input.name !== before.name) return refuse(no.ORGANISATION_NAME_FIXED())
    const changed = CHANGEABLE.filter((field) => before[field] !== input[field])
    if (changed.length === 0) return ok({ id: input.id })
    await updateOrganisationRow(tx, input.id, input)
    await record(tx, {
      name: events['organisation.changed'],
      at: app.clock.now(),
      actor,
      subjects: [`organisation:${input.id}`],
      data: { changed },
    })
    return ok({ id: input.id })
  })
}
