import type { FastifyInstance } from 'fastify'
import type { App } from '../../platform/app.ts'
import { countQueries } from '../../platform/db.ts'
import { tooManyAttempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import { sayAuthError } from './auth-errors.ts'

const BASE = '/api/auth'

/** Serves the account library under /api/auth, behind the count of attempts, with its errors in plain Chinese. */
export function mountAuth(server: FastifyInstance, app: App, auth: Auth): void {
  server.route({
    method: ['GET', 'POST'],
    url: `${BASE}/*`,
    schema: { hide: true } as object,
    handler: async (request, reply) => {
      const url = new URL(request.url, app.config.publicUrl)
      const path = url.pathname.slice(BASE.length)
      const wait = await tooManyAttempts(app, {
        path,
        address: request.ip,
        body: request.body,
        cookie: request.headers.cookie,
      })
      if (wait !== undefined) {
        return reply
          .code(429)
          .header('retry-after', wait)
          .send({ problems: [{ path: '', message: `操作过于频繁，请 ${wait} 秒后再试` }] })
      }
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined && name !== 'content-length') headers.set(name, String(value))
      }
      headers.set('x-client-address', request.ip)
      const asked = new Request(url, {
        method: request.method,
        headers,
        ...(request.method === 'POST' ? { body: JSON.stringify(request.body ?? {}) } : {}),
      })
      const { answer, queries } = await countQueries(async (count) => {
        const given = await auth.handler(asked)
        return { answer: given, queries: count.queries }
      })
      reply.code(answer.status).header('x-queries', queries)
      for (const [name, value] of answer.headers) {
        if (name !== 'set-cookie' && name !== 'content-length' && name !== 'content-type')
          reply.header(name, value)
      }
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      const text = await answer.text()
      if (answer.status >= 400) return reply.send(sayAuthError(answer.status, text))
      return reply.type(answer.headers.get('content-type') ?? 'application/json').send(text)
    },
  })
}
