import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryQuestion } from '../../testing/arbitrary-facts.ts'
import { policy, rulesSeen } from '../../testing/packs.ts'
import { RUNS } from '../../testing/runs.ts'
import type { Facts } from '../facts.ts'
import { decide } from './decide.ts'

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

test('every need of a path that can be met points at a fact or a parameter', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(arbitraryQuestion(rulesSeen), arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
      const { paths } = decide(policy, {
        rule: seen.rule.id,
        jurisdiction: seen.jurisdiction,
        params,
        facts,
        on,
      })
      for (const path of paths) {
        if (path.outcome === '符合') expect(path.needs).toEqual([])
        if (path.outcome === '材料不足' || path.outcome === '需人工认定')
          expect(path.needs.length).toBeGreaterThan(0)
        for (const need of path.needs) expect(need.at).toMatch(/^(参数:|[a-zA-Z])/)
      }
    }),
    RUNS,
  )
})
