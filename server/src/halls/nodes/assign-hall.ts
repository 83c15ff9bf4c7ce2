import { randomUUID } from 'node:crypto'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { newPartKeys, sealPartKeys } from './part-keys.ts'
import { no } from './refusals.ts'
import { insertPackage, lockHallOfSitting, lockNode, partsOfHall, setHallNode } from './store.ts'

type AssignRefusal = RefusalOf<
  typeof no,
  | 'NODE_NOT_FOUND'
  | 'NODE_REVOKED'
  | 'NODE_HALL_NOT_FOUND'
  | 'NODE_ELSEWHERE'
  | 'NODE_SITTING_NOT_SEALED'
  | 'HALL_ASSIGNED_ALREADY'
  | 'HALL_IN_USE'
>

/** Gives a hall of a sitting to a node. From here on this platform writes none of its journals. */
export function assignHall(
  app: App,
  actor: Actor,
  input: { nodeId: string; sittingId: string; hallId: string },
): Promise<Result<{ packageId: string }, AssignRefusal>> {
  return transact<{ packageId: string }, AssignRefusal>(app.db, async (tx) => {
    const node = await lockNode(tx, input.nodeId, scopeOf(actor))
    if (!node) return refuse(no.NODE_NOT_FOUND())
    if (node.revokedAt) return refuse(no.NODE_REVOKED())
    const hall = await lockHallOfSitting(tx, input, scopeOf(actor))
    if (!hall) return refuse(no.NODE_HALL_NOT_FOUND())
    if (hall.siteId !== node.siteId) return refuse(no.NODE_ELSEWHERE())
    if (hall.nodeId) return refuse(no.HALL_ASSIGNED_ALREADY())
    const parts = await partsOfHall(tx, hall)
    const sealed = hall.arrangementState === 'sealed' || hall.arrangementState === 'running'
    if (!sealed || parts.length === 0) return refuse(no.NODE_SITTING_NOT_SEALED())
    const inUse = parts.reduce((sum, part) => sum + part.inUse, 0)
    if (inUse > 0) return refuse(no.HALL_IN_USE({ count: inUse }))
    const at = app.clock.now()
    const packageId = randomUUID()
    await setHallNode(tx, { ...input, nodeId: node.id })
    await insertPackage(tx, {
      ...input,
      id: packageId,
      by: defined(actor.accountId, 'staff has an account'),
      byName: actor.name,
      at,
      keysSealed: sealPartKeys(app.crypto, packageId, newPartKeys(parts.map((part) => part.part))),
    })
    await record(tx, {
      name: events['hall-node.assigned'],
      at,
      actor,
      subjects: [`hall-node:${node.id}`, `sitting:${input.sittingId}`, `hall:${input.hallId}`],
      data: { node: node.name, hall: hall.hall },
    })
    return ok({ packageId })
  })
}
