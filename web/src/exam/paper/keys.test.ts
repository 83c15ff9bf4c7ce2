import { describe, expect, it } from 'vitest'
import { actOfKey, KEYS } from './keys.ts'

const press = (code: string, held: { altKey?: boolean; ctrlKey?: boolean } = {}, key = '') => ({
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  code,
  key,
  ...held,
})

describe('the room’s keys', () => {
  it('act with Alt alone, so that writing an answer presses none', () => {
    expect(actOfKey(press('KeyN', { altKey: true }), true)).toBe('next')
    expect(actOfKey(press('KeyN'), false)).toBeUndefined()
    expect(actOfKey(press('KeyN', { altKey: true, ctrlKey: true }), false)).toBeUndefined()
  })

  it('take a question mark for help only where nothing is being written', () => {
    expect(actOfKey(press('Slash', {}, '?'), false)).toBe('help')
    expect(actOfKey(press('Slash', {}, '？'), false)).toBe('help')
    expect(actOfKey(press('Slash', {}, '?'), true)).toBeUndefined()
  })

  it('are all explained in the help panel', () => {
    const letters = KEYS.flatMap(([keys]) => /Alt \+ ([A-Z])/.exec(keys)?.[1] ?? [])
    for (const letter of letters)
      expect(actOfKey(press(`Key${letter}`, { altKey: true }), false)).toBeDefined()
    expect(letters).toHaveLength(8)
  })
})
