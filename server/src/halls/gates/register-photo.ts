import { randomUUID } from 'node:crypto'
import { giveConsentIn, standingConsent } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { addDays, dayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { sniffMediaType } from '../../platform/media-type.ts'
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRulesOf } from '../arrangements/hall-rules-of.ts'
import { FACE_MODEL, type Looked, type PhotoFinding, photoFindings } from '../faces/face.ts'
import { facesOf } from '../faces/face-pool.ts'
import { events } from './audit-events.ts'
import { sealBytes, sealTemplate } from './face-template.ts'
import { no } from './refusals.ts'
import { destroyPhotos, destroyTemplate, insertPhoto, lastSittingOf, saveTemplate } from './store/photos.ts'

export type RegisterPhotoRefusal = RefusalOf<
  typeof no,
  'PICTURE_MISSING' | 'PICTURE_UNREADABLE' | 'PHOTO_NOT_LOOKED' | 'PHOTO_NOT_FIT' | 'PHOTO_CONSENT_MISSING'
>

export interface RegisterPhotoInput {
  personId: string
  provinceCode: string
  picture: Uint8Array | undefined
  /** Agreed to in this very act, by itself; false: an agreement must stand. */
  consent: boolean
  /** Where the agreement was given, when somebody else holds the camera. */
  where?: string
}

export interface RegisteredPhoto {
  id: string
  findings: PhotoFinding[]
  deleteAfter: string
}

/**
 * Registers the photo a person is known by at the door, with the person's separate consent. A photo that no camera
 * picture could be held against is refused with what to do better; the earlier one is destroyed.
 */
export async function registerPhoto(
  app: App,
  actor: Actor,
  input: RegisterPhotoInput,
): Promise<Result<RegisteredPhoto, RegisterPhotoRefusal>> {
  const { picture } = input
  if (!picture) return refuse(no.PICTURE_MISSING())
  if (!input.consent && !(await standingConsent(app.db, input.personId, 'face')))
    return refuse(no.PHOTO_CONSENT_MISSING())
  const seen = await looked(app, picture)
  if ('code' in seen) return refuse(seen)
  const findings = photoFindings(seen)
  const bad = findings.filter((one) => !one.passed)
  if (bad.length > 0) return refuse(no.PHOTO_NOT_FIT({ problems: bad.map((one) => one.words).join('；') }))

  const id = randomUUID()
  const key = `face-photo/${app.clock.today().slice(0, 7).replace('-', '/')}/${id}`
  const { sealed, keySealed } = sealBytes(app.crypto, picture, `face-photo:${id}`)
  await app.storage.put(key, sealed, 'application/octet-stream')
  const removed: string[] = []
  const result = await transact<RegisteredPhoto, RegisterPhotoRefusal>(app.db, async (tx) => {
    const at = app.clock.now()
    if (input.consent)
      await giveConsentIn(tx, app, {
        personId: input.personId,
        purpose: 'face',
        actor,
        ...(input.where ? { where: input.where } : {}),
      })
    const consent = await standingConsent(tx, input.personId, 'face')
    if (!consent) return refuse(no.PHOTO_CONSENT_MISSING())
    await destroyTemplate(tx, input.personId, 'replaced', at)
    for (const one of await destroyPhotos(tx, input.personId, 'replaced', at)) removed.push(one.key)
    await insertPhoto(tx, {
      id,
      personId: input.personId,
      key,
      keySealed,
      mediaType: sniffMediaType(picture) ?? 'image/jpeg',
      bytes: picture.byteLength,
      sha256: app.crypto.sha256(picture),
      findings,
      consentId: consent.id,
      by: { account: actor.accountId, name: actor.name },
      at,
    })
    const kept = await keptUntil(tx, app, input)
    const embedding = (seen.faces[0] as Looked['faces'][number]).embedding
    const template = sealTemplate(app.crypto, input.personId, embedding)
    await saveTemplate(tx, {
      personId: input.personId,
      photoId: id,
      templateSealed: template.sealed,
      keySealed: template.keySealed,
      model: FACE_MODEL,
      keptDays: kept.days,
      keptDaysVerified: kept.verified,
      deleteAfter: kept.deleteAfter,
      at,
    })
    await record(tx, {
      name: events['photo.registered'],
      at,
      actor,
      subjects: [`person:${input.personId}`],
      data: {
        textVersion: consent.textVersion,
        findings: findings.map((one) => one.words),
        deleteAfter: kept.deleteAfter,
        days: kept.days,
        verified: kept.verified,
        ...(input.where ? { where: input.where } : {}),
      },
    })
    return ok({ id, findings, deleteAfter: kept.deleteAfter })
  })
  // Without their keys these objects say nothing any more; that they also go is for the disk.
  for (const old of result.ok ? removed : [key]) await app.storage.remove(old).catch(() => {})
  return result
}

async function looked(
  app: App,
  picture: Uint8Array,
): Promise<Looked | Refusal<RegisterPhotoRefusal['code']>> {
  const look = await facesOf(app).look(picture)
  if (look.outcome === 'looked') return look
  if (look.outcome === 'unreadable') return no.PICTURE_UNREADABLE()
  app.log.warn({ outcome: look.outcome, why: look.why }, 'a photo could not be looked at')
  return no.PHOTO_NOT_LOOKED({ why: look.outcome })
}

/** The pack's days after the last sitting the face is kept for; after today where there is none yet (FACE-KEEP). */
export async function keptUntil(
  tx: Tx,
  app: App,
  of: { personId: string; provinceCode: string },
): Promise<{ days: number; verified: boolean; deleteAfter: string; sittingId: string | null }> {
  const today = app.clock.today()
  const rules = await hallRulesOf(app, tx, { provinceCode: of.provinceCode, on: today })
  const sitting = await lastSittingOf(tx, of.personId)
  const from = sitting && dayOf(sitting.endsAt) > today ? dayOf(sitting.endsAt) : today
  const days = rules.retention.templateDays
  return {
    days,
    verified: !rules.unverified.includes('retention.templateDays'),
    deleteAfter: addDays(from, days),
    sittingId: sitting?.sittingId ?? null,
  }
}
