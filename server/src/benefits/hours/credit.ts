import type { RefusalOf } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import type { CreditDetail } from './store/reading.ts'

type Standing = Pick<CreditDetail, 'number' | 'revokedOn' | 'revokeReason' | 'certificateState'>

/**
 * Why hours cannot be proved: revoked, or their certificate ended a moment ago and the job that revokes them is on
 * its way. Undefined while they count.
 */
export function whyNotProvable(
  credit: Standing,
): RefusalOf<typeof no, 'EDUCATION_HOURS_REVOKED'> | undefined {
  if (credit.revokedOn === null && credit.certificateState === 'issued') return undefined
  const reason =
    credit.revokeReason ??
    (credit.certificateState === 'corrected' ? '培训合格证书已更正' : '培训合格证书已撤销')
  return no.EDUCATION_HOURS_REVOKED({ number: credit.number, reason })
}
