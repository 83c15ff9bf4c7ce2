import type { Day } from './day.ts'

/** What depends on the day only, kept for the day asked last: a batch asks for one day again and again. */
export function byDay<T>(settle: (on: Day) => T): (on: Day) => T {
  let lately: Day | undefined
  let value: T
  const renew = (on: Day) => {
    value = settle(on)
    lately = on
    return value
  }
  return (on) => (on === lately ? value : renew(on))
}
