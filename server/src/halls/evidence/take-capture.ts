import type { App } from '../../platform/app.ts'
import { enqueue } from '../../platform/jobs.ts'
import { sniffMediaType } from '../../platform/media-type.ts'
import { ok, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { CaptureReceived } from '../attempts/wire.ts'
import type { RoomSecrets } from '../room-call.ts'
import { holderOfAttempt } from './holder-of-attempt.ts'
import { keepCapture, storePicture } from './keep-capture.ts'
import { no } from './refusals.ts'

/**
 * `POST capture`: keeps a picture and leaves its comparison to a job. Answers go their own way past all of this. The
 * same picture again is the same capture.
 */
export async function takeCapture(
  app: App,
  secrets: RoomSecrets,
  input: { clientAt: Date; reason: 'random' | 'event' | 'asked' },
  picture: Buffer | undefined,
): Promise<Result<CaptureReceived>> {
  if (!picture) return refuse(no.EVIDENCE_MISSING())
  const type = sniffMediaType(picture)
  if (type !== 'image/jpeg' && type !== 'image/png') return refuse(no.EVIDENCE_NOT_FIT({ kind: '照片' }))
  const holder = await holderOfAttempt(app, secrets)
  if (!holder.ok) return holder
  const { sittingId, id: attemptId, candidateId, hallId } = holder.value
  if (!hallId) return refuse(no.EVIDENCE_NOT_FOUND())
  const stored = await storePicture(app, picture)
  const kept = await transact(app.db, async (tx) => {
    const known = !(await keepCapture(tx, stored, {
      sittingId,
      attemptId,
      candidateId,
      hallId,
      reason: input.reason,
      clientAt: input.clientAt,
      at: app.clock.now(),
    }))
    if (!known) await enqueue(tx, 'halls.compare-captures', {}, { key: 'halls.compare-captures' })
    return ok({ known })
  })
  if (!kept.ok) return kept
  if (kept.value.known) await app.storage.remove(stored.key)
  return ok({ sha256: stored.sha256 })
}
