import { z } from 'zod'
import { maskedName } from '../../people/index.ts'
import { whoAnswers } from '../level-certificate.ts'
import type { RegisteredCertificate } from '../store/verifications.ts'

/** What anybody may read of a certificate. The workbench shows the same before a withdrawal: it is what will be read. */
export const publicAnswerShape = z.object({
  found: z.boolean(),
  sentence: z.string(),
  certificate: z
    .object({
      title: z.string(),
      number: z.string(),
      holder: z.string(),
      idNumber: z.string(),
      occupation: z.string(),
      direction: z.string().nullable(),
      level: z.string(),
      hours: z.number().nullable(),
      issuer: z.string(),
      issuedOn: z.string(),
      answers: z.string(),
      state: z.enum(['valid', 'corrected', 'withdrawn']),
      stateName: z.string(),
      changedOn: z.string().nullable(),
      successorNumber: z.string().nullable(),
    })
    .nullable(),
})
export type PublicAnswer = z.output<typeof publicAnswerShape>

/** One answer for a wrong number, a wrong name and a wrong code: it tells nobody which. */
export const NOT_FOUND_ANSWER: PublicAnswer = {
  found: false,
  sentence: '没有查到与所填内容一致的证书。请核对证书编号和姓名；如仍查不到，请联系发证机构核实。',
  certificate: null,
}

export const TITLES = { training: '培训合格证书', level: '专业技术等级证书' } as const
const STATES = {
  issued: { state: 'valid', name: '有效' },
  corrected: { state: 'corrected', name: '已更正' },
  withdrawn: { state: 'withdrawn', name: '已撤销' },
} as const

export function publicAnswer(certificate: RegisteredCertificate): PublicAnswer {
  const { state, name } = STATES[certificate.state]
  return {
    found: true,
    sentence: sentenceOf(certificate),
    certificate: {
      title: TITLES[certificate.kind],
      number: certificate.number,
      holder: maskedName(certificate.holderName),
      idNumber: lastFour(certificate.maskedIdNumber),
      occupation: certificate.occupationName,
      direction: certificate.direction,
      level: certificate.level,
      hours: certificate.hours?.total ?? null,
      issuer: certificate.organisationName,
      issuedOn: certificate.issuedOn,
      answers: whoAnswers(certificate.kind, certificate.organisationName),
      state,
      stateName: name,
      changedOn: certificate.state === 'issued' ? null : certificate.changedOn,
      successorNumber: certificate.successorNumber,
    },
  }
}

function sentenceOf(certificate: RegisteredCertificate): string {
  switch (certificate.state) {
    case 'issued':
      return '此证书有效。'
    case 'corrected':
      return `此证书已于 ${certificate.changedOn} 更正，由证书 ${certificate.successorNumber} 替代，不再使用。`
    case 'withdrawn':
      return `此证书已于 ${certificate.changedOn} 撤销，不再有效。`
  }
}

/** Of the masked number only its end: the place of birth and the birthday stay with the holder. */
function lastFour(masked: string): string {
  return masked.slice(-4).padStart(masked.length, '*')
}
