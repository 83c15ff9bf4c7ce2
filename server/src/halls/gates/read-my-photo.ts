import { CONSENTS, standingConsent } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import type { PhotoFinding } from '../faces/face.ts'
import { findPhoto, findTemplate } from './store/photos.ts'

export interface MyPhoto {
  consent: {
    title: string
    text: string
    version: string
    givenAt: string | null
    givenVersion: string | null
  }
  photo: { registeredAt: string; registeredBy: string; findings: PhotoFinding[] } | null
  kept: { deleteAfter: string; days: number; verified: boolean } | null
}

/** What a person has agreed to about the own face, and what is stored of it until when. */
export async function readMyPhoto(app: App, actor: Actor): Promise<MyPhoto> {
  const { title, text, version } = CONSENTS.face
  const { personId } = actor
  const empty = { title, text, version, givenAt: null, givenVersion: null }
  if (!personId) return { consent: empty, photo: null, kept: null }
  const given = await standingConsent(app.db, personId, 'face')
  const photo = await findPhoto(app.db, personId)
  const template = await findTemplate(app.db, personId)
  return {
    consent: given
      ? { ...empty, givenAt: given.givenAt.toISOString(), givenVersion: given.textVersion }
      : empty,
    photo: photo
      ? {
          registeredAt: photo.registeredAt.toISOString(),
          registeredBy: photo.registeredByName,
          findings: photo.findings,
        }
      : null,
    kept: template
      ? {
          deleteAfter: template.deleteAfter,
          days: template.keptDays,
          verified: template.keptDaysVerified,
        }
      : null,
  }
}
