import { describe, expect, it } from 'vitest'
import {
  centsOf,
  due,
  grouped,
  instant,
  maskIdNumber,
  maskPhone,
  money,
  score,
  share,
  span,
  tenthsOf,
} from './format.ts'

describe('money', () => {
  it.each([['12.345'], ['abc'], [''], ['-5'], ['1e3']])('refuses %s as an amount', (text) => {
    expect(centsOf(text)).toBeUndefined()
  })
  it.each([
    ['1,500', 150_000],
    ['1,500.5 元', 150_050],
    ['0.07', 7],
    ['8.29', 829],
  ])('reads %s as %i 分', (text, cents) => {
    expect(centsOf(text)).toBe(cents)
  })
  it('shows whole yuan without decimals and everything else with two', () => {
    expect(money(150_000)).toBe('1,500 元')
    expect(money(150_050)).toBe('1,500.50 元')
    expect(money(-7)).toBe('-0.07 元')
    expect(money(0)).toBe('0 元')
  })
})

describe('dates', () => {
  it('shows an instant in the time of China, whatever the zone of the machine', () => {
    expect(instant('2026-11-21T17:30:00Z')).toBe('2026-11-22 01:30')
    expect(instant('2026-11-21T16:00:07Z', 'second')).toBe('2026-11-22 00:00:07')
  })
  it('leaves a civil day alone', () => {
    expect(instant('2026-11-22')).toBe('2026-11-22')
  })
  it('names the day once in a span of one day', () => {
    expect(span('2026-11-22T01:00:00Z', '2026-11-22T03:30:00Z')).toBe('2026-11-22 09:00–11:30')
    expect(span('2026-11-22T15:00:00Z', '2026-11-22T17:00:00Z')).toBe('2026-11-22 23:00–2026-11-23 01:00')
  })
})

describe('clocks', () => {
  it.each([
    [-2, '工作日', 'overdue', '已超期 2 个工作日 · 2026-11-25'],
    [0, '自然日', 'soon', '今天到期 · 2026-11-25'],
    [3, '工作日', 'soon', '还剩 3 个工作日 · 2026-11-25'],
    [4, '自然日', 'calm', '还剩 4 天 · 2026-11-25'],
    [null, '自然日', 'calm', '2026-11-25'],
  ] as const)('with %s %s left is %s', (left, unit, tone, words) => {
    expect(due('2026-11-25', left, unit)).toEqual({ tone, words })
  })
  it('says when the day is provisional', () => {
    expect(due('2027-10-08', 9, '自然日', true).words).toBe('还剩 9 天 · 2027-10-08（暂定）')
  })
})

describe('numbers', () => {
  it('reads scores to a tenth and refuses anything finer', () => {
    expect(['78.55', '1000', 'x', ''].map(tenthsOf)).toEqual([undefined, undefined, undefined, undefined])
    expect(['78.5', '60', '0.1'].map(tenthsOf)).toEqual([785, 600, 1])
  })
  it('groups identity numbers 6-8-4 and keeps their masks', () => {
    expect(grouped('42010619900101123X')).toBe('420106 19900101 123X')
    expect(grouped('4201**********123X')).toBe('4201** ******** 123X')
    expect(grouped('138****5678')).toBe('138 **** 5678')
    expect(grouped('HB-2026-0001')).toBe('HB-2026-0001')
  })
  it('masks the middle of what the public typed', () => {
    expect(maskIdNumber('42010619900101123X')).toBe('4201**********123X')
    expect(maskIdNumber('1234')).toBe('****')
    expect(maskPhone('13812345678')).toBe('138****5678')
    expect(maskPhone('123')).toBe('***')
  })
  it('shows scores from tenths and shares of a whole', () => {
    expect(score(785)).toBe('78.5')
    expect(score(600)).toBe('60')
    expect(share(1, 3)).toBe('33.3%')
    expect(share(0, 0)).toBe('—')
  })
})
