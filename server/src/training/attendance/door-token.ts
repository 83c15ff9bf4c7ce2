import type { CryptoProvider } from '../../platform/crypto.ts'

/**
 * The rotating code at the door: lesson, 15-second window of the server's clock, and a keyed tag over both.
 * A photo sent to somebody who stayed at home is worth nothing half a minute later.
 */
export const WINDOW_SECONDS = 15
const CONTEXT = 'training.door'

export function windowOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / WINDOW_SECONDS)
}

export function doorToken(crypto: CryptoProvider, lessonId: string, at: Date): string {
  const window = windowOf(at)
  return `${window}.${crypto.tag(`${lessonId}:${window}`, CONTEXT)}`
}

export type TokenVerdict = 'good' | 'expired' | 'forged'

/** Holds in its own window and the one after it: scanning takes a moment. */
export function checkDoorToken(
  crypto: CryptoProvider,
  lessonId: string,
  token: string,
  at: Date,
): TokenVerdict {
  const [windowText, tag] = token.split('.')
  const window = Number(windowText)
  if (!Number.isSafeInteger(window) || !tag) return 'forged'
  // A keyed tag of 128 bits compared as text: guessing it byte by byte over HTTP takes longer than its window.
  if (crypto.tag(`${lessonId}:${window}`, CONTEXT) !== tag) return 'forged'
  const age = windowOf(at) - window
  return age === 0 || age === 1 ? 'good' : 'expired'
}
