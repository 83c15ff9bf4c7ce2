import type { JobHandlers } from '../platform/jobs.ts'
import { draftReport } from './reports/draft-report.ts'
import { refreshReports } from './reports/refresh-reports.ts'

declare module '../platform/jobs.ts' {
  interface Jobs {
    /** A level certificate stands, by issue, as a correction's successor, or reinstated: benefits recognises the title (HB-5.2). */
    'certificates.level-issued': { certificateId: string }
    /** A level certificate no longer stands, by withdrawal or because `successorId` replaced it. */
    'certificates.level-ended': { certificateId: string; successorId: string | null }
  }
}

/** News of a sitting: its report is drawn up, or brought in line with a corrected score (HB-4.4). */
export const certificatesJobs: JobHandlers = {
  'exams.sitting-scored': async (app, { sittingId }) => {
    await draftReport(app, { sittingId })
  },
  'exams.score-corrected': async (app, { sittingId }) => {
    await refreshReports(app, { sittingId })
  },
}
