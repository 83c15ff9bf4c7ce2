import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { buildServer } from './server.ts'

let app: TestApp
let server: FastifyInstance
beforeAll(async () => {
  app = await aTestApp()
  // As it runs for people: the test environment alone takes the brakes off.
  const asServed = { ...app, policy: app.policy, config: { ...app.config, env: 'development' as const } }
  server = await buildServer(asServed, {
    mount: () => {},
    signIn: async () => ({ actor: anActor('auditor') }),
  })
})
afterAll(async () => {
  await server?.close()
  await app?.close()
})

const verify = (headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
  server.inject({
    method: 'POST',
    url: '/api/portal/certificates.verify',
    headers,
    remoteAddress,
    payload: { number: 'SZ4220269999999', name: '王芳' },
  })

describe('the HTTP door', () => {
  it('refuses an act that a page of another site sends', async () => {
    const answer = await verify({ origin: 'https://elsewhere.example' })
    expect(answer.statusCode).toBe(403)
    expect(answer.json().problems[0].message).toContain('其他网站')
  })

  it('stops an address that keeps asking, and only that address', async () => {
    const codes = []
    for (let n = 0; n < 70; n += 1) codes.push((await verify({}, '10.0.0.2')).statusCode)
    expect(codes).toContain(429)
    expect((await verify({}, '10.0.0.3')).statusCode).toBe(200)
  })

  it('lets nobody on the way keep an answer, and runs no script but its own', async () => {
    const { headers } = await server.inject('/api/workbench/duties.desk')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).not.toContain('unsafe-eval')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  })

  it('says in Chinese that an address holds no procedure', async () => {
    const answer = await server.inject('/api/portal/nothing.here')
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ problems: [{ path: '', message: '没有这个接口' }] })
  })
})
