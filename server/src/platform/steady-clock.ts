import { uptime } from 'node:os'
import { type Clock, dayOf } from './clock.ts'

/** The machine's three ways of telling time. Tests hand in their own. */
export interface Timepieces {
  /** The wall clock, in ms; anybody may set it. */
  wall(): number
  /** Ticks evenly, stands still while the machine sleeps; ms. */
  ticks(): number
  /** Whole seconds since the machine was started, its sleep included. */
  awake(): number
}

const machine: Timepieces = {
  wall: () => Date.now(),
  ticks: () => performance.now(),
  awake: () => uptime(),
}

/** A wall clock that is off by less is led back gently, as time servers do; by more, it was set by somebody. */
const SET_BY_SOMEBODY_MS = 1_000
/** How much of each second may be used to follow the wall clock: half a millisecond. */
const LEAD = 0.0005
/** `awake` counts whole seconds; a smaller difference from `ticks` says nothing. */
const SLEPT_MS = 2_500

/**
 * A clock for deadlines: it starts from the wall clock and then ticks by itself, so that nobody moves the end of an
 * examination by setting the machine's time. Small drift follows the wall clock slowly and never backwards; a sleep
 * of the machine counts as time that passed; a jump is reported once to `note` and not followed until a restart.
 */
export function steadyClock(note: (jumpMs: number) => void = () => {}, time: Timepieces = machine): Clock {
  const start = { wall: time.wall(), ticks: time.ticks(), awake: time.awake() }
  let led = 0
  let slept = 0
  let last = start.wall
  let lastTicks = start.ticks
  let noted = false

  const now = (): Date => {
    const ticks = time.ticks()
    const asleep = (time.awake() - start.awake) * 1000 - (ticks - start.ticks)
    if (asleep - slept > SLEPT_MS) slept = asleep
    const off = time.wall() - (start.wall + (ticks - start.ticks) + slept + led)
    if (Math.abs(off) <= SET_BY_SOMEBODY_MS) {
      const most = (ticks - lastTicks) * LEAD
      led += Math.max(-most, Math.min(most, off))
      noted = false
    } else if (!noted) {
      noted = true
      note(Math.round(off))
    }
    lastTicks = ticks
    last = Math.max(last, start.wall + (ticks - start.ticks) + slept + led)
    return new Date(last)
  }
  return { now, today: () => dayOf(now()) }
}
