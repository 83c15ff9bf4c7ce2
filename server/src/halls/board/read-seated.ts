import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { type BoardAsk, readBoard, type Tile } from './read-board.ts'
import { no } from './refusals.ts'
import { type ActRow, actsOf } from './store/acts.ts'
import { alertsOfCandidate } from './store/alerts.ts'
import { freeSeats } from './store/tiles.ts'

export interface SeatedView {
  tile: Tile
  /** Settled ones too, newest first. */
  alerts: {
    id: string
    kind: string
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
  const [alerts, acts, seats] = await Promise.all([
    alertsOfCandidate(app.db, ask),
    actsOf(app.db, { ...ask, limit: 100, offset: 0 }),
    freeSeats(app.db, ask),
  ])
  return ok({
    tile,
    alerts: alerts.map((one) => ({
      id: one.id,
      kind: one.kind,
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
  })
}
