// Takes neighbours of one group apart by swaps. Everything random comes from the draw's own stream, so whoever runs
// the draw again makes the same swaps.
import type { Room } from './draw.ts'
import type { Stream } from './stream.ts'

/** Bounds of the work: a draw of any size ends, and ends the same everywhere. */
const STEPS_PER_SEAT = 60
const MOST_STEPS = 3_000_000
const LEVELS = 8

export interface Separated {
  /** Pairs of one group before the first swap. */
  before: number
  swaps: number
  steps: number
}

/**
 * Swaps a random offender with a random other seat whenever that leaves no more pairs than before; should pairs
 * remain that are not unavoidable, also accepts worse swaps, ever more rarely, and keeps the best seating met.
 */
export function separate(room: Room, random: Stream): Separated {
  const table = new Offenders(room)
  const result: Separated = { before: table.pairs, swaps: 0, steps: 0 }
  if (table.pairs === 0 || room.movable.length < 2) return result
  const budget = Math.min(MOST_STEPS, room.movable.length * STEPS_PER_SEAT)
  const goal = lowestBound(room)
  walk(room, table, random, result, { goal, until: Math.floor(budget / 4), worse: 0 })
  let best = { pairs: table.pairs, occupant: room.occupant.slice() }
  for (let level = 1; level <= LEVELS && best.pairs > goal; level += 1) {
    const until = Math.floor(budget / 4) + Math.floor((budget * 3 * level) / (4 * LEVELS))
    walk(room, table, random, result, { goal, until, worse: level < LEVELS ? 2 ** (level + 1) : 0 })
    if (table.pairs < best.pairs) best = { pairs: table.pairs, occupant: room.occupant.slice() }
  }
  room.occupant.set(best.occupant)
  return result
}

/** `worse`: one in so many swaps that add a pair is taken, one in its square of those that add two; 0 takes none. */
function walk(
  room: Room,
  table: Offenders,
  random: Stream,
  result: Separated,
  rule: { goal: number; until: number; worse: number },
): void {
  const { movable } = room
  while (table.pairs > rule.goal && result.steps < rule.until) {
    result.steps += 1
    const one = table.pick(random)
    if (one === undefined) return
    const other = movable[random.below(movable.length)] as number
    if (other === one) continue
    const added = table.swap(one, other)
    if (added <= 0) {
      result.swaps += 1
      continue
    }
    const chances = rule.worse ** added
    if (rule.worse > 0 && added <= 3 && random.below(chances) === 0) {
      result.swaps += 1
      continue
    }
    table.swap(one, other)
  }
}

/** Which movable seats have a neighbour of their group, kept up to date swap by swap. */
class Offenders {
  pairs = 0
  private readonly room: Room
  private readonly mayMove: Uint8Array
  /** Seats with at least one pair, and where in the list each stands. */
  private readonly list: number[] = []
  private readonly place: Int32Array

  constructor(room: Room) {
    this.room = room
    this.mayMove = new Uint8Array(room.occupant.length)
    this.place = new Int32Array(room.occupant.length).fill(-1)
    for (const seat of room.movable) this.mayMove[seat] = 1
    let twice = 0
    for (let seat = 0; seat < room.occupant.length; seat += 1) {
      twice += this.pairsOf(seat)
      this.note(seat)
    }
    this.pairs = twice / 2
  }

  pick(random: Stream): number | undefined {
    return this.list.length === 0 ? undefined : this.list[random.below(this.list.length)]
  }

  /** Exchanges two occupants; returns how many pairs that adds. */
  swap(one: number, other: number): number {
    const { occupant, beside } = this.room
    const before = this.pairsOf(one) + this.pairsOf(other)
    const kept = occupant[one] as number
    occupant[one] = occupant[other] as number
    occupant[other] = kept
    // Where the two are neighbours themselves, their own pair counts twice before and after alike.
    const added = this.pairsOf(one) + this.pairsOf(other) - before
    this.pairs += added
    this.note(one)
    this.note(other)
    for (const seat of beside[one] ?? []) this.note(seat)
    for (const seat of beside[other] ?? []) this.note(seat)
    return added
  }

