import type { JobHandlers } from '../platform/jobs.ts'
import { creditHours } from './hours/credit-hours.ts'
import { revokeHours } from './hours/revoke-hours.ts'
import { recogniseTitle } from './titles/recognise-title.ts'
import { revokeTitle } from './titles/revoke-title.ts'

/** News of certificates: hours and titles follow by rule (HB-5.1, HB-5.2). */
export const benefitsJobs: JobHandlers = {
  'training.certificate-issued': async (app, { certificateId }) => {
    await creditHours(app, { certificateId })
  },
  'training.certificate-ended': async (app, payload) => {
    await revokeHours(app, payload)
  },
  'certificates.level-issued': async (app, { certificateId }) => {
    await recogniseTitle(app, { certificateId })
  },
  'certificates.level-ended': async (app, payload) => {
    await revokeTitle(app, payload)
  },
}
