/** The door of benefits: continuing-education hours and title recognition. */
export { benefitsJobs } from './jobs.ts'
