// The key of one candidate's paper: kept under the platform's own key, given out at the start instant and not before.
import type { CryptoProvider } from '../../platform/crypto.ts'

const contextOf = (attemptId: string) => `halls.paper-key:${attemptId}`

export function keepPaperKey(crypto: CryptoProvider, attemptId: string, key: Buffer): Buffer {
  return crypto.encryptField(key.toString('base64'), contextOf(attemptId))
}

/** The 32 bytes in base64, as the room's `start` hands them out. Who may have it, and when, is the caller's to check. */
export function openPaperKey(crypto: CryptoProvider, attemptId: string, keySealed: Buffer): string {
  return crypto.decryptField(keySealed, contextOf(attemptId))
}

/** What a hall node holds before the start: the key under another key that is not there yet. */
const HELD_BACK = Buffer.from([0x4e])

export function holdBack(wrapped: Uint8Array): Buffer {
  return Buffer.concat([HELD_BACK, wrapped])
}

export function isHeldBack(keySealed: Buffer): boolean {
  return keySealed[0] === HELD_BACK[0]
}

export function heldBackPart(keySealed: Buffer): Buffer {
  return keySealed.subarray(HELD_BACK.length)
}
