import { openSittingFromHall } from '../../exams/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { no as noAttempt } from '../attempts/refusals.ts'
import { events } from './audit-events.ts'
import { keeperOf } from './keeper.ts'
import { no } from './refusals.ts'
import { type Door, findDoor, setDoorOpen, setRunning } from './store/door.ts'

export type OpenDoorRefusal =
  | RefusalOf<
      typeof no,
      | 'DOOR_NOT_FOUND'
      | 'NOT_INVIGILATING'
      | 'INVIGILATORS_MISSING'
      | 'DOOR_BEFORE_SEALING'
      | 'DOOR_ALREADY_OPEN'
    >
  | Refusal

/**
 * Candidates may come in from now on: an invigilator of the hall says so, once as many are assigned as the pack wants
 * and the papers are sealed. The first door of a sitting opens the sitting itself.
 */
export function openDoor(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallId: string },
): Promise<Result<{ id: string }, OpenDoorRefusal>> {
  return transact<{ id: string }, OpenDoorRefusal>(app.db, async (tx) => {
    const door = await findDoor(tx, { ...input, accountId: actor.accountId }, scopeOf(actor))
    if (!door) return refuse(no.DOOR_NOT_FOUND())
    const refusal = whyNotOpen(door, actor)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    // Locked in the order of the close: arrangement, sitting, halls.
    await setRunning(tx, input.sittingId)
    const opened = await openSittingFromHall(tx, app, actor, input)
    if (!opened.ok) return opened
    if (!(await setDoorOpen(tx, input, at))) return refuse(no.DOOR_ALREADY_OPEN())
    await record(tx, {
      name: events['door.opened'],
      at,
      actor,
      subjects: [`sitting:${input.sittingId}`, `hall:${input.hallId}`],
      data: { hall: door.hall, invigilators: door.invigilators },
    })
    return ok({ id: input.hallId })
  })
}

/** Feeds the door's list as well; the day is the sitting's to say. */
export function whyNotOpen(door: Door, actor: Actor): OpenDoorRefusal | undefined {
  if (!keeperOf(actor, door)) return no.NOT_INVIGILATING({ hall: door.hall })
  if (door.nodeId) return noAttempt.HALL_AT_NODE()
  if (door.state !== 'waiting') return no.DOOR_ALREADY_OPEN()
  const needed = hallRules.parse(door.rules).invigilatorsPerHall
  if (door.invigilators < needed)
    return no.INVIGILATORS_MISSING({ hall: door.hall, there: door.invigilators, needed })
  if (door.arrangement === 'preparing' || door.arrangement === 'drawn') return no.DOOR_BEFORE_SEALING()
  return undefined
}
