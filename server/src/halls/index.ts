export { hallsJobs, hallsSchedules } from './jobs.ts'
