import type { JobHandlers } from '../../platform/jobs.ts'
import { tellCandidates } from './tell-candidates.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Tells every candidate that the admission ticket is there. */
    'halls.tell-candidates': { sittingId: string; publishedAt: string }
  }
}

export const arrangementsJobs: JobHandlers = {
  'halls.tell-candidates': tellCandidates,
}
