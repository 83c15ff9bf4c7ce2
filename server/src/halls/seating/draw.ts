// The seat draw, pure: the same inputs, seed and public value always give the same seats.
import { lowestBound, separate } from './separate.ts'
import { type Stream, stream } from './stream.ts'

/** Part of every proof: seats can be drawn again only by the algorithm that drew them. */
export const ALGORITHM = 'shujiang-seats/2'

export interface DrawCandidate {
  /** Opaque: says who it is to the candidate and to nobody else. */
  code: string
  /** Opaque keys of employer and training institution, the weightier first: neighbours should share none. */
  groups: string[]
  accessible: boolean
}
export interface DrawSeat {
  label: string
  row: number
  column: number
  accessible: boolean
}
export interface DrawHall {
  code: string
  /** Usable seats only. */
  seats: DrawSeat[]
}
export interface DrawInputs {
  /** Number of paper forms: 0 is form A. */
  forms: number
  candidates: DrawCandidate[]
  halls: DrawHall[]
}

/** Candidate, hall, seat and form. */
export type Place = [candidate: string, hall: string, seat: string, form: string]

export interface DrawReport {
  candidates: number
  halls: number
  seats: number
  /** Pairs in front, behind, left or right of each other. */
  neighbours: number
  /** Hard rules: neighbours with the same form; candidates without the seat they need. */
  sameForm: number
  accessibleMissing: number
  /** Soft, towards the corners. */
  diagonalSameForm: number
  /** Neighbours from one employer or training institution, and how many no seating at all could avoid. */
  sameGroup: number
  sameGroupUnavoidable: number
  sameGroupBefore: number
  swaps: number
  steps: number
  /** The pairs that remain, at most a thousand of them: hall, seat, seat. */
  remaining: [hall: string, seat: string, seat: string][]
}

export interface Drawn {
  places: Place[]
  report: DrawReport
}

const LISTED = 1000

/** Inputs in the one order the draw is made over, whatever order they were gathered in. */
export function inOrder(inputs: DrawInputs): DrawInputs {
  return {
    forms: inputs.forms,
    candidates: [...inputs.candidates].sort((a, b) => compare(a.code, b.code)),
    halls: [...inputs.halls]
      .sort((a, b) => compare(a.code, b.code))
      .map((hall) => ({
        code: hall.code,
        seats: [...hall.seats].sort((a, b) => a.row - b.row || a.column - b.column),
      })),
  }
}

/** Why these inputs cannot be seated at all; undefined when they can. */
export function whyNotDrawable(inputs: DrawInputs): 'seats' | 'accessible' | undefined {
  const seats = inputs.halls.flatMap((hall) => hall.seats)
  if (seats.length < inputs.candidates.length) return 'seats'
  const needed = inputs.candidates.filter((one) => one.accessible).length
  if (seats.filter((one) => one.accessible).length < needed) return 'accessible'
  return undefined
}

/**
 * Draws a seat for everybody. 1: who needs an accessible seat gets one of them at random, those of one group
 * moved apart among these seats. 2: the others are shuffled
 * over the remaining seats that are used, each order equally likely; how many sit in each hall follows from its seats,
 * the empty ones lie evenly between the others, from a drawn beginning. 3: forms follow the grid, which hall has which form where is drawn. 4: neighbours
 * of one group are separated by swaps, with each other or into an empty seat of the hall, taken from the same stream.
 */
