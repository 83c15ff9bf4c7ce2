// Boundary cases for an officer to read and sign: around every day on which an example's verdict turns, and one
// level below and above every level it states. Saved as *.examples.yaml they guard the rule from then on.
import { checkFacts, DEGREES, ENGINEER_LEVELS, type Facts, SKILL_LEVELS, TITLE_LEVELS } from './facts.ts'
import type { Policy } from './packs/policy.ts'
import type { ExampleEntry } from './packs/schema.ts'
import type { RuleParams } from './predicates/predicate.ts'
import { decideFor } from './rules/decide.ts'
import { type Prepared, prepare } from './rules/prepare.ts'
import { timelines } from './rules/timeline.ts'
import { YES } from './state.ts'
import { addDays, type Day } from './time/day.ts'

/** Unsigned cases grown from the rule's own examples, as the rule decides them now. */
export function boundaryCases(policy: Policy, rule: string): ExampleEntry[] {
  const cases = policy.examples
    .filter((example) => example.规则 === rule)
    .flatMap((example) => {
      const read = checkFacts(example.事实)
      if (!read.ok) return []
      const prepared = prepare(policy, {
        rule,
        jurisdiction: example.辖区,
        params: example.参数 as RuleParams,
        settings: example.设置,
      })
      return [...dayCases(prepared, example, read.facts), ...levelCases(prepared, example, read.facts)]
    })
  const seen = new Set<string>()
  return cases.filter((c) => {
    const key = JSON.stringify([c.辖区, c.参数, c.日期, c.事实, c.设置])
    return !seen.has(key) && seen.add(key)
  })
}

function dayCases(prepared: Prepared, example: ExampleEntry, facts: Facts): ExampleEntry[] {
  const turns = new Set<Day>()
  for (const steps of timelines(prepared, facts).values()) {
    steps.days.forEach((day, i) => {
      // Only where a path opens or closes: other changes of state are not a boundary of the right.
      if ((steps.values[i] === YES) !== (steps.values[i + 1] === YES)) turns.add(day)
    })
  }
  return [...turns].sort().flatMap((day) =>
    [-1, 0, 1].map((offset) => {
      const name = offset === 0 ? '当日' : offset < 0 ? '前一日' : '后一日'
      return asCase(prepared, `${example.名}：${day}${name}`, facts, addDays(day, offset))
    }),
  )
}

const SCALES: readonly { list: keyof Facts; field: string; scale: readonly string[] }[] = [
  { list: 'titles', field: 'level', scale: TITLE_LEVELS },
  { list: 'education', field: 'degree', scale: DEGREES },
  { list: 'levelCertificates', field: 'level', scale: ENGINEER_LEVELS },
  { list: 'trainingCertificates', field: 'level', scale: ENGINEER_LEVELS },
  { list: 'skillPosts', field: 'skillLevel', scale: SKILL_LEVELS },
]

function levelCases(prepared: Prepared, example: ExampleEntry, facts: Facts): ExampleEntry[] {
  return SCALES.flatMap(({ list, field, scale }) => {
    const items = (facts[list] ?? []) as Record<string, unknown>[]
    return items.flatMap((item, i) =>
      [-1, 0, 1].flatMap((step) => {
        const level = scale[scale.indexOf(String(item[field])) + step]
        if (level === undefined) return []
        const changed = {
          ...facts,
          [list]: items.map((other, j) => (j === i ? { ...other, [field]: level } : other)),
        }
        const name = step === 0 ? '原级' : step < 0 ? '低一级' : '高一级'
        return [
          asCase(prepared, `${example.名}：${list}[${i}]${level}（${name}）`, changed as Facts, example.日期),
        ]
      }),
    )
  })
}

function asCase(prepared: Prepared, name: string, facts: Facts, on: Day): ExampleEntry {
  const decision = decideFor(prepared, facts, on)
  return {
    名: name,
    规则: prepared.rule.id,
    辖区: prepared.jurisdiction,
    参数: prepared.params as Record<string, string>,
    日期: on,
    事实: facts,
    ...(prepared.settings.length > 0 && { 设置: [...prepared.settings] as ExampleEntry['设置'] }),
    应为: { 结论: decision.outcome, 路径: Object.fromEntries(decision.paths.map((p) => [p.id, p.outcome])) },
    签署: null,
  }
}
