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
