import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { setDisabled } from '../store/staff.ts'
import { type LockStaffRefusal, lockManagedStaff, staffSubjects } from './staff-scope.ts'

export type RestoreStaffRefusal = LockStaffRefusal | RefusalOf<typeof no, 'STAFF_NOT_DISABLED'>

/** The reverse of `disableStaff`. */
export function restoreStaff(
  app: App,
  actor: Actor,
  input: { accountId: string },
): Promise<Result<{ id: string }, RestoreStaffRefusal>> {
  return transact<{ id: string }, RestoreStaffRefusal>(app.db, async (tx) => {
    const staff = await lockManagedStaff(tx, app, actor, input.accountId)
    if (!staff.ok) return staff
    if (!staff.value.disabledAt) return refuse(no.STAFF_NOT_DISABLED())
    await setDisabled(tx, input.accountId, null, null)
    await record(tx, {
      name: events['staff.restored'],
      at: app.clock.now(),
      actor,
      subjects: staffSubjects(staff.value),
    })
    return ok({ id: input.accountId })
  })
}
