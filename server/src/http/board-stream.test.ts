import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
// The fixtures of the hall: they are no door, and only tests may enter by them.
import { aDoor, type DoorFixture } from '../halls/gates/fixtures.ts'
import type { Actor } from '../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { buildServer } from './server.ts'

let app: TestApp
let server: FastifyInstance
let address: string
let hall: DoorFixture
/** Who calls, by the header `x-as`. */
const people = new Map<string, Actor>()

beforeAll(async () => {
  app = await aTestApp()
  hall = await aDoor(app, { candidates: 2, stage: 'started' })
  people.set('chief', hall.chief)
  people.set('city', hall.world.city)
  people.set('learner', anActor('learner'))
  people.set('stranger', anActor('invigilator', { kind: 'evaluation_institution' }))
  server = await buildServer(app, {
    mount: () => {},
    signIn: async (request: FastifyRequest) => {
      const actor = people.get(String(request.headers['x-as']))
      return actor && { actor }
    },
  })
  address = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server?.close()
  await app?.close()
})

const place = () => `${hall.sittingId}.${hall.hallId}.theory`
const boardUrl = () =>
  `${address}/api/workbench/halls.watch-board?sittingId=${hall.sittingId}&hallId=${hall.hallId}&part=theory`
const watch = (as: string, url = boardUrl(), signal: AbortSignal | null = null) =>
  fetch(url, { headers: { 'x-as': as }, signal })

/** The next things a stream tells, of the event asked for. */
async function* told(answer: Response, event: string) {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let kept = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (kept + value).split('\n\n')
    kept = blocks.pop() ?? ''
    for (const block of blocks)
      if (block.startsWith(`event: ${event}\n`)) yield JSON.parse(block.split('\ndata: ')[1]!)
  }
}

it('refuses nobody, the wrong role, another institution and a bad address', async () => {
  const codes = await Promise.all([
    watch(''),
    watch('learner'),
    watch('stranger'),
    watch('chief', `${boardUrl()}x`),
  ])
  expect(codes.map((answer) => answer.status)).toEqual([401, 403, 404, 400])
  const seven = `${address}/api/workbench/halls.watch-boards?${Array.from({ length: 7 }, () => `at=${place()}`).join('&')}`
  expect((await watch('chief', seven)).status).toBe(400)
})

it('tells the invigilator and the city the same hall, each with what is theirs to do, and tells what is new', async () => {
  const ending = new AbortController()
  const [chief, city] = [
    told(await watch('chief', boardUrl(), ending.signal), 'board'),
    told(await watch('city', boardUrl(), ending.signal), 'board'),
  ]
  const first = [(await chief.next()).value, (await city.next()).value]
  expect(first.map((board) => board.actions.act.allowed)).toEqual([true, false])
  expect(first[0].tiles).toEqual(first[1].tiles)
  await sql`update halls.sitting_halls set state = 'paused' where sitting_id = ${hall.sittingId}`.execute(
    app.db,
  )
  const asked = Date.now()
  expect((await chief.next()).value.state).toBe('paused')
  expect(Date.now() - asked).toBeLessThan(2_000)
  ending.abort()
})

it('tells several halls in short over one line', async () => {
  const ending = new AbortController()
  const url = `${address}/api/workbench/halls.watch-boards?at=${place()}&at=${place().replace('theory', 'ability')}`
  const strips = told(await watch('city', url, ending.signal), 'strip')
  const parts = [(await strips.next()).value.part, (await strips.next()).value.part]
  expect(parts.sort()).toEqual(['ability', 'theory'])
  ending.abort()
})

it('ends when the watcher may no longer look', async () => {
  const over = told(await watch('city'), 'over')
  people.delete('city')
  expect((await over.next()).value).toEqual({})
}, 15_000)
