import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { lockStaff, type StaffRow } from '../store/staff.ts'

/** The organisation whose staff the actor manages; undefined: every organisation's. */
export function managedOrganisation(actor: Actor): string | undefined {
  return actor.role === 'administrator' ? undefined : (actor.organisation?.id ?? '')
}

export type LockStaffRefusal = RefusalOf<typeof no, 'STAFF_NOT_FOUND' | 'STAFF_SELF' | 'STAFF_ELSEWHERE'>

/**
 * Locks an account to act on as a whole (disable, restore, reset). A manager may do that only where nobody else's
 * staff is touched: whoever could reset an account that also acts elsewhere could act there in its name.
 */
export async function lockManagedStaff(
  tx: Tx,
  app: App,
  actor: Actor,
  accountId: string,
): Promise<Result<StaffRow, LockStaffRefusal>> {
  const staff = await lockStaff(tx, accountId, app.clock.today())
  const own = managedOrganisation(actor)
  if (!staff || (own !== undefined && !staff.organisationIds.includes(own)))
    return refuse(no.STAFF_NOT_FOUND())
  if (accountId === actor.accountId) return refuse(no.STAFF_SELF())
  if (own !== undefined && staff.organisationIds.some((id) => id !== own)) return refuse(no.STAFF_ELSEWHERE())
  return ok(staff)
}

export function staffSubjects(staff: {
  accountId: string
  organisationIds?: string[]
}): `${string}:${string}`[] {
  return [
    `account:${staff.accountId}`,
    ...(staff.organisationIds ?? []).map((id) => `organisation:${id}` as const),
  ]
}
