import type { Role } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { type StaffInRole, standingStaff } from '../store/staff.ts'

export type { StaffInRole }

/** Who may act for an organisation in one of these roles on a day, by name; disabled accounts are left out. */
export function staffInRoles(
  tx: Tx,
  ask: { organisationId: string; roles: Role[]; on: Day },
): Promise<StaffInRole[]> {
  return standingStaff(tx, ask)
}
