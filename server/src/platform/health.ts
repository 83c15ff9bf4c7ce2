import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { App } from './app.ts'
import { appMetrics } from './metrics.ts'
import { pendingMigrations } from './migrate.ts'

interface Check {
  ok: boolean
  problem?: string
}

/**
 * What a supervisor of processes asks: `/healthz` — is this process alive; `/readyz` — can it serve (database,
 * objects, migrations); `/metrics` — Prometheus. They carry no personal data; the proxy keeps them from the public.
 */
export function registerHealth(server: FastifyInstance, app: App, pool?: Pool): void {
  const metrics = appMetrics(app, pool)

  server.addHook('onResponse', async (request, reply) => {
    metrics.observe(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1000)
  })

  server.get('/healthz', { schema: { hide: true } }, async (_, reply) =>
    reply.header('cache-control', 'no-store').send({ ok: true }),
  )

  server.get('/readyz', { schema: { hide: true } }, async (_, reply) => {
    const checks = await readiness(app)
    const ok = Object.values(checks).every((one) => one.ok)
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok, checks })
  })

  server.get('/metrics', { schema: { hide: true } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  )
}

export async function readiness(app: App): Promise<Record<'database' | 'migrations' | 'storage', Check>> {
  const [database, migrations, storage] = await Promise.all([
    check(app, 'database', () => sql`select 1`.execute(app.db)),
    check(app, 'migrations', async () => {
      const pending = await pendingMigrations(app.db)
      if (pending.length > 0) throw new Error(`not applied yet: ${pending.join(', ')}`)
    }),
    check(app, 'storage', () => app.storage.check()),
  ])
  return { database, migrations, storage }
}

const CHECK_SECONDS = 3

/** The answer names the part, never the error's text: that may hold an address or a user name, so it goes to the log. */
async function check(app: App, name: string, ask: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined
  try {
    await Promise.race([
      ask(),
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_SECONDS} s`)), CHECK_SECONDS * 1000)
      }),
    ])
    return { ok: true }
  } catch (error) {
    app.log.warn({ err: error, check: name }, 'not ready')
    return { ok: false, problem: `${name} does not answer as it should; see the log` }
  } finally {
    clearTimeout(timer)
  }
}
