import type { JobHandlers } from '../platform/jobs.ts'

/** Tasks this module answers to. One line a room. */
export const hallsJobs: JobHandlers = {}
