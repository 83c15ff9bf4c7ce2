/** The door of certificates: what benefits needs beside the published views. */
export { verifyRegister } from './issuing/register.ts'
export { certificatesJobs } from './jobs.ts'
