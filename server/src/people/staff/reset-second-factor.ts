import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { deleteSecondFactor, deleteSessions } from '../store/staff.ts'
import { type LockStaffRefusal, lockManagedStaff, staffSubjects } from './staff-scope.ts'

export type ResetSecondFactorRefusal = LockStaffRefusal | RefusalOf<typeof no, 'STAFF_NO_SECOND_FACTOR'>

/** Takes a lost second factor off an account and ends its sessions; the holder binds a new one at the next sign-in. */
export function resetSecondFactor(
  app: App,
  actor: Actor,
  input: { accountId: string; reason: string },
): Promise<Result<{ id: string }, ResetSecondFactorRefusal>> {
  return transact<{ id: string }, ResetSecondFactorRefusal>(app.db, async (tx) => {
    const staff = await lockManagedStaff(tx, app, actor, input.accountId)
    if (!staff.ok) return staff
    if (!staff.value.hasSecondFactor) return refuse(no.STAFF_NO_SECOND_FACTOR())
    await deleteSecondFactor(tx, input.accountId)
    await deleteSessions(tx, input.accountId)
    await record(tx, {
      name: events['staff.second-factor-reset'],
      at: app.clock.now(),
      actor,
      subjects: staffSubjects(staff.value),
      data: { reason: input.reason },
    })
    return ok({ id: input.accountId })
  })
}