  private pairsOf(seat: number): number {
    const { occupant, beside, groups } = this.room
    const mine = groups[occupant[seat] ?? -1]
    if (!mine || mine.length === 0) return 0
    let pairs = 0
    for (const other of beside[seat] ?? []) {
      const theirs = groups[occupant[other] ?? -1]
      if (theirs?.some((group) => mine.includes(group))) pairs += 1
    }
    return pairs
  }

  private note(seat: number): void {
    if (!this.mayMove[seat]) return
    const at = this.place[seat] as number
    const offends = this.pairsOf(seat) > 0
    if (offends && at < 0) {
      this.place[seat] = this.list.length
      this.list.push(seat)
    } else if (!offends && at >= 0) {
      const last = this.list.pop() as number
      if (last !== seat) {
        this.list[at] = last
        this.place[last] = at
      }
      this.place[seat] = -1
    }
  }
}

/**
 * Pairs that no seating of these seats can avoid: of a group larger than the most seats of which no two are
 * neighbours, everybody beyond that number adds at least one. By each candidate's first group, so none counts twice.
 */
export function lowestBound(room: Room): number {
  const sizes = new Map<number, number>()
  let used = 0
  for (const who of room.occupant) {
    if (who < 0) continue
    used += 1
    const [first] = room.groups[who] ?? []
    if (first !== undefined) sizes.set(first, (sizes.get(first) ?? 0) + 1)
  }
  const largest = Math.max(0, ...sizes.values())
  // At least half of the seats of a grid lie apart, so only a group beyond that is worth the work.
  if (largest * 2 <= used) return 0
  const apart = used - pairedSeats(room)
  return [...sizes.values()].reduce((sum, size) => sum + Math.max(0, size - apart), 0)
}

/** The most seats that can be paired with a neighbour of their own; the others all lie apart (König). */
function pairedSeats(room: Room): number {
  const { beside, occupant } = room
  const partner = new Int32Array(beside.length).fill(-1)
  const side = sides(room)
  const seen = new Int32Array(beside.length).fill(-1)
  let pairs = 0
  for (let start = 0; start < beside.length; start += 1) {
    if (side[start] !== 0 || (occupant[start] ?? -1) < 0) continue
    if (findPartner(start, start, beside, partner, seen)) pairs += 1
  }
  return pairs
}

/** Looks for a free neighbour, or one whose partner finds another; walks a stack of its own, halls can be long. */
function findPartner(
  root: number,
  mark: number,
  beside: number[][],
  partner: Int32Array,
  seen: Int32Array,
): boolean {
  const path: { seat: number; next: number }[] = [{ seat: root, next: 0 }]
  const taken: number[] = []
  while (path.length > 0) {
    const top = path.at(-1) as { seat: number; next: number }
    const candidates = beside[top.seat] ?? []
    if (top.next >= candidates.length) {
      path.pop()
      taken.pop()
      continue
    }
    const other = candidates[top.next] as number
    top.next += 1
    if (seen[other] === mark) continue
    seen[other] = mark
    taken.push(other)
    const holder = partner[other] as number
    if (holder < 0) {
      for (const [at, one] of taken.entries()) {
        const { seat } = path[at] as { seat: number }
        partner[one] = seat
        partner[seat] = one
      }
      return true
    }
    path.push({ seat: holder, next: 0 })
  }
  return false
}

/** Black and white of the chessboard, found by walking: a grid has no odd ring. */
function sides(room: Room): Int8Array {
  const side = new Int8Array(room.beside.length).fill(-1)
  for (let start = 0; start < room.beside.length; start += 1) {
    if (side[start] !== -1) continue
    side[start] = 0
    const queue = [start]
    for (let seat = queue.pop(); seat !== undefined; seat = queue.pop()) {
      for (const other of room.beside[seat] ?? []) {
        if (side[other] !== -1) continue
        side[other] = side[seat] === 0 ? 1 : 0
        queue.push(other)
      }
    }
  }
  return side
}
