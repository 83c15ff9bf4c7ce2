import { expect, it } from 'vitest'
import { chineseNumber, clauseLabel } from './clause-label.ts'

it.each([
  ['HB-4.1', '鄂·四（一）'],
  ['HB-1', '鄂·一'],
  ['AH-16', '皖·十六'],
  ['STD-1.9.2', '国标·1.9.2'],
  ['CIVIL-201', '民法典·第 201 条'],
  ['M71-AUDIENCE', '国家实施办法'],
  ['XX-3', 'XX-3'],
  ['人社部发〔2021〕71号', '人社部发〔2021〕71号'],
])('%s reads %s', (id, label) => {
  expect(clauseLabel(id)).toBe(label)
})

it('counts as the Chinese do', () => {
  expect([1, 10, 11, 20, 25, 99].map(chineseNumber)).toEqual(['一', '十', '十一', '二十', '二十五', '九十九'])
})
