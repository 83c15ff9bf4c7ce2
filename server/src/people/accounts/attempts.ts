import { createHash } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { countAttempt } from '../store/accounts.ts'

interface Limit {
  key: string
  max: number
  seconds: number
}

const GUARDED = new Set([
  '/phone-number/send-otp',
  '/phone-number/verify',
  '/sign-in/username',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/enable',
  '/reset-password',
  '/change-password',
])

/**
 * Seconds to wait when there were too many attempts, else undefined. Counted in the database, so that many nodes
 * count together: by address (generous: a whole school stands behind one) and by the account that is tried.
 */
export async function tooManyAttempts(
  app: App,
  request: { path: string; address: string; body: unknown; cookie: string | undefined },
): Promise<number | undefined> {
  if (!GUARDED.has(request.path)) return undefined
  for (const limit of limitsOf(app, request)) {
    const now = Date.now()
    const { count, since } = await countAttempt(app.db, limit.key, limit.seconds * 1000, now)
    if (count > limit.max) return Math.max(1, Math.ceil((since + limit.seconds * 1000 - now) / 1000))
  }
  return undefined
}

function limitsOf(app: App, { path, address, body, cookie }: Parameters<typeof tooManyAttempts>[1]): Limit[] {
  const field = (name: string) => {
    const value = (body as Record<string, unknown> | undefined)?.[name]
    return typeof value === 'string' ? value.slice(0, 100).toLowerCase() : ''
  }
  const limits: Limit[] = [
    { key: `address:${address}:${path}`, max: app.config.signInPerMinute, seconds: 60 },
  ]
  if (path === '/phone-number/send-otp') {
    limits.push({ key: digest(`code-minute:${field('phoneNumber')}`), max: 1, seconds: 55 })
    limits.push({ key: digest(`code-day:${field('phoneNumber')}`), max: 10, seconds: 86_400 })
  }
  if (path === '/sign-in/username')
    limits.push({ key: digest(`password:${field('username')}`), max: 10, seconds: 900 })
  if (path.startsWith('/two-factor/verify') && cookie) {
    limits.push({ key: digest(`factor:${cookie}`), max: 10, seconds: 300 })
  }
  return limits
}

/** No phone number or account name stands in the table in clear. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
