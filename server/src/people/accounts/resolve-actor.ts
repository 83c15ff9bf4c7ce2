import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor, Role } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { assert } from '../../platform/assert.ts'
import type { Refusal } from '../../platform/result.ts'
import { no } from '../refusals.ts'
import { findSession, type SessionRow } from '../store/accounts.ts'
import { COOKIE_PREFIX } from './auth.ts'

export type SignIn = { actor: Actor } | { refused: Refusal } | undefined

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Header value by which an account of staff acts for itself, as a learner. */
const AS_LEARNER = 'learner'

type Headers = Record<string, string | string[] | undefined>

/**
 * Who sends a request: session cookie, or `Authorization: Bearer` with the signed token that signing in returned in
 * `set-auth-token`. `x-acting-as` chooses the membership. One query.
 */
export async function resolveActor(app: App, headers: Headers): Promise<SignIn> {
  const token = sessionToken(app, headers)
  if (!token) return undefined
  const actingAs = String(headers['x-acting-as'] ?? '')
  const membershipId = actingAs === '' || actingAs === AS_LEARNER ? undefined : actingAs
  if (membershipId !== undefined && !UUID.test(membershipId)) return { refused: no.MEMBERSHIP_NOT_FOUND() }
  const session = await findSession(app.db, token, app.clock.today(), membershipId)
  if (!session) return undefined
  if (session.disabled) return { refused: no.ACCOUNT_DISABLED() }
  if (actingAs === AS_LEARNER) return { actor: learner(session) }
  if (membershipId !== undefined && session.membershipId === null)
    return { refused: no.MEMBERSHIP_NOT_FOUND() }
  if (session.role === null) {
    return session.kind === 'staff' ? { refused: no.NO_MEMBERSHIP() } : { actor: learner(session) }
  }
  return session.role === 'learner' ? { actor: learner(session) } : staff(session, session.role)
}

function learner(session: SessionRow): Actor {
  return {
    accountId: session.accountId,
    personId: session.personId,
    name: session.personName ?? session.accountName,
    role: 'learner',
    organisation: null,
  }
}

function staff(session: SessionRow, role: Role): SignIn {
  if (!session.hasSecondFactor) return { refused: no.SECOND_FACTOR_NOT_SET() }
  if (!session.secondFactor) return { refused: no.SECOND_FACTOR_REQUIRED() }
  if (!session.fresh) return { refused: no.SESSION_TOO_OLD() }
  const { organisationId, organisationName, organisationKind, provinceCode } = session
  assert(
    organisationId && organisationName && organisationKind && provinceCode,
    'a staff membership has an organisation',
  )
  return {
    actor: {
      accountId: session.accountId,
      personId: session.personId,
      name: session.personName ?? session.accountName,
      role,
      organisation: {
        id: organisationId,
        name: organisationName,
        kind: organisationKind,
        provinceCode,
        cityCode: session.cityCode,
      },
    },
  }
}

/** The session's token, when its signature is ours. */
export function sessionToken(app: App, headers: Headers): string | undefined {
  const authorization = String(headers.authorization ?? '')
  const signed = /^bearer /i.test(authorization)
    ? authorization.slice(7).trim()
    : cookieOf(String(headers.cookie ?? ''), sessionCookie(app))
  if (!signed) return undefined
  const plain = signed.includes('%') ? safelyDecoded(signed) : signed
  const dot = plain.indexOf('.')
  if (dot < 1) return undefined
  const token = plain.slice(0, dot)
  const given = Buffer.from(plain.slice(dot + 1), 'base64')
  const ours = createHmac('sha256', app.config.authSecret).update(token).digest()
  return given.length === ours.length && timingSafeEqual(given, ours) ? token : undefined
}

function sessionCookie(app: App): string {
  const secure = app.config.publicUrl.startsWith('https:') ? '__Secure-' : ''
  return `${secure}${COOKIE_PREFIX}.session_token`
}

function cookieOf(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=')
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return undefined
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
