import { randomUUID } from 'node:crypto'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import {
  type ActRefusal,
  pauseHall as pauseAttempts,
  resumeHall as resumeAttempts,
} from '../attempts/act-on-attempts.ts'
import type { Door } from '../gates/store/door.ts'
import { events } from './audit-events.ts'
import { atTheBoard, type BoardRefusal, HALL_STATES, subjectsOf } from './board.ts'
import { no } from './refusals.ts'
import { insertAct } from './store/acts.ts'
import { setHallState } from './store/tiles.ts'

export type PauseHallRefusal = BoardRefusal | RefusalOf<typeof no, 'HALL_NOT_RUNNING'> | ActRefusal

interface PauseInput {
  sittingId: string
  hallId: string
  reason: string
  clientAt: Date
}

/**
 * Stops the clock of the whole hall: power cut, alarm, illness. One invigilator suffices, since nothing is lost by it:
 * the time stands still for everybody and is counted to the second.
 */
export function pauseHall(
  app: App,
  actor: Actor,
  input: PauseInput,
): Promise<Result<{ id: string; attempts: number }, PauseHallRefusal>> {
  return change(app, actor, input, { kind: 'pause', why: whyNotPause, apply: pauseAttempts, state: 'paused' })
}

export function resumeHall(
  app: App,
  actor: Actor,
  input: PauseInput,
): Promise<Result<{ id: string; attempts: number }, PauseHallRefusal>> {
  return change(app, actor, input, {
    kind: 'resume',
    why: whyNotResume,
    apply: resumeAttempts,
    state: 'running',
  })
}

export function whyNotPause({ state }: Pick<Door, 'state'>): Refusal<'HALL_NOT_RUNNING'> | undefined {
  if (state === 'admitting' || state === 'running') return undefined
  return no.HALL_NOT_RUNNING({ state: HALL_STATES[state] })
}

export function whyNotResume({ state }: Pick<Door, 'state'>): Refusal<'HALL_NOT_RUNNING'> | undefined {
  return state === 'paused' ? undefined : no.HALL_NOT_RUNNING({ state: HALL_STATES[state] })
}

function change(
  app: App,
  actor: Actor,
  input: PauseInput,
  how: {
    kind: 'pause' | 'resume'
    why: (hall: Door) => Refusal<'HALL_NOT_RUNNING'> | undefined
    apply: typeof pauseAttempts
    state: 'paused' | 'running'
  },
): Promise<Result<{ id: string; attempts: number }, PauseHallRefusal>> {
  return transact<{ id: string; attempts: number }, PauseHallRefusal>(app.db, async (tx) => {
    const board = await atTheBoard(tx, actor, input)
    if (!board.ok) return board
    const { hall, keeper } = board.value
    const refusal = how.why(hall)
    if (refusal) return refuse(refusal)
    const { sittingId, hallId, reason, clientAt } = input
    const at = app.clock.now()
    const id = randomUUID()
    await setHallState(tx, { sittingId, hallId }, how.state)
    const reached = await how.apply(tx, app, { sittingId, hallId, actId: id })
    if (!reached.ok && reached.refusal.code !== 'ATTEMPTS_ALL_CLOSED') return reached
    const attempts = reached.ok ? reached.value.attemptIds.length : 0
    await insertAct(tx, {
      id,
      sittingId,
      hallId,
      candidateId: null,
      attemptId: null,
      kind: how.kind,
      reason,
      data: { attempts },
      by: keeper,
      second: null,
      clientAt,
      at,
    })
    await record(tx, {
      name: events[how.kind === 'pause' ? 'board.hall-paused' : 'board.hall-resumed'],
      at,
      actor,
      subjects: subjectsOf(input),
      data: { hall: hall.hall, reason, attempts, clientAt: clientAt.toISOString() },
    })
    return ok({ id, attempts })
  })
}
