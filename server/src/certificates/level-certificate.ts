import canonicalize from 'canonicalize'
import type { Level } from '../platform/api.ts'
import { defined } from '../platform/assert.ts'
import type { Day } from '../platform/clock.ts'

/**
 * What a level certificate says is fixed when it is issued; only its state moves: corrected by a successor,
 * withdrawn, reinstated. Every move is an entry of the register's hash chain (HB-6.3).
 */
export const CERTIFICATE_STATES = { issued: '有效', corrected: '已更正', withdrawn: '已撤销' } as const
export type CertificateState = keyof typeof CERTIFICATE_STATES

export const CHANGE_KINDS = { correction: '更正', withdrawal: '撤销', reinstatement: '恢复' } as const
export type ChangeKind = keyof typeof CHANGE_KINDS
/** From which state a kind of change starts. */
export const CHANGES_FROM: Record<ChangeKind, CertificateState> = {
  correction: 'issued',
  withdrawal: 'issued',
  reinstatement: 'withdrawn',
}

export interface LevelCertificate {
  id: string
  number: string
  code: string
  personId: string
  holderName: string
  maskedIdNumber: string
  occupationId: string
  occupationName: string
  direction: string | null
  level: Level
  organisationId: string
  organisationName: string
  provinceCode: string
  cityCode: string | null
  reportItemId: string
  issuedOn: Day
  supersedesId: string | null
  statement: string
  signature: string
  keyId: string
  state: CertificateState
  reason: string | null
  clause: string | null
  changedOn: Day | null
}

type Stated = Pick<
  LevelCertificate,
  | 'number'
  | 'holderName'
  | 'maskedIdNumber'
  | 'occupationId'
  | 'occupationName'
  | 'direction'
  | 'level'
  | 'organisationName'
  | 'provinceCode'
  | 'issuedOn'
>

/** The canonical JSON (RFC 8785) that is signed: the certificate's words and nothing that may change later. */
export function statementOf(certificate: Stated, supersedes: string | null): string {
  return defined(
    canonicalize({
      type: 'shujiang.level-certificate/1',
      number: certificate.number,
      holder: { name: certificate.holderName, maskedIdNumber: certificate.maskedIdNumber },
      occupation: { id: certificate.occupationId, name: certificate.occupationName },
      direction: certificate.direction,
      level: certificate.level,
      issuer: certificate.organisationName,
      province: certificate.provinceCode,
      issuedOn: certificate.issuedOn,
      supersedes,
    }),
    'a canonical statement',
  )
}

/** HB-6.3: 谁培训(评价)、谁发证、谁负责. */
export function whoAnswers(kind: 'training' | 'level', organisation: string): string {
  return kind === 'level'
    ? `本证书由${organisation}评价并颁发，由其对评价过程和证书内容负责。`
    : `本证书由${organisation}培训并颁发，由其对培训过程和证书内容负责。`
}
