import { expect, it } from 'vitest'
import { nextPlace } from './next-place.ts'

it.each([
  ['https://elsewhere.example/'],
  ['//elsewhere.example'],
  ['/\\elsewhere.example'],
  ['javascript:alert(1)'],
  ['/sign-in?next=/sign-in'],
  [undefined],
])('after signing in never leads to %s', (next) => {
  expect(nextPlace(next)).toEqual({ to: '/', search: {} })
})

it('leads back to the page with its search', () => {
  expect(nextPlace('/training/classes?q=%E4%BA%91&page=2')).toEqual({
    to: '/training/classes',
    search: { q: '云', page: '2' },
  })
})
