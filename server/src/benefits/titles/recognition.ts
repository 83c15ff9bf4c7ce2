import type { RefusalOf } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import type { RecognitionRow } from './store/reading.ts'

type Standing = Pick<RecognitionRow, 'number' | 'revokedOn' | 'revokeReason' | 'certificateState'>

/**
 * Why a recognition cannot be printed: revoked, or its certificate ended a moment ago and the job that revokes it is
 * on its way. Undefined while it stands.
 */
export function whyNotPrintable(
  recognition: Standing,
): RefusalOf<typeof no, 'TITLE_RECOGNITION_REVOKED'> | undefined {
  if (recognition.revokedOn === null && recognition.certificateState === 'issued') return undefined
  const reason =
    recognition.revokeReason ??
    (recognition.certificateState === 'corrected' ? '专业技术等级证书已更正' : '专业技术等级证书已撤销')
  return no.TITLE_RECOGNITION_REVOKED({ number: recognition.number, reason })
}
