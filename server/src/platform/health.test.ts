import fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerHealth } from './health.ts'
import { aTestApp, type TestApp } from './testing/index.ts'

let app: TestApp
let server: FastifyInstance
beforeAll(async () => {
  app = await aTestApp()
  server = fastify()
  registerHealth(server, app)
  server.get('/people/:id', async () => ({ ok: true }))
})
afterAll(async () => {
  await server.close()
  await app.close()
})

async function readyz() {
  const response = await server.inject('/readyz')
  return { status: response.statusCode, ...response.json() }
}

describe('/readyz', () => {
  it('says that a migration is missing', async () => {
    const row = await sql<{ number: number; name: string; sha256: string }>`
      delete from migration.applied where number = (select max(number) from migration.applied) returning *`.execute(
      app.db,
    )
    expect(await readyz()).toMatchObject({
      status: 503,
      checks: { database: { ok: true }, migrations: { ok: false } },
    })
    const { number, name, sha256 } = row.rows[0] as { number: number; name: string; sha256: string }
    await sql`insert into migration.applied values (${number}, ${name}, ${sha256})`.execute(app.db)
    expect(await readyz()).toMatchObject({ status: 200, ok: true })
  })

  it('says that the storage is out of reach, and keeps its reason to itself', async () => {
    const check = app.storage.check
    app.storage.check = () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:9000'))
    const answer = await readyz()
    app.storage.check = check
    expect(answer).toMatchObject({ status: 503, checks: { storage: { ok: false } } })
    expect(JSON.stringify(answer)).not.toContain('10.1.2.3')
  })
})

describe('/metrics', () => {
  it('counts requests by route, never by address', async () => {
    await server.inject('/people/42')
    await server.inject('/nowhere/42')
    const { body } = await server.inject('/metrics')
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/people/:id",status="200"} 1',
    )
    expect(body).not.toContain('/nowhere/42')
  })

  it('tells the jobs that wait and the audit events not sealed yet', async () => {
    await sql`select graphile_worker.add_job('somebody', '{}'::json)`.execute(app.db)
    await sql`
      insert into platform.audit_events (at, name, actor_name, actor_role, subjects)
      values (${app.clock.now()}, 'test.happened', '测试', 'system', '{}')`.execute(app.db)
    const { body } = await server.inject('/metrics')
    expect(body).toContain('jobs{state="due"} 1')
    expect(body).toContain('audit_events_unsealed 1')
    expect(body).toMatch(/db_queries_total [1-9]/)
  })
})
