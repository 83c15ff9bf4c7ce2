/** The door of certificates: result reports, level certificates, verification. */

export { type RegisterVerdict, verifyRegister } from './issuing/register.ts'
export { certificatesJobs } from './jobs.ts'
export { CERTIFICATE_STATES, type CertificateState, maskedName } from './level-certificate.ts'
export { REPORT_STATES, type ReportState } from './result-report.ts'
