import { describe, expect, it } from 'vitest'
import { weeklyDays } from './weekly-days.ts'

describe('a weekly pattern', () => {
  it('gives no day when the range holds none of its weekdays', () => {
    expect(weeklyDays('2026-03-02', '2026-03-06', [6, 7])).toEqual([])
  })
  it('gives no day when it ends before it begins', () => {
    expect(weeklyDays('2026-03-06', '2026-03-02', [1, 2, 3, 4, 5])).toEqual([])
  })
  it('takes both ends, across a month, without the days to skip', () => {
    expect(weeklyDays('2026-03-28', '2026-04-05', [6, 7], ['2026-04-04'])).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-04-05',
    ])
  })
})
