import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { openBytes } from './face-template.ts'
import { findPhoto } from './store/photos.ts'

/** The registered photo's bytes; undefined when there is none, or its key is gone. Who may see it is the caller's to check. */
export async function photoOf(
  app: App,
  tx: Tx,
  personId: string,
): Promise<{ bytes: Buffer; mediaType: string } | undefined> {
  const photo = await findPhoto(tx, personId)
  if (!photo?.keySealed) return undefined
  const sealed = await app.storage.get(photo.key)
  assert(sealed, `photo ${photo.id} has no object`)
  const bytes = openBytes(app.crypto, { sealed, keySealed: photo.keySealed }, `face-photo:${photo.id}`)
  assert(app.crypto.sha256(bytes) === photo.sha256, `photo ${photo.id} is not what was registered`)
  return { bytes, mediaType: photo.mediaType }
}
