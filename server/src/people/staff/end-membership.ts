import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { lockMembership, setMembershipEnded } from '../store/staff.ts'
import { managedOrganisation, staffSubjects } from './staff-scope.ts'

export type EndMembershipRefusal = RefusalOf<typeof no, 'MEMBERSHIP_NOT_FOUND' | 'STAFF_SELF'>

/** Ends a role in an organisation from today on; the account keeps its other roles. Inviting again is the reverse. */
export function endMembership(
  app: App,
  actor: Actor,
  input: { membershipId: string; reason: string },
): Promise<Result<{ id: string }, EndMembershipRefusal>> {
  return transact<{ id: string }, EndMembershipRefusal>(app.db, async (tx) => {
    const membership = await lockMembership(tx, input.membershipId)
    const managed = managedOrganisation(actor)
    if (!membership || (managed !== undefined && membership.organisationId !== managed)) {
      return refuse(no.MEMBERSHIP_NOT_FOUND())
    }
    if (membership.accountId === actor.accountId) return refuse(no.STAFF_SELF())
    await setMembershipEnded(tx, membership.id, addDays(app.clock.today(), -1))
    await record(tx, {
      name: events['staff.membership-ended'],
      at: app.clock.now(),
      actor,
      subjects: staffSubjects({
        accountId: membership.accountId,
        organisationIds: [membership.organisationId],
      }),
      data: { role: membership.role, reason: input.reason },
    })
    return ok({ id: membership.id })
  })
}
