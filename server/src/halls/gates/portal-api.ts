import { z } from 'zod'
import { type Api, command, download, nothing, query } from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { photoFinding, registered } from './door-shapes.ts'
import { photoOf } from './open-photo.ts'
import { may } from './permissions.ts'
import { readMyPhoto } from './read-my-photo.ts'
import { no } from './refusals.ts'
import { registerPhoto } from './register-photo.ts'
import { findPersonProvince } from './store/persons.ts'
import { withdrawFaceConsent } from './withdraw-face-consent.ts'

/** A phone's own photo; the page makes it smaller before it sends it. */
const PHOTO = { max: 1, maxBytes: 8 * 1024 * 1024, mediaTypes: ['image/jpeg', 'image/png'] }

export const gatesPortalApi = {
  'halls.my-photo': query({
    summary: '我的登记照片和人脸同意',
    clause: 'FACE-CONSENT',
    permission: may['faces.own'],
    input: nothing,
    example: {},
    output: z.object({
      consent: z.object({
        title: z.string(),
        text: z.string(),
        version: z.string(),
        givenAt: z.string().nullable(),
        givenVersion: z.string().nullable(),
      }),
      photo: z
        .object({ registeredAt: z.string(), registeredBy: z.string(), findings: z.array(photoFinding) })
        .nullable(),
      kept: z.object({ deleteAfter: z.string(), days: z.number(), verified: z.boolean() }).nullable(),
    }),
    handle: async ({ app, actor }) => ok(await readMyPhoto(app, actor)),
  }),
  'halls.register-my-photo': command({
    summary: '登记本人照片',
    clause: 'FACE-CONSENT',
    permission: may['faces.own'],
    input: z.strictObject({ consent: z.boolean() }),
    example: { consent: true },
    files: PHOTO,
    limit: { max: 30, seconds: 60 },
    output: registered,
    handle: async ({ app, actor, files }, { consent }) => {
      const { personId } = actor
      if (!personId) return refuse(no.PERSON_NOT_ON_RECORD())
      const provinceCode = await findPersonProvince(app.db, personId)
      return registerPhoto(app, actor, { personId, provinceCode, picture: files[0]?.bytes, consent })
    },
  }),
  'halls.my-photo-picture': download({
    summary: '查看本人登记照片',
    clause: 'FACE-CONSENT',
    permission: may['faces.own'],
    input: nothing,
    example: {},
    handle: async ({ app, actor }) => {
      const photo = actor.personId ? await photoOf(app, app.db, actor.personId) : undefined
      if (!photo) return refuse(no.PHOTO_NOT_FOUND())
      return ok({ fileName: '登记照片.jpg', mediaType: photo.mediaType, bytes: photo.bytes, inline: true })
    },
  }),
  'halls.withdraw-face-consent': command({
    summary: '撤回人脸信息同意',
    clause: 'FACE-CONSENT',
    permission: may['faces.own'],
    input: nothing,
    example: {},
    output: z.object({ deleted: z.boolean() }),
    handle: ({ app, actor }) => withdrawFaceConsent(app, actor),
  }),
} satisfies Api
