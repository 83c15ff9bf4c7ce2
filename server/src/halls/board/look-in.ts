import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result } from '../../platform/result.ts'
import { keeperOf } from '../gates/keeper.ts'
import type { Door } from '../gates/store/door.ts'
import { events } from './audit-events.ts'
import { findBoard, subjectsOf } from './board.ts'
import { type Board, type BoardAsk, boardFor, lookAtHall } from './read-board.ts'
import type { no } from './refusals.ts'

/** A line that breaks and comes back is the same visit. */
const VISIT_MS = 30 * 60_000
const visits = new WeakMap<App['db'], Map<string, number>>()

/** Opens a board; that somebody who does not invigilate there looked in is recorded once a visit. */
export async function lookIn(
  app: App,
  actor: Actor,
  { sittingId, hallId, part }: BoardAsk,
): Promise<Result<Board, RefusalOf<typeof no, 'BOARD_NOT_FOUND'>>> {
  const ask = { sittingId, hallId, part }
  const door = await findBoard(app.db, actor, ask)
  if (!door.ok) return door
  await recordVisit(app, actor, door.value)
  return ok(boardFor(await lookAtHall(app, ask), actor, door.value))
}

export async function recordVisit(app: App, actor: Actor, door: Door): Promise<void> {
  if (keeperOf(actor, door)) return
  const at = app.clock.now()
  const known = visits.get(app.db) ?? new Map<string, number>()
  visits.set(app.db, known)
  const key = [actor.accountId, actor.role, door.sittingId, door.hallId].join()
  const last = known.get(key)
  // Looking on is one visit, however long: the next one begins half an hour after the last look.
  known.set(key, at.getTime())
  if (last !== undefined && at.getTime() - last < VISIT_MS) return
  for (const [other, seen] of known) if (at.getTime() - seen >= VISIT_MS) known.delete(other)
  await record(app.db, {
    name: events['board.looked-in'],
    at,
    actor,
    subjects: subjectsOf(door),
    data: { hall: door.hall, state: door.state },
  })
}
