import type { JobHandlers } from '../../platform/jobs.ts'
import type { Schedule } from '../../platform/jobs-runner.ts'
import { recordVisits } from './record-visits.ts'
import { settleExtraSittings } from './take-back.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Each minute: visits to a board that are over become one audit event each. */
    'halls.record-visits': Record<string, never>
    /** After an act that owes somebody another sitting, and daily: opens and fulfils the duty. */
    'halls.settle-extra-sittings': Record<string, never>
  }
}

export const boardJobs: JobHandlers = {
  'halls.record-visits': async (app) => {
    await recordVisits(app)
  },
  'halls.settle-extra-sittings': async (app) => {
    await settleExtraSittings(app)
  },
}

export const boardSchedules: Schedule[] = [
  { task: 'halls.record-visits', every: 'minute' },
  { task: 'halls.settle-extra-sittings', every: { dayAt: '04:20' } },
]
