// The examination room's door. No sign-in: a machine's, an admission's or a lease's secret comes in a header, and the
// verb checks it. The calls a full hall makes every second (save, pulse, start, hand-in) are mounted by the journal.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { roomApi } from '../halls/room-api.ts'
import type { App } from '../platform/app.ts'
import { BadInput, problemsOf, readInput } from './surface.ts'

export function mountExam(server: FastifyInstance, app: App): void {
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
        const result = await procedure.handle({ ...asking(app, request), files }, parsed.data)
        reply.header('cache-control', 'no-store')
        const now = app.clock.now().toISOString()
        if (result.ok) return reply.send({ ...(result.value as object), now })
        const { code } = result.refusal
        const status = code.endsWith('NOT_FOUND') ? 404 : code.endsWith('SECRET_INVALID') ? 401 : 409
        return reply.code(status).send({ refusal: result.refusal, now })
      },
    })
  }
}

function asking(app: App, request: FastifyRequest) {
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    app,
    secrets: {
      station: header('x-station'),
      admission: header('x-admission'),
      attempt: header('x-attempt'),
      lease: header('x-lease'),
    },
    ip: request.ip,
    agent: (header('user-agent') ?? '').slice(0, 300),
    sebConfigHash: header('x-safeexambrowser-configkeyhash'),
    url: `${app.config.publicUrl}${request.url}`,
  }
}
