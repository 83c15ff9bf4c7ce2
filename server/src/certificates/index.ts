/** The door of certificates: what benefits needs beside the published views. */
export { maskedName } from './level-certificate.ts'
