import { expect, test } from 'vitest'
import { runExample } from '../src/rules/run-example.ts'
import { mutantPolicy, mutants } from './mutate-packs.ts'

test('every mutant of the packs is caught by an example or refused by the loader', () => {
  const survivors: string[] = []
  let tried = 0
  for (const mutant of mutants()) {
    tried++
    const policy = mutantPolicy(mutant)
    if (!policy) continue
    const caught = policy.examples
      .filter((e) => e.规则 === mutant.rule)
      .some((e) => runExample(policy, e).length > 0)
    if (!caught) survivors.push(`${mutant.rule}: ${mutant.what}`)
  }
  expect(tried).toBeGreaterThan(100)
  expect(survivors).toEqual([])
}, 120_000)
