import { z } from 'zod'
import type { Day } from '../platform/clock.ts'

/**
 * A person exists once, whatever the number of accounts asking for it: (document type, keyed hash of the number)
 * is unique. The number itself is encrypted; lists show `maskedIdNumber`; a read in full states its purpose.
 */
export const DOCUMENT_TYPES = [
  '居民身份证',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '外国人永久居留身份证',
  '护照',
] as const
export const documentType = z.enum(DOCUMENT_TYPES)
export type DocumentType = (typeof DOCUMENT_TYPES)[number]
export type Sex = '男' | '女'

export interface DocumentReading {
  /** Normalised: the form in which the same document is always the same text. */
  number: string
  /** What the number itself tells, where it does. */
  birthOn?: Day
  sex?: Sex
}
export type DocumentCheck = { ok: true; reading: DocumentReading } | { ok: false; problem: string }

// Province digits of GB/T 2260; 81–83 are residence permits of Hong Kong, Macao and Taiwan residents.
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** Check character of an 18-digit number by ISO 7064 MOD 11-2 (GB 11643). */
export function checkCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i += 1) sum += Number(first17[i]) * (WEIGHTS[i] ?? 0)
  return CHECK_CHARACTERS[sum % 11] ?? ''
}

function civilDay(digits: string): Day | undefined {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : undefined
}

function residentNumber(number: string, today: Day): DocumentCheck {
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, problem: '身份证号码应为 18 位，末位可以是 X' }
  if (!PROVINCES.test(number)) return { ok: false, problem: '身份证号码前两位不是有效的地区代码，请核对' }
  return datedNumber(number, today)
}

function datedNumber(number: string, today: Day): DocumentCheck {
  const birthOn = civilDay(number.slice(6, 14))
  if (!birthOn || birthOn > today || birthOn < '1900-01-01') {
    return { ok: false, problem: '号码中的出生日期（第 7 至 14 位）不是有效日期，请核对' }
  }
  if (checkCharacter(number) !== number[17]) {
    return { ok: false, problem: '号码最后一位校验不符，可能有一位输错，请逐位核对' }
  }
  return { ok: true, reading: { number, birthOn, sex: Number(number[16]) % 2 === 1 ? '男' : '女' } }
}

function permanentResidence(number: string, today: Day): DocumentCheck {
  // Cards since 2023-12 carry 18 digits beginning with 9; earlier ones three letters and twelve digits.
  if (/^9\d{16}[\dX]$/.test(number)) return datedNumber(number, today)
  if (/^[A-Z]{3}\d{12}$/.test(number)) return { ok: true, reading: { number } }
  return { ok: false, problem: '永久居留身份证号码应为 18 位（9 开头），或 3 位字母加 12 位数字' }
}

/** Form, check digit and dates of a document number; says in plain words what to look at. */
export function checkDocument(type: DocumentType, raw: string, today: Day): DocumentCheck {
  const number = raw.replace(/[\s-]/g, '').toUpperCase()
  const form = (pattern: RegExp, keep: number, problem: string): DocumentCheck =>
    pattern.test(number) ? { ok: true, reading: { number: number.slice(0, keep) } } : { ok: false, problem }
  switch (type) {
    case '居民身份证':
      return residentNumber(number, today)
    // The last two digits count renewals: they are not part of who it is.
    case '港澳居民来往内地通行证':
      return form(/^[HM]\d{8}(\d{2})?$/, 9, '通行证号码应为 H 或 M 开头，后接 8 位数字')
    case '台湾居民来往大陆通行证':
      return form(/^\d{8}(\d{2})?$/, 8, '通行证号码应为 8 位数字')
    case '外国人永久居留身份证':
      return permanentResidence(number, today)
    case '护照':
      return form(/^(?=.*\d)[A-Z0-9]{6,12}$/, 12, '护照号码应为 6 至 12 位字母和数字')
  }
}

/** `420106********1234`: enough to recognise one's own, too little to use. */
export function maskedId(number: string): string {
  if (number.length === 18) return `${number.slice(0, 6)}${'*'.repeat(8)}${number.slice(14)}`
  return `${number.slice(0, 2)}${'*'.repeat(Math.max(2, number.length - 4))}${number.slice(-2)}`
}

export function maskedPhone(phone: string | null): string | null {
  return phone && `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/** A name as documents write it: `·` between the parts of a transliterated name, single spaces in a Latin one. */
export function plainName(raw: string): string {
  return raw
    .normalize('NFKC')
    .trim()
    .replace(/[•‧・．.]/g, '·')
    .replace(/\s+/g, ' ')
}

export function nameProblem(type: DocumentType, name: string): string | undefined {
  if (/^\p{Script=Han}+(·\p{Script=Han}+)*$/u.test(name) && name.length >= 2 && name.length <= 30) return
  const foreign = type === '护照' || type === '外国人永久居留身份证'
  if (foreign && /^[\p{L}][\p{L}' ·-]{1,59}$/u.test(name)) return
  return foreign ? '姓名应与证件上的写法一致' : '姓名应为证件上的汉字姓名，中间的点请用「·」'
}

export const phone = z.string().regex(/^1[3-9]\d{9}$/, '请填写 11 位手机号码')
