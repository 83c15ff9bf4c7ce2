import type { JobHandlers } from '../../platform/jobs.ts'
import { carryOutJointKey } from './carry-out-joint-key.ts'
import { sealAll } from './seal-papers.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Composes and encrypts the paper of every candidate of a sitting. */
    'halls.seal-papers': { sealingId: string; sittingId: string }
    /** Puts a joint paper's new key in force in every sitting that had taken the paper, and reckons anew. */
    'halls.change-joint-key': { keyChangeId: string }
  }
}

export const papersJobs: JobHandlers = {
  'halls.seal-papers': sealAll,
  'halls.change-joint-key': carryOutJointKey,
}
