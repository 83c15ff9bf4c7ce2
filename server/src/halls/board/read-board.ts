import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type Allowed, allowedIf, ok, type RefusalOf, type Result } from '../../platform/result.ts'
import type { Part } from '../attempts/wire.ts'
import { keeperOf } from '../gates/keeper.ts'
import type { Door } from '../gates/store/door.ts'
import { type BoardOf, findBoard } from './board.ts'
import { whyNotDecide } from './decide-act.ts'
import { whyNotPause, whyNotResume } from './pause-hall.ts'
import { no } from './refusals.ts'
import { openProposals, type Proposal } from './store/acts.ts'
import { type Alert, openAlerts } from './store/alerts.ts'
import { type PartWindow, stateOfHall, type TileRow, tileRows, windowsOf } from './store/tiles.ts'
import { alertWord, SILENT_SECONDS, type Standing, type Urgency, urgencyOf, worstFirst } from './tile.ts'

export interface Tile {
  candidateId: string
  attemptId: string | null
  name: string
  ticketNumber: string
  seat: string
  row: number
  column: number
  standing: Standing
  urgency: Urgency
  silentSeconds: number | null
  roundTripMs: number | null
  answered: number
  items: number
  unsaved: number
  signals: Record<string, unknown>
  /** There is an attempt that can still be given time, moved or ended. */
  open: boolean
  alerts: {
    id: string
    kind: string
    word: string
    severity: Alert['severity']
    times: number
    at: string
    captureId: string | null
  }[]
  capture: { id: string; outcome: string | null; at: string } | null
  photo: boolean
  /** Two invigilators have found misconduct in this part. */
  misconduct: boolean
}

export interface Board {
  sittingId: string
  hallId: string
  title: string
  site: string
  hall: string
  state: Door['state']
  part: Part
  role: Door['role']
  now: string
  parts: { part: Part; startsAt: string; endsAt: string }[]
  /** Seconds of silence at which a tile changes its look. */
  thresholds: typeof SILENT_SECONDS
  counts: Record<Standing, number>
  /** Worst first. */
  tiles: Tile[]
  proposals: {
    id: string
    kind: Proposal['kind']
    candidateId: string | null
    reason: string
    data: Record<string, unknown>
    by: string
    at: string
    agree: Allowed
    withdraw: Allowed
  }[]
  actions: { act: Allowed; extend: Allowed; pause: Allowed; resume: Allowed }
}

export interface BoardAsk extends BoardOf {
  part: Part
}

/** What a hall shows to everybody who may see it: the same for all watchers, so that one look serves them all. */
export interface HallLook {
  ask: BoardAsk
  state: Door['state']
  now: Date
  parts: PartWindow[]
  counts: Record<Standing, number>
  tiles: Tile[]
  proposals: Proposal[]
}

export async function lookAtHall(app: App, ask: BoardAsk): Promise<HallLook> {
  const [state, rows, alerts, proposals, parts] = await Promise.all([
    stateOfHall(app.db, ask),
    tileRows(app.db, ask),
    openAlerts(app.db, ask),
    openProposals(app.db, ask),
    windowsOf(app.db, [ask.sittingId]),
  ])
  const now = app.clock.now()
  const byCandidate = Map.groupBy(alerts, (one) => one.candidateId)
  const tiles = rows
    .map((row) => tileOf(row, { state }, byCandidate.get(row.candidateId) ?? [], now))
    .sort(worstFirst)
  const counts = Object.fromEntries(STANDINGS.map((one) => [one, 0])) as Record<Standing, number>
  for (const tile of tiles) counts[tile.standing] += 1
  return { ask, state, now, parts, counts, tiles, proposals }
}

