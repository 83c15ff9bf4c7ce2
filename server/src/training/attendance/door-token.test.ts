import { describe, expect, it } from 'vitest'
import { localCrypto } from '../../platform/crypto.ts'
import { checkDoorToken, doorToken } from './door-token.ts'

const crypto = localCrypto('a-master-key-for-this-test-only-000')
const at = new Date('2026-03-02T09:00:00+08:00')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const LESSON = 'a3f1c1de-0000-4000-8000-000000000001'
const OTHER = 'a3f1c1de-0000-4000-8000-000000000002'

describe('the code at the door', () => {
  const token = doorToken(crypto, LESSON, at)

  it('is forged when it names another lesson', () => {
    expect(checkDoorToken(crypto, OTHER, token, at)).toBe('forged')
  })
  it('is forged when its window is moved on', () => {
    const [window, tag] = token.split('.')
    expect(checkDoorToken(crypto, LESSON, `${Number(window) + 4}.${tag}`, later(60))).toBe('forged')
  })
  it.each(['', '.', 'x.y', '1', `${'9'.repeat(40)}.x`])('is forged when it reads %j', (text) => {
    expect(checkDoorToken(crypto, LESSON, text, at)).toBe('forged')
  })
  it('has expired two windows later', () => {
    expect(checkDoorToken(crypto, LESSON, token, later(30))).toBe('expired')
  })
  it('does not hold before its time', () => {
    expect(checkDoorToken(crypto, LESSON, doorToken(crypto, LESSON, later(15)), at)).toBe('expired')
  })
  it('holds in its window and the next', () => {
    expect(checkDoorToken(crypto, LESSON, token, at)).toBe('good')
    expect(checkDoorToken(crypto, LESSON, token, later(29))).toBe('good')
  })
})
