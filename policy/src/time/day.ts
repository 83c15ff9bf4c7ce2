// A civil day is the string 'YYYY-MM-DD': it sorts as text, prints as it is read, and knows no time zone.
import { z } from 'zod'

export type Day = string

const MS_PER_DAY = 86_400_000

/** Days since 1970-01-01, for arithmetic only. */
export function dayNumber(day: Day): number {
  return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / MS_PER_DAY
}

export function dayFromNumber(n: number): Day {
  return new Date(n * MS_PER_DAY).toISOString().slice(0, 10)
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
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/**
 * The corresponding day n months later; where that month has no such day, its last day
 * (民法典 §202: 没有对应日的，月末日为期间的最后一日). The rounding is fixed: always down.
 */
export function addMonths(day: Day, n: number): Day {
  const months = +day.slice(0, 4) * 12 + (+day.slice(5, 7) - 1) + n
  const year = Math.floor(months / 12)
  const month = (months % 12) + 1
  const date = Math.min(+day.slice(8, 10), lastDayOfMonth(year, month))
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`
}

/** Whole months from `from` to `to` (0 when `to` is earlier), by the same §202 reading as addMonths. */
export function monthsBetween(from: Day, to: Day): number {
  if (to <= from) return 0
  const n = (+to.slice(0, 4) - +from.slice(0, 4)) * 12 + (+to.slice(5, 7) - +from.slice(5, 7))
  return addMonths(from, n) > to ? n - 1 : n
}

/** 2026-03-01 → 2026年3月1日, for sentences. */
export function sayDay(day: Day): string {
  return `${+day.slice(0, 4)}年${+day.slice(5, 7)}月${+day.slice(8, 10)}日`
}
