/** The door of rules: nobody calls into it; what it confirms reaches everybody as `app.policy`. */
export { rulesJobs } from './jobs.ts'
