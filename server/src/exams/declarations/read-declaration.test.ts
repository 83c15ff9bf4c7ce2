import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import { aTestApp, type TestApp } from '../../platform/testing/index.ts'
import { aDeclaration, aDeclarationBatch, anExamsWorld, type ExamsWorld, FACTS, value } from '../fixtures.ts'
import { declarationRecord } from './declaration-shapes.ts'
import { readDeclaration } from './read-declaration.ts'
import { listDeclarations } from './store/reading.ts'

let app: TestApp
let world: ExamsWorld
beforeAll(async () => {
  app = await aTestApp()
  world = await anExamsWorld(app)
})
afterAll(() => app.close())

describe('readDeclaration', () => {
  it('is not found by the evaluator before it is submitted, by another city, nor by another learner', async () => {
    const { declaration } = await aDeclaration(app, { world })
    const other = await aDeclaration(app)
    const wuhan = world.city.organisation
    const yichang = { ...world.city, organisation: wuhan && { ...wuhan, cityCode: '420500' } }
    for (const actor of [
      world.evaluation.actor,
      world.city,
      yichang,
      other.declaration.actor,
      other.world.training.actor,
    ]) {
      expect(await readDeclaration(app, actor, { declarationId: declaration.id })).toMatchObject({
        ok: false,
        refusal: { code: 'DECLARATION_NOT_FOUND' },
      })
    }
    expect(await readDeclaration(app, declaration.actor, { declarationId: declaration.id })).toMatchObject({
      ok: true,
    })
  })

  it('shows each what may be done now, with the reason where not, as the verbs check it', async () => {
    const { declaration } = await aDeclaration(app, { world, state: 'submitted', facts: FACTS.unmet })
    const read = async (actor: typeof world.second) => {
      const result = value(await readDeclaration(app, actor, { declarationId: declaration.id }))
      return declarationRecord.parse(result) as z.output<typeof declarationRecord>
    }
    const evaluator = await read(world.evaluation.actor)
    expect(evaluator.actions).toMatchObject({
      confirm: { allowed: false, because: { code: 'VERDICT_NOT_MET' } },
      proposeOverride: { allowed: true },
      revoke: { allowed: false, because: { code: 'CONFIRMATION_NOT_REVOCABLE' } },
      submit: null,
    })
    expect(evaluator.decision.paths.length).toBeGreaterThan(2)
    expect(evaluator.decision.paths[0]?.steps[0]).toMatchObject({
      depth: 0,
      clause: { id: expect.any(String) },
    })
    expect(evaluator.timeline.map((one) => one.name)).toContain('declaration.submitted')
    const city = await read(world.city)
    expect(Object.values(city.actions).every((one) => one === null)).toBe(true)
    expect((await read(declaration.actor)).actions.withdraw).toEqual({ allowed: true })
  })
})

describe('listDeclarations', () => {
  it('puts the exceptions of the confirmation desk first', async () => {
    const own = await anExamsWorld(app)
    await aDeclarationBatch(app, { world: own, state: 'submitted', count: 2, facts: FACTS.met })
    await aDeclarationBatch(app, { world: own, state: 'submitted', count: 1, facts: FACTS.judge })
    await aDeclarationBatch(app, { world: own, state: 'submitted', count: 1, facts: FACTS.unmet })
    const { rows, total } = await listDeclarations(app.db, scopeOf(own.evaluation.actor), {
      state: 'submitted',
      page: 1,
      size: 3,
    })
    expect(total).toBe(4)
    expect(rows.map((row) => row.outcome)).toEqual(['不符合', '需人工认定', '符合'])
  })
})
