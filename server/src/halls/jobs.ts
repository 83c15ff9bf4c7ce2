import type { JobHandlers } from '../platform/jobs.ts'
import type { Schedule } from '../platform/jobs-runner.ts'
import { archivesJobs } from './archives/jobs.ts'
import { arrangementsJobs } from './arrangements/jobs.ts'
import { attemptsJobs, attemptsSchedules } from './attempts/jobs.ts'
import { boardJobs, boardSchedules } from './board/jobs.ts'
import { evidenceJobs, evidenceSchedules } from './evidence/jobs.ts'
import { gatesJobs, gatesSchedules } from './gates/jobs.ts'
import { papersJobs } from './papers/jobs.ts'

/** Tasks this module answers to. One line a room. */
export const hallsJobs: JobHandlers = {
  ...arrangementsJobs,
  ...attemptsJobs,
  ...gatesJobs,
  ...boardJobs,
  ...evidenceJobs,
  ...papersJobs,
  ...archivesJobs,
}

/** What comes round by itself. One line a room. */
export const hallsSchedules: Schedule[] = [
  ...attemptsSchedules,
  ...gatesSchedules,
  ...boardSchedules,
  ...evidenceSchedules,
]
