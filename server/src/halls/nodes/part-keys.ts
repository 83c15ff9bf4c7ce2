// Until a part begins, its paper keys lie at the node under one more key. The province gives that key out when the part
// has begun; two custodians' codes open it together when the province cannot be reached.
import { hkdfSync, randomBytes, randomInt } from 'node:crypto'
import type { CryptoProvider } from '../../platform/crypto.ts'
import { decrypt, encrypt } from './envelope.ts'

export type PartKeys = Record<string, string>

export function newPartKeys(parts: readonly string[]): PartKeys {
  return Object.fromEntries(parts.map((part) => [part, randomBytes(32).toString('base64')]))
}

const contextOf = (packageId: string) => `halls.node-keys:${packageId}`

export function sealPartKeys(crypto: CryptoProvider, packageId: string, keys: PartKeys): Buffer {
  return crypto.encryptField(JSON.stringify(keys), contextOf(packageId))
}

export function openPartKeys(crypto: CryptoProvider, packageId: string, sealed: Buffer): PartKeys {
  return JSON.parse(crypto.decryptField(sealed, contextOf(packageId))) as PartKeys
}

const attemptContext = (attemptId: string) => Buffer.from(`halls.node-paper:${attemptId}`)

export function wrapPaperKey(partKey: string, attemptId: string, paperKey: string): Buffer {
  return encrypt(Buffer.from(partKey, 'base64'), Buffer.from(paperKey, 'base64'), attemptContext(attemptId))
}

/** Throws when the key is not that of the part. */
export function unwrapPaperKey(partKey: string, attemptId: string, wrapped: Uint8Array): Buffer {
  return decrypt(Buffer.from(partKey, 'base64'), wrapped, attemptContext(attemptId))
}

/** Base 32 without letters that are mistaken for each other when read out. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LETTERS = 16

/** 80 bits, in fours. */
export function aCode(): string {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** As typed: without spaces and hyphens, in capitals. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z2-9]/g, '')
}

function custodyKey(packageId: string, codes: readonly [string, string]): Buffer {
  const both = codes.map(plainCode).sort().join('|')
  return Buffer.from(hkdfSync('sha256', both, packageId, 'hall-node-custody', 32))
}

export function wrapForCustody(
  packageId: string,
  codes: readonly [string, string],
  keys: PartKeys,
): Record<string, string> {
  const key = custodyKey(packageId, codes)
  return Object.fromEntries(
    Object.entries(keys).map(([part, partKey]) => [
      part,
      encrypt(key, Buffer.from(partKey, 'base64'), Buffer.from(part)).toString('base64'),
    ]),
  )
}

/** Undefined when the codes are not those of this package: one code alone opens nothing. */
export function openByCustody(
  packageId: string,
  codes: readonly [string, string],
  wrapped: string,
  part: string,
): string | undefined {
  try {
    return decrypt(custodyKey(packageId, codes), Buffer.from(wrapped, 'base64'), Buffer.from(part)).toString(
      'base64',
    )
  } catch {
    return undefined
  }
}
