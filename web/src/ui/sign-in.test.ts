import { expect, test } from 'vitest'
import { safeNext, splitNext } from './sign-in.ts'

test.each(['//evil.example/x', 'https://evil.example', '/\\evil.example', undefined, ''])(
  'goes nowhere else after signing in: %s',
  (next) => {
    expect(safeNext(next, '/mine')).toBe('/mine')
  },
)

test('goes back to where one was, with its query, under the base of the surface', () => {
  expect(safeNext('/classes/1?from=home', '/mine')).toBe('/classes/1?from=home')
  expect(splitNext('/workbench/people/staff?q=%E5%91%A8&page=2', '/workbench')).toEqual({
    to: '/people/staff',
    search: { q: '周', page: '2' },
  })
  expect(splitNext('/workbench', '/workbench')).toEqual({ to: '/', search: {} })
})
