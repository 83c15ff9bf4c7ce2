import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record, type SubjectKey } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { PACKAGE_STATES } from './node.ts'
import { no } from './refusals.ts'
import { changePackage, lockPackage, type NodePackage, setHallNode } from './store.ts'

type ProposeRefusal = RefusalOf<typeof no, 'NODE_PACKAGE_NOT_FOUND' | 'NODE_PACKAGE_STATE'>

/** The first of two who take a hall back from its node. */
export function proposeTakeBack(
  app: App,
  actor: Actor,
  input: { packageId: string; reason: string },
): Promise<Result<{ id: string }, ProposeRefusal>> {
  return transact<{ id: string }, ProposeRefusal>(app.db, async (tx) => {
    const pack = await lockPackage(tx, input.packageId, scopeOf(actor))
    if (!pack) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = whyNotHeld(pack)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await changePackage(tx, pack.id, {
      backProposedBy: defined(actor.accountId, 'staff has an account'),
      backProposedByName: actor.name,
      backReason: input.reason,
      backProposedAt: at,
    })
    await record(tx, {
      name: events['hall-node.back-proposed'],
      at,
      actor,
      subjects: subjectsOf(pack),
      data: { reason: input.reason },
    })
    return ok({ id: pack.id })
  })
}

type TakeBackRefusal =
  | ProposeRefusal
  | RefusalOf<typeof no, 'TAKE_BACK_NOT_PROPOSED' | 'TAKE_BACK_NEEDS_SECOND'>

/**
 * The second person takes the hall back. What the node has brought stands; the room here goes on from there. What the
 * node brings afterwards is kept as evidence and counts for nothing: its journals would have two writers.
 */
export function takeBackHall(
  app: App,
  actor: Actor,
  input: { packageId: string },
): Promise<Result<{ id: string }, TakeBackRefusal>> {
  return transact<{ id: string }, TakeBackRefusal>(app.db, async (tx) => {
    const pack = await lockPackage(tx, input.packageId, scopeOf(actor))
    if (!pack) return refuse(no.NODE_PACKAGE_NOT_FOUND())
    const refusal = whyNotTakenBack(pack, actor)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    await setHallNode(tx, { ...pack, nodeId: null })
    await changePackage(tx, pack.id, {
      state: 'taken_back',
      takenBackBy: defined(actor.accountId, 'staff has an account'),
      takenBackByName: actor.name,
      takenBackAt: at,
    })
    await record(tx, {
      name: events['hall-node.taken-back'],
      at,
      actor,
      subjects: subjectsOf(pack),
      data: { reason: pack.backReason, proposedBy: pack.backProposedByName, was: pack.state },
    })
    return ok({ id: pack.id })
  })
}

export function whyNotHeld({ state }: Pick<NodePackage, 'state'>) {
  return state === 'assigned' || state === 'taken'
    ? undefined
    : no.NODE_PACKAGE_STATE({ state, title: PACKAGE_STATES[state] })
}

export function whyNotTakenBack(pack: Pick<NodePackage, 'state' | 'backProposedBy'>, actor: Actor) {
  const refusal = whyNotHeld(pack)
  if (refusal) return refusal
  if (!pack.backProposedBy) return no.TAKE_BACK_NOT_PROPOSED()
  return pack.backProposedBy === actor.accountId ? no.TAKE_BACK_NEEDS_SECOND() : undefined
}

export function subjectsOf({
  nodeId,
  sittingId,
  hallId,
}: Pick<NodePackage, 'nodeId' | 'sittingId' | 'hallId'>): SubjectKey[] {
  return [`hall-node:${nodeId}`, `sitting:${sittingId}`, `hall:${hallId}`]
}
