import type { JobHandlers } from '../platform/jobs.ts'
import { decideBatchRows } from './declarations/decide-batch-rows.ts'

declare module '../platform/jobs.ts' {
  interface Jobs {
    /** Results of a sitting are published: certificates opens the result report's 30 days from its `ended_on`. */
    'exams.sitting-scored': { sittingId: string }
    /** A published score was corrected by two people; a report in preparation must take the new result. */
    'exams.score-corrected': { sittingId: string; candidateId: string }
  }
}

/** Tasks this module answers to. */
export const examsJobs: JobHandlers = { 'exams.decide-batch': decideBatchRows }
