// A civil day is the string 'YYYY-MM-DD': it sorts as text, prints as it is read, and knows no time zone.
import { z } from 'zod'

export type Day = string

/** Days since 1970-01-01, for arithmetic only (proleptic Gregorian, Hinnant's days_from_civil). */
export function dayNumber(day: Day): number {
  const month = number(day, 5)
  const year = number(day, 0) * 100 + number(day, 2) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + number(day, 8) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function dayFromNumber(n: number): Day {
  const shifted = n + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return written(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date)
}

/** Two digits at a place of the text, without making a string of them. */
function number(day: Day, place: number): number {
  return (day.charCodeAt(place) - 48) * 10 + day.charCodeAt(place + 1) - 48
}

function written(year: number, month: number, date: number): Day {
  const padded = year < 1_000 ? String(year).padStart(4, '0') : year
  return `${padded}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`
}

export function isDay(text: string): boolean {
  if (!/^(?:19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const n = dayNumber(text)
  return Number.isFinite(n) && dayFromNumber(n) === text
}

export const daySchema = z.string().refine(isDay, '应为真实存在的日期，写作 "YYYY-MM-DD"')

export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n)
}

export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  if (a < b) return b
  return a
}

/** The earliest and the latest of some days; undefined of none. */
export function earliestOf(days: readonly Day[]): Day | undefined {
  return [...days].sort()[0]
}

export function latestOf(days: readonly Day[]): Day | undefined {
  return [...days].sort().at(-1)
}

/** 1 Monday … 7 Sunday. */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

export function lastDayOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * The corresponding day n months later; where that month has no such day, its last day
 * (民法典 §202: 没有对应日的，月末日为期间的最后一日). The rounding is fixed: always down.
 */
export function addMonths(day: Day, n: number): Day {
  const months = (number(day, 0) * 100 + number(day, 2)) * 12 + number(day, 5) - 1 + n
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return written(year, month, Math.min(number(day, 8), lastDayOfMonth(year, month)))
}

/** Whole months from `from` to `to` (0 when `to` is earlier), by the same §202 reading as addMonths. */
export function monthsBetween(from: Day, to: Day): number {
  if (to <= from) return 0
  const n =
    ((number(to, 0) - number(from, 0)) * 100 + number(to, 2) - number(from, 2)) * 12 +
    number(to, 5) -
    number(from, 5)
  return addMonths(from, n) > to ? n - 1 : n
}

/** 2026-03-01 → 2026年3月1日, for sentences. */
export function sayDay(day: Day): string {
  return `${+day.slice(0, 4)}年${+day.slice(5, 7)}月${+day.slice(8, 10)}日`
}
