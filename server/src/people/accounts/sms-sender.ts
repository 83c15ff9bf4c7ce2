import type { Config } from '../../platform/config.ts'

/** Sends a phone code; false when it could not be sent. */
export interface SmsSender {
  sendCode(phone: string, code: string): Promise<boolean>
}

/** The province's gateway by configuration; in the demo nothing is sent and the sign-in screen shows the code. */
export function smsSender(config: Config): SmsSender {
  const gateway = config.sms
  if (!gateway) return { sendCode: async () => config.demo || config.env === 'test' }
  return {
    sendCode: async (phone, code) => {
      const answer = await fetch(gateway.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(gateway.token ? { authorization: `Bearer ${gateway.token}` } : {}),
        },
        body: JSON.stringify({ phone, code }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined)
      return answer?.ok ?? false
    },
  }
}
