import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Part } from '../attempts/wire.ts'
import { inScope } from '../scope.ts'
import { type HallOnBoard, hallsOnBoard, type PartWindow, windowsOf } from './store/tiles.ts'

const HOUR = 3_600_000

/** Halls of yesterday evening to those of the next two days: what is being prepared or run. */
export async function listBoards(
  app: App,
  actor: Actor,
  ask: {
    page: number
    size: number
    q?: string | undefined
    state?: HallOnBoard['state'] | undefined
    mine?: '1' | undefined
  },
): Promise<{ rows: (HallOnBoard & { part: Part })[]; total: number; page: number; size: number }> {
  const now = app.clock.now()
  const { page, size, q, state } = ask
  const { rows, total } = await hallsOnBoard(app.db, {
    scope: inScope(scopeOf(actor), 'a'),
    accountId: actor.accountId,
    onlyMine: ask.mine === '1',
    from: new Date(now.getTime() - 12 * HOUR),
    to: new Date(now.getTime() + 48 * HOUR),
    q,
    state,
    limit: size,
    offset: (page - 1) * size,
  })
  const windows = Map.groupBy(
    await windowsOf(app.db, [...new Set(rows.map((row) => row.sittingId))]),
    (one) => one.sittingId,
  )
  return {
    rows: rows.map((row) => ({ ...row, part: partNow(windows.get(row.sittingId) ?? [], now) })),
    total,
    page,
    size,
  }
}

/** The part that is on or comes next; doors open an hour ahead. After the last one, the last. */
export function partNow(windows: readonly PartWindow[], now: Date): Part {
  const coming = windows.find((one) => one.endsAt > now)
  return (coming ?? windows.at(-1))?.part ?? 'theory'
}
