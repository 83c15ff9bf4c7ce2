import type { Paper } from '../../../../server/src/halls/attempts/wire.ts'
import { fromBase64 } from './bytes.ts'

const IV_BYTES = 12

/** The key of the paper, kept so that a page that is loaded anew without a line still opens it; it cannot be read out. */
export function importPaperKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, ['decrypt'])
}

/** Opens the sealed paper (attempts/wire.ts says how it is sealed). Throws when the key is another's or a byte was changed. */
export async function openPaper(cipher: string, key: CryptoKey): Promise<Paper> {
  const sealed = fromBase64(cipher)
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: sealed.subarray(0, IV_BYTES) },
    key,
    sealed.subarray(IV_BYTES),
  )
  return JSON.parse(new TextDecoder().decode(plain)) as Paper
}