/** The look with what this watcher may do. */
export function boardFor(look: HallLook, actor: Actor, door: Door): Board {
  const hall = { ...door, state: look.state }
  const keeper = keeperOf(actor, hall)
  const mine = keeper ? undefined : no.BOARD_NOT_YOURS({ hall: hall.hall })
  return {
    ...look.ask,
    title: hall.title,
    site: hall.site,
    hall: hall.hall,
    state: look.state,
    role: hall.role,
    now: look.now.toISOString(),
    parts: look.parts.map((one) => ({
      part: one.part,
      startsAt: one.startsAt.toISOString(),
      endsAt: one.endsAt.toISOString(),
    })),
    thresholds: SILENT_SECONDS,
    counts: look.counts,
    tiles: look.tiles,
    proposals: look.proposals.map((one) => ({
      id: one.id,
      kind: one.kind,
      candidateId: one.candidateId,
      reason: one.reason,
      data: one.data,
      by: one.proposedByName,
      at: one.proposedAt.toISOString(),
      agree: allowedIf(mine ?? (keeper && whyNotDecide(one, keeper, 'agreed'))),
      withdraw: allowedIf(mine ?? (keeper && whyNotDecide(one, keeper, 'withdrawn'))),
    })),
    actions: {
      act: allowedIf(mine),
      extend: allowedIf(mine ?? (look.tiles.some((tile) => tile.open) ? undefined : no.NOBODY_WRITING())),
      pause: allowedIf(mine ?? whyNotPause(hall)),
      resume: allowedIf(mine ?? whyNotResume(hall)),
    },
  }
}

/** One hall at one look: sixty tiles, the worst first, with what waits for a second person. */
export async function readBoard(
  app: App,
  actor: Actor,
  { sittingId, hallId, part }: BoardAsk,
): Promise<Result<Board, RefusalOf<typeof no, 'BOARD_NOT_FOUND'>>> {
  const ask = { sittingId, hallId, part }
  const door = await findBoard(app.db, actor, ask)
  return door.ok ? ok(boardFor(await lookAtHall(app, ask), actor, door.value)) : door
}

const STANDINGS: readonly Standing[] = [
  'expected',
  'waiting',
  'turned_away',
  'admitted',
  'writing',
  'paused',
  'handed_in',
  'timed_out',
  'terminated',
]

function tileOf(row: TileRow, hall: Pick<Door, 'state'>, alerts: Alert[], now: Date): Tile {
  const standing = standingOf(row, hall)
  const silentSeconds = row.lastSeenAt
    ? Math.max(0, Math.round((now.getTime() - row.lastSeenAt.getTime()) / 1000))
    : null
  const unsaved = row.unsaved ?? 0
  return {
    candidateId: row.candidateId,
    attemptId: row.attemptId,
    name: row.name,
    ticketNumber: row.ticketNumber,
    seat: row.seat,
    row: row.row,
    column: row.column,
    standing,
    urgency: urgencyOf({ standing, silentSeconds, alerts, unsaved }),
    silentSeconds,
    roundTripMs: row.roundTripMs,
    answered: row.answered ?? 0,
    items: row.items ?? 0,
    unsaved,
    signals: row.signals ?? {},
    open: row.attemptState === 'ready' || row.attemptState === 'started',
    alerts: alerts.map((one) => ({
      id: one.id,
      kind: one.kind,
      word: alertWord(one.kind),
      severity: one.severity,
      times: Number(one.data.times ?? 1),
      at: one.at.toISOString(),
      captureId: (one.data.latestCapture as string | null | undefined) ?? one.captureId,
    })),
    capture: row.captureId
      ? { id: row.captureId, outcome: row.captureOutcome, at: (row.captureAt as Date).toISOString() }
      : null,
    photo: row.photo,
    misconduct: row.misconduct,
  }
}

function standingOf(row: TileRow, { state }: Pick<Door, 'state'>): Standing {
  switch (row.attemptState) {
    case 'started':
      return state === 'paused' ? 'paused' : 'writing'
    case 'handed_in':
    case 'timed_out':
    case 'terminated':
      return row.attemptState
    case 'absent':
    case 'ready':
    case null:
      return row.admission ?? 'expected'
  }
}
