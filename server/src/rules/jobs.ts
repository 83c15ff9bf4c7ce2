import type { JobHandlers } from '../platform/jobs.ts'
import { reckon } from './affected/reckon.ts'

declare module '../platform/jobs.ts' {
  interface Jobs {
    /** Decides everybody on record under both texts. */
    'rules.reckon': { reckoningId: string }
  }
}

export const rulesJobs: JobHandlers = { 'rules.reckon': reckon }
