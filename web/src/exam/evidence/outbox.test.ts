import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRoom, nextCaptureMs, type Parcel } from './outbox.ts'

describe('evidence waiting on this machine', () => {
  it('stays within its bounds and lets plain looks go before looks with a reason', () => {
    const parcel = fc.record({ key: fc.uuid(), bytes: fc.integer({ min: 1, max: 60 }), spare: fc.boolean() })
    fc.assert(
      fc.property(fc.uniqueArray(parcel, { selector: (one) => one.key }), parcel, (held, next) => {
        const bounds = { count: 10, bytes: 300 }
        const gone = makeRoom(held, next, bounds)!
        const left: Parcel[] = [...held.filter((one) => !gone.includes(one.key)), next]
        expect(left.length).toBeLessThanOrEqual(bounds.count)
        expect(left.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(bounds.bytes)
        const reasonGone = held.some((one) => !one.spare && gone.includes(one.key))
        if (reasonGone) expect(held.every((one) => !one.spare || gone.includes(one.key))).toBe(true)
      }),
    )
  })

  it('refuses what could never fit', () => {
    expect(makeRoom([], { key: 'a', bytes: 500, spare: true }, { count: 10, bytes: 300 })).toBeUndefined()
  })

  it('looks at a moment between the bounds of the rules', () => {
    expect([0, 0.5, 1].map((random) => nextCaptureMs({ from: 30, to: 90 }, random))).toEqual([
      30_000, 60_000, 90_000,
    ])
    expect(nextCaptureMs({ from: 60, to: 20 }, 0.7)).toBe(60_000)
  })
})
