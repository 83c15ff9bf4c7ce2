import { standingConsent } from '../../people/index.ts'
import { SYSTEM_ACTOR } from '../../platform/api.ts'
import type { JobHandlers } from '../../platform/jobs.ts'
import type { Schedule } from '../../platform/jobs-runner.ts'
import { ok } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { warnOfFaceRegister } from './face-register.ts'
import { forgetDueFaces } from './forget-due-faces.ts'
import { forgetFace } from './forget-face.ts'
import { findPhoto } from './store/photos.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Daily: deletes faces whose period is over, then counts those that are left. */
    'halls.keep-faces-in-bounds': Record<string, never>
  }
}

export const gatesJobs: JobHandlers = {
  'halls.keep-faces-in-bounds': async (app) => {
    const { deleted, kept } = await forgetDueFaces(app)
    app.log.info({ deleted, kept }, 'faces whose period is over')
    await warnOfFaceRegister(app)
  },
  // Withdrawn on the page of all consents: the same follows as on the page of the photo, where it was already done.
  'people.consent-withdrawn': async (app, { personId, purpose }) => {
    if (purpose !== 'face') return
    await transact(app.db, async (tx) => {
      // Agreed anew meanwhile: what was registered under the new agreement stays.
      const photo = await findPhoto(tx, personId)
      const consent = await standingConsent(tx, personId, 'face')
      if (photo && photo.consentId === consent?.id) return ok()
      await forgetFace(tx, app, { personId, reason: 'withdrawn', actor: SYSTEM_ACTOR })
      return ok()
    })
  },
  'halls.remove-objects': async (app, { keys }) => {
    for (const key of keys) await app.storage.remove(key)
  },
}

export const gatesSchedules: Schedule[] = [{ task: 'halls.keep-faces-in-bounds', every: { dayAt: '02:40' } }]
