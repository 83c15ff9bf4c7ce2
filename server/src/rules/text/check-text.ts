import { z } from 'zod'
import {
  amendPolicy,
  type ExampleEntry,
  type Finding,
  lint,
  type Policy,
  runExample,
  type Setting,
} from '../../../../policy/src/index.ts'
import type { Day } from '../../platform/clock.ts'
import type { RevisionContent, Target } from '../revision.ts'
import { packPath, packText } from './pack-text.ts'
import { figuresOf } from './raw-text.ts'

export const problemShape = z.object({ at: z.string(), message: z.string() })
export type TextProblem = z.output<typeof problemShape>
export const findingShape = z.object({
  level: z.enum(['error', 'warning']),
  at: z.string(),
  message: z.string(),
})

export interface TextReport {
  text: string
  sha: string
  /** What the loader refuses, and what the form still lacks. */
  problems: TextProblem[]
  /** What `lint` finds in the revised text: errors block proposing, warnings are for the eye. */
  findings: z.output<typeof findingShape>[]
  /** The officer's own examples that do not hold under the new text. */
  failing: { name: string; expected: string; found: string }[]
  /** The packs with the revision laid over; undefined while there are problems. */
  policy: Policy | undefined
}

/** Everything that is wrong with a revision's text, at once. */
export function checkText(
  policy: Policy,
  target: Target,
  number: string,
  content: RevisionContent,
  settings: readonly Setting[],
): TextReport {
  const { text, sha } = packText(policy, target, content)
  const lacking = lackingIn(content)
  const amended = amendPolicy(policy, target.jurisdiction, {
    path: packPath(target.jurisdiction, number),
    text,
  })
  const loader = amended.ok ? [] : amended.problems.map(({ at, message }) => ({ at: placeOf(at), message }))
  // A field that is still empty is said once, in the form's words.
  const problems = [...lacking, ...loader.filter((one) => !LACKED.test(one.at))]
  if (!amended.ok || problems.length > 0)
    return { text, sha, problems, findings: [], failing: [], policy: undefined }
  return {
    text,
    sha,
    problems,
    findings: findingsOf(amended.policy, target, content),
    failing: failingOf(amended.policy, target, content, settings),
    policy: amended.policy,
  }
}

function lackingIn(content: RevisionContent): TextProblem[] {
  const { basis } = content
  const lacking: TextProblem[] = []
  const need = (value: string | null, at: string, message: string) => {
    if (!value) lacking.push({ at, message })
  }
  need(content.fromOn, '施行日期', '请填写施行日期')
  need(content.reason, '修订理由', '请填写修订理由')
  if (basis.kind === 'clause') need(basis.clause, '依据条款', '请选择依据的条款')
  else {
    need(basis.name, '文件名称', '请填写文件名称')
    need(basis.number, '文号', '请填写文号')
    need(basis.issuer, '发文机关', '请填写发文机关')
    need(basis.issuedOn, '发文日期', '请填写发文日期')
    need(basis.title, '条款', '请填写条款，如 第三条')
    need(basis.paraphrase, '条款大意', '请用一句话写明条款大意')
  }
  return lacking
}

const LACKED = /^(自|条款|施行|文件\[0\].*|条款\[0\].*)$/

/** `规则[0].版本[0].情形[0].路径[1].条件.工作满.年` → `情形[0].路径[1].条件.工作满.年`: the officer knows of no file. */
function placeOf(at: string): string {
  return at.replace(/^(规则\[0\]\.版本\[0\]|落实\[0\]|参数\[0\])\.?/, '').replace(/^[^.@]+@[\d-]+\.?/, '')
}

const OF_THE_RULE: readonly Finding['code'][] = ['PATH_SWALLOWED', 'PATH_UNSATISFIABLE', 'VERSION_GAP']

function findingsOf(policy: Policy, target: Target, content: RevisionContent): TextReport['findings'] {
  const own = content.examples.length === 0
  const without: TextReport['findings'] = own
    ? [{ level: 'warning', at: '例子', message: '还没有必须成立的例子，建议至少留一个，供确认人核对' }]
    : []
  if (target.kind !== 'version') return without
  const rule = policy.rules.find((one) => one.id === target.rule && one.jurisdiction === target.jurisdiction)
  if (!rule) return without
  // Only the revised rule: the rest of the packs has been looked at where it was written.
  const alone = {
    ...policy,
    rules: [rule],
    parameters: [],
    deadlines: new Map(),
    calendars: new Map(),
    examples: [],
  }
  return [
    ...lint(alone)
      .filter((one) => OF_THE_RULE.includes(one.code))
      .filter((one) => !one.at.includes('@') || one.at.startsWith(`${rule.id}@${content.fromOn}`))
      .map(({ level, at, message }) => ({ level, at: placeOf(at), message })),
    ...without,
  ]
}

function failingOf(
  policy: Policy,
  target: Target,
  content: RevisionContent,
  settings: readonly Setting[],
): TextReport['failing'] {
  return content.examples.flatMap((example) => {
    const entry: ExampleEntry = {
      名: example.name,
      规则: example.rule,
      辖区: target.jurisdiction,
      参数: example.params,
      日期: exampleDay(example.on, content.fromOn),
      事实: example.facts,
      设置: [...settings],
      应为: { 结论: example.expected },
    }
    const said = runExample(policy, entry)[0]
    const found = /得到"?([^"]+)"?$/.exec(said ?? '')?.[1] ?? said
    return found === undefined ? [] : [{ name: example.name, expected: example.expected, found }]
  })
}

/** An example speaks of the new text: never of a day before it. */
export function exampleDay(on: Day | null, fromOn: Day | null): Day {
  const first = fromOn ?? on ?? ''
  return on !== null && on > first ? on : first
}

/** The rules whose verdicts a revision can change. */
export function rulesTouched(policy: Policy, target: Target): string[] {
  if (target.kind !== 'parameter') return [target.rule]
  return policy.rules
    .filter((rule) => rule.jurisdiction === target.jurisdiction || rule.jurisdiction === 'national')
    .filter((rule) => figuresOf(rule).includes(target.rule))
    .map((rule) => rule.id)
}
