import { describe, expect, it } from 'vitest'
import { type Disk, endOf, forgetOverdue } from './left-behind.ts'

const at = (text: string) => Date.parse(`${text}:00.000Z`)
const times = { opensAt: '', closesAt: '2026-11-22T03:00:00.000Z', minutes: 90, extraMinutes: 30 }

function aDisk(ends: Record<string, number>) {
  const disk: Disk = {
    ends: async () => Object.entries(ends).map(([attempt, endMs]) => ({ attempt, endMs })),
    forget: async (attempt) => {
      delete ends[attempt]
    },
  }
  return { disk, ends }
}

describe('what a machine has of attempts that are over', () => {
  it('stays while the attempt may run and for a day after the end of the window', async () => {
    const { disk, ends } = aDisk({ one: at('2026-11-22T03:30') })
    const now = at('2026-11-23T03:29')
    expect(await forgetOverdue(disk, now, async () => now)).toEqual([])
    expect(ends).toHaveProperty('one')
  })

  it('goes after that day, and nothing else with it', async () => {
    const { disk, ends } = aDisk({ one: at('2026-11-22T03:30'), two: at('2026-11-23T03:30') })
    const now = at('2026-11-23T03:31')
    expect(await forgetOverdue(disk, now, async () => now)).toEqual(['one'])
    expect(Object.keys(ends)).toEqual(['two'])
  })

  it('stays where only this machine believes that the day is over, or the server cannot be asked', async () => {
    const { disk, ends } = aDisk({ one: at('2026-11-22T03:30') })
    const ahead = at('2026-12-22T03:30')
    expect(await forgetOverdue(disk, ahead, async () => at('2026-11-22T02:00'))).toEqual([])
    expect(await forgetOverdue(disk, ahead, async () => undefined)).toEqual([])
    expect(ends).toHaveProperty('one')
  })

  it('does not ask the server when there is nothing to forget', async () => {
    const { disk } = aDisk({ one: at('2026-11-22T03:30') })
    const asked = () => Promise.reject(new Error('asked'))
    expect(await forgetOverdue(disk, at('2026-11-22T04:00'), asked)).toEqual([])
  })
})

describe('the end of an attempt', () => {
  it('is the end of the window with granted minutes, or the deadline where time was added beyond it', () => {
    expect(endOf({ times }, { deadline: null })).toBe(at('2026-11-22T03:30'))
    expect(endOf({ times }, { deadline: '2026-11-22T02:00:00.000Z' })).toBe(at('2026-11-22T03:30'))
    expect(endOf({ times }, { deadline: '2026-11-22T04:10:00.000Z' })).toBe(at('2026-11-22T04:10'))
  })
})
