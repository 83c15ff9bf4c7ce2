import { expect, test } from 'vitest'
import { SILENT_SECONDS, type Standing, urgencyOf, worstFirst } from './tile.ts'

const facts = (more: Partial<Parameters<typeof urgencyOf>[0]> = {}) => ({
  standing: 'writing' as Standing,
  silentSeconds: 1,
  alerts: [],
  unsaved: 0,
  ...more,
})

test.each([
  [SILENT_SECONDS.notice - 1, 'calm'],
  [SILENT_SECONDS.notice, 'notice'],
  [SILENT_SECONDS.warning, 'warning'],
  [SILENT_SECONDS.urgent, 'urgent'],
])('silence of %i seconds is %s', (silentSeconds, level) => {
  expect(urgencyOf(facts({ silentSeconds })).level).toBe(level)
})

test('only who is writing can fall silent', () => {
  expect(urgencyOf(facts({ standing: 'handed_in', silentSeconds: 900 })).level).toBe('calm')
})

test('the worst alert gives the word', () => {
  const alerts = [
    { kind: 'blur', severity: 'warning' as const },
    { kind: 'other_face', severity: 'urgent' as const },
    { kind: 'copy', severity: 'notice' as const },
  ]
  expect(urgencyOf(facts({ alerts }))).toEqual({ level: 'urgent', word: '面孔不符' })
})

test('worst comes first, then who waits at the door, then the longest silence, then the seat', () => {
  const tile = (name: string, more: object) => ({
    name,
    urgency: { level: 'calm' as const, word: '' },
    standing: 'writing' as Standing,
    silentSeconds: 1,
    row: 1,
    column: 1,
    ...more,
  })
  const tiles = [
    tile('seat 2', { column: 2 }),
    tile('handed in', { standing: 'handed_in' }),
    tile('silent 12', { urgency: { level: 'warning', word: '' }, silentSeconds: 12 }),
    tile('seat 1', {}),
    tile('door', { standing: 'waiting' }),
    tile('silent 14', { urgency: { level: 'warning', word: '' }, silentSeconds: 14 }),
    tile('urgent', { urgency: { level: 'urgent', word: '' }, column: 9 }),
  ]
  expect(tiles.sort(worstFirst).map((one) => one.name)).toEqual([
    'urgent',
    'silent 14',
    'silent 12',
    'door',
    'seat 1',
    'seat 2',
    'handed in',
  ])
})
