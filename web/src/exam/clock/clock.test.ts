import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftMs, type ServerClock, serverNow, takeSample } from './server-clock.ts'
import { countdown, dayAndMinute, dayAndTime, passedThreshold, spokenSpan, timeOfDay } from './time-words.ts'

describe('the server’s clock in the room', () => {
  it('is never further off than it says, whatever the line does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.array(fc.record({ gap: fc.nat(20_000), out: fc.nat(3_000), back: fc.nat(3_000) }), {
          minLength: 1,
        }),
        (truth, trips) => {
          let clock: ServerClock | undefined
          let at = 0
          for (const { gap, out, back } of trips) {
            const sentAt = at + gap
            at = sentAt + out + back
            clock = takeSample(clock, { sentAt, receivedAt: at, serverMs: sentAt + out + truth })
            expect(Math.abs(serverNow(clock, at) - (at + truth))).toBeLessThanOrEqual(
              clock.uncertaintyMs + 0.01,
            )
          }
        },
      ),
    )
  })

  it('prefers the short trip to the long one', () => {
    const good = takeSample(undefined, { sentAt: 0, receivedAt: 10, serverMs: 1_005 })
    const kept = takeSample(good, { sentAt: 100, receivedAt: 2_100, serverMs: 1_200 })
    expect(kept).toBe(good)
  })

  it('starts anew after the machine slept', () => {
    const before = takeSample(undefined, { sentAt: 0, receivedAt: 10, serverMs: 1_000 })
    const after = takeSample(before, { sentAt: 100, receivedAt: 400, serverMs: 3_600_000 })
    expect(after.offsetMs).toBe(3_600_000 - 250)
  })

  it('stands while the hall is paused', () => {
    const times = { deadline: '2026-11-22T02:00:00.000Z', heardAtMs: Date.parse('2026-11-22T01:30:00.000Z') }
    const later = Date.parse('2026-11-22T01:40:00.000Z')
    expect(leftMs({ ...times, pausedAt: null }, later)).toBe(20 * 60_000)
    expect(leftMs({ ...times, pausedAt: '2026-11-22T01:29:00.000Z' }, later)).toBe(30 * 60_000)
    expect(leftMs({ ...times, deadline: null, pausedAt: null }, later)).toBeNull()
  })
})

describe('words for time', () => {
  it('counts down and never below zero', () => {
    expect([5_345_000, 300_000, 400, -5_000].map(countdown)).toEqual(['1:29:05', '05:00', '00:01', '00:00'])
    expect([5_345_000, 60_000, 0].map(spokenSpan)).toEqual(['1 小时 29 分 5 秒', '1 分', '0 秒'])
  })

  it('is said in the time of China', () => {
    expect(timeOfDay('2026-11-22T01:41:07.000Z')).toBe('09:41:07')
    expect(dayAndTime('2026-11-22T01:41:07.000Z')).toBe('2026-11-22 09:41:07')
    expect(dayAndMinute('2026-11-22T01:40:00.000Z')).toBe('2026-11-22 09:40')
  })

  it('speaks at 30, 10, 5 and 1 minutes and at no other time', () => {
    const minute = 60_000
    expect(passedThreshold(30 * minute + 1, 30 * minute)).toBe(30)
    expect(passedThreshold(30 * minute, 30 * minute - 1)).toBeUndefined()
    expect(passedThreshold(12 * minute, 4 * minute)).toBe(5)
    expect(passedThreshold(20 * minute, 25 * minute)).toBeUndefined()
  })
})
