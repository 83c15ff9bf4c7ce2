import type { JobHandlers } from '../platform/jobs.ts'
import type { Schedule } from '../platform/jobs-runner.ts'
import { escalateDuties } from './escalate-duties.ts'

declare module '../platform/jobs.ts' {
  interface Jobs {
    /** Every morning: what became overdue is escalated to city and province (HB-6.3). */
    'duties.escalate': Record<string, never>
  }
}

export const dutiesJobs: JobHandlers = {
  'duties.escalate': (app) => escalateDuties(app).then(() => undefined),
}
export const dutiesSchedules: Schedule[] = [{ task: 'duties.escalate', every: { dayAt: '06:00' } }]
