import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDay } from '../../testing/arbitrary-facts.ts'
import {
  addDays,
  addMonths,
  dayFromNumber,
  dayNumber,
  daysBetween,
  isDay,
  monthsBetween,
  sayDay,
  weekday,
} from './day.ts'
import { at, combine, constant, firstDay, sampled } from './steps.ts'

test.each(['2026-02-29', '2026-2-1', '2026-13-01', '2026-00-10', '26-01-01', '2026/01/01', '3026-01-01', ''])(
  '%s is not a day',
  (text) => {
    expect(isDay(text)).toBe(false)
  },
)
test.each(['2024-02-29', '1999-12-31', '2026-01-01'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true)
})

// 民法典 §202: 对应日；没有对应日的，月末日.
test.each([
  ['2024-03-01', 24, '2026-03-01'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-02-29', 48, '2028-02-29'],
  ['2025-08-31', 1, '2025-09-30'],
  ['2025-12-15', 1, '2026-01-15'],
  ['2025-03-31', -1, '2025-02-28'],
] as const)('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(from, months)).toBe(to)
})

test('days go to numbers and back', () => {
  fc.assert(
    fc.property(arbitraryDay, (day) => dayFromNumber(dayNumber(day)) === day && addDays(day, 0) === day),
  )
})
test('whole months between two days are the most that still fit', () => {
  fc.assert(
    fc.property(arbitraryDay, fc.nat(3_000), (from, days) => {
      const to = addDays(from, days)
      const months = monthsBetween(from, to)
      expect(addMonths(from, months) <= to).toBe(true)
      expect(addMonths(from, months + 1) > to).toBe(true)
    }),
  )
})
test('weekdays and sentences', () => {
  expect([weekday('2026-03-02'), weekday('2026-03-08'), weekday('1969-12-31')]).toEqual([1, 7, 3])
  expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
  expect(sayDay('2026-03-01')).toBe('2026年3月1日')
})

describe('step functions', () => {
  const steps = sampled(['2026-03-10', '2026-01-01', '2026-02-01'], (day) =>
    day >= '2026-02-01' ? 'b' : 'a',
  )
  test('days that change nothing are dropped', () => {
    expect(steps).toEqual({ days: ['2026-02-01'], values: ['a', 'b'] })
  })
  test('a value holds from its day on', () => {
    expect([at(steps, '2026-01-31'), at(steps, '2026-02-01'), at(steps, '2030-01-01')]).toEqual([
      'a',
      'b',
      'b',
    ])
  })
  test('no day is found where none passes', () => {
    expect(firstDay(steps, '2026-02-02', (v) => v === 'a')).toBeUndefined()
    expect(firstDay(steps, '2026-01-15', (v) => v === 'b')).toBe('2026-02-01')
  })
  test('constants combine without days', () => {
    expect(combine([constant(1), constant(2)], ([a, b]) => a! + b!)).toEqual({ days: [], values: [3] })
  })
})
