import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Procedure, refusalShape } from '../platform/api.ts'
import type { App } from '../platform/app.ts'

/** The OpenAPI 3.1 document at /api/docs, written from the procedures: what each takes, answers and refuses. */
const refused = z.object({ refusal: refusalShape })
const problems = z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) })
const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
})

export async function registerApiDocument(server: FastifyInstance, app: App): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Shujiang 数匠',
        version: '1',
        description:
          'GET for queries and downloads, POST for commands. A refusal answers 409 (404 when there is no such record in your scope) with { refusal: { code, clause, message, facts } }; bad input 400 with { problems: [{ path, message }] }.',
      },
      servers: [{ url: app.config.publicUrl }],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token of the header set-auth-token, given when signing in under /api/auth',
          },
        },
      },
    },
    transform: (document) => {
      const found = jsonSchemaTransform(document)
      const { 'x-example': example, ...schema } = found.schema as Record<string, unknown>
      if (example !== undefined && schema.body) Object.assign(schema.body, { examples: [example] })
      return { ...found, schema }
    },
  })
}

export function routeSchema(surface: string, name: string, procedure: Procedure): Record<string, unknown> {
  const { input, permission, clause, example } = procedure
  const roles = permission.roles.join(', ')
  const isPublic = permission.roles.includes('public')
  return {
    operationId: `${surface}.${name}`,
    tags: [`${surface}/${name.split('.')[0]}`],
    summary: procedure.summary,
    description: `permission ${permission.name} (${roles})${clause ? ` · ${clause}` : ''}`,
    security: isPublic ? [] : [{ bearer: [] }],
    ...(surface === 'workbench' ? { headers: ACTING_AS } : {}),
    ...(procedure.kind === 'command' ? takes(procedure) : { querystring: input }),
    ...(example === undefined ? {} : { 'x-example': example }),
    response: {
      200:
        procedure.kind === 'download'
          ? { description: 'The file', content: { 'application/octet-stream': { schema: z.file() } } }
          : json('Done', procedure.output),
      400: json('Bad input, problem by problem', problems),
      ...(isPublic
        ? {}
        : { 401: json('Not signed in', refused), 403: json('Another role is needed', refused) }),
      404: json('No such record in your scope', refused),
      409: json('Refused, with the clause', refused),
    },
  }
}

const ACTING_AS = z.object({
  'x-acting-as': z.string().optional().describe('Membership to act under; without it the first one acts'),
})

/** With files the JSON travels in the part `input`; every other part is a file. */
function takes({ input, files }: Extract<Procedure, { kind: 'command' }>) {
  if (!files) return { body: input }
  return { consumes: ['multipart/form-data'], body: z.object({ input, file: z.file().optional() }) }
}
