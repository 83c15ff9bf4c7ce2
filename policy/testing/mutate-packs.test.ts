import { expect, test } from 'vitest'
import type { Policy } from '../src/index.ts'
import { conjuncts, implies } from '../src/rules/normal-form.ts'
import { runExample } from '../src/rules/run-example.ts'
import { mutantPolicy, mutants } from './mutate-packs.ts'
import { policy as original } from './packs.ts'

test('every mutant of the packs is caught by an example or refused by the loader', () => {
  const survivors: string[] = []
  let tried = 0
  for (const mutant of mutants()) {
    tried++
    const policy = mutantPolicy(mutant)
    if (!policy || provablySame(policy, mutant.rule)) continue
    const caught = policy.examples
      .filter((e) => e.规则 === mutant.rule)
      .filter((e) => mutant.levels === undefined || mutant.levels.includes(e.参数.level ?? ''))
      .some((e) => runExample(policy, e).length > 0)
    if (!caught) survivors.push(`${mutant.rule}: ${mutant.what}`)
  }
  expect(tried).toBeGreaterThan(100)
  expect(survivors).toEqual([])
}, 120_000)

/**
 * The mutant says the same: path by path, each implies the other. So it is where a node only spells out
 * what 起算 of its neighbour already demands, for people to read.
 */
function provablySame(mutated: Policy, rule: string): boolean {
  const ways = (policy: Policy) =>
    policy.rules
      .filter((r) => r.id === rule)
      .flatMap((r) => r.versions)
      .flatMap((version) => version.cases)
      .map((body) =>
        body.paths.map((path) =>
          conjuncts({
            kind: '全部满足',
            of: [...(body.prerequisite ? [body.prerequisite] : []), ...body.exclusions, path.node],
          }),
        ),
      )
  const [a, b] = [ways(original), ways(mutated)]
  return (
    a.length === b.length &&
    a.every(
      (paths, i) =>
        paths.length === b[i]!.length &&
        paths.every((way, j) => implies(way, b[i]![j]!) && implies(b[i]![j]!, way)),
    )
  )
}
