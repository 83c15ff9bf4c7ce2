import { describe, expect, it } from 'vitest'
import { forbiddenKey } from './watch.ts'

const key = (key: string, ...held: ('ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey')[]) => ({
  key,
  ctrlKey: held.includes('ctrlKey'),
  shiftKey: held.includes('shiftKey'),
  altKey: held.includes('altKey'),
  metaKey: held.includes('metaKey'),
})

describe('keys the room watches', () => {
  it('knows the ways to the developer tools and to the printer', () => {
    expect(
      [
        key('F12'),
        key('I', 'ctrlKey', 'shiftKey'),
        key('j', 'metaKey', 'altKey'),
        key('u', 'ctrlKey'),
        key('p', 'metaKey'),
      ].map(forbiddenKey),
    ).toEqual(['developer_tools', 'developer_tools', 'developer_tools', 'developer_tools', 'printed'])
  })

  it('leaves ordinary typing, copying and the room’s own keys alone', () => {
    expect(
      [
        key('i'),
        key('I', 'shiftKey'),
        key('c', 'ctrlKey'),
        key('p', 'altKey'),
        key('F5'),
        key('?', 'shiftKey'),
      ].map(forbiddenKey),
    ).toEqual([undefined, undefined, undefined, undefined, undefined, undefined])
  })
})
