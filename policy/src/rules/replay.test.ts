import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryDay, arbitraryFacts, arbitraryQuestion } from '../../testing/arbitrary-facts.ts'
import { policy, rulesSeen } from '../../testing/packs.ts'
import { RUNS } from '../../testing/runs.ts'
import { ENGINE } from '../packs/load-policy.ts'
import { decide } from './decide.ts'
import type { Receipt } from './decision.ts'
import { replay } from './replay.ts'

const settings = [
  { id: 'engineer.standard-hours', key: 'ai/初级', value: 60, confirmedBy: '省厅', from: '2024-01-01' },
]
const question = { rule: 'hubei.audience', jurisdiction: 'hubei', facts: {}, on: '2026-03-01' } as const
const receipt = decide(policy, question).receipt
const again = (changes: Partial<Receipt>) => replay(policy, { ...receipt, ...changes })

describe('a receipt that cannot be replayed', () => {
  test('of an older engine is said to be so, with what today’s engine says beside it', () => {
    const found = again({ engine: 'shujiang-policy/1' })
    expect(found).toMatchObject({ ok: false, because: 'ENGINE' })
    expect(found.ok === false && found.sentence).toContain('本回执由第1版规则引擎出具，现行的是第2版')
    expect(found.decision?.outcome).toBe('材料不足')
  })
  test('of another product is not taken for one of ours', () => {
    const found = again({ engine: 'somebody-else/9' })
    expect(found.ok === false && found.sentence).toContain('不是由本平台的规则引擎出具')
  })
  test('of packs that have changed since names how many', () => {
    const [first, ...rest] = receipt.packs
    const found = again({ packs: [{ ...first!, sha: 'f'.repeat(64) }, ...rest] })
    expect(found).toMatchObject({ ok: false, because: 'PACKS' })
    expect(found.ok === false && found.sentence).toContain('共1个文件')
  })
  test('of packs that had a file less is not the same either', () => {
    expect(again({ packs: receipt.packs.slice(1) })).toMatchObject({ ok: false, because: 'PACKS' })
  })
  test('of a rule that is gone has nothing beside it', () => {
    expect(again({ rule: 'hubei.gone', packs: [] })).toMatchObject({ ok: false, decision: undefined })
  })
})

test('the engine’s number is on every receipt', () => {
  expect(receipt.engine).toBe(ENGINE)
})
test('a receipt replays to the same bytes, also after a trip through JSON', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(arbitraryQuestion(rulesSeen), arbitraryFacts, arbitraryDay, ([seen, params], facts, on) => {
      const { rule, jurisdiction } = { rule: seen.rule.id, jurisdiction: seen.jurisdiction }
      const first = decide(policy, { rule, jurisdiction, params, facts, on, settings })
      const found = replay(policy, JSON.parse(JSON.stringify(first.receipt)) as Receipt)
      expect(found.ok).toBe(true)
      expect(JSON.stringify(found.decision)).toBe(JSON.stringify(first))
    }),
    RUNS,
  )
})
