import { no } from './refusals.ts'

/**
 * A site 考点 of an evaluation institution, its halls 考场, and the seats 考位 with the machine at each.
 *
 *   site, hall: active → closed        seat: usable ⇄ spare ⇄ broken (with a reason)
 *
 * A spare seat is never drawn: it is kept for a candidate whose machine fails.
 */
export const SITE_STATES = { active: '启用', closed: '已停用' } as const
export type SiteState = keyof typeof SITE_STATES

export const SEAT_STATES = { usable: '可用', spare: '备用', broken: '损坏' } as const
export type SeatState = keyof typeof SEAT_STATES

export interface Site {
  id: string
  number: string
  organisationId: string
  provinceCode: string
  cityCode: string
  name: string
  address: string
  contactName: string
  contactPhone: string
  state: SiteState
}

export interface Hall {
  id: string
  siteId: string
  name: string
  rows: number
  columns: number
  sebConfigKey: string | null
  state: SiteState
}

export interface Seat {
  id: string
  hallId: string
  label: string
  row: number
  column: number
  machine: string
  state: SeatState
  brokenReason: string | null
  accessible: boolean
  bound: boolean
  boundAt: Date | null
}

/** A seat as somebody lays it out; where the grid has a gap there is none. */
export interface SeatPlan {
  label: string
  row: number
  column: number
  machine: string
  state: SeatState
  brokenReason: string | null
  accessible: boolean
}

export function whyNotOpenSite(site: Pick<Site, 'state' | 'name'>) {
  return site.state === 'active' ? undefined : no.SITE_CLOSED({ name: site.name })
}

export function whyNotOpenHall(hall: Pick<Hall, 'state' | 'name'>) {
  return hall.state === 'active' ? undefined : no.HALL_CLOSED({ name: hall.name })
}

/** What is wrong with a layout, by seat; undefined when nothing is. */
export function layoutProblem(seats: SeatPlan[], rows: number, columns: number): string | undefined {
  const labels = new Set<string>()
  const places = new Set<string>()
  for (const seat of seats) {
    const place = `第 ${seat.row} 行第 ${seat.column} 列`
    if (seat.row > rows || seat.column > columns) return `${place}超出考场的 ${rows} 行 ${columns} 列`
    if (places.has(`${seat.row}/${seat.column}`)) return `${place}重复`
    if (labels.has(seat.label)) return `考位号 ${seat.label} 重复`
    if (seat.state === 'broken' && !seat.brokenReason) return `考位 ${seat.label} 标为损坏，但没有写原因`
    labels.add(seat.label)
    places.add(`${seat.row}/${seat.column}`)
  }
  return undefined
}

/** A full grid, numbered row by row. */
export function fullGrid(rows: number, columns: number): SeatPlan[] {
  const width = Math.max(2, String(rows * columns).length)
  return Array.from({ length: rows * columns }, (_, at) => {
    const label = String(at + 1).padStart(width, '0')
    return {
      label,
      row: Math.floor(at / columns) + 1,
      column: (at % columns) + 1,
      machine: `机 ${label}`,
      state: 'usable' as const,
      brokenReason: null,
      accessible: false,
    }
  })
}
