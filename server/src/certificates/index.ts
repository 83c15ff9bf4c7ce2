/** The door of certificates: what benefits needs beside the published views. */
export { certificatesJobs } from './jobs.ts'
export { maskedName } from './level-certificate.ts'
