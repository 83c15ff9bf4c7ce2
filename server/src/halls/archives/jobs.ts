import type { JobHandlers } from '../../platform/jobs.ts'
import { makeAsked } from './make-archive.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Writes the sealed package of a sitting that was asked for. */
    'halls.make-archive': { archiveId: string; sittingId: string }
  }
}

export const archivesJobs: JobHandlers = {
  'halls.make-archive': makeAsked,
}
