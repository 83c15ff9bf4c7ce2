import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { bearer, genericOAuth, phoneNumber, twoFactor, username } from 'better-auth/plugins'
import type { App } from '../../platform/app.ts'
import { phone } from '../person.ts'
import { markSecondFactor } from '../store/accounts.ts'
import { type SmsSender, smsSender } from './sms-sender.ts'

const LEARNER_SESSION_SECONDS = 30 * 24 * 3600
const CODE_SECONDS = 300
export const ISSUER = '数匠'
export const COOKIE_PREFIX = 'shujiang'

/**
 * What the library offers and we do not: staff come by invitation, nobody renames or deletes an account from
 * outside, and a second factor is reset by a manager, with trace.
 */
const CLOSED_PATHS = [
  '/sign-up/email',
  '/sign-in/email',
  '/sign-in/phone-number',
  '/phone-number/request-password-reset',
  '/phone-number/reset-password',
  '/request-password-reset',
  '/send-verification-email',
  '/verify-email',
  '/update-user',
  '/update-session',
  '/change-email',
  '/delete-user',
  '/is-username-available',
  '/two-factor/disable',
  '/two-factor/send-otp',
  '/two-factor/verify-otp',
  '/two-factor/get-totp-uri',
  '/link-social',
  '/unlink-account',
  '/list-accounts',
  '/get-access-token',
  '/refresh-token',
  '/account-info',
]

export function createAuth(app: App, outside: { sms?: SmsSender } = {}) {
  const { config } = app
  const sms = outside.sms ?? smsSender(config)
  return betterAuth({
    appName: ISSUER,
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.authSecret,
    telemetry: { enabled: false },
    logger: { disabled: config.env === 'test', level: 'error' },
    disabledPaths: CLOSED_PATHS,
    // The library speaks camelCase; the database door's plugin turns that into our columns.
    database: { db: app.db.withSchema('accounts'), type: 'postgres' },
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin')
      return origin ? [origin] : []
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: config.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
      database: { generateId: () => crypto.randomUUID(), validateSchema: false },
    },
    // Attempts are counted in `attempts.ts`: in the database, by address and by account.
    rateLimit: { enabled: false },
    session: {
      expiresIn: LEARNER_SESSION_SECONDS,
      disableSessionRefresh: true,
      additionalFields: { secondFactorAt: { type: 'date', required: false, input: false } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
    },
    account: { accountLinking: { enabled: true, trustedProviders: ['province'] } },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const signedOn = context?.path === '/callback/:id' && config.oidc?.secondFactor
            return signedOn ? { data: { ...session, secondFactorAt: new Date() } } : undefined
          },
        },
      },
    },
    hooks: {
      after: createAuthMiddleware(async (context) => {
        if (context.path !== '/two-factor/verify-totp' && context.path !== '/two-factor/verify-backup-code')
          return
        const { returned, newSession } = context.context
        if (returned instanceof Error) return
        const token = newSession?.session.token ?? (returned as { token?: string } | undefined)?.token
        if (token) await markSecondFactor(app.db, token)
      }),
    },
    plugins: [
      username({ minUsernameLength: 3, usernameValidator: (name) => /^[a-zA-Z0-9_.-]+$/.test(name) }),
      phoneNumber({
        otpLength: 6,
        expiresIn: CODE_SECONDS,
        allowedAttempts: 5,
        phoneNumberValidator: (number) => phone.safeParse(number).success,
        sendOTP: async ({ phoneNumber: number, code }) => {
          const sent = await sms.sendCode(number, code)
          if (!sent) throw new APIError('SERVICE_UNAVAILABLE', { message: '短信暂时无法发送，请稍后再试' })
        },
        // The address is a placeholder the library wants; nothing is ever sent there.
        signUpOnVerification: {
          getTempEmail: (number) => `${number}@phone.invalid`,
          getTempName: () => '未实名用户',
        },
      }),
      twoFactor({ issuer: ISSUER, trustDeviceMaxAge: 0, totpOptions: { digits: 6, period: 30 } }),
      bearer({ requireSignature: true }),
      ...(config.oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: 'province',
                  name: config.oidc.name,
                  discoveryUrl: config.oidc.discoveryUrl,
                  clientId: config.oidc.clientId,
                  clientSecret: config.oidc.clientSecret,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true,
                  // Who may act here is decided by invitation; the sign-on only says who it is.
                  disableSignUp: true,
                },
              ],
            }),
          ]
        : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>
