import type { JobHandlers } from '../platform/jobs.ts'

declare module '../platform/jobs.ts' {
  interface Jobs {
    /** A training certificate stands: benefits credits its hours (HB-5.1). Correction issues it for the successor. */
    'training.certificate-issued': { certificateId: string }
    /** A training certificate no longer stands, by withdrawal or because `successorId` replaced it. */
    'training.certificate-ended': { certificateId: string; successorId: string | null }
  }
}

/** Tasks this module answers to: none yet, it only tells. */
export const trainingJobs: JobHandlers = {}
