import { benefitsJobs } from './benefits/index.ts'
import { certificatesJobs } from './certificates/index.ts'
import { dutiesJobs, dutiesSchedules } from './duties/index.ts'
import { examsJobs } from './exams/index.ts'
import { hallsJobs, hallsSchedules } from './halls/index.ts'
import type { JobHandlers } from './platform/jobs.ts'
import { platformJobs, platformSchedules, type Schedule } from './platform/jobs-runner.ts'
import { rulesJobs } from './rules/index.ts'
import { trainingJobs } from './training/index.ts'

/** Who answers to which job. One line a module. */
export const handlers: JobHandlers = {
  ...platformJobs,
  ...dutiesJobs,
  ...rulesJobs,
  ...trainingJobs,
  ...examsJobs,
  ...hallsJobs,
  ...certificatesJobs,
  ...benefitsJobs,
}

/** What comes round by itself. One line a module. */
export const schedules: Schedule[] = [...platformSchedules, ...dutiesSchedules, ...hallsSchedules]
