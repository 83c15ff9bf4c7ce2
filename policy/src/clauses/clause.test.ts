import { expect, test } from 'vitest'
import { policy } from '../../testing/packs.ts'
import { clause, clauses } from './clause.ts'

const HUBEI = [
  'HB-1',
  'HB-2',
  'HB-3.1',
  'HB-3.2',
  'HB-3.3',
  'HB-4.1',
  'HB-4.2',
  'HB-4.3',
  'HB-4.4',
  ...Array.from({ length: 9 }, (_, i) => `HB-5.${i + 1}`),
  'HB-6.1',
  'HB-6.2',
  'HB-6.3',
  'HB-6.4',
]
const ANHUI = Array.from({ length: 18 }, (_, i) => `AH-${i + 1}`)

test('a clause the register does not know is undefined', () => {
  expect(clause(policy, 'HB-9')).toBeUndefined()
})
test('every clause of both texts is in the register, in the order of the texts', () => {
  const ids = clauses(policy).map((c) => c.id)
  expect(ids.filter((id) => id.startsWith('AH'))).toEqual(ANHUI)
  expect(ids.filter((id) => id.startsWith('HB'))).toEqual(HUBEI)
})
test('a clause that nothing carries out says so and why', () => {
  for (const c of clauses(policy)) {
    expect([c.id, c.implementedBy.length > 0]).toEqual([c.id, true])
    if (c.status === 'untouched')
      expect([c.id, c.implementedBy.every((i) => i.note !== undefined)]).toEqual([c.id, true])
  }
})
test('a clause names the rules, deadlines and workflows that rest on it', () => {
  const c = clause(policy, 'HB-4.4')!
  expect(c.status).toBe('rule')
  expect(c.implementedBy.map((i) => i.where)).toEqual(
    expect.arrayContaining([
      'engineer.declaration',
      'engineer.passing',
      '时限:hubei.result-report',
      'certificates',
    ]),
  )
  expect(clause(policy, 'HB-1')).toMatchObject({
    effectiveFrom: '2023-06-02',
    effectiveTo: '2030-12-31',
    documentNumber: '文号待核实（2023-06-02）',
  })
})
test('a draft is not in force', () => {
  expect(clause(policy, 'AH-5')).toMatchObject({ validity: '征求意见稿', effectiveFrom: null })
})
