import type { Config } from '../../platform/config.ts'
import type { DocumentType } from '../person.ts'

export interface RealNameVerifier {
  /** `by` says who checked, as the record will show it. `unavailable` is no verdict: try again later. */
  verify(claim: {
    name: string
    documentType: DocumentType
    idNumber: string
  }): Promise<{ passed: true; by: string } | { passed: false; reason: string } | 'unavailable'>
}

export const FORM_ONLY = '仅校验证件号码格式，未联网核验'

/** The province's service by configuration. Without one only the form is checked, and the record says so. */
export function realNameVerifier(config: Config): RealNameVerifier {
  const service = config.realName
  if (!service) return { verify: async () => ({ passed: true, by: FORM_ONLY }) }
  return {
    verify: async (claim) => {
      const answer = await fetch(service.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(service.token ? { authorization: `Bearer ${service.token}` } : {}),
        },
        body: JSON.stringify(claim),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined)
      if (!answer?.ok) return 'unavailable'
      const verdict = (await answer.json()) as { passed: boolean; reason?: string; by?: string }
      return verdict.passed
        ? { passed: true, by: verdict.by ?? '省实名核验服务' }
        : { passed: false, reason: verdict.reason ?? '姓名与证件号码不一致' }
    },
  }
}
