// How province and node speak: JSON, signed by who speaks, packed, encrypted under a key both have from the node's
// secret. TLS protects the line; this holds also where a site's line does not, and in a copy of the message.
import { createCipheriv, createDecipheriv, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { CryptoProvider } from '../../platform/crypto.ts'
import { sha256Of } from './node.ts'

export interface Signed {
  /** The JSON that was signed, as text. */
  body: string
  signature: string
  /** SPKI, base64. */
  publicKey: string
}
export type Direction = 'request' | 'answer'

/** The most a message may unpack to. */
const MOST_BYTES = 512 * 1024 * 1024

export class EnvelopeBroken extends Error {}

export function transportKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'shujiang', 'hall-node-transport', 32))
}

export function statementOf(path: string, direction: Direction, body: string): string {
  return ['shujiang hall node/1', path, direction, sha256Of(body)].join('\n')
}

export function sealMessage(
  crypto: CryptoProvider,
  of: { secret: string; path: string; direction: Direction; content: unknown },
): Buffer {
  const body = JSON.stringify(of.content)
  const signed: Signed = {
    body,
    signature: crypto.sign(statementOf(of.path, of.direction, body)).value,
    publicKey: crypto.publicKeys()[0]?.spki ?? '',
  }
  return encrypt(transportKey(of.secret), gzipSync(JSON.stringify(signed), { level: 1 }), aad(of))
}

/** Throws `EnvelopeBroken` when a byte has changed or the signature is not that of the key inside. */
export function openMessage(
  sealed: Uint8Array,
  of: { secret: string; path: string; direction: Direction },
): Signed {
  try {
    const packed = decrypt(transportKey(of.secret), sealed, aad(of))
    const signed = JSON.parse(gunzipSync(packed, { maxOutputLength: MOST_BYTES }).toString('utf8')) as Signed
    if (!signedBy(signed, statementOf(of.path, of.direction, signed.body))) throw new Error('signature')
    return signed
  } catch (error) {
    throw new EnvelopeBroken('the message is not what was sent', { cause: error })
  }
}

export function signedBy(signed: Pick<Signed, 'signature' | 'publicKey'>, statement: string): boolean {
  const key = createPublicKey({ key: Buffer.from(signed.publicKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(statement), key, Buffer.from(signed.signature, 'base64url'))
}

function aad({ path, direction }: { path: string; direction: Direction }): Buffer {
  return Buffer.from(`${path}\n${direction}`)
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** iv ‖ AES-256-GCM ciphertext ‖ tag. */
export function encrypt(key: Uint8Array, plain: Uint8Array, context: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when key or context is another, or a byte has changed. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Buffer {
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(context)
    .setAuthTag(sealed.subarray(end))
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, end)), decipher.final()])
}
