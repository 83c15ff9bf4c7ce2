export { hallsJobs } from './jobs.ts'
