import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { insertPasswordLink } from '../store/staff.ts'
import { passwordLink } from './invite-staff.ts'
import { type LockStaffRefusal, lockManagedStaff, staffSubjects } from './staff-scope.ts'

export type RenewPasswordLinkRefusal = LockStaffRefusal | RefusalOf<typeof no, 'STAFF_DISABLED'>

/** A new link to set the password: the first was lost, or the password forgotten. The second factor stays. */
export function renewPasswordLink(
  app: App,
  actor: Actor,
  input: { accountId: string },
): Promise<Result<{ link: string }, RenewPasswordLinkRefusal>> {
  return transact<{ link: string }, RenewPasswordLinkRefusal>(app.db, async (tx) => {
    const staff = await lockManagedStaff(tx, app, actor, input.accountId)
    if (!staff.ok) return staff
    if (staff.value.disabledAt) return refuse(no.STAFF_DISABLED())
    const token = app.crypto.randomCode(24)
    await insertPasswordLink(tx, input.accountId, token)
    await record(tx, {
      name: events['staff.password-link-renewed'],
      at: app.clock.now(),
      actor,
      subjects: staffSubjects(staff.value),
    })
    return ok({ link: passwordLink(app, token) })
  })
}
