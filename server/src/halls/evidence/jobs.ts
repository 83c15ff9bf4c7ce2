import type { JobHandlers } from '../../platform/jobs.ts'
import type { Schedule } from '../../platform/jobs-runner.ts'
import { compareCaptures } from './compare-captures.ts'
import { deleteDueEvidence } from './delete-due-evidence.ts'

declare module '../../platform/jobs.ts' {
  interface Jobs {
    /** Compares the captures that wait, in a worker; one such job waits at a time, however many pictures came. */
    'halls.compare-captures': Record<string, never>
    /** Daily: deletes pictures and videos whose period is over, with a record. */
    'halls.delete-due-evidence': Record<string, never>
  }
}

export const evidenceJobs: JobHandlers = {
  'halls.compare-captures': async (app) => {
    await compareCaptures(app)
  },
  'halls.delete-due-evidence': async (app) => {
    app.log.info(await deleteDueEvidence(app), 'evidence whose period is over')
  },
}

export const evidenceSchedules: Schedule[] = [
  { task: 'halls.delete-due-evidence', every: { dayAt: '03:10' } },
]
