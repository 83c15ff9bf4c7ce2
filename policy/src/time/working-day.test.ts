import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { addDays } from './day.ts'
import {
  addWorkingDays,
  calendarEnd,
  nextWorkingDay,
  UNPUBLISHED,
  workingDay,
  workingDaysBetween,
} from './working-day.ts'

describe('beyond the last notice', () => {
  test.each(['2027-01-04', '2027-10-01', '2022-06-01'])('%s is not known to be a working day', (day) => {
    expect(workingDay(policy, day)).toBe(UNPUBLISHED)
  })
  test('a count that reaches an unpublished year is provisional and leaves out New Year', () => {
    expect(addWorkingDays(policy, '2026-12-28', 10)).toEqual({ day: '2027-01-12', provisional: true })
  })
  test('the last day covered is said', () => {
    expect(calendarEnd(policy)).toBe('2026-12-31')
  })
})

// facts: test_vectors_10_working_days_day_after_start
test.each([
  ['2023-09-25', '2023-10-13'],
  ['2024-02-05', '2024-02-23'],
  ['2024-09-27', '2024-10-16'],
  ['2025-01-20', '2025-02-08'],
  ['2025-09-26', '2025-10-16'],
  ['2026-02-09', '2026-02-28'],
  ['2026-02-13', '2026-03-05'],
  ['2026-09-18', '2026-10-09'],
  ['2026-09-30', '2026-10-20'],
])('ten working days after %s end on %s', (start, end) => {
  expect(addWorkingDays(policy, start, 10)).toEqual({ day: end, provisional: false })
})

test.each([
  [2023, 249],
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('%i has %i working days', (year, days) => {
  expect(workingDaysBetween(policy, `${year - 1}-12-31`, `${year}-12-31`).days).toBe(days)
})

test.each([
  ['2022-12-31', false],
  ['2024-02-09', true],
  ['2024-02-04', true],
  ['2026-02-28', true],
  ['2026-02-23', false],
  ['2026-03-01', false],
] as const)('%s: working day %s', (day, works) => {
  expect(workingDay(policy, day)).toBe(works)
})

test('a rest day moves to the first working day after it', () => {
  expect(nextWorkingDay(policy, '2025-10-01')).toEqual({ day: '2025-10-09', provisional: false })
  expect(nextWorkingDay(policy, '2025-10-09')).toEqual({ day: '2025-10-09', provisional: false })
  expect(nextWorkingDay(policy, '2027-05-01')).toEqual({ day: '2027-05-03', provisional: true })
})

test('counting n working days and counting them back agree', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 40 }), (offset, n) => {
      const start = addDays('2023-01-03', offset)
      const { day } = addWorkingDays(policy, start, n)
      expect(workingDaysBetween(policy, start, day).days).toBe(n)
      expect(workingDaysBetween(policy, day, start).days).toBe(-n)
    }),
  )
})
