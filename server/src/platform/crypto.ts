import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

/**
 * The one door to cryptography, so that a certified device or service can stand behind it.
 * Field encryption is AES-256-GCM; the blind index is a keyed hash, equal for equal input, so that an encrypted
 * field can still be found.
 */
export interface CryptoProvider {
  /** Encrypts a personal field. `context` binds the ciphertext to its use: another context does not decrypt it. */
  encryptField(plain: string, context: string): Buffer
  decryptField(sealed: Buffer, context: string): string
  /** Encrypts under a fresh key of its own: 12 bytes IV, AES-256-GCM ciphertext, 16 bytes tag, as WebCrypto reads it. */
  sealApart(plain: Uint8Array): { key: Buffer; sealed: Buffer }
  /** Throws when the key is another or a byte has changed. */
  openApart(sealed: Uint8Array, key: Uint8Array): Buffer
  blindIndex(plain: string, context: string): Buffer
  /** A keyed tag over a short text, for tokens that expire (door QR, receipts): URL-safe. */
  tag(text: string, context: string): string
  sha256(bytes: Uint8Array | string): string
  /** An unguessable public identifier, `bytes` of randomness, URL-safe. */
  randomCode(bytes?: number): string
  /** Signs a statement that must stay checkable for decades: key id and algorithm are kept beside it. */
  sign(statement: string): Signature
  /** False also for a key this provider does not know. */
  verify(statement: string, signature: Signature): boolean
  /** Public keys (SPKI, base64) by id, for those who check without us: the one in use first, then the former ones. */
  publicKeys(): { keyId: string; algorithm: 'Ed25519'; spki: string }[]
}

export interface Signature {
  keyId: string
  algorithm: 'Ed25519'
  /** base64url */
  value: string
}

const VERSION = 1
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
/** PKCS #8 of an Ed25519 key, up to its 32 secret bytes (RFC 8410). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** `formerKeys`: public keys (SPKI, base64) that signed before; what they signed stays checkable. */
export function localCrypto(masterKey: string, formerKeys: readonly string[] = []): CryptoProvider {
  const derive = (label: string) => Buffer.from(hkdfSync('sha256', masterKey, 'shujiang', label, 32))
  const fieldKey = derive('field-encryption')
  const indexKey = derive('blind-index')
  const tagKey = derive('tags')
  const signingKey = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, derive('statement-signing')]),
    format: 'der',
    type: 'pkcs8',
  })
  const known = [createPublicKey(signingKey), ...formerKeys.map(publicKeyOf)].map((publicKey) => {
    const spki = publicKey.export({ format: 'der', type: 'spki' })
    const keyId = `ed25519-${createHash('sha256').update(spki).digest('hex').slice(0, 16)}`
    return { keyId, publicKey, spki: spki.toString('base64') }
  })
  const keyId = known[0]?.keyId ?? ''
  return {
    encryptField(plain, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', fieldKey, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body])
    },
    decryptField(sealed, context) {
      if (sealed[0] !== VERSION) throw new Error('unknown ciphertext version')
      const iv = sealed.subarray(1, 1 + IV_BYTES)
      const authTag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', fieldKey, iv)
        .setAAD(Buffer.from(context))
        .setAuthTag(authTag)
      const body = sealed.subarray(1 + IV_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    sealApart(plain) {
      const key = randomBytes(KEY_BYTES)
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return { key, sealed: Buffer.concat([iv, body, cipher.getAuthTag()]) }
    },
    openApart(sealed, key) {
      const end = sealed.length - TAG_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      }).setAuthTag(sealed.subarray(end))
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, end)), decipher.final()])
    },
    blindIndex: (plain, context) => createHmac('sha256', indexKey).update(`${context}\0${plain}`).digest(),
    tag: (text, context) =>
      createHmac('sha256', tagKey).update(`${context}\0${text}`).digest('base64url').slice(0, 22),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    randomCode: (bytes = 16) => randomBytes(bytes).toString('base64url'),
    sign: (statement) => ({
      keyId,
      algorithm: 'Ed25519',
      value: sign(null, Buffer.from(statement), signingKey).toString('base64url'),
    }),
    verify: (statement, signature) => {
      const key = known.find((one) => one.keyId === signature.keyId)
      return (
        key !== undefined &&
        signature.algorithm === 'Ed25519' &&
        verify(null, Buffer.from(statement), key.publicKey, Buffer.from(signature.value, 'base64url'))
      )
    },
    publicKeys: () => known.map(({ keyId, spki }) => ({ keyId, algorithm: 'Ed25519', spki })),
  }
}

function publicKeyOf(spki: string) {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
}
