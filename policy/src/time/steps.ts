// A step function of the day: one value before the first change, then a value from each change on.
import type { Day } from './day.ts'

export interface Steps<T> {
  /** Ascending; `values[i + 1]` holds from `days[i]` on, `values[0]` before the first. */
  days: readonly Day[]
  values: readonly T[]
}

export function constant<T>(value: T): Steps<T> {
  return { days: [], values: [value] }
}

/** Value on a day. */
export function at<T>(steps: Steps<T>, day: Day): T {
  let low = 0
  let high = steps.days.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps.days[middle]! <= day) low = middle + 1
    else high = middle
  }
  return steps.values[low]!
}

const BEFORE_ALL: Day = '0001-01-01'

/** The step function of `value`, given every day on which it can change; a day too many does no harm. */
export function sampled<T>(changeDays: readonly Day[], value: (day: Day) => T): Steps<T> {
  const days: Day[] = []
  let last = value(BEFORE_ALL)
  const values: T[] = [last]
  for (const day of distinct(changeDays)) {
    const next = value(day)
    if (next === last) continue
    days.push(day)
    values.push(next)
    last = next
  }
  return { days, values }
}

export function combine<A, T>(parts: readonly Steps<A>[], join: (values: A[]) => T): Steps<T> {
  if (parts.every((part) => part.days.length === 0))
    return constant(join(parts.map((part) => part.values[0]!)))
  return sampled(
    parts.flatMap((part) => part.days),
    (day) => join(parts.map((part) => at(part, day))),
  )
}

/** First day on or after `from` whose value passes, or undefined when none ever does. */
export function firstDay<T>(steps: Steps<T>, from: Day, passes: (value: T) => boolean): Day | undefined {
  if (passes(at(steps, from))) return from
  for (let i = 0; i < steps.days.length; i++) {
    if (steps.days[i]! > from && passes(steps.values[i + 1]!)) return steps.days[i]
  }
  return undefined
}

function distinct(days: readonly Day[]): readonly Day[] {
  if (days.length < 2) return days
  const sorted = [...days].sort()
  let kept = 0
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[kept]) sorted[++kept] = sorted[i]!
  sorted.length = kept + 1
  return sorted
}
