// Who may decide at a door: the invigilators assigned to that hall, and nobody else, whatever their role elsewhere.
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import { defined } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import type { AtTheDoor } from './at-the-door.ts'
import { doorOf } from './at-the-door.ts'
import { no } from './refusals.ts'
import { lockAdmission } from './store/admissions.ts'
import { type Door, doorOfAdmission } from './store/door.ts'

export interface Keeper {
  account: string
  name: string
  chief: boolean
}

export function keeperOf(actor: Actor, door: Pick<Door, 'role' | 'hall'>): Keeper | undefined {
  if (door.role !== 'chief' && door.role !== 'invigilator') return undefined
  return {
    account: defined(actor.accountId, 'staff has an account'),
    name: actor.name,
    chief: door.role === 'chief',
  }
}

export interface Kept extends AtTheDoor {
  door: Door
  keeper: Keeper
}
export type KeeperRefusal = RefusalOf<typeof no, 'ADMISSION_NOT_FOUND' | 'NOT_INVIGILATING'>

/** The admission, locked, for somebody who invigilates there. */
export async function lockForKeeper(
  tx: Tx,
  actor: Actor,
  admissionId: string,
): Promise<Result<Kept, KeeperRefusal>> {
  const door = await doorOfAdmission(tx, admissionId, actor.accountId, scopeOf(actor))
  const admission = door && (await lockAdmission(tx, admissionId))
  if (!door || !admission) return refuse(no.ADMISSION_NOT_FOUND())
  const keeper = keeperOf(actor, door)
  if (!keeper) return refuse(no.NOT_INVIGILATING({ hall: door.hall }))
  return ok({ ...(await doorOf(tx, admission)), door, keeper })
}
