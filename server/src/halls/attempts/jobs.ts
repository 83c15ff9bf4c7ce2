import type { JobHandlers } from '../../platform/jobs.ts'
import type { Schedule } from '../../platform/jobs-runner.ts'
import { closeTimedOut } from './close-timed-out.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Every minute: closes attempts whose time is over, for candidates who are not there to ask. */
    'halls.close-timed-out': Record<string, never>
  }
}

export const attemptsJobs: JobHandlers = {
  'halls.close-timed-out': async (app) => {
    await closeTimedOut(app)
  },
}
export const attemptsSchedules: Schedule[] = [{ task: 'halls.close-timed-out', every: 'minute' }]
