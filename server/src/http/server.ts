import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import serveStatic from '@fastify/static'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance } from 'fastify'
import type { App } from '../platform/app.ts'
import { registerApiDocument } from './api-document.ts'
import { mountBoardStream } from './board-stream.ts'
import { mountExam } from './exam.ts'
import { leadToTheHall, mountNode } from './node.ts'
import { portal, portalAtNode } from './portal.ts'
import { type Authentication, answerError, mountSurface } from './surface.ts'
import { workbench, workbenchAtNode } from './workbench.ts'

const webRoot = join(import.meta.dirname, '../../../web/dist')
const MAX_BODY_BYTES = 2 * 1024 * 1024

/** The HTTP door: surfaces, sign-in, API document, built web. Holds no state: any number may run side by side. */
export async function buildServer(
  app: App,
  authentication: Authentication,
  extend: (server: FastifyInstance) => void = () => {},
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => randomUUID().slice(0, 8),
    trustProxy: app.config.env === 'production',
    forceCloseConnections: true,
    logger: false,
  })
  // Input is validated after sign-in and permission, inside the procedure; here nothing is checked twice.
  server.setValidatorCompiler(() => () => true)
  server.setSerializerCompiler(() => (data) => JSON.stringify(data))
  server.setErrorHandler(answerError(app))

  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        // The platform also runs over plain HTTP on a closed network; TLS is the proxy's.
        upgradeInsecureRequests: null,
      },
    },
    hsts: app.config.publicUrl.startsWith('https:'),
    crossOriginOpenerPolicy: false,
  })
  await server.register(compress, { threshold: 1024 })
  await server.register(rateLimit, { global: false })
  await server.register(multipart)
  await registerApiDocument(server, app)
  await server.register(swaggerUi, { routePrefix: '/api/docs' })

  refuseForeignOrigins(server, app)
  authentication.mount(server)
  const { node } = app.config
  mountSurface(server, app, 'portal', node ? portalAtNode : portal, authentication)
  mountSurface(server, app, 'workbench', node ? workbenchAtNode : workbench, authentication)
  mountExam(server, app)
  if (node) leadToTheHall(server)
  else mountNode(server, app)
  mountBoardStream(server, app, authentication)
  extend(server)
  await serveWeb(server)
  return server
}

/** A page of another site must not act with the visitor's session. */
function refuseForeignOrigins(server: FastifyInstance, app: App): void {
  const own = new URL(app.config.publicUrl).host
  server.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const origin = request.headers.origin
    if (!origin) return
    const host = URL.parse(origin)?.host
    if (host === own || host === request.headers.host) return
    await reply.code(403).send({ problems: [{ path: '', message: '请求来自其他网站，已拒绝' }] })
  })
}

async function serveWeb(server: FastifyInstance): Promise<void> {
  server.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/')) {
      return reply.code(404).send({ problems: [{ path: '', message: '没有这个接口' }] })
    }
    if (!existsSync(webRoot)) return reply.code(503).send('The web is not built yet: npm run build')
    const [, room] = /^\/(workbench|exam)(?:\/|$|\?)/.exec(request.url) ?? []
    const page = room ? `${room}.html` : 'index.html'
    return reply.header('cache-control', 'no-cache').sendFile(page)
  })
  if (!existsSync(webRoot)) return
  await server.register(serveStatic, {
    root: webRoot,
    index: 'index.html',
    setHeaders: (response, path) => {
      const hashed = path.includes('/assets/')
      response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
