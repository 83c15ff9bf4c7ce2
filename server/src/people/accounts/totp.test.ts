import { expect, test } from 'vitest'
import { totpCode } from './totp.ts'

// The vectors of RFC 6238, appendix B (SHA-1), last six of their eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [20_000_000_000, '353130'],
])('at second %i the code is %s', (second, code) => {
  expect(totpCode('12345678901234567890', new Date(second * 1000))).toBe(code)
})
