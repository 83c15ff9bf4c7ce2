import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api, Procedure } from '../platform/api.ts'
import { aTestApp, type TestApp } from '../platform/testing/index.ts'
import { portal } from './portal.ts'
import { buildServer } from './server.ts'
import { workbench } from './workbench.ts'

interface Schema {
  $ref?: string
  properties?: Record<string, unknown>
}
interface Operation {
  operationId?: string
  summary?: string
  parameters?: { name: string; in: string; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema>; securitySchemes?: Record<string, unknown> }
}

let app: TestApp
let server: FastifyInstance
let text: string
let document: Document
beforeAll(async () => {
  app = await aTestApp()
  server = await buildServer(app, { mount: () => {}, signIn: async () => undefined })
  const answer = await server.inject('/api/docs/json')
  text = answer.body
  document = answer.json()
})
afterAll(async () => {
  await server?.close()
  await app?.close()
})

const surfaces: Record<string, Api> = { portal, workbench }
const procedures = Object.entries(surfaces).flatMap(([surface, api]) =>
  Object.entries(api).map(([name, procedure]) => ({
    path: `/api/${surface}/${name}`,
    procedure: procedure as Procedure,
  })),
)
const operationOf = (path: string, procedure: Procedure) =>
  document.paths[path]?.[procedure.kind === 'command' ? 'post' : 'get'] as Operation

describe('the API document', () => {
  it('is OpenAPI 3.1 and names every procedure once', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).flatMap((one) => one.operationId ?? []),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(procedures.length)
  })

  it('points only at schemas it holds', () => {
    const known = new Set(Object.keys(document.components?.schemas ?? {}))
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name as string,
    )
    expect(refs.filter((name) => !known.has(name))).toEqual([])
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)/)
  })

  it('tells what every procedure takes, answers and refuses', () => {
    for (const { path, procedure } of procedures) {
      const operation = operationOf(path, procedure)
      expect(operation.summary, path).toBe(procedure.summary)
      if (procedure.kind === 'command') {
        const types = Object.keys(operation.requestBody?.content ?? {})
        expect(types, path).toEqual([procedure.files ? 'multipart/form-data' : 'application/json'])
      } else {
        const asked = Object.keys((procedure.input as unknown as { shape: object }).shape)
        const told = (operation.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name)
        expect(told.sort(), path).toEqual(asked.sort())
      }
      const type = procedure.kind === 'download' ? 'application/octet-stream' : 'application/json'
      expect(operation.responses?.['200']?.content?.[type]?.schema, path).toBeTruthy()
      expect(Object.keys(operation.responses ?? {}), path).toEqual(
        expect.arrayContaining(['400', '404', '409']),
      )
    }
  })

  it('shows the example of a command', () => {
    const verify = operationOf('/api/portal/certificates.verify', portal['certificates.verify'] as Procedure)
    expect(JSON.stringify(verify.requestBody)).toContain('SZ4220262000001')
  })
})
