import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueue } from '../../platform/jobs.ts'
import { events } from './audit-events.ts'
import { setConsentsDeclined } from './store/admissions.ts'
import { destroyPhotos, destroyTemplate } from './store/photos.ts'

export type ForgetReason = 'withdrawn' | 'period_over'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Objects whose keys are destroyed: noise that still takes space. */
    'halls.remove-objects': { keys: string[] }
  }
}

/**
 * Destroys the keys of a person's template and photos, with a record that says what was deleted, why and how long it
 * had been stored. False when there was nothing.
 */
export async function forgetFace(
  tx: Tx,
  app: App,
  input: { personId: string; reason: ForgetReason; actor: Actor },
): Promise<boolean> {
  const at = app.clock.now()
  const template = await destroyTemplate(tx, input.personId, input.reason, at)
  const photos = await destroyPhotos(tx, input.personId, input.reason, at)
  if (input.reason === 'withdrawn') await setConsentsDeclined(tx, input.personId)
  if (!template && photos.length === 0) return false
  await enqueue(tx, 'halls.remove-objects', { keys: photos.map((one) => one.key) })
  await record(tx, {
    name: events['face.deleted'],
    at,
    actor: input.actor,
    subjects: [`person:${input.personId}`],
    data: {
      reason: input.reason,
      model: template?.model ?? null,
      storedSince: (template?.createdAt ?? photos[0]?.registeredAt)?.toISOString() ?? null,
      deleteAfter: template?.deleteAfter ?? null,
      templates: template ? 1 : 0,
      photos: photos.length,
      sha256: photos.map((one) => one.sha256),
    },
  })
  return true
}
