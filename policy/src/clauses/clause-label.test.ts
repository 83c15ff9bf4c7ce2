import { expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { decide } from '../rules/decide.ts'
import { clauseLabel } from './clause-label.ts'

test('an id of a form nobody has named shows as it is', () => {
  expect(clauseLabel('XX-1')).toBe('XX-1')
})
test('every clause of the packs has a Chinese label', () => {
  expect([...policy.clauses.keys()].filter((id) => /^[A-Z]/.test(clauseLabel(id)))).toEqual([])
})
test.each([
  ['HB-6.2', '鄂·六（二）'],
  ['AH-4', '皖·四'],
  ['AH-16', '皖·十六'],
  ['HB-4.1', '鄂·四（一）'],
  ['HB-1', '鄂·一'],
  ['STD-1.9.1', '国标·1.9.1'],
  ['CIVIL-201', '民法典·第201条'],
  ['M71-AUDIENCE', '国家实施办法'],
  ['人社部发〔2021〕71号', '人社部发〔2021〕71号'],
  ['SKILL-2018', '技术规程·2018年版'],
])('%s is said %s', (id, label) => {
  expect(clauseLabel(id)).toBe(label)
})
test('a sentence cites by the label and never by the id', () => {
  const { sentence } = decide(policy, {
    rule: 'hubei.audience',
    jurisdiction: 'hubei',
    facts: {},
    on: '2026-03-01',
  })
  expect(sentence).toContain('鄂·二')
  expect(sentence).not.toMatch(/HB-\d/)
})
