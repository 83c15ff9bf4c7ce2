// The board, live: one stream a watcher; one look a second at a hall serves everybody who watches it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type BoardAsk,
  boardFor,
  boardPermissions,
  findBoard,
  type HallDoor,
  type HallLook,
  lookAtHall,
  recordVisit,
  stripFor,
} from '../halls/index.ts'
import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import type { Authentication } from './surface.ts'

const part = z.enum(['theory', 'ability'])
const oneHall = z.strictObject({ sittingId: z.uuid(), hallId: z.uuid(), part })
const STRIPS_AT_ONCE = 6
/** `at=<sitting>.<hall>.<part>`, up to six times: browsers give a site six connections, so all strips share one. */
const severalHalls = z.strictObject({
  at: z
    .preprocess(
      (given) => (Array.isArray(given) ? given : [given]),
      z.array(z.string()).min(1).max(STRIPS_AT_ONCE),
    )
    .transform((texts) =>
      texts.map((text) => {
        const [sittingId, hallId, part] = text.split('.')
        return { sittingId, hallId, part }
      }),
    )
    .pipe(z.array(oneHall)),
})

const LOOK_MS = 1_000
/** Proxies close what is silent. */
const BREATH_MS = 15_000
/** So long a signed-out or reassigned watcher may see on. */
const TRUST_MS = 5_000
const MOST_WATCHERS = 400
const MOST_UNREAD_BYTES = 1_000_000

type See = (look: HallLook) => void

/**
 * GET /api/workbench/halls.watch-board: events `board` with the whole board of one hall, whenever it differs from the
 * last one. GET /api/workbench/halls.watch-boards: events `strip`, several halls in short. Either ends with `over`
 * when the watcher may no longer look.
 */
export function mountBoardStream(server: FastifyInstance, app: App, authentication: Authentication): void {
  const watch = hallWatch(app)
  let watchers = 0

  const open = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asks: BoardAsk[] | undefined,
    words: (look: HallLook, actor: Actor, door: HallDoor) => { event: string; data: object },
  ) => {
    if (!asks) return reply.code(400).send({ problems: [{ path: '', message: '请从监考列表进入监考台' }] })
    const signIn = await authentication.signIn(request)
    if (!signIn || 'refused' in signIn) return reply.code(401).send({ refusal: signIn?.refused ?? null })
    if (!boardPermissions['board.read'].roles.includes(signIn.actor.role))
      return reply.code(403).send({ refusal: null })
    let { actor } = signIn
    const doors = new Map<string, HallDoor>()
    const findDoors = async () => {
      for (const ask of asks) {
        const door = await findBoard(app.db, actor, ask)
        if (!door.ok) return door
        doors.set(keyOf(ask), door.value)
      }
      return undefined
    }
    const unknown = await findDoors()
    if (unknown) return reply.code(404).send({ refusal: unknown.refusal })
    if (watchers >= MOST_WATCHERS)
      return reply.code(503).send({ problems: [{ path: '', message: '同时查看的人太多，请稍后再试' }] })
    for (const door of doors.values()) await recordVisit(app, actor, door)

    watchers += 1
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    const said = new Map<string, string>()
    const leave = asks.map((ask) =>
      watch(ask, (look) => {
        const key = keyOf(ask)
        const door = doors.get(key)
        // A slow reader is not buried.
        if (!door || raw.writableLength > MOST_UNREAD_BYTES) return
        const { event, data } = words(look, actor, door)
        const text = JSON.stringify(data)
        // The moment of the look differs each time and is no news.
        const news = text.replace(/"now":"[^"]*"/, '')
        if (news === said.get(key)) return
        said.set(key, news)
        raw.write(`event: ${event}\ndata: ${text}\n\n`)
      }),
    )
    const trust = setInterval(async () => {
      try {
        const again = await authentication.signIn(request)
        if (again && 'actor' in again) {
          actor = again.actor
          if (boardPermissions['board.read'].roles.includes(actor.role) && !(await findDoors())) {
            for (const door of doors.values()) await recordVisit(app, actor, door)
            return
          }
        }
        raw.end('event: over\ndata: {}\n\n')
      } catch (error) {
        app.log.warn({ err: error }, 'the watcher could not be checked')
      }
    }, TRUST_MS)
    const breathe = setInterval(() => raw.write(': \n\n'), BREATH_MS)
    raw.once('close', () => {
      watchers -= 1
      for (const one of leave) one()
      clearInterval(trust)
      clearInterval(breathe)
    })
    return reply
  }

  server.get('/api/workbench/halls.watch-board', { schema: { hide: true } }, (request, reply) => {
    const parsed = oneHall.safeParse(request.query)
    return open(request, reply, parsed.success ? [parsed.data] : undefined, (look, actor, door) => ({
      event: 'board',
      data: boardFor(look, actor, door),
    }))
  })
  server.get('/api/workbench/halls.watch-boards', { schema: { hide: true } }, (request, reply) => {
    const parsed = severalHalls.safeParse(request.query)
    return open(request, reply, parsed.success ? parsed.data.at : undefined, (look, _actor, door) => ({
      event: 'strip',
      data: stripFor(look, door),
    }))
  })
}

const keyOf = (ask: BoardAsk) => `${ask.sittingId}.${ask.hallId}.${ask.part}`

interface Watched {
  seers: Set<See>
  latest: HallLook | undefined
  timer: NodeJS.Timeout
}

/** A hall is looked at while somebody watches it, once a second however many do. Returns how to leave. */
function hallWatch(app: App): (ask: BoardAsk, see: See) => () => void {
  const watched = new Map<string, Watched>()
  const start = (ask: BoardAsk): Watched => {
    let looking = false
    const look = async () => {
      // A slow database makes the board slower, not the database busier.
      if (looking) return
      looking = true
      try {
        const latest = await lookAtHall(app, ask)
        one.latest = latest
        for (const see of one.seers) see(latest)
      } catch (error) {
        app.log.warn({ err: error }, 'the board could not be read')
      } finally {
        looking = false
      }
    }
    const one: Watched = { seers: new Set(), latest: undefined, timer: setInterval(look, LOOK_MS) }
    void look()
    return one
  }
  return (ask, see) => {
    const key = keyOf(ask)
    const one = watched.get(key) ?? start(ask)
    watched.set(key, one)
    one.seers.add(see)
    if (one.latest) see(one.latest)
    return () => {
      one.seers.delete(see)
      if (one.seers.size > 0) return
      clearInterval(one.timer)
      watched.delete(key)
    }
  }
}
