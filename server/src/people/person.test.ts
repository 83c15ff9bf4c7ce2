import { describe, expect, test } from 'vitest'
import { creditCheckCharacter, isCreditCode } from './organisations/organisation.ts'
import {
  checkCharacter,
  checkDocument,
  type DocumentType,
  maskedId,
  nameProblem,
  plainName,
} from './person.ts'

const TODAY = '2026-03-02'

describe('refuses', () => {
  test.each<[DocumentType, string, string]>([
    ['居民身份证', '11010519491231002', '位数'],
    ['居民身份证', '110105194912310021', '校验位'],
    ['居民身份证', '110105194902300020', '不存在的日期'],
    ['居民身份证', '110105202612310021', '未来的出生日期'],
    ['居民身份证', '990105194912310021', '地区代码'],
    ['港澳居民来往内地通行证', 'A12345678', '首字母'],
    ['台湾居民来往大陆通行证', '1234567', '位数'],
    ['外国人永久居留身份证', '911124198108031231', '校验位'],
    ['护照', 'ABCDEFGH', '没有数字'],
  ])('%s %s (%s)', (type, number) => {
    expect(checkDocument(type, number, TODAY).ok).toBe(false)
  })
  test.each<[DocumentType, string]>([
    ['居民身份证', 'Zhang San'],
    ['居民身份证', '张'],
    ['居民身份证', '张3'],
    ['护照', '1234'],
  ])('the name %s %s', (type, name) => {
    expect(nameProblem(type, name)).toBeDefined()
  })
})

test('reads the example of GB 11643', () => {
  expect(checkDocument('居民身份证', '11010519491231002x', TODAY)).toEqual({
    ok: true,
    reading: { number: '11010519491231002X', birthOn: '1949-12-31', sex: '女' },
  })
  expect(checkCharacter('11010519491231002')).toBe('X')
})

test('keeps renewals of a permit to one number', () => {
  const number = (raw: string) => {
    const check = checkDocument('港澳居民来往内地通行证', raw, TODAY)
    return check.ok && check.reading.number
  }
  expect(number('H1234567801')).toBe(number('h12345678'))
})

test('writes names as documents do', () => {
  expect(plainName(' 阿里木•买买提 ')).toBe('阿里木·买买提')
  expect(nameProblem('居民身份证', '阿里木·买买提')).toBeUndefined()
  expect(nameProblem('护照', 'Anna Example')).toBeUndefined()
})

test('masks what is in between', () => {
  expect(maskedId('420106199506151234')).toBe('420106********1234')
  expect(maskedId('H12345678')).toBe('H1*****78')
})

test('knows a credit code by its check character', () => {
  expect(isCreditCode(`91350100M000100Y4${creditCheckCharacter('91350100M000100Y4')}`)).toBe(true)
  expect(isCreditCode('91350100M000100Y43')).toBe(true)
  expect(isCreditCode('91350100M000100Y44')).toBe(false)
})
