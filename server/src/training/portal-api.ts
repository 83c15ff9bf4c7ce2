import type { Api } from '../platform/api.ts'
import { ownCertificateProcedures } from './certificates/learner-procedures.ts'
import { announcementProcedures } from './classes/announcement-procedures.ts'
import { learnerProcedures } from './enrolments/learner-procedures.ts'
import { watchingProcedures } from './watching/watching-procedures.ts'

/** What the public reads and learners do. */
export const portalApi = {
  ...announcementProcedures,
  ...learnerProcedures,
  ...watchingProcedures,
  ...ownCertificateProcedures,
} satisfies Api
