import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeclaration } from '../exams/fixtures.ts'
import { PUBLIC_ACTOR } from '../platform/api.ts'
import { aTestApp, type TestApp } from '../platform/testing/index.ts'
import { policyApi } from './policy-api.ts'
// Loaded for what its procedures say of their clauses.
import './portal.ts'

let app: TestApp
beforeAll(async () => {
  app = await aTestApp()
})
afterAll(() => app.close())
const call = () => ({ app, actor: PUBLIC_ACTOR, files: [], ip: '127.0.0.1' })

describe('policy.clauses', () => {
  it('refuses a clause and a rule that do not exist', async () => {
    expect(await policyApi['policy.clause'].handle(call(), { id: 'HB-99' })).toMatchObject({
      refusal: { code: 'CLAUSE_NOT_FOUND' },
    })
    expect(
      await policyApi['policy.rule'].handle(call(), { id: 'nothing', jurisdiction: 'hubei' }),
    ).toMatchObject({ refusal: { code: 'RULE_NOT_FOUND' } })
  })

  it('names for a clause its rules, clocks and acts, all from the packs and the procedures', async () => {
    const found = await policyApi['policy.clause'].handle(call(), { id: 'HB-4.4' })
    expect(found).toMatchObject({
      value: {
        rules: expect.arrayContaining([
          expect.objectContaining({ id: 'engineer.passing', jurisdiction: 'hubei' }),
        ]),
        uses: {
          deadlines: expect.arrayContaining([expect.objectContaining({ id: 'hubei.result-report' })]),
          procedures: expect.arrayContaining(['我能申报吗']),
        },
      },
    })
  })

  it('every rule a clause names opens as sentences, none of them empty', async () => {
    const list = await policyApi['policy.clauses'].handle(call(), {})
    const rules = list.ok ? list.value.clauses.flatMap((one) => one.rules) : []
    expect(new Set(rules.map((one) => one.id)).size).toBeGreaterThan(10)
    for (const rule of rules) {
      const opened = await policyApi['policy.rule'].handle(call(), {
        id: rule.id,
        jurisdiction: rule.jurisdiction as 'hubei',
      })
      if (!opened.ok) throw new Error(`${rule.id}: ${opened.refusal.message}`)
      const paths = opened.value.versions.flatMap((one) => one.cases.flatMap((two) => two.paths))
      expect([rule.id, paths.length > 0]).toEqual([rule.id, true])
      for (const path of paths) for (const step of path.steps) expect(step.text).not.toMatch(/undefined|^$/)
    }
  })
})

describe('policy.replay-decision', () => {
  const replay = (decisionId: string) => policyApi['policy.replay-decision'].handle(call(), { decisionId })
  const decisionOf = async (id: string) => {
    const { rows } = await sql<{ decisionId: string }>`
      select decision_id from exams.declarations where id = ${id}`.execute(app.db)
    return rows[0]?.decisionId as string
  }

  it('does not find a decision nobody made', async () => {
    expect(await replay('00000000-0000-4000-8000-000000000000')).toMatchObject({
      refusal: { code: 'DECISION_NOT_FOUND' },
    })
  })

  it('decides again by the receipt and gets the same bytes', async () => {
    const { declaration } = await aDeclaration(app)
    const found = await replay(await decisionOf(declaration.id))
    expect(found).toMatchObject({ value: { rule: 'engineer.declaration', same: true } })
  })

  /** What somebody who could write to the table might have left there: kept decisions themselves cannot be changed. */
  const altered = async (path: string, value: string) => {
    const { declaration } = await aDeclaration(app)
    const id = await decisionOf(declaration.id)
    const { rows } = await sql<{ id: string }>`
      insert into platform.decisions (id, rule, outcome, decided_on, subject, facts, decision, created_at)
      select gen_random_uuid(), rule, outcome, decided_on, subject, facts,
        jsonb_set(decision, ${path}::text[], ${JSON.stringify(value)}::jsonb), created_at
      from platform.decisions where id = ${id} returning id`.execute(app.db)
    return rows[0]?.id as string
  }

  it('tells a decision that is not what its receipt gives', async () => {
    expect(await replay(await altered('{outcome}', '不符合'))).toMatchObject({ value: { same: false } })
  })

  it('compares nothing when the rule files of that day are no longer here', async () => {
    expect(await replay(await altered('{receipt,packs,0,sha}', '0000'))).toMatchObject({
      value: { same: null, again: null },
    })
  })
})
