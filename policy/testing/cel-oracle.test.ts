import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { prepare, traces } from '../src/index.ts'
import { YES } from '../src/state.ts'
import { onDay } from '../src/time/by-day.ts'
import { arbitraryDay, knownFacts } from './arbitrary-facts.ts'
import { celContext, parseCel, toCel } from './cel-oracle.ts'
import { policy } from './packs.ts'

const RUNS = { numRuns: +(process.env.POLICY_RUNS ?? 10_000) }
const EDITIONS: Record<string, string> = { ai_trainer: '2018', data_security_admin: '2023' }
const asks = [
  ...['初级', '中级', '高级'].map((level) => ({
    rule: 'engineer.declaration',
    occupation: 'smart_mfg',
    level,
  })),
  ...['初级工', '中级工', '高级工', '技师', '高级技师'].flatMap((level) =>
    Object.keys(EDITIONS).map((occupation) => ({ rule: 'skill.declaration', occupation, level })),
  ),
]

const compiled = asks.map(({ rule, occupation, level }) => {
  const prepared = prepare(policy, { rule, jurisdiction: 'national', params: { occupation, level } })
  const given = {
    occupation,
    level,
    edition: EDITIONS[occupation] ?? '',
    occupationId: (alias: string) => policy.occupationIds.get(alias) ?? alias,
  }
  const paths = onDay(prepared.standing, '2026-03-01').version.paths.flatMap(({ path, tree }) => {
    const cel = toCel(tree, given)
    return cel === undefined ? [] : [{ id: path.id, cel, holds: parseCel(cel) }]
  })
  return { prepared, given, paths }
})

/** CEL knows no versions: only days on which the rules hold. */
const dayInForce = arbitraryDay.map((day) => (day < '2021-09-29' ? day.replace(/^\d+/, '2025') : day))

test('nearly every path of the two ladders has a reading in CEL', () => {
  const all = compiled
    .map((c) => onDay(c.prepared.standing, '2026-03-01').version.paths.length)
    .reduce((a, b) => a + b, 0)
  const read = compiled.map((c) => c.paths.length).reduce((a, b) => a + b, 0)
  // 技工院校毕业 of the engineers is always judged by a person: three paths.
  expect(all - read).toBe(3)
})

test('of known people the same rule in CEL says the same, path by path', { timeout: 300_000 }, () => {
  let granted = 0
  fc.assert(
    fc.property(fc.constantFrom(...compiled), knownFacts, dayInForce, (ask, facts, on) => {
      const found = new Map(traces(ask.prepared, facts, on).map((t) => [t.id, t.state]))
      const context = celContext(facts, on, ask.given)
      for (const path of ask.paths) {
        const holds = path.holds(context)
        if (holds) granted++
        expect([path.id, found.get(path.id) === YES]).toEqual([path.id, holds])
      }
    }),
    RUNS,
  )
  // A comparison in which nobody is ever granted anything would compare nothing.
  expect(granted).toBeGreaterThan(RUNS.numRuns / 50)
})
