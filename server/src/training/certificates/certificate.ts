import { z } from 'zod'

/**
 * A training certificate 培训合格证书 (HB-4.3): issued once per enrolment. It is never edited: a correction ends it as
 * `corrected` and issues a successor that names it; a withdrawal ends it as `withdrawn`. Both need two people (HB-6.3).
 */
export const CERTIFICATE_STATES = { issued: '有效', corrected: '已更正', withdrawn: '已撤销' } as const
export type CertificateState = keyof typeof CERTIFICATE_STATES

export const certificateHours = z.object({
  total: z.number(),
  // A certificate taken over from elsewhere may state its total only.
  theory: z.number().default(0),
  practice: z.number().default(0),
  online: z.number().default(0),
  offline: z.number().default(0),
})
export type CertificateHours = z.output<typeof certificateHours>

/** What a correction may change; everything else follows from the class. */
export const correctedFields = z
  .strictObject({
    holderName: z.string().trim().min(1).max(60),
    direction: z.string().trim().max(60).nullable(),
  })
  .partial()
export type CorrectedFields = z.output<typeof correctedFields>

export interface TrainingCertificate {
  id: string
  number: string
  code: string
  enrolmentId: string
  classId: string
  personId: string
  holderName: string
  organisationId: string
  organisationName: string
  occupationId: string
  direction: string | null
  level: string
  hours: CertificateHours
  startsOn: string
  endsOn: string
  issuedOn: string
  state: CertificateState
  supersedesId: string | null
  reason: string | null
  changedOn: string | null
}
