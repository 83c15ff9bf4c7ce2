// The province's door for hall nodes: sealed bytes in, sealed bytes out; who is nobody here is told so in the open. And
// what is different where the program itself is a node.
import type { FastifyInstance } from 'fastify'
import { answerNode, NODE_MOST_BYTES, NODE_PATHS } from '../halls/index.ts'
import type { App } from '../platform/app.ts'

const CALLS_A_MINUTE = 1_200

export function mountNode(server: FastifyInstance, app: App): void {
  server.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    for (const path of NODE_PATHS) {
      scope.route({
        method: 'POST',
        url: `/api/node/${path}`,
        schema: { hide: true },
        bodyLimit: NODE_MOST_BYTES[path],
        compress: false,
        ...(app.config.env === 'test'
          ? {}
          : { config: { rateLimit: { max: CALLS_A_MINUTE, timeWindow: 60_000 } } }),
        handler: async (request, reply) => {
          const secret = request.headers['x-node']
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
          const answer = await answerNode(app, path, typeof secret === 'string' ? secret : undefined, body)
          reply.header('cache-control', 'no-store')
          if ('sealed' in answer) return reply.type('application/octet-stream').send(answer.sealed)
          const status = answer.refusal.code === 'NODE_SECRET_INVALID' ? 401 : 409
          return reply.code(status).send({ refusal: answer.refusal })
        },
      })
    }
  })
}

/** A node has no portal: whoever types its bare address sits at a machine of the hall. */
export function leadToTheHall(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.url === '/' || request.url.startsWith('/?')) await reply.redirect('/exam')
  })
}
