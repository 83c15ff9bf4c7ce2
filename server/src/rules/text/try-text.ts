import { z } from 'zod'
import {
  amendPolicy,
  boundaryCases,
  checkFacts,
  type ExampleEntry,
  type Facts,
  findRule,
  type Policy,
  type RuleParams,
  type Setting,
} from '../../../../policy/src/index.ts'
import { day } from '../../platform/api.ts'
import type { RevisionContent, Target } from '../revision.ts'
import { exampleDay, rulesTouched } from './check-text.ts'
import { packPath, packText } from './pack-text.ts'
import { verdictOf } from './verdict-of.ts'

const seen = z.object({ outcome: z.string(), opensOn: day.nullable(), sentence: z.string() })
export const triedShape = z.object({
  /** The officer's own · beside the rule in the packs · generated around them. */
  source: z.enum(['own', 'pack', 'boundary']),
  name: z.string(),
  rule: z.string(),
  params: z.record(z.string(), z.string()),
  on: day,
  facts: z.record(z.string(), z.unknown()),
  before: seen.nullable(),
  after: seen.nullable(),
  changed: z.boolean(),
  expected: z.string().nullable(),
})
export type Tried = z.input<typeof triedShape>

const SHOWN = 120

/** Every example of the rule and the boundary cases around them, decided with the text in force and with the new one. */
export function tryText(
  policy: Policy,
  target: Target,
  content: RevisionContent,
  settings: readonly Setting[],
): { rows: Tried[]; total: number; changed: number } | undefined {
  const { text } = packText(policy, target, content)
  const file = { path: packPath(target.jurisdiction, '试算'), text }
  const trial = amendPolicy(policy, target.jurisdiction, file, {
    // On each example's own day, so that only the words differ.
    asThoughFrom: beginningOf(policy, target),
  })
  if (!trial.ok) return undefined
  const rows = new Map<string, Tried>()
  const before = verdictOf(policy, target.jurisdiction, settings)
  const after = verdictOf(trial.policy, target.jurisdiction, settings)
  const put = (source: Tried['source'], entry: Case) => {
    const key = JSON.stringify([entry.rule, entry.params, entry.on, entry.facts])
    if (rows.has(key)) return
    const [a, b] = [before(entry, entry.on), after(entry, entry.on)]
    const changed = a?.outcome !== b?.outcome || a?.opensOn !== b?.opensOn
    rows.set(key, {
      source,
      ...entry,
      params: entry.params as Tried['params'],
      facts: entry.facts as Tried['facts'],
      before: a,
      after: b,
      changed,
    })
  }
  for (const example of content.examples) {
    const facts = checkFacts(example.facts)
    if (!facts.ok) continue
    const on = exampleDay(example.on, content.fromOn)
    const { name, rule, params, expected } = example
    put('own', { name, rule, params: params as RuleParams, on, facts: facts.facts, expected })
  }
  for (const rule of rulesTouched(policy, target)) {
    const isOurs = (example: ExampleEntry) => example.规则 === rule && example.辖区 === target.jurisdiction
    for (const example of policy.examples.filter(isOurs)) put('pack', caseOf(example))
    for (const text of [policy, trial.policy]) {
      const own = { ...text, examples: text.examples.filter(isOurs) }
      for (const example of boundaryCases(own, rule)) put('boundary', caseOf(example))
    }
  }
  const all = [...rows.values()].sort((a, b) => rank(a) - rank(b))
  return { rows: all.slice(0, SHOWN), total: all.length, changed: all.filter((one) => one.changed).length }
}

/** The first day of the text in its first version: before it there was nothing to compare with. */
function beginningOf(policy: Policy, target: Target): string {
  const { jurisdiction, rule, part, kind } = target
  const isOwn = (one: { jurisdiction: string }) => one.jurisdiction === jurisdiction
  const fills = policy.fills.filter((one) => isOwn(one) && one.rule === rule && one.term === part)
  const figure = policy.parameters.find((one) => isOwn(one) && one.参数 === rule)
  const days =
    kind === 'parameter'
      ? figure?.值.map((row) => row.自)
      : kind === 'filling' && fills.length > 0
        ? fills.map((one) => one.from)
        : findRule(policy, rule, jurisdiction)?.versions.map((one) => one.from)
  return days?.toSorted()[0] ?? '2000-01-01'
}

interface Case {
  name: string
  rule: string
  params: RuleParams
  on: string
  facts: Facts
  expected: string | null
}

function caseOf(example: ExampleEntry): Case {
  const facts = checkFacts(example.事实)
  return {
    name: example.名,
    rule: example.规则,
    params: example.参数 as RuleParams,
    on: example.日期,
    facts: facts.ok ? facts.facts : {},
    expected: null,
  }
}

/** Own first, then what changes, the packs' before the generated. */
function rank(row: Tried): number {
  if (row.source === 'own') return 0
  return (row.changed ? 1 : 3) + (row.source === 'pack' ? 0 : 1)
}
