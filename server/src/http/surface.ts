import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Actor, type Api, type Procedure, PUBLIC_ACTOR, type UploadedFile } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { countQueries, type QueryCount } from '../platform/db.ts'
import { lookForTexts } from '../platform/policy-book.ts'
import type { Refusal } from '../platform/result.ts'
import { routeSchema } from './api-document.ts'

/** Who is calling: nobody known, somebody, or somebody whose sign-in is not enough (and why). */
export type SignIn = { actor: Actor } | { refused: Refusal } | undefined

export interface Authentication {
  /** Adds the sign-in routes under /api/auth. */
  mount(server: FastifyInstance): void
  signIn(request: FastifyRequest): Promise<SignIn>
}

z.config(z.locales.zhCN())

interface Problem {
  path: string
  message: string
}

export class BadInput extends Error {
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super('bad input')
    this.problems = problems
  }
}

export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
}

const counts = new WeakMap<FastifyRequest, QueryCount>()

/** Mounts a surface: every procedure at `/api/<surface>/<name>`, in the order sign-in, permission, input, verb. */
export function mountSurface(
  server: FastifyInstance,
  app: App,
  surface: string,
  api: Api,
  authentication: Authentication,
): void {
  for (const [name, procedure] of Object.entries(api)) {
    server.route({
      method: procedure.kind === 'command' ? 'POST' : 'GET',
      url: `/api/${surface}/${name}`,
      schema: routeSchema(surface, name, procedure),
      // Benches and journeys come from one address, thousands of people at once: there the brake is off.
      ...(procedure.limit && app.config.env !== 'test'
        ? { config: { rateLimit: { max: procedure.limit.max, timeWindow: procedure.limit.seconds * 1000 } } }
        : {}),
      // Set when the answer is on its way out: by then every query of the procedure has been counted.
      onSend: async (request, reply) => {
        reply.header('x-queries', counts.get(request)?.queries ?? 0)
        // Nobody on the way keeps what one person was shown.
        reply.header('cache-control', 'no-store')
      },
      handler: async (request, reply) => {
        // Outside the count: a look once a second, whoever asks, for texts another process has confirmed.
        await lookForTexts(app)
        return countQueries((count) => {
          counts.set(request, count)
          return answer(app, procedure, request, reply, authentication)
        })
      },
    })
  }
}

async function answer(
  app: App,
  procedure: Procedure,
  request: FastifyRequest,
  reply: FastifyReply,
  authentication: Authentication,
): Promise<unknown> {
  const signIn = await authentication.signIn(request)
  const isPublic = procedure.permission.roles.includes('public')
  if (signIn && 'refused' in signIn && !isPublic) return reply.code(401).send({ refusal: signIn.refused })
  const actor = signIn && 'actor' in signIn ? signIn.actor : PUBLIC_ACTOR
  if (!procedure.permission.roles.includes(actor.role) && !isPublic) {
    const signedOut = actor.role === 'public'
    return reply.code(signedOut ? 401 : 403).send({
      refusal: signedOut ? SIGNED_OUT : { ...FORBIDDEN, facts: { permission: procedure.permission.name } },
    })
  }

  const { raw, files } = await readInput(
    {
      reads: procedure.kind !== 'command',
      files: procedure.kind === 'command' ? procedure.files : undefined,
    },
    request,
  )
  const parsed = procedure.input.safeParse(raw)
  if (!parsed.success) throw new BadInput(problemsOf(parsed.error))

  const call = { app, actor, files, ip: request.ip }
  const result = await procedure.handle(call, parsed.data)
  if (!result.ok) {
    return reply.code(result.refusal.code.endsWith('NOT_FOUND') ? 404 : 409).send({ refusal: result.refusal })
  }
  if (procedure.kind === 'download') {
    const file = result.value as { fileName: string; mediaType: string; bytes: Uint8Array; inline?: boolean }
    return reply
      .header('content-type', file.mediaType)
      .header(
        'content-disposition',
        `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      )
      .send(Buffer.from(file.bytes))
  }
  // The output schema picks: a column nobody declared never leaves the server.
  return reply.type('application/json').send(JSON.stringify(procedure.output.parse(result.value)))
}

interface Intake {
  /** Input comes from the query string. */
  reads: boolean
  files: { max: number; maxBytes: number; mediaTypes?: readonly string[] } | undefined
}

export async function readInput(
  intake: Intake,
  request: FastifyRequest,
): Promise<{ raw: unknown; files: UploadedFile[] }> {
  if (intake.reads) return { raw: request.query, files: [] }
  if (!request.isMultipart()) return { raw: request.body ?? {}, files: [] }
  const limits = intake.files
  if (!limits) throw new BadInput([{ path: '', message: '此操作不接收文件' }])
  let raw: unknown = {}
  const files: UploadedFile[] = []
  for await (const part of request.parts({
    limits: { files: limits.max, fileSize: limits.maxBytes, fields: 4 },
  })) {
    if (part.type === 'field') {
      if (part.fieldname === 'input') raw = parseJson(String(part.value))
      continue
    }
    files.push(await readFile(part, limits))
  }
  return { raw, files }
}

async function readFile(
  part: MultipartFile,
  limits: { maxBytes: number; mediaTypes?: readonly string[] },
): Promise<UploadedFile> {
  const bytes = await part.toBuffer()
  if (limits.mediaTypes && !limits.mediaTypes.includes(part.mimetype)) {
    throw new BadInput([
      {
        path: part.fieldname,
        message: `文件类型不受支持，请上传：${limits.mediaTypes.map(plainType).join('、')}`,
      },
    ])
  }
  return { field: part.fieldname, name: part.filename, mediaType: part.mimetype, bytes }
}

function plainType(mediaType: string): string {
  if (mediaType.includes('spreadsheet')) return 'Excel（.xlsx）'
  return (mediaType.split('/')[1] ?? mediaType).toUpperCase()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadInput([{ path: 'input', message: '表单内容不是有效的 JSON' }])
  }
}

const SIGNED_OUT: Refusal = {
  code: 'SIGNED_OUT',
  clause: null,
  message: '请先登录。您填写的内容会保留。',
  facts: {},
}
const FORBIDDEN: Refusal = {
  code: 'FORBIDDEN',
  clause: null,
  message: '您当前的身份没有办理此事项的权限。如有多个身份，请切换后再试。',
  facts: {},
}

/** What went wrong, in the shape every client reads. Unknown errors get a number to quote and nothing else. */
export function answerError(app: App) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    if (error instanceof BadInput) return reply.code(400).send({ problems: error.problems })
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status === 413) {
      return reply.code(413).send({ problems: [{ path: '', message: '文件或内容过大，请压缩或分批上传' }] })
    }
    if (status === 429) {
      return reply.code(429).send({ problems: [{ path: '', message: '操作过于频繁，请稍后再试' }] })
    }
    if (status >= 400 && status < 500) {
      return reply.code(status).send({ problems: [{ path: '', message: '请求无法识别，请检查填写的内容' }] })
    }
    app.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed')
    return reply.code(500).send({
      number: request.id,
      message: `暂时无法完成，内容未改动。请稍后再试；如仍不成，请向管理员提供编号 ${request.id}。`,
    })
  }
}
