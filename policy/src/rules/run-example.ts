// Examples stand beside the rules in YAML and are run by tests and by `policy lint`.
import { checkFacts } from '../facts.ts'
import type { Policy } from '../packs/policy.ts'
import type { ExampleEntry } from '../packs/schema.ts'
import type { RuleParams } from '../predicates/predicate.ts'
import { decide } from './decide.ts'

/** What the example says and the rule does not; empty when they agree. */
export function runExample(policy: Policy, example: ExampleEntry): string[] {
  const read = checkFacts(example.事实)
  if (!read.ok) return read.problems.map((p) => `${p.at}：${p.message}`)
  const decision = decide(policy, {
    rule: example.规则,
    jurisdiction: example.辖区,
    params: example.参数 as RuleParams,
    facts: read.facts,
    on: example.日期,
    settings: example.设置,
  })
  const failures: string[] = []
  const expectSame = (what: string, wanted: unknown, found: unknown) => {
    if (JSON.stringify(wanted) !== JSON.stringify(found)) {
      failures.push(`${what}应为${JSON.stringify(wanted)}，得到${JSON.stringify(found)}`)
    }
  }
  expectSame('结论', example.应为.结论, decision.outcome)
  for (const [id, outcome] of Object.entries(example.应为.路径 ?? {})) {
    expectSame(`路径${id}`, outcome, decision.paths.find((p) => p.id === id)?.outcome)
  }
  for (const [id, day] of Object.entries(example.应为.起 ?? {})) {
    expectSame(`路径${id}起始日`, day, decision.paths.find((p) => p.id === id)?.opensOn ?? null)
  }
  for (const what of example.应为.缺 ?? []) {
    if (!decision.paths.some((p) => p.needs.some((need) => need.what === what))) {
      failures.push(
        `应缺“${what}”，得到${JSON.stringify(decision.paths.flatMap((p) => p.needs.map((n) => n.what)))}`,
      )
    }
  }
  if (example.应为.效果) {
    expectSame(
      '效果',
      example.应为.效果,
      decision.effects.map((effect) => effect.id),
    )
  }
  if (example.应为.数额) {
    const amounts = decision.effects.flatMap((effect) => effect.amounts ?? [])
    expectSame('数额', example.应为.数额, Object.fromEntries(amounts.map((a) => [a.parameter, a.value])))
  }
  return failures
}
