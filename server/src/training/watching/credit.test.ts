import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyBeat, type Beat, firstUnwatchedMs, type WatchState, watchedMs } from './credit.ts'

const start: WatchState = { watched: [], vouchedMs: 0, reportedMs: 0 }
const LENGTH = 600_000

function run(beats: Beat[], length = LENGTH) {
  let state = start
  let credited = 0
  for (const beat of beats) {
    const next = applyBeat(state, beat, length)
    state = next.state
    credited += next.creditedMs
  }
  return { state, credited }
}
const play = (position: number, elapsed = 15): Beat => ({
  elapsedMs: elapsed * 1000,
  positionMs: position * 1000,
  playing: true,
})

describe('a heartbeat', () => {
  it('credits nothing for a skip ahead', () => {
    expect(applyBeat(start, play(400), LENGTH)).toMatchObject({ creditedMs: 0, meaning: 'skipped' })
  })

  it('credits nothing while the page is in the background', () => {
    expect(applyBeat(start, { ...play(15), playing: false }, LENGTH)).toMatchObject({
      creditedMs: 0,
      meaning: 'paused',
    })
  })

  it('credits nothing when the position stands still', () => {
    expect(run([play(15), play(15), play(15)]).credited).toBe(15_000)
  })

  it('credits no second twice when a part is watched again', () => {
    expect(run([play(15), play(30), play(0), play(15), play(30)]).credited).toBe(30_000)
  })

  it('credits the measured time only, when the lesson is played at double speed', () => {
    const { credited, state } = run([play(30), play(60), play(90)])
    expect(credited).toBe(45_000)
    expect(firstUnwatchedMs(state.watched, LENGTH)).toBe(45_000)
  })

  it('credits at most 30 seconds after an interruption, however long it was', () => {
    expect(run([play(300, 300)]).credited).toBe(30_000)
  })

  it('credits the rest of the lesson after going back to the part played too fast', () => {
    const fast = Array.from({ length: 20 }, (_, index) => play((index + 1) * 30))
    const slow = [play(300), ...Array.from({ length: 20 }, (_, index) => play(300 + (index + 1) * 15))]
    expect(run([...fast, ...slow]).credited).toBe(LENGTH)
  })

  it('credits a lesson watched at normal speed whole, with a timer that is early and late by turns', () => {
    const beats = Array.from({ length: 41 }, (_, index) =>
      play(Math.min((index + 1) * 15, 600), index % 2 ? 14.9 : 15.1),
    )
    expect(run(beats).credited).toBeGreaterThanOrEqual(LENGTH - 1000)
  })
})

describe('any interleaving of beats', () => {
  const beat = fc.record({
    elapsedMs: fc.double({ min: 0, max: 90_000, noNaN: true }),
    positionMs: fc.oneof(
      fc.integer({ min: -5000, max: LENGTH + 20_000 }),
      fc.double({ min: 0, max: LENGTH, noNaN: true }),
    ),
    playing: fc.boolean(),
  })

  it('credits no more than the time the server measured while playing, and no more than the lesson', () => {
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 200 }), (beats) => {
        const { credited, state } = run(beats)
        const played = beats
          .filter((one) => one.playing)
          .reduce((sum, one) => sum + Math.min(one.elapsedMs, 30_000), 0)
        expect(credited).toBeLessThanOrEqual(played)
        expect(credited).toBeLessThanOrEqual(LENGTH)
        expect(credited).toBe(watchedMs(state.watched))
        for (const [index, [from, to]] of state.watched.entries()) {
          expect(to).toBeGreaterThan(from)
          expect(from).toBeGreaterThan(state.watched[index - 1]?.[1] ?? -1)
          expect(to).toBeLessThanOrEqual(LENGTH)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never lowers what was credited', () => {
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 60 }), (beats) => {
        let state = start
        for (const one of beats) {
          const next = applyBeat(state, one, LENGTH)
          expect(next.creditedMs).toBeGreaterThanOrEqual(0)
          expect(watchedMs(next.state.watched)).toBeGreaterThanOrEqual(watchedMs(state.watched))
          state = next.state
        }
      }),
    )
  })
})
