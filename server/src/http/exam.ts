// The examination room's door. No sign-in: a machine's, an admission's or a lease's secret comes in a header, and the
// verb checks it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type HotCall,
  hotCalls,
  openHall,
  type RoomCall,
  type RoomSecrets,
  roomApi,
} from '../halls/room-api.ts'
import type { App } from '../platform/app.ts'
import type { Refusal, Result } from '../platform/result.ts'
import { BadInput, problemsOf, readInput } from './surface.ts'

export function mountExam(server: FastifyInstance, app: App): void {
  mountHall(server, app)
  for (const [path, procedure] of Object.entries(roomApi)) {
    server.route({
      method: procedure.method,
      url: `/api/exam/${path}`,
      schema: { hide: true },
      ...(procedure.limit && app.config.env !== 'test'
        ? { config: { rateLimit: { max: procedure.limit.max, timeWindow: procedure.limit.seconds * 1000 } } }
        : {}),
      handler: async (request, reply) => {
        const { raw, files } = await readInput(
          { reads: procedure.method === 'GET', files: procedure.files },
          request,
        )
        const parsed = procedure.input.safeParse(raw)
        if (!parsed.success) throw new BadInput(problemsOf(parsed.error))
        try {
          const result = await procedure.handle({ ...asking(app, request), files }, parsed.data)
          return answer(app, reply, result)
        } catch (error) {
          return comeAgain(app, reply, error)
        }
      },
    })
  }
}

/**
 * The calls a full hall makes every second. What a page needs of the server's hooks they do without: at ten thousand
 * answers a second a dozen headers have their price.
 */
function mountHall(server: FastifyInstance, app: App): void {
  const open = openHall(app)
  server.addHook('onClose', () => open.close())
  for (const [path, call] of Object.entries(hotCalls)) {
    server.route({
      method: call.method,
      url: `/api/exam/${path}`,
      schema: { hide: true },
      bodyLimit: call.maxBytes,
      helmet: false,
      ...(call.method === 'POST' ? { compress: false } : {}),
      handler: (request, reply) => answerHot(app, call, request, reply),
    })
  }
}

async function answerHot(
  app: App,
  call: HotCall,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const parsed = call.input.safeParse(request.body ?? {})
  if (!parsed.success) throw new BadInput(problemsOf(parsed.error))
  try {
    return answer(app, reply, await call.handle(app, secretsOf(request), parsed.data))
  } catch (error) {
    return comeAgain(app, reply, error)
  }
}

function answer(app: App, reply: FastifyReply, result: Result<unknown>): FastifyReply {
  const now = nowText(app)
  reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').type(JSON_TYPE)
  if (result.ok) return reply.send(JSON.stringify({ ...(result.value as object), now }))
  return reply.code(statusOf(result.refusal)).send(JSON.stringify({ refusal: result.refusal, now }))
}

const JSON_TYPE = 'application/json; charset=utf-8'

let said = { clock: undefined as App['clock'] | undefined, ticks: 0, text: '' }

/** The clock is asked once a millisecond, not once an answer. */
function nowText({ clock }: App): string {
  const ticks = performance.now()
  if (said.clock !== clock || ticks - said.ticks >= 1)
    said = { clock, ticks, text: clock.now().toISOString() }
  return said.text
}

function statusOf({ code }: Refusal): number {
  if (code.endsWith('NOT_FOUND')) return 404
  return code.endsWith('SECRET_INVALID') ? 401 : 409
}

/** Neither done nor refused: what the room has is kept there and sent again. */
function comeAgain(app: App, reply: FastifyReply, error: unknown): FastifyReply {
  const { retryAfterSeconds } = error as { retryAfterSeconds?: number }
  if (retryAfterSeconds === undefined) throw error
  return reply
    .code(503)
    .header('retry-after', String(retryAfterSeconds))
    .header('cache-control', 'no-store')
    .type(JSON_TYPE)
    .send(
      JSON.stringify({
        message: '服务器暂时没有存下这次提交，内容仍在这台机器上，会自动重试。',
        now: app.clock.now().toISOString(),
      }),
    )
}

function secretsOf({ headers }: FastifyRequest): RoomSecrets {
  const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)
  return {
    station: one(headers['x-station']),
    admission: one(headers['x-admission']),
    attempt: one(headers['x-attempt']),
    lease: one(headers['x-lease']),
  }
}

function asking(app: App, request: FastifyRequest): Omit<RoomCall, 'files'> {
  const seb = request.headers['x-safeexambrowser-configkeyhash']
  return {
    app,
    secrets: secretsOf(request),
    ip: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    sebConfigHash: typeof seb === 'string' ? seb : undefined,
    url: `${app.config.publicUrl}${request.url}`,
  }
}
