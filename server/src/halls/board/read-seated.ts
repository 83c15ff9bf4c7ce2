import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type Allowed, allowedIf, ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { deadlineOf } from '../attempts/deadline.ts'
import { stateOf } from '../attempts/entry.ts'
import { journalRows } from '../attempts/store.ts'
import { type BoardAsk, readBoard, type Tile } from './read-board.ts'
import { no } from './refusals.ts'
import { type ActRow, actsOf, compensationOf } from './store/acts.ts'
import { alertsOfCandidate } from './store/alerts.ts'
import { findSeated, freeSeats, timesOfAttempt } from './store/tiles.ts'
import { whyNotTakeBack } from './take-back.ts'
import { alertWord } from './tile.ts'

export interface SeatedView {
  tile: Tile
  /** Until when this candidate may write, with everything given; null before the start and after the end. */
  endsAt: string | null
  /** Settled ones too, newest first. */
  alerts: {
    id: string
    kind: string
    word: string
    severity: string
    times: number
    at: string
    clientAt: string | null
    captureId: string | null
    settledBy: string | null
    settledReason: string | null
    settledAt: string | null
  }[]
  acts: (Omit<ActRow, 'at' | 'clientAt'> & { at: string; clientAt: string | null })[]
  freeSeats: { id: string; label: string; spare: boolean }[]
  /** The termination was found wrong: another sitting is owed. */
  owed: boolean
  actions: {
    message: Allowed
    extend: Allowed
    release: Allowed
    terminate: Allowed
    misconduct: Allowed
    withdraw: Allowed
    annul: Allowed
  }
}

/** One candidate behind a tile: what was noticed, what was done, where they could go on. */
export async function readSeated(
  app: App,
  actor: Actor,
  ask: BoardAsk & { candidateId: string },
): Promise<Result<SeatedView, RefusalOf<typeof no, 'BOARD_NOT_FOUND' | 'SEATED_CANDIDATE_NOT_FOUND'>>> {
  const board = await readBoard(app, actor, ask)
  if (!board.ok) return board
  const tile = board.value.tiles.find((one) => one.candidateId === ask.candidateId)
  if (!tile) return refuse(no.SEATED_CANDIDATE_NOT_FOUND())
  const [alerts, acts, seats, endsAt, seated, wrong] = await Promise.all([
    alertsOfCandidate(app.db, ask),
    actsOf(app.db, { ...ask, limit: 100, offset: 0 }),
    freeSeats(app.db, ask),
    tile.standing === 'writing' || tile.standing === 'paused' ? endOf(app, ask.sittingId, tile) : null,
    findSeated(app.db, ask),
    tile.attemptId
      ? compensationOf(app.db, { sittingId: ask.sittingId, attemptId: tile.attemptId })
      : undefined,
  ])
  if (!seated) return refuse(no.SEATED_CANDIDATE_NOT_FOUND())
  const { act } = board.value.actions
  const writing = act.allowed ? allowedIf(tile.open ? undefined : no.ATTEMPT_NOT_OPEN()) : act
  return ok({
    tile,
    endsAt: endsAt?.toISOString() ?? null,
    alerts: alerts.map((one) => ({
      id: one.id,
      kind: one.kind,
      word: alertWord(one.kind),
      severity: one.severity,
      times: Number(one.data.times ?? 1),
      at: one.at.toISOString(),
      clientAt: one.clientAt?.toISOString() ?? null,
      captureId: one.captureId,
      settledBy: one.settledByName,
      settledReason: one.settledReason,
      settledAt: one.settledAt?.toISOString() ?? null,
    })),
    acts: acts.rows.map((one) => ({
      ...one,
      at: one.at.toISOString(),
      clientAt: one.clientAt?.toISOString() ?? null,
    })),
    freeSeats: seats,
    owed: wrong?.owed ?? false,
    actions: {
      message: act,
      misconduct: act,
      extend: writing,
      release: writing,
      terminate: writing,
      withdraw: act.allowed ? allowedIf(whyNotTakeBack('withdraw', seated, wrong)) : act,
      annul: act.allowed ? allowedIf(whyNotTakeBack('annul', seated, wrong)) : act,
    },
  })
}

async function endOf(app: App, sittingId: string, tile: Tile): Promise<Date | null> {
  if (!tile.attemptId) return null
  const key = { sittingId, attemptId: tile.attemptId }
  const [times, rows] = await Promise.all([timesOfAttempt(app.db, key), journalRows(app.db, key)])
  return times ? deadlineOf({ ...times, graceSeconds: 0 }, stateOf(rows), app.clock.now()) : null
}
