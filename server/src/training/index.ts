/**
 * The door of training. Others read its views (`issued_certificates`, `certificate_register`, `enrolment_register`,
 * `class_facts`) and answer its jobs; nobody calls into it.
 */
import './enrolments/decision-subject.ts'
import './person-data.ts'

export { trainingJobs } from './jobs.ts'
