import type { JobHandlers } from '../../platform/jobs.ts'
import { sealAll } from './seal-papers.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Composes and encrypts the paper of every candidate of a sitting. */
    'halls.seal-papers': { sealingId: string; sittingId: string }
  }
}

export const papersJobs: JobHandlers = {
  'halls.seal-papers': sealAll,
}
