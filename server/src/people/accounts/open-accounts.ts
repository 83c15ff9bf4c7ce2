import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../../platform/app.ts'
import { type Auth, createAuth } from './auth.ts'
import { mountAuth } from './mount-auth.ts'
import { resolveActor, type SignIn } from './resolve-actor.ts'
import type { SmsSender } from './sms-sender.ts'

export interface Accounts {
  auth: Auth
  /** Adds the sign-in routes under /api/auth. */
  mount(server: FastifyInstance): void
  signIn(request: FastifyRequest): Promise<SignIn>
}

/** Sign-in as the HTTP door wants it. */
export function openAccounts(app: App, outside: { sms?: SmsSender } = {}): Accounts {
  const auth = createAuth(app, outside)
  return {
    auth,
    mount: (server) => mountAuth(server, app, auth),
    signIn: (request) => resolveActor(app, request.headers),
  }
}
