import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOfficialData } from '../../../db/seed/official.ts'
import { aPerson, aSupervisedRegion, insertOrganisation } from '../people/fixtures.ts'
import { createDemoStaff, scopeOf } from '../people/index.ts'
import { type Actor, type Api, type Procedure, ROLES, type Role } from '../platform/api.ts'
import { anActor, aTestApp, type TestApp } from '../platform/testing/index.ts'
import { portal } from './portal.ts'
import { buildServer } from './server.ts'
import { workbench } from './workbench.ts'

/**
 * Walks every procedure of both surfaces: each wrong role is refused, and each right role that does not see the
 * whole nation finds nothing when it asks for a record of another province. The actors are of Anhui; the modules'
 * `foreignRecords` (fixtures.ts) make records of Hubei.
 */
const surfaces: Record<string, Api> = { portal, workbench }
const walk = Object.entries(surfaces).flatMap(([surface, api]) =>
  Object.entries(api).map(([name, procedure]) => ({ surface, name, procedure: procedure as Procedure })),
)
const roles = (Object.keys(ROLES) as Role[]).filter((role) => role !== 'system')
const withRecord = walk.filter(({ procedure }) => procedure.record && !isPublic(procedure))

type Makers = Record<string, (app: TestApp) => Promise<string>>
const makers: Makers = {}
for (const file of globSync('*/fixtures.ts', { cwd: join(import.meta.dirname, '..') })) {
  const module = (await import(join(import.meta.dirname, '..', file))) as { foreignRecords?: Makers }
  Object.assign(makers, module.foreignRecords)
}

let app: TestApp
let server: FastifyInstance
let actors: Record<Role, Actor>
const foreign = new Map<string, string>()

beforeAll(async () => {
  app = await aTestApp()
  await loadOfficialData(app)
  actors = await actorsOfAnhui(app)
  server = await buildServer(app, {
    mount: () => {},
    signIn: async (request) => {
      const role = String(request.headers['x-test-role']) as Role
      return role === 'public' ? undefined : { actor: actors[role] }
    },
  })
  for (const [kind, make] of Object.entries(makers)) {
    if (!withRecord.some(({ procedure }) => procedure.record?.kind === kind)) continue
    foreign.set(kind, await make(app))
  }
})
afterAll(async () => {
  await server?.close()
  await app?.close()
})

function isPublic(procedure: Procedure): boolean {
  return procedure.permission.roles.includes('public')
}

async function actorsOfAnhui(world: TestApp): Promise<Record<Role, Actor>> {
  const region = await aSupervisedRegion(world, '340000', '340100')
  const found: Partial<Record<Role, Actor>> = { public: anActor('public') }
  const person = await aPerson(world, { name: '安徽人', provinceCode: '340000', cityCode: '340100' })
  const staffed = roles.filter((role) => role !== 'public')
  const accounts = await createDemoStaff(
    world,
    'a-long-enough-password',
    staffed.map((role) => ({ name: ROLES[role], username: role, totpSecret: null, memberships: [] })),
  )
  for (const [index, role] of staffed.entries()) {
    const accountId = accounts[index] ?? null
    if (role === 'learner') {
      found.learner = anActor('learner', {}, { accountId, personId: person.id })
      continue
    }
    const actor = anActor(role, {}, { accountId })
    const organisation = actor.organisation as NonNullable<Actor['organisation']>
    const place = {
      ...organisation,
      name: `安徽${ROLES[role]}`,
      provinceCode: organisation.kind === 'national_office' ? '110000' : '340000',
      cityCode: organisation.cityCode && '340100',
    }
    const id =
      organisation.kind === 'city_bureau'
        ? region.city
        : organisation.kind === 'provincial_department'
          ? region.province
          : organisation.kind === 'national_office'
            ? region.national
            : await insertOrganisation(world, place)
    found[role] = { ...actor, organisation: { ...place, id } }
  }
  return found as Record<Role, Actor>
}

function call(surface: string, name: string, procedure: Procedure, role: Role, input: unknown) {
  const url = `/api/${surface}/${name}`
  const headers = { 'x-test-role': role }
  if (procedure.kind === 'command')
    return server.inject({ method: 'POST', url, headers, payload: (input ?? {}) as object })
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries((input ?? {}) as object)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(key, String(one))
    }
  }
  return server.inject({ url: `${url}?${query}`, headers })
}

/** The example with another tenant's record in the place the procedure names; a list of records gets that one. */
function withForeign(procedure: Procedure, recordId: string): unknown {
  const { from } = procedure.record as { from: string }
  const input = structuredClone((procedure.example ?? {}) as Record<string, unknown>)
  const path = from.split('.')
  let at = input
  for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>
  const last = path.at(-1) as string
  at[last] = Array.isArray(at[last]) ? [recordId] : recordId
  return input
}

describe('a role without the permission', () => {
  test.each(walk)('is refused: $surface $name', async ({ surface, name, procedure }) => {
    if (isPublic(procedure)) return
    for (const role of roles) {
      if (procedure.permission.roles.includes(role)) continue
      const answer = await call(surface, name, procedure, role, procedure.example)
      expect([role, answer.statusCode]).toEqual([role, role === 'public' ? 401 : 403])
    }
  })
})

describe('a role with the permission', () => {
  test.each(walk)('is heard: $surface $name', async ({ surface, name, procedure }) => {
    if (procedure.example === undefined) return
    for (const role of procedure.permission.roles) {
      if (role === 'system') continue
      const answer = await call(surface, name, procedure, role, procedure.example)
      expect([role, answer.statusCode, answer.statusCode >= 400 ? answer.body : '']).toEqual([
        role,
        expect.toSatisfy((status: number) => [200, 404, 409].includes(status), 'heard'),
        expect.anything(),
      ])
    }
  })
})

describe("another tenant's record", () => {
  test.each(withRecord)('is not found: $surface $name', async ({ surface, name, procedure }) => {
    const kind = procedure.record?.kind ?? ''
    const recordId = foreign.get(kind)
    expect(recordId, `foreignRecords has a maker for ${kind}`).toBeDefined()
    expect(procedure.example, 'a procedure with a record has an example').toBeDefined()
    for (const role of procedure.permission.roles) {
      if (role === 'system' || role === 'public' || scopeOf(actors[role]).kind === 'nation') continue
      const answer = await call(surface, name, procedure, role, withForeign(procedure, recordId ?? ''))
      expect([role, answer.statusCode, answer.body]).toEqual([role, 404, expect.anything()])
    }
  })
})

test('every procedure that names a record id in its input declares the record', () => {
  const undeclared = walk.filter(({ procedure }) => {
    if (procedure.record || isPublic(procedure)) return false
    const shape = (procedure.input as { shape?: Record<string, unknown> }).shape ?? {}
    return 'id' in shape
  })
  expect(undeclared.map(({ surface, name }) => `${surface} ${name}`)).toEqual([])
})
