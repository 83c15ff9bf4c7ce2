import type { Door } from '../gates/store/door.ts'
import type { HallLook } from './read-board.ts'
import type { Standing, Urgency } from './tile.ts'

/** One hall in short, for whoever looks on at several at once. */
export interface Strip {
  sittingId: string
  hallId: string
  part: HallLook['ask']['part']
  title: string
  site: string
  hall: string
  state: Door['state']
  now: string
  counts: Record<Standing, number>
  levels: Record<Urgency['level'], number>
  proposals: number
  /** Who needs somebody, the worst first. */
  worst: { candidateId: string; seat: string; name: string; urgency: Urgency }[]
  more: number
}

const SHOWN = 12

export function stripFor(look: HallLook, door: Pick<Door, 'title' | 'site' | 'hall'>): Strip {
  const levels = { calm: 0, notice: 0, warning: 0, urgent: 0 }
  for (const tile of look.tiles) levels[tile.urgency.level] += 1
  const uneasy = look.tiles.filter((tile) => tile.urgency.level !== 'calm')
  return {
    ...look.ask,
    title: door.title,
    site: door.site,
    hall: door.hall,
    state: look.state,
    now: look.now.toISOString(),
    counts: look.counts,
    levels,
    proposals: look.proposals.length,
    worst: uneasy
      .slice(0, SHOWN)
      .map(({ candidateId, seat, name, urgency }) => ({ candidateId, seat, name, urgency })),
    more: Math.max(0, uneasy.length - SHOWN),
  }
}
