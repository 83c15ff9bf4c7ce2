/** The door of training. Others read the views `training.issued_certificates`, `certificate_register`, `enrolment_register`, `class_facts`. */
export {
  CERTIFICATE_STATES,
  type CertificateHours,
  type CertificateState,
} from './certificates/certificate.ts'
export { CLASS_STATES, type ClassState } from './classes/class.ts'
export { ENROLMENT_STATES, type EnrolmentState } from './enrolments/enrolment.ts'
export { trainingJobs } from './jobs.ts'
