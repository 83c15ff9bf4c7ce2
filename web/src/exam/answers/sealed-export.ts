// The last resort: what the server never got, in a file only the server can open. The invigilator carries it.
import type { SealedAnswers, SealedExport } from '../../../../server/src/halls/attempts/wire.ts'
import { sha256, toBase64 } from '../paper/bytes.ts'

const FORMAT = 'shujiang-sealed-export/1'
const IV_BYTES = 12

/**
 * Encrypts under a key that server and lease alone have (HKDF-SHA-256 over the `exportKey` of `enter`, salt = the
 * attempt, info = the format), bound to attempt, lease and time: another candidate's, an older lease's or a changed
 * file does not open.
 */
export async function sealAnswers(
  by: { attempt: string; lease: string; exportKey: string; madeAt: string },
  answers: SealedAnswers,
): Promise<SealedExport> {
  const text = new TextEncoder()
  const lease = await sha256(text.encode(by.lease))
  const material = await crypto.subtle.importKey('raw', text.encode(by.exportKey), 'HKDF', false, [
    'deriveKey',
  ])
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: text.encode(by.attempt), info: text.encode(FORMAT) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  )
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const additionalData = text.encode(`${FORMAT}\n${by.attempt}\n${lease}\n${by.madeAt}`)
  const body = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    text.encode(JSON.stringify(answers)),
  )
  const sealed = new Uint8Array(IV_BYTES + body.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(body), IV_BYTES)
  return { format: FORMAT, attempt: by.attempt, lease, madeAt: by.madeAt, body: toBase64(sealed) }
}
