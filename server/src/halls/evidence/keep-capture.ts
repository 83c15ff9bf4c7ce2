import { randomUUID } from 'node:crypto'
import type { Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import type { Verdict } from '../faces/face.ts'
import { openBytes, sealBytes } from '../gates/face-template.ts'
import { type Capture, type CaptureReason, insertCapture } from './store/captures.ts'

/** A picture on its way in: encrypted and stored, not yet on record. */
export interface StoredPicture {
  id: string
  key: string
  keySealed: Buffer
  bytes: number
  sha256: string
}

/** Stores a picture under a key of its own; the row that `keepCapture` writes makes it count. */
export async function storePicture(app: App, picture: Uint8Array): Promise<StoredPicture> {
  const id = randomUUID()
  const key = `capture/${app.clock.today().replaceAll('-', '/')}/${id}`
  const { sealed, keySealed } = sealBytes(app.crypto, picture, `capture:${id}`)
  await app.storage.put(key, sealed, 'application/octet-stream')
  return { id, key, keySealed, bytes: picture.byteLength, sha256: app.crypto.sha256(picture) }
}

export interface CaptureOf {
  sittingId: string
  attemptId: string | null
  candidateId: string
  hallId: string
  reason: CaptureReason
  clientAt: Date | null
  at: Date
  /** Already looked at, as at the door; else it waits for its comparison. */
  compared?: { outcome: Verdict; score: number | null } | null
}

/** False when this very picture of the attempt is on record already: sent twice counts once. */
export function keepCapture(tx: Tx, picture: StoredPicture, of: CaptureOf): Promise<boolean> {
  return insertCapture(tx, {
    ...picture,
    ...of,
    compared: of.compared ?? null,
    waits: of.compared === undefined,
  })
}

/** A picture as a browser shows it. */
export function pictureFile(bytes: Buffer): Download {
  const png = bytes.readUInt32BE(0) === 0x89504e47
  return {
    fileName: png ? '抓拍.png' : '抓拍.jpg',
    mediaType: png ? 'image/png' : 'image/jpeg',
    bytes,
    inline: true,
  }
}

/** A capture's picture; undefined once its key is gone. Who may see it is the caller's to check. */
export async function pictureOf(
  app: App,
  capture: Pick<Capture, 'id' | 'key' | 'keySealed' | 'sha256'>,
): Promise<Buffer | undefined> {
  if (!capture.keySealed) return undefined
  const sealed = await app.storage.get(capture.key)
  assert(sealed, `capture ${capture.id} has no object`)
  const bytes = openBytes(app.crypto, { sealed, keySealed: capture.keySealed }, `capture:${capture.id}`)
  assert(app.crypto.sha256(bytes) === capture.sha256, `capture ${capture.id} is not what was taken`)
  return bytes
}
