import { ApiFailure, problemIn } from './api.ts'

/** Calls the sign-in routes under /api/auth; what goes wrong is thrown like any other failure. */
export async function signInCall<T = Record<string, unknown>>(path: string, body: object = {}): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`/api/auth${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new ApiFailure({ kind: 'network', message: '网络不通，未能送达。请检查网络后重试。' })
  }
  if (answer.ok) return (await answer.json()) as T
  if (answer.status >= 500) throw new ApiFailure(await problemIn(answer))
  // A wrong code is answered 401 too: here the field is wrong, not the session.
  const said = (await answer.json().catch(() => ({}))) as { problems?: { path: string; message: string }[] }
  const message = said.problems?.[0]?.message ?? '未能登录，请核对后重试。'
  throw new ApiFailure({ kind: 'problems', message, problems: [{ path: '', message }] })
}

/** What the sign-in routes know of this browser, or null when it is signed out. */
export async function currentSession(): Promise<{
  user: { name: string; username?: string | null; twoFactorEnabled?: boolean | null }
  session: { secondFactorAt?: string | null }
} | null> {
  const answer = await fetch('/api/auth/get-session', { credentials: 'same-origin' })
  return answer.ok ? await answer.json() : null
}

/** Only a path of our own may be gone to after signing in. */
export function safeNext(next: string | undefined, otherwise: string): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : otherwise
}

/** `next` as the router takes it: path and query apart, the surface's base left out. */
export function splitNext(next: string, base = ''): { to: string; search: Record<string, string> } {
  const url = new URL(next, 'http://here.invalid')
  const path =
    base && (url.pathname === base || url.pathname.startsWith(`${base}/`))
      ? url.pathname.slice(base.length)
      : url.pathname
  return { to: path || '/', search: Object.fromEntries(url.searchParams) }
}
