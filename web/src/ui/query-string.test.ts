import { expect, it } from 'vitest'
import { queryString } from './query-string.ts'

it('refuses a value that a query string cannot carry', () => {
  expect(() => queryString({ at: { day: 1 } })).toThrow('query input at')
})

it('repeats arrays and encodes Chinese', () => {
  expect(queryString({ q: '云 计算', level: ['初级', '中级'] })).toBe(
    '?q=%E4%BA%91+%E8%AE%A1%E7%AE%97&level=%E5%88%9D%E7%BA%A7&level=%E4%B8%AD%E7%BA%A7',
  )
})

it('leaves out what is undefined, null or empty, and keeps zero and false', () => {
  expect(queryString({ a: undefined, b: null, c: '', d: 0, e: false, f: [undefined] })).toBe('?d=0&e=false')
})

it('is empty without input', () => {
  expect(queryString(undefined)).toBe('')
  expect(queryString({})).toBe('')
})
