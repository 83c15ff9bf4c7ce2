import { benefitsJobs } from './benefits/jobs.ts'
import { certificatesJobs } from './certificates/jobs.ts'
import { dutiesJobs, dutiesSchedules } from './duties/jobs.ts'
import { examsJobs } from './exams/jobs.ts'
import type { JobHandlers } from './platform/jobs.ts'
import { platformJobs, platformSchedules, type Schedule } from './platform/jobs-runner.ts'
import { trainingJobs } from './training/jobs.ts'

/** Who answers to which job. One line a module. */
export const handlers: JobHandlers = {
  ...platformJobs,
  ...dutiesJobs,
  ...trainingJobs,
  ...examsJobs,
  ...certificatesJobs,
  ...benefitsJobs,
}

/** What comes round by itself. One line a module. */
export const schedules: Schedule[] = [...platformSchedules, ...dutiesSchedules]
