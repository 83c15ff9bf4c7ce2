import { scopeOf } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { no } from './refusals.ts'
import { type RegisteredPhoto, type RegisterPhotoRefusal, registerPhoto } from './register-photo.ts'
import { findAnySitting } from './store/door.ts'
import { findCandidateOfTicket } from './store/photos.ts'

/**
 * Staff take the photo of a candidate who is there. `consented`: the candidate has read the text on this screen and
 * agreed by itself; staff cannot agree for anybody.
 */
export async function registerCandidatePhoto(
  app: App,
  actor: Actor,
  input: { sittingId: string; ticketNumber: string; consented: boolean; picture: Uint8Array | undefined },
): Promise<
  Result<RegisteredPhoto, RegisterPhotoRefusal | RefusalOf<typeof no, 'CANDIDATE_TICKET_NOT_FOUND'>>
> {
  const sitting = await findAnySitting(app.db, input.sittingId, scopeOf(actor))
  const candidate = sitting && (await findCandidateOfTicket(app.db, input))
  if (!candidate) return refuse(no.CANDIDATE_TICKET_NOT_FOUND())
  return registerPhoto(app, actor, {
    personId: candidate.personId,
    provinceCode: candidate.provinceCode,
    picture: input.picture,
    consent: input.consented,
    where: `本人当面同意，${actor.name}采集`,
  })
}