export function drawSeats(given: DrawInputs, seed: Uint8Array, publicValue: string, context: string): Drawn {
  const inputs = inOrder(given)
  const why = whyNotDrawable(inputs)
  if (why) throw new Error(`these candidates cannot be seated: ${why}`)
  const random = stream(seed, { algorithm: ALGORITHM, context, publicValue })
  const grid = gridOf(inputs.halls)

  const needy = indexesOf(inputs.candidates, (one) => one.accessible)
  const others = indexesOf(inputs.candidates, (one) => !one.accessible)
  const accessible = random.shuffle(indexesOf(grid, (one) => one.seat.accessible))
  const needyAt = new Int32Array(grid.length).fill(-1)
  for (const [at, who] of needy.entries()) needyAt[accessible[at] as number] = who
  const groups = groupsOf(inputs)
  // Their seats are chosen before a hall's share is: for this step all accessible seats are as one hall.
  separate({ ...roomOf(grid, needyAt, accessible, groups), hall: new Int32Array(grid.length) }, random)
  const reserved = indexesOf([...needyAt], (who) => who >= 0)
  const open = seatsInUse(inputs.halls, grid, reserved, others.length, random)
  random.shuffle(others)

  const occupant = needyAt.slice()
  for (const [at, seat] of open.entries()) occupant[seat] = others[at] as number
  const form = formsOf(inputs, grid, random)
  const kept = new Set(reserved)
  const movable = indexesOf([...grid.keys()], (at) => !kept.has(at))
  const room = roomOf(grid, occupant, movable, groups)
  const separated = separate(room, random)
  return tell(inputs, grid, occupant, form, room, separated)
}

interface Cell {
  hall: number
  seat: DrawSeat
  /** Places in the grid of who sits in front, behind, left, right; and towards the corners. */
  beside: number[]
  corners: number[]
}

function gridOf(halls: DrawHall[]): Cell[] {
  const cells: Cell[] = []
  for (const [hall, { seats }] of halls.entries()) {
    const at = new Map(seats.map((seat, index) => [`${seat.row}/${seat.column}`, cells.length + index]))
    const near = ({ row, column }: DrawSeat, steps: [number, number][]) =>
      steps.flatMap(([down, right]) => at.get(`${row + down}/${column + right}`) ?? [])
    for (const seat of seats) {
      cells.push({
        hall,
        seat,
        beside: near(seat, [
          [-1, 0],
          [1, 0],
          [0, -1],
          [0, 1],
        ]),
        corners: near(seat, [
          [-1, -1],
          [-1, 1],
          [1, -1],
          [1, 1],
        ]),
      })
    }
  }
  return cells
}

/**
 * Every hall gets its share by its seats. Within a hall the empty seats lie evenly between the others; where that
 * pattern begins is drawn, so that each seat is as likely to be used as any.
 */
function seatsInUse(
  halls: DrawHall[],
  grid: Cell[],
  reserved: number[],
  others: number,
  random: Stream,
): number[] {
  const taken = new Set(reserved)
  const free = halls.map((): number[] => [])
  for (const [at, cell] of grid.entries()) if (!taken.has(at)) free[cell.hall]?.push(at)
  const total = reserved.length + others
  const shares = halls.map(({ seats }, hall) => {
    const exact = total * seats.length
    const reservedHere = seats.length - (free[hall]?.length ?? 0)
    return {
      hall,
      rest: exact % grid.length,
      want: Math.max(0, Math.floor(exact / grid.length) - reservedHere),
    }
  })
  let left = others - shares.reduce((sum, one) => sum + one.want, 0)
  const byRest = [...shares].sort((a, b) => b.rest - a.rest || a.hall - b.hall)
  while (left !== 0) {
    for (const one of byRest) {
      if (left > 0 && one.want < (free[one.hall]?.length ?? 0)) {
        one.want += 1
        left -= 1
      } else if (left < 0 && one.want > 0) {
        one.want -= 1
        left += 1
      }
    }
  }
  return shares.flatMap(({ hall, want }) => {
    const seats = free[hall] ?? []
    const begin = want > 0 ? random.below(seats.length) : 0
    const at = (i: number) => (begin + Math.floor((i * seats.length) / want)) % seats.length
    return Array.from({ length: want }, (_, i) => seats[at(i)] as number)
  })
}

/**
 * Two forms lie like a chessboard; from three on, each row starts two forms further, so that with four or more all
 * eight seats around differ. Which letter stands where is drawn for each hall.
 */
