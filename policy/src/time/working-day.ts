// Working days by the yearly State Council notice: weekday and not a rest day, or a weekend day worked
// instead. Beyond the last notice nobody knows, and the answer says so.
import type { Policy } from '../packs/policy.ts'
import { addDays, type Day, weekday } from './day.ts'

export const UNPUBLISHED = '未公布'

/** Is it a working day? '未公布' when that year's notice is not among the calendars. */
export function workingDay(policy: Policy, day: Day): boolean | typeof UNPUBLISHED {
  const year = +day.slice(0, 4)
  // A notice can reach into the neighbouring year (2022-12-31 is a rest day by the notice for 2023).
  for (const near of [year, year + 1, year - 1]) {
    const calendar = policy.calendars.get(near)
    if (calendar === undefined) continue
    if (calendar.休息.some(([from, to]) => from <= day && day <= to)) return false
    if (calendar.上班.includes(day)) return true
  }
  if (!policy.calendars.has(year)) return UNPUBLISHED
  return weekday(day) <= 5
}

export interface CountedDay {
  day: Day
  /** Some day on the way has no published calendar; it was estimated as Monday to Friday without the fixed-date holidays. */
  provisional: boolean
}

/** The n-th working day after `day`; the day itself is not counted (n ≥ 1). */
export function addWorkingDays(policy: Policy, day: Day, n: number): CountedDay {
  let current = day
  let left = n
  let provisional = false
  while (left > 0) {
    current = addDays(current, 1)
    const works = workingDay(policy, current)
    if (works === UNPUBLISHED) provisional = true
    if (works === true || (works === UNPUBLISHED && likelyWorks(policy, current))) left--
  }
  return { day: current, provisional }
}

/** The first working day on or after `day`. */
export function nextWorkingDay(policy: Policy, day: Day): CountedDay {
  const works = workingDay(policy, day)
  if (works === true) return { day, provisional: false }
  if (works === UNPUBLISHED && likelyWorks(policy, day)) return { day, provisional: true }
  const next = addWorkingDays(policy, day, 1)
  return { day: next.day, provisional: next.provisional || works === UNPUBLISHED }
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(
  policy: Policy,
  from: Day,
  to: Day,
): { days: number; provisional: boolean } {
  if (to < from) {
    const back = workingDaysBetween(policy, to, from)
    return { days: -back.days, provisional: back.provisional }
  }
  let days = 0
  let provisional = false
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const works = workingDay(policy, day)
    if (works === UNPUBLISHED) provisional = true
    if (works === true || (works === UNPUBLISHED && likelyWorks(policy, day))) days++
  }
  return { days, provisional }
}

/** For a year without a notice: Monday to Friday but for the fixed-date holidays. An estimate, always marked so. */
function likelyWorks(policy: Policy, day: Day): boolean {
  return weekday(day) <= 5 && !policy.fixedHolidays.includes(day.slice(5))
}

/** The last day a published calendar covers. */
export function calendarEnd(policy: Policy): Day | undefined {
  const years = [...policy.calendars.keys()].sort((a, b) => a - b)
  const last = years.at(-1)
  return last === undefined ? undefined : `${last}-12-31`
}
