import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { type ActRefusal, releaseAttempt } from '../attempts/act-on-attempts.ts'
import type { Part } from '../attempts/wire.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { insertAct } from './store/acts.ts'
import { freeSeats, lockSeated, moveSeat } from './store/tiles.ts'

export type ReleaseSeatRefusal =
  | BoardRefusal
  | ActRefusal
  | RefusalOf<typeof no, 'SEATED_CANDIDATE_NOT_FOUND' | 'ATTEMPT_NOT_OPEN' | 'SEAT_NOT_FREE'>

/**
 * A machine failed: the browser that writes loses its lease, and the candidate goes on exactly there at the same or
 * another free seat. Every answer acknowledged so far is on the server already.
 */
export function releaseSeat(
  app: App,
  actor: Actor,
  input: {
    sittingId: string
    hallId: string
    part: Part
    candidateId: string
    /** Null: the same seat, another browser. */
    seatId: string | null
    reason: string
    clientAt: Date
  },
): Promise<Result<{ id: string; seat: string }, ReleaseSeatRefusal>> {
  return transact<{ id: string; seat: string }, ReleaseSeatRefusal>(app.db, async (tx) => {
    const board = await atTheBoard(tx, actor, input)
    if (!board.ok) return board
    const seated = await lockSeated(tx, input)
    if (!seated) return refuse(no.SEATED_CANDIDATE_NOT_FOUND())
    if (!seated.attemptId || (seated.attemptState !== 'ready' && seated.attemptState !== 'started'))
      return refuse(no.ATTEMPT_NOT_OPEN())
    const { sittingId, hallId, candidateId, reason, clientAt } = input
    const moves = input.seatId !== null && input.seatId !== seated.seatId
    const free = moves ? (await freeSeats(tx, input)).find((one) => one.id === input.seatId) : undefined
    if (moves && !free) return refuse(no.SEAT_NOT_FREE({ seat: '所选考位' }))
    const at = app.clock.now()
    const id = randomUUID()
    const to = free ?? { id: seated.seatId, label: seated.seat }
    if (free)
      await moveSeat(tx, {
        sittingId,
        candidateId,
        hallId,
        seatId: free.id,
        form: seated.form,
        actId: id,
        at,
      })
    const released = await releaseAttempt(tx, app, {
      sittingId,
      attemptId: seated.attemptId,
      seatId: to.id,
      actId: id,
    })
    if (!released.ok) return released
    await insertAct(tx, {
      id,
      sittingId,
      hallId,
      candidateId,
      attemptId: seated.attemptId,
      kind: 'release',
      reason,
      data: { from: seated.seat, to: to.label },
      by: board.value.keeper,
      second: null,
      clientAt,
      at,
    })
    await record(tx, {
      name: events['board.seat-released'],
      at,
      actor,
      subjects: subjectsOf(input),
      data: { from: seated.seat, to: to.label, reason, clientAt: clientAt.toISOString() },
    })
    return ok({ id, seat: to.label })
  })
}
