import { addDays, type Day } from '../../platform/clock.ts'

/** Days of a weekly pattern between two days, both included. `weekdays`: 1 Monday … 7 Sunday; `skip`: holidays. */
export function weeklyDays(
  fromOn: Day,
  toOn: Day,
  weekdays: readonly number[],
  skip: readonly Day[] = [],
): Day[] {
  const days: Day[] = []
  for (let on = fromOn; on <= toOn; on = addDays(on, 1)) {
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay() || 7
    if (weekdays.includes(weekday) && !skip.includes(on)) days.push(on)
  }
  return days
}
