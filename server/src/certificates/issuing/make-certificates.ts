import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordKnownFacts } from '../../people/index.ts'
import type { Actor, Level } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { takeNumbers } from '../../platform/numbering.ts'
import { type LevelCertificate, statementOf } from '../level-certificate.ts'
import { insertCertificates, type NewCertificate, numberPattern } from '../store/certificates.ts'

/**
 * The official numbering rule was not found (facts: certificates.level_numbering, missing): a number is opaque, its
 * form a setting of the province, and until one is confirmed this one of ours, shown as 待核实.
 */
export const OWN_PATTERN = 'SZ{province}{year}{level}{serial:6}'
const pattern = z.string().regex(/\{serial:[4-9]\}/)
const LEVEL_DIGIT: Record<Level, string> = { 初级: '1', 中级: '2', 高级: '3' }

export async function takeCertificateNumbers(
  tx: Tx,
  ask: { provinceCode: string; level: Level; on: Day; count: number },
): Promise<string[]> {
  const setting = await numberPattern(tx, ask.provinceCode, ask.on)
  const form = setting ? pattern.parse(setting.value) : OWN_PATTERN
  const year = ask.on.slice(0, 4)
  const first = await takeNumbers(
    tx,
    `certificates.level.${ask.provinceCode}.${year}.${ask.level}`,
    ask.count,
  )
  return Array.from({ length: ask.count }, (_, at) =>
    form
      .replace('{province}', ask.provinceCode.slice(0, 2))
      .replace('{year}', year)
      .replace('{level}', LEVEL_DIGIT[ask.level])
      .replace(/\{serial:(\d)\}/, (_match, digits) => String(first + at).padStart(Number(digits), '0')),
  )
}

type Words = Pick<
  LevelCertificate,
  | 'personId'
  | 'holderName'
  | 'maskedIdNumber'
  | 'occupationId'
  | 'occupationName'
  | 'direction'
  | 'level'
  | 'organisationId'
  | 'organisationName'
  | 'provinceCode'
  | 'cityCode'
  | 'reportItemId'
  | 'supersedesId'
>

/**
 * What somebody holds is a verified fact about them: the conditions of the next level count from it, and nobody may
 * declare the same level twice (HB-4.4).
 */
export function holdLevels(tx: Tx, app: App, actor: Actor, made: NewCertificate[]): Promise<void> {
  return recordKnownFacts(tx, app, {
    actor,
    kind: 'levelCertificates',
    facts: made.map((one) => ({
      personId: one.personId,
      value: { occupation: one.occupationId, level: one.level, number: one.number, issuedOn: one.issuedOn },
    })),
  })
}

/** Numbers, codes, statements and signatures for certificates of one province and level, and their rows. */
export async function makeCertificates(
  tx: Tx,
  app: App,
  words: Words[],
  issue: { provinceCode: string; level: Level; on: Day; supersedes: string | null },
): Promise<NewCertificate[]> {
  const numbers = await takeCertificateNumbers(tx, { ...issue, count: words.length })
  const made = words.map((word, at): NewCertificate => {
    const certificate = { ...word, number: numbers[at] as string, issuedOn: issue.on }
    const statement = statementOf(certificate, issue.supersedes)
    const { keyId, value } = app.crypto.sign(statement)
    return {
      ...certificate,
      id: randomUUID(),
      code: app.crypto.randomCode(),
      statement,
      signature: value,
      keyId,
    }
  })
  await insertCertificates(tx, made)
  return made
}
