import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { deleteSessions, setDisabled } from '../store/staff.ts'
import { type LockStaffRefusal, lockManagedStaff, staffSubjects } from './staff-scope.ts'

export type DisableStaffRefusal = LockStaffRefusal | RefusalOf<typeof no, 'STAFF_DISABLED'>

/** Stops an account at once: its sessions end with the act. `restoreStaff` is the reverse. */
export function disableStaff(
  app: App,
  actor: Actor,
  input: { accountId: string; reason: string },
): Promise<Result<{ id: string }, DisableStaffRefusal>> {
  return transact<{ id: string }, DisableStaffRefusal>(app.db, async (tx) => {
    const staff = await lockManagedStaff(tx, app, actor, input.accountId)
    if (!staff.ok) return staff
    if (staff.value.disabledAt) return refuse(no.STAFF_DISABLED())
    const at = app.clock.now()
    await setDisabled(tx, input.accountId, at, input.reason)
    await deleteSessions(tx, input.accountId)
    await record(tx, {
      name: events['staff.disabled'],
      at,
      actor,
      subjects: staffSubjects(staff.value),
      data: { reason: input.reason },
    })
    return ok({ id: input.accountId })
  })
}
