import { createHash } from 'node:crypto'
import type { CryptoProvider } from '../../platform/crypto.ts'

/** Key of the sealed export of one lease, base64 of 32 bytes: kept by nobody, reckoned again when a file comes in. */
export function exportKeyOf(crypto: CryptoProvider, attemptId: string, leaseHash: string): string {
  const tag = crypto.tag(`${attemptId}\n${leaseHash}`, 'halls.sealed-export')
  return createHash('sha256').update(tag).digest('base64')
}
