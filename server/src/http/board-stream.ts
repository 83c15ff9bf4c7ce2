// The board, live: one stream a watcher, one look a second at the hall for all of them that may see the same.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { boardPermissions, readBoard } from '../halls/index.ts'
import type { App } from '../platform/app.ts'
import type { Authentication } from './surface.ts'

const ask = z.strictObject({ sittingId: z.uuid(), hallId: z.uuid(), part: z.enum(['theory', 'ability']) })
const LOOK_MS = 1_000
/** Proxies close what is silent. */
const BREATH_MS = 15_000
const MOST_WATCHERS = 400

/** GET /api/workbench/halls.watch-board: events `board` with the whole board, whenever it differs from the last one. */
export function mountBoardStream(server: FastifyInstance, app: App, authentication: Authentication): void {
  let watchers = 0
  server.get('/api/workbench/halls.watch-board', { schema: { hide: true } }, async (request, reply) => {
    const signIn = await authentication.signIn(request)
    if (!signIn || 'refused' in signIn) return reply.code(401).send({ refusal: signIn?.refused ?? null })
    const { actor } = signIn
    if (!boardPermissions['board.read'].roles.includes(actor.role))
      return reply.code(403).send({ refusal: null })
    const parsed = ask.safeParse(request.query)
    if (!parsed.success)
      return reply.code(400).send({ problems: [{ path: '', message: '请从监考列表进入监考台' }] })
    const first = await readBoard(app, actor, parsed.data)
    if (!first.ok) return reply.code(404).send({ refusal: first.refusal })
    if (watchers >= MOST_WATCHERS)
      return reply.code(503).send({ problems: [{ path: '', message: '同时查看的人太多，请稍后再试' }] })

    watchers += 1
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    let said = ''
    const say = (board: object) => {
      const text = JSON.stringify(board)
      // The moment of the look differs each time and is no news.
      const news = text.replace(/"now":"[^"]*"/, '')
      if (news === said) return
      said = news
      raw.write(`event: board\ndata: ${text}\n\n`)
    }
    say(first.value)
    let looking = false
    const look = setInterval(async () => {
      // A slow database makes the board slower, not the database busier; a slow reader is not buried.
      if (looking || raw.writableLength > 1_000_000) return
      looking = true
      try {
        const again = await authentication.signIn(request)
        const board = again && 'actor' in again ? await readBoard(app, again.actor, parsed.data) : undefined
        if (board?.ok) say(board.value)
        else raw.end('event: over\ndata: {}\n\n')
      } catch (error) {
        app.log.warn({ err: error }, 'the board could not be read')
      } finally {
        looking = false
      }
    }, LOOK_MS)
    const breathe = setInterval(() => raw.write(': \n\n'), BREATH_MS)
    raw.once('close', () => {
      watchers -= 1
      clearInterval(look)
      clearInterval(breathe)
    })
    return reply
  })
}
