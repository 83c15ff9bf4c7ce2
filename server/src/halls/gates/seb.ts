// Safe Exam Browser: where a hall uses it, its browser proves by a header that it runs under the hall's configuration.
// The lock is the browser's; the examination does not rest on it alone.
import { createHash, timingSafeEqual } from 'node:crypto'

/** `X-SafeExamBrowser-ConfigKeyHash` is SHA-256 over the address without fragment and the config key, in hex. */
export function sebHash(url: string, configKey: string): string {
  return createHash('sha256')
    .update((url.split('#')[0] ?? '') + configKey)
    .digest('hex')
}

/** True also where the hall does not use it. */
export function sebFits(
  call: { url: string; sebConfigHash: string | undefined },
  configKey: string | null,
): boolean {
  if (!configKey) return true
  const sent = (call.sebConfigHash ?? '').toLowerCase()
  const due = sebHash(call.url, configKey)
  return sent.length === due.length && timingSafeEqual(Buffer.from(sent), Buffer.from(due))
}
