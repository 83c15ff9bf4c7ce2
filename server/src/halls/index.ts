import './person-data.ts'

export { hallsJobs, hallsSchedules } from './jobs.ts'
