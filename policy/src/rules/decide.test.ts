import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryQuestion, factModel } from '../../testing/arbitrary-facts.ts'
import { policy, rulesSeen } from '../../testing/packs.ts'
import { RUNS } from '../../testing/runs.ts'
import type { Facts } from '../facts.ts'
import { at } from '../time/steps.ts'
import { decide } from './decide.ts'
import { prepare } from './prepare.ts'
import { timelines } from './timeline.ts'

const anyRule = arbitraryQuestion(rulesSeen)

describe('refusals', () => {
  test('a rule of another province is not decided', () => {
    expect(() =>
      decide(policy, { rule: 'hubei.audience', jurisdiction: 'anhui', facts: {}, on: '2026-03-01' }),
    ).toThrow('no rule hubei.audience for anhui')
  })
  test('a rule is not decided without the parameters it asks for', () => {
    expect(() =>
      decide(policy, { rule: 'engineer.declaration', jurisdiction: 'hubei', facts: {}, on: '2026-03-01' }),
    ).toThrow('occupation, level')
  })
  test('a day that does not exist is not decided on', () => {
    expect(() =>
      decide(policy, { rule: 'hubei.audience', jurisdiction: 'hubei', facts: {}, on: '2026-02-30' }),
    ).toThrow('not a day')
  })
  test('before the notice nobody may train, and the day it opens is said', () => {
    const facts: Facts = {
      retirement: { retired: false },
      employment: [{ status: '在岗', from: '2020-01-01' }],
    }
    const early = decide(policy, { rule: 'hubei.audience', jurisdiction: 'hubei', facts, on: '2023-06-01' })
    expect(early.outcome).toBe('尚未到期')
    expect(early.opensOn).toBe('2023-06-02')
    expect(
      decide(policy, { rule: 'hubei.audience', jurisdiction: 'hubei', facts, on: '2023-06-02' }).outcome,
    ).toBe('符合')
  })
  test('an occupation outside the ten has no path', () => {
    const decision = decide(policy, {
      rule: 'engineer.declaration',
      jurisdiction: 'hubei',
      params: { occupation: '插花花艺师', level: '初级' },
      facts: {},
      on: '2026-03-01',
    })
    expect(decision.outcome).toBe('不符合')
    expect(decision.paths).toEqual([])
  })
})

test('a rule whose first day is only recalled says so in its sentence and beside its clause', () => {
  const decision = decide(policy, {
    rule: 'skill.declaration',
    jurisdiction: 'anhui',
    params: { occupation: 'ai_trainer', level: '初级工' },
    facts: {},
    on: '2026-03-01',
  })
  expect(decision.sentence).toContain('规则起始日2018年3月7日待核实')
  expect(decision.paths[0]!.tree.clause.versionStatus).toBe('recalled')
})

describe('properties', { timeout: 120_000 }, () => {
  test('the timeline of every path is its verdict on each day', () => {
    fc.assert(
      fc.property(
        anyRule,
        arbitraryFacts,
        fc.array(arbitraryDay, { minLength: 1, maxLength: 4 }),
        ([seen, params], facts, days) => {
          const prepared = prepare(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params })
          const steps = timelines(prepared, facts)
          const ask = (on: string) =>
            decide(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params, facts, on })
          const borders = [...steps.values()].flatMap((s) => s.days.slice(0, 3)).slice(0, 6)
          for (const on of [...days, ...borders, ...borders.map(before)]) {
            for (const path of ask(on).paths) {
              const bySteps = ['不符合', '材料不足', '材料不足', '需人工认定', '符合'][
                at(steps.get(path.id)!, on)
              ]
              expect(path.outcome === '尚未到期' ? '不符合' : path.outcome).toBe(bySteps)
            }
          }
        },
      ),
      RUNS,
    )
  })

  test('the day a path opens is the first day a day-by-day scan finds', () => {
    fc.assert(
      fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
        const ask = (day: string) =>
          decide(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params, facts, on: day })
        for (const path of ask(on).paths) {
          if (path.opensOn === undefined || path.opensOn === on) continue
          const onTheDay = ask(path.opensOn).paths.find((p) => p.id === path.id)!
          const dayBefore = ask(before(path.opensOn)).paths.find((p) => p.id === path.id)!
          expect(onTheDay.outcome).toBe('符合')
          expect(dayBefore.outcome).not.toBe('符合')
        }
      }),
      RUNS,
    )
  })

  test('adding a fact only resolves what was unknown', () => {
    const part = fc.constantFrom(...(Object.keys(factModel) as (keyof typeof factModel)[]))
    fc.assert(
      fc.property(
        anyRule,
        arbitraryFacts,
        arbitraryFacts,
        part,
        arbitraryDay,
        ([seen, params], facts, more, key, on) => {
          if (facts[key] !== undefined || more[key] === undefined) return
          const ask = (f: Facts) =>
            decide(policy, { rule: seen.rule.id, jurisdiction: seen.jurisdiction, params, facts: f, on })
          const less = ask(facts)
          const full = ask({ ...facts, [key]: more[key] })
          for (const [i, path] of less.paths.entries()) {
            const after = full.paths[i]!
            if (path.outcome === '符合') expect(after.outcome).toBe('符合')
            if (path.outcome === '不符合' || path.outcome === '尚未到期')
              expect(['不符合', '尚未到期']).toContain(after.outcome)
          }
        },
      ),
      RUNS,
    )
  })

  test('an unknown never makes a prohibition pass', () => {
    fc.assert(
      fc.property(
        arbitraryFacts,
        arbitraryDay,
        fc.constantFrom('activity', 'retirement'),
        (facts, on, key) => {
          const rule = key === 'activity' ? 'hubei.prohibitions' : 'hubei.audience'
          const { [key as 'activity']: _hidden, ...unknown } = facts
          expect(decide(policy, { rule, jurisdiction: 'hubei', facts: unknown, on }).outcome).not.toBe('符合')
        },
      ),
      RUNS,
    )
  })

  test('one undeclared conduct is enough to hold a prohibition open', () => {
    const clean = {
      institutionProvince: '湖北',
      provinces: ['湖北'],
      name: '初级班',
      advertising: '',
      subcontracted: false,
      trainingLoan: false,
      falseAdvertising: false,
      exaggerated: false,
      disguisedLicensing: false,
    }
    const ask = (activity: Facts['activity']) =>
      decide(policy, {
        rule: 'hubei.prohibitions',
        jurisdiction: 'hubei',
        facts: { activity },
        on: '2026-03-01',
      }).outcome
    expect(ask(clean)).toBe('符合')
    for (const key of Object.keys(clean)) {
      const { [key as keyof typeof clean]: _hidden, ...rest } = clean
      expect([key, ask(rest)]).toEqual([key, '材料不足'])
    }
  })

  test('every need of a path that can be met points at a fact or a parameter', () => {
    fc.assert(
      fc.property(anyRule, arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
        const decision = decide(policy, {
          rule: seen.rule.id,
          jurisdiction: seen.jurisdiction,
          params,
          facts,
          on,
        })
        for (const path of decision.paths) {
          if (path.outcome === '符合') expect(path.needs).toEqual([])
          if (path.outcome === '材料不足' || path.outcome === '需人工认定')
            expect(path.needs.length).toBeGreaterThan(0)
          for (const need of path.needs) expect(need.at).toMatch(/^(参数:|[a-zA-Z])/)
        }
      }),
      RUNS,
    )
  })
})

function before(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
