export { examsJobs } from './jobs.ts'
export { closeSittingForReport, reopenSittingAfterReturn } from './sittings/close-for-report.ts'
