import { expect, test } from 'vitest'
import { runsOf, type TimelineEntry } from './timeline.tsx'

const entry = (minute: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at: `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`,
  name: 'station.bound',
  title: '机器绑定考位',
  who: '考位机器',
  role: 'system',
  organisation: null,
  clause: 'AH-11',
  data: {},
  ...more,
})

test('a few of the same stay as they are', () => {
  expect(runsOf([entry(3), entry(2), entry(1)]).map((run) => run.times)).toEqual([1, 1, 1])
})

test('many of the same in a row are one line, from the first to the newest', () => {
  const runs = runsOf([entry(9, { name: 'seat.added' }), entry(5), entry(4), entry(3), entry(2)])
  expect(runs.map((run) => [run.times, run.since, run.entry.at])).toEqual([
    [1, entry(9).at, entry(9).at],
    [4, entry(2).at, entry(5).at],
  ])
})

test('what somebody gave a reason for, and what somebody else did, is never folded', () => {
  const reasons = [5, 4, 3, 2].map((minute) => entry(minute, { data: { reason: '机器故障' } }))
  const others = [5, 4, 3, 2].map((minute) => entry(minute, { who: `监考${minute}` }))
  expect([...runsOf(reasons), ...runsOf(others)].every((run) => run.times === 1)).toBe(true)
})
