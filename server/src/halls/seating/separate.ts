// Takes neighbours of one group apart by swaps. Everything random comes from the draw's own stream, so whoever runs
// the draw again makes the same swaps.
import type { Room } from './draw.ts'
import type { Stream } from './stream.ts'

/** Bounds of the work: a draw of any size ends, and ends the same everywhere. */
const LEAST_STEPS = 60_000
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
 * First a group that fills much of a hall is put on seats of one colour of the chessboard, where no two are neighbours.
 * Then random offenders swap with random other seats whenever that leaves no more pairs than before; should pairs
 * remain that are not unavoidable, worse swaps are taken too, ever more rarely, and the best seating met is kept.
 */
export function separate(room: Room, random: Stream): Separated {
  const result: Separated = { before: new Offenders(room).pairs, swaps: 0, steps: 0 }
  if (result.before === 0 || room.movable.length < 2) return result
  result.swaps += colourHalls(room, random)
  const table = new Offenders(room)
  const budget = Math.min(MOST_STEPS, Math.max(LEAST_STEPS, room.movable.length * STEPS_PER_SEAT))
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

/** A group of less than a third of a hall comes apart by swaps alone. */
const SHARE_TO_COLOUR = 3

/** Hall by hall: members of its largest group on the wrong colour change places with others on the right one. */
function colourHalls(room: Room, random: Stream): number {
  const { occupant, colour, groups } = room
  const firstOf = (seat: number) => groups[occupant[seat] as number]?.[0]
  let swaps = 0
  for (const seats of Map.groupBy(room.movable, (seat) => room.hall[seat] as number).values()) {
    const sizes = new Map<number, number>()
    let seated = 0
    for (const seat of seats) {
      if ((occupant[seat] as number) >= 0) seated += 1
      const group = firstOf(seat)
      if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1)
    }
    const [largest, size] = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [-1, 0]
    if (size * SHARE_TO_COLOUR <= seated) continue
    const right = random.below(2)
    const wrong = random.shuffle(seats.filter((seat) => colour[seat] !== right && firstOf(seat) === largest))
    const places = random.shuffle(seats.filter((seat) => colour[seat] === right && firstOf(seat) !== largest))
    for (const [at, seat] of wrong.slice(0, places.length).entries()) {
      const place = places[at] as number
      const kept = occupant[seat] as number
      occupant[seat] = occupant[place] as number
      occupant[place] = kept
      swaps += 1
    }
  }
  return swaps
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
    // Half the time another offender: two that are both in the wrong place often help each other.
    const other = random.below(2) === 0 ? table.pick(random) : movable[random.below(movable.length)]
    if (other === undefined) return
    if (other === one) continue
    // An empty seat takes somebody of its own hall only: each hall keeps its share.
    if ((room.occupant[other] as number) < 0 && room.hall[other] !== room.hall[one]) continue
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
  /** Groups of all candidates one after the other, and where each candidate's begin. */
  private readonly groups: Int32Array
  private readonly begin: Int32Array
  /** Seats with at least one pair, and where in the list each stands. */
  private readonly list: number[] = []
  private readonly place: Int32Array

  constructor(room: Room) {
    this.room = room
    const seats = room.occupant.length
    this.mayMove = new Uint8Array(seats)
    this.place = new Int32Array(seats).fill(-1)
    this.groups = Int32Array.from(room.groups.flat())
    this.begin = new Int32Array(room.groups.length + 1)
    for (const [at, groups] of room.groups.entries())
      this.begin[at + 1] = (this.begin[at] as number) + groups.length
    for (const seat of room.movable) this.mayMove[seat] = 1
    let twice = 0
    for (let seat = 0; seat < seats; seat += 1) {
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
    for (let at = 0; at < 4; at += 1) {
      this.note(beside[one * 4 + at] as number)
      this.note(beside[other * 4 + at] as number)
    }
    return added
  }

  private pairsOf(seat: number): number {
    const { occupant, beside } = this.room
    const who = occupant[seat] as number
    if (who < 0) return 0
    let pairs = 0
    for (let at = 0; at < 4; at += 1) {
      const other = beside[seat * 4 + at] as number
      if (other >= 0 && this.share(who, occupant[other] as number)) pairs += 1
    }
    return pairs
  }

  private share(one: number, other: number): boolean {
    if (other < 0) return false
    const { groups, begin } = this
    for (let mine = begin[one] as number; mine < (begin[one + 1] as number); mine += 1) {
      for (let theirs = begin[other] as number; theirs < (begin[other + 1] as number); theirs += 1) {
        if (groups[mine] === groups[theirs]) return true
      }
    }
    return false
  }

  private note(seat: number): void {
    if (seat < 0 || !this.mayMove[seat]) return
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
  const seats = room.occupant.length
  for (const who of room.occupant) {
    if (who < 0) continue
    const [first] = room.groups[who] ?? []
    if (first !== undefined) sizes.set(first, (sizes.get(first) ?? 0) + 1)
  }
  const largest = Math.max(0, ...sizes.values())
  // At least half of the seats of a grid lie apart, so only a group beyond that is worth the work.
  if (largest * 2 <= seats) return 0
  const apart = seats - pairedSeats(room)
  return [...sizes.values()].reduce((sum, size) => sum + Math.max(0, size - apart), 0)
}

/** The most seats that can be paired with a neighbour of their own; the others all lie apart (König). */
function pairedSeats(room: Room): number {
  const seats = room.occupant.length
  const partner = new Int32Array(seats).fill(-1)
  const seen = new Int32Array(seats).fill(-1)
  let pairs = 0
  for (let start = 0; start < seats; start += 1) {
    if (room.colour[start] === 0 && findPartner(start, room.beside, partner, seen)) pairs += 1
  }
  return pairs
}

/** Looks for a free neighbour, or one whose partner finds another; walks a stack of its own, halls can be long. */
function findPartner(root: number, beside: Int32Array, partner: Int32Array, seen: Int32Array): boolean {
  const path: { seat: number; next: number }[] = [{ seat: root, next: 0 }]
  const taken: number[] = []
  while (path.length > 0) {
    const top = path.at(-1) as { seat: number; next: number }
    if (top.next === 4) {
      path.pop()
      taken.pop()
      continue
    }
    const other = beside[top.seat * 4 + top.next] as number
    top.next += 1
    if (other < 0 || seen[other] === root) continue
    seen[other] = root
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
