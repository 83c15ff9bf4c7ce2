import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aHallOf, type HallFixture, type Seated } from '../halls/attempts/fixtures.ts'
import { journalOf } from '../halls/attempts/journal.ts'
import { appendGroup } from '../halls/attempts/journal-store.ts'
import { aTestApp, type TestApp } from '../platform/testing/index.ts'
import { buildServer } from './server.ts'

let app: TestApp
let server: FastifyInstance
let hall: HallFixture
let down = false
beforeAll(async () => {
  app = await aTestApp()
  hall = await aHallOf(app, { candidates: 3, stage: 'started' })
  journalOf(app, (pool, group) =>
    down ? Promise.reject(new Error('connection lost')) : appendGroup(pool, group),
  )
  server = await buildServer(app, { mount: () => {}, signIn: async () => undefined })
})
afterAll(async () => {
  await server?.close()
  await app?.close()
})

const save = { item: 'q01', clientSeq: 1, baseRevision: 0, value: 'a', clientAt: '2026-03-02T01:00:00.000Z' }
const call = (path: string, payload: unknown, one: Seated | undefined = hall.seated[0]) =>
  server.inject({
    method: 'POST',
    url: `/api/exam/${path}`,
    headers: {
      'content-type': 'application/json',
      ...(one ? { 'x-attempt': one.attemptId, 'x-lease': one.lease } : {}),
    },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })

describe('the room’s door', () => {
  it('answers 401 without a secret, 404 for an attempt that is not there, 409 for what is refused', async () => {
    const bare = await server.inject({ method: 'POST', url: '/api/exam/save', payload: { saves: [save] } })
    expect(bare.statusCode).toBe(401)
    const other = { ...(hall.seated[0] as Seated), attemptId: '00000000-0000-4000-8000-000000000000' }
    expect((await call('save', { saves: [save] }, other)).statusCode).toBe(404)
    const early = await call('hand-in', { answers: { q01: 5 } })
    expect(early.statusCode).toBe(409)
    expect(early.json()).toMatchObject({ refusal: { code: 'HAND_IN_DIFFERS' }, now: expect.any(String) })
  })

  it.each([
    ['no JSON', '{"saves": ['],
    ['no saves', { saves: [] }],
    ['too many', { saves: Array.from({ length: 101 }, () => save) }],
    ['a number for a value', { saves: [{ ...save, value: 7 }] }],
    ['no time', { saves: [{ ...save, clientAt: 'yesterday' }] }],
    ['a revision below nought', { saves: [{ ...save, baseRevision: -1 }] }],
  ])('answers 400 and says where for bad input: %s', async (_, payload) => {
    const answer = await call('save', payload)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().problems.length).toBeGreaterThan(0)
  })

  it('answers 413 for more than a call may hold', async () => {
    expect((await call('start', { filler: 'x'.repeat(3000) })).statusCode).toBe(413)
  })

  it('says come again when the database does not take it, and then takes it', async () => {
    down = true
    const lost = await call('save', { saves: [save] })
    expect(lost.statusCode).toBe(503)
    expect(lost.headers['retry-after']).toBe('2')
    down = false
    const kept = await call('save', { saves: [save] })
    expect(kept.statusCode).toBe(200)
    expect(kept.json()).toMatchObject({
      results: [{ status: 'saved', revision: 1 }],
      now: expect.any(String),
    })
    expect((await call('save', { saves: [save] })).json().results[0].status).toBe('same')
  })

  it('lets nobody on the way keep an answer', async () => {
    const one = hall.seated[1] as Seated
    const state = await server.inject({
      url: '/api/exam/state',
      headers: { 'x-attempt': one.attemptId, 'x-lease': one.lease },
    })
    expect(state.statusCode).toBe(200)
    expect(state.headers['cache-control']).toBe('no-store')
    expect(state.json().state).toMatchObject({ answers: [], closed: null })
  })
})