function formsOf(inputs: DrawInputs, grid: Cell[], random: Stream): string[] {
  const { forms } = inputs
  const letters = inputs.halls.map(() => random.shuffle(Array.from({ length: forms }, (_, i) => i)))
  return grid.map(({ hall, seat }) => {
    const step = forms === 2 ? seat.row + seat.column : 2 * seat.row + seat.column
    return String.fromCharCode(65 + (letters[hall]?.[step % forms] ?? 0))
  })
}

/** The seats as the separation sees them: who may move, who sits beside whom, which groups everybody has. */
export interface Room {
  /** Who sits there; -1 where nobody does. */
  occupant: Int32Array
  /** Four places a seat: in front, behind, left, right; -1 where there is none. */
  beside: Int32Array
  hall: Int32Array
  /** Black or white of the chessboard: neighbours differ. */
  colour: Uint8Array
  /** Seats whose occupants may change places, empty ones among them. */
  movable: number[]
  groups: number[][]
}

function groupsOf(inputs: DrawInputs): number[][] {
  const known = new Map<string, number>()
  return inputs.candidates.map(({ groups: keys }) =>
    keys.map((key) => {
      const id = known.get(key) ?? known.size
      known.set(key, id)
      return id
    }),
  )
}

function roomOf(grid: Cell[], occupant: Int32Array, movable: number[], groups: number[][]): Room {
  return {
    occupant,
    beside: Int32Array.from(grid.flatMap((cell) => [0, 1, 2, 3].map((at) => cell.beside[at] ?? -1))),
    hall: Int32Array.from(grid, (cell) => cell.hall),
    colour: Uint8Array.from(grid, (cell) => (cell.seat.row + cell.seat.column) % 2),
    movable,
    groups,
  }
}

function tell(
  inputs: DrawInputs,
  grid: Cell[],
  occupant: Int32Array,
  form: string[],
  room: Room,
  separated: { before: number; swaps: number; steps: number },
): Drawn {
  const places: Place[] = []
  const report: DrawReport = {
    candidates: inputs.candidates.length,
    halls: inputs.halls.length,
    seats: grid.length,
    neighbours: 0,
    sameForm: 0,
    accessibleMissing: 0,
    diagonalSameForm: 0,
    sameGroup: 0,
    sameGroupUnavoidable: 0,
    sameGroupBefore: separated.before,
    swaps: separated.swaps,
    steps: separated.steps,
    remaining: [],
  }
  for (const [at, cell] of grid.entries()) {
    const who = occupant[at] ?? -1
    if (who < 0) continue
    const candidate = inputs.candidates[who] as DrawCandidate
    const hall = (inputs.halls[cell.hall] as DrawHall).code
    places.push([candidate.code, hall, cell.seat.label, form[at] as string])
    if (candidate.accessible && !cell.seat.accessible) report.accessibleMissing += 1
    for (const other of cell.corners) {
      if (other > at && (occupant[other] ?? -1) >= 0 && form[other] === form[at]) report.diagonalSameForm += 1
    }
    for (const other of cell.beside) {
      if (other < at || (occupant[other] ?? -1) < 0) continue
      report.neighbours += 1
      if (form[other] === form[at]) report.sameForm += 1
      const mine = room.groups[who] ?? []
      if (!(room.groups[occupant[other] ?? -1] ?? []).some((group) => mine.includes(group))) continue
      report.sameGroup += 1
      const otherSeat = (grid[other] as Cell).seat.label
      if (report.remaining.length < LISTED) report.remaining.push([hall, cell.seat.label, otherSeat])
    }
  }
  if (report.sameGroup > 0) report.sameGroupUnavoidable = lowestBound(room)
  places.sort((a, b) => compare(a[0], b[0]))
  return { places, report }
}

function indexesOf<T>(list: T[], is: (one: T) => boolean): number[] {
  return list.flatMap((one, at) => (is(one) ? [at] : []))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
