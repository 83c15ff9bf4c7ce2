import { describe, expect, it } from 'vitest'
import { type Qualification, qualifiedToTeach } from './teacher.ts'

const thresholds = {
  初级: { title: '中级', certificate: '中级' },
  中级: { title: '中级', certificate: '中级' },
  高级: { title: '副高级', certificate: '高级' },
}
const held = (rest: Partial<Qualification>): Qualification => ({
  id: 'q',
  teacherId: 't',
  kind: 'title',
  level: '中级',
  occupationId: null,
  specialty: '计算机',
  documentNumber: null,
  obtainedOn: '2020-05-01',
  withdrawnOn: null,
  ...rest,
})
const ask = (level: '初级' | '中级' | '高级', on = '2026-03-02') => ({ occupationId: 'ai', level, on })

describe('whether a teacher may teach a level', () => {
  it.each([
    ['without any qualification', []],
    ['with a title below', [held({ level: '助理级' })]],
    [
      'with a certificate of another occupation',
      [held({ kind: 'level_certificate', level: '高级', occupationId: 'iot' })],
    ],
    ['with a title obtained only later', [held({ obtainedOn: '2026-03-03' })]],
    ['with a title withdrawn that day', [held({ withdrawnOn: '2026-03-02' })]],
    ['with a level nobody knows', [held({ level: '特级' })]],
  ])('no, %s', (_, qualifications) => {
    expect(qualifiedToTeach(qualifications, ask('初级'), thresholds)).toBe(false)
  })

  it('asks more of a teacher of 高级', () => {
    expect(qualifiedToTeach([held({})], ask('高级'), thresholds)).toBe(false)
    expect(qualifiedToTeach([held({ level: '副高级' })], ask('高级'), thresholds)).toBe(true)
  })

  it('takes a title or a certificate of the occupation, from the day it was obtained', () => {
    expect(qualifiedToTeach([held({})], ask('中级', '2020-05-01'), thresholds)).toBe(true)
    expect(
      qualifiedToTeach([held({ kind: 'level_certificate', occupationId: 'ai' })], ask('初级'), thresholds),
    ).toBe(true)
  })

  it('asks nothing where the province has set no threshold', () => {
    const open = { ...thresholds, 初级: { title: null, certificate: null } }
    expect(qualifiedToTeach([], ask('初级'), open)).toBe(true)
  })
})
