// A template is encrypted under a key of its own, and that key under the platform's: when the key is gone, so is the
// template, in every copy and backup (crypto-shredding).
import type { CryptoProvider } from '../../platform/crypto.ts'

export interface SealedApart {
  sealed: Buffer
  keySealed: Buffer
}

export function sealBytes(crypto: CryptoProvider, plain: Uint8Array, context: string): SealedApart {
  const { key, sealed } = crypto.sealApart(plain)
  return { sealed, keySealed: crypto.encryptField(key.toString('base64'), context) }
}

export function openBytes(
  crypto: CryptoProvider,
  { sealed, keySealed }: { sealed: Uint8Array; keySealed: Buffer },
  context: string,
): Buffer {
  return crypto.openApart(sealed, Buffer.from(crypto.decryptField(keySealed, context), 'base64'))
}

const contextOf = (personId: string) => `face-template:${personId}`

export function sealTemplate(crypto: CryptoProvider, personId: string, embedding: Float32Array): SealedApart {
  return sealBytes(
    crypto,
    Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength),
    contextOf(personId),
  )
}

export function openTemplate(
  crypto: CryptoProvider,
  personId: string,
  stored: { templateSealed: Buffer | null; keySealed: Buffer | null },
): Float32Array | undefined {
  if (!stored.templateSealed || !stored.keySealed) return undefined
  const bytes = openBytes(
    crypto,
    { sealed: stored.templateSealed, keySealed: stored.keySealed },
    contextOf(personId),
  )
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
