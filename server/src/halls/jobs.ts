import type { JobHandlers } from '../platform/jobs.ts'
import type { Schedule } from '../platform/jobs-runner.ts'
import { attemptsJobs, attemptsSchedules } from './attempts/jobs.ts'

/** Tasks this module answers to. One line a room. */
export const hallsJobs: JobHandlers = {
  ...attemptsJobs,
}

/** What comes round by itself. One line a room. */
export const hallsSchedules: Schedule[] = [...attemptsSchedules]
