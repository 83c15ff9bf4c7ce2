import { expect, test } from 'vitest'
import { steadyClock } from './steady-clock.ts'

const START = Date.UTC(2026, 10, 22, 1)

function timepieces() {
  const now = { wall: START, ticks: 0, awake: 500 }
  return {
    now,
    pass: (ms: number) => {
      now.wall += ms
      now.ticks += ms
      now.awake += ms / 1000
    },
    wall: () => now.wall,
    ticks: () => now.ticks,
    awake: () => Math.floor(now.awake),
  }
}

test('a wall clock set back an hour moves nothing, and is said once', () => {
  const time = timepieces()
  const jumps: number[] = []
  const clock = steadyClock((ms) => jumps.push(ms), time)
  time.pass(60_000)
  clock.now()
  time.now.wall -= 3_600_000
  time.pass(1_000)
  expect(clock.now().getTime()).toBe(START + 61_000)
  time.pass(1_000)
  expect(clock.now().getTime()).toBe(START + 62_000)
  expect(jumps).toEqual([-3_600_000])
})

test('a wall clock set forward ten minutes ends no examination early', () => {
  const time = timepieces()
  const clock = steadyClock(() => {}, time)
  time.now.wall += 600_000
  time.pass(1_000)
  expect(clock.now().getTime()).toBe(START + 1_000)
})

test('small drift is followed slowly and never backwards', () => {
  const time = timepieces()
  const clock = steadyClock(() => {}, time)
  time.now.wall -= 400
  let before = clock.now().getTime()
  for (let second = 0; second < 2_000; second += 1) {
    time.pass(1_000)
    const now = clock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    before = now
  }
  expect(before).toBeCloseTo(START - 400 + 2_000_000, 0)
})

test('the hours a machine slept have passed', () => {
  const time = timepieces()
  const clock = steadyClock(() => {}, time)
  time.pass(5_000)
  time.now.wall += 7_200_000
  time.now.awake += 7_200
  time.pass(1_000)
  expect(Math.abs(clock.now().getTime() - (START + 7_206_000))).toBeLessThan(1_500)
})
