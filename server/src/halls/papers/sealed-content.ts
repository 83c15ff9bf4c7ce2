// Items and keys stand apart, each under the platform's key and bound to its paper.
import type { CryptoProvider } from '../../platform/crypto.ts'
import type { Key, Keys, PaperContent } from './paper.ts'

export function sealContent(crypto: CryptoProvider, paperId: string, content: PaperContent): Buffer {
  return crypto.encryptField(JSON.stringify(content), `halls.paper-items:${paperId}`)
}
export function openContent(
  crypto: CryptoProvider,
  paper: { id: string; itemsSealed: Buffer },
): PaperContent {
  return JSON.parse(crypto.decryptField(paper.itemsSealed, `halls.paper-items:${paper.id}`)) as PaperContent
}
export function sealKeys(crypto: CryptoProvider, paperId: string, keys: Keys): Buffer {
  return crypto.encryptField(JSON.stringify(keys), `halls.paper-keys:${paperId}`)
}
export function openKeys(crypto: CryptoProvider, paper: { id: string; keysSealed: Buffer }): Keys {
  return JSON.parse(crypto.decryptField(paper.keysSealed, `halls.paper-keys:${paper.id}`)) as Keys
}
/** A key that is proposed, or was in force before a change. */
export function sealKey(crypto: CryptoProvider, changeId: string, keys: { before: Key; after: Key }): Buffer {
  return crypto.encryptField(JSON.stringify(keys), `halls.key-change:${changeId}`)
}
export function openKey(crypto: CryptoProvider, change: { id: string; keySealed: Buffer }) {
  return JSON.parse(crypto.decryptField(change.keySealed, `halls.key-change:${change.id}`)) as {
    before: Key
    after: Key
  }
}
