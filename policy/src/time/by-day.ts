import type { Day } from './day.ts'

/** What depends on the day only, kept for the day asked last: a batch asks for one day again and again. */
export interface ByDay<T> {
  lately: Day | undefined
  value: T | undefined
  readonly settle: (on: Day) => T
}

export function byDay<T>(settle: (on: Day) => T): ByDay<T> {
  return { lately: undefined, value: undefined, settle }
}

export function onDay<T>(kept: ByDay<T>, on: Day): T {
  if (kept.lately !== on) {
    kept.value = kept.settle(on)
    kept.lately = on
  }
  return kept.value as T
}
