import { scopeOf } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { events } from './audit-events.ts'
import { photoOf } from './open-photo.ts'
import { no } from './refusals.ts'
import { findAnySitting } from './store/door.ts'
import { findCandidateOfTicket } from './store/photos.ts'

/**
 * The registered photo of a candidate, for whoever has to hold it against a face: the purpose is fixed, the look is on
 * record before the picture leaves.
 */
export async function lookAtRegisteredPhoto(
  app: App,
  actor: Actor,
  input: { sittingId: string; ticketNumber: string; purpose: string },
): Promise<Result<Download, RefusalOf<typeof no, 'PICTURE_NOT_FOUND'>>> {
  const sitting = await findAnySitting(app.db, input.sittingId, scopeOf(actor))
  const candidate = sitting && (await findCandidateOfTicket(app.db, input))
  const photo = candidate && (await photoOf(app, app.db, candidate.personId))
  if (!candidate || !photo) return refuse(no.PICTURE_NOT_FOUND())
  await record(app.db, {
    name: events['photo.seen'],
    at: app.clock.now(),
    actor,
    subjects: [`person:${candidate.personId}`, `candidate:${candidate.candidateId}`],
    data: { what: '登记照片', purpose: input.purpose, capture: null },
  })
  return ok({ fileName: '登记照片.jpg', mediaType: photo.mediaType, bytes: photo.bytes, inline: true })
}
