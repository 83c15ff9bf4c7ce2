// Small wrongs a pack could have: one leaf changed at a time. Each must be caught by an example.
import { parse } from 'yaml'
import { readPolicyFiles } from '../cli/read-packs.ts'
import type { Policy, PolicyFile } from '../src/index.ts'
import { readRule } from '../src/packs/read-rule.ts'
import { type Jurisdiction, packSchema } from '../src/packs/schema.ts'
import { policy as original } from './packs.ts'

export interface Mutant {
  rule: string
  what: string
  jurisdiction: Jurisdiction
  /** The changed rule as it would stand in the file. */
  entry: unknown
  /** The levels of the cases that the change reaches (an anchor may reach several); undefined = every level. */
  levels: readonly string[] | undefined
}

type Path = (string | number)[]
type Change = { at: Path; what: string; value: unknown } | { at: Path; what: string; remove: true }

const SCALES = [
  ['员级', '助理级', '中级', '副高级', '正高级'],
  ['初级', '中级', '高级'],
  ['初中', '中专', '大学专科', '大学本科', '硕士学位', '博士学位'],
  ['学徒工', '初级工', '中级工', '高级工', '技师', '高级技师', '特级技师', '首席技师'],
  ['中级工班', '高级工班', '预备技师班'],
  ['校级', '企业级', '市级', '省级', '国家级'],
  ['本等级', '低一级', '低两级'],
  ['本等级', '高于本等级'],
  ['越级申报', '直接认定'],
]
/** Parts of a condition that restrict it and may simply be forgotten. */
const LEFT_OUT = [
  '前提',
  '排除',
  '起算',
  '放宽',
  '未用于',
  '可并用',
  '级别不低于',
  '登记后月内',
  '核发后月内',
  '持有满年',
  '名单',
]
const YAML = { version: '1.2', schema: 'core' } as const

/** Every mutant of the conditions of every rule. */
export function* mutants(files: readonly PolicyFile[] = readPolicyFiles()): Generator<Mutant> {
  for (const file of files) {
    const jurisdiction = original.rules.find((rule) => rule.path === file.path)?.jurisdiction
    if (!jurisdiction) continue
    const pack = parse(file.text, YAML) as {
      规则: { 规则: string; 版本: { 情形: Case[] }[] }[]
    }
    for (const rule of pack.规则) {
      for (const [v, version] of rule.版本.entries()) {
        for (const change of changes(version.情形, ['版本', v, '情形'])) {
          const entry = applied(rule, change) as typeof rule
          yield {
            rule: rule.规则,
            what: `${change.at.slice(2).join('.')} ${change.what}`,
            jurisdiction,
            entry,
            levels: levelsReached(version.情形, entry.版本[v]!.情形),
          }
        }
      }
    }
  }
}

type Case = { 当?: { 等级?: string[] } }

function levelsReached(before: readonly Case[], after: readonly Case[]): string[] | undefined {
  const reached = before.filter((one, i) => JSON.stringify(one) !== JSON.stringify(after[i]))
  return reached.some((one) => one.当?.等级 === undefined)
    ? undefined
    : reached.flatMap((one) => one.当!.等级!)
}

function* changes(value: unknown, at: Path): Generator<Change> {
  const key = at.at(-1)
  if (typeof value === 'number') {
    yield { at, what: `${value} → ${value + 1}`, value: value + 1 }
    if (value > 0) yield { at, what: `${value} → ${value - 1}`, value: value - 1 }
  } else if (typeof value === 'boolean' && key !== '完成') {
    yield { at, what: `${value} → ${!value}`, value: !value }
  } else if (typeof value === 'string') {
    for (const scale of SCALES) {
      const i = scale.indexOf(value)
      if (i < 0) continue
      if (i > 0) yield { at, what: `${value} → ${scale[i - 1]}`, value: scale[i - 1] }
      if (i < scale.length - 1) yield { at, what: `${value} → ${scale[i + 1]}`, value: scale[i + 1] }
    }
  } else if (Array.isArray(value)) {
    const list = value as unknown[]
    // An enumeration or a list of conditions: each element must matter.
    if (list.length > 1 && key !== '等级' && key !== '职业') {
      for (const [i] of list.entries()) yield { at: [...at, i], what: '删去', remove: true }
    }
    for (const [i, item] of list.entries()) yield* changes(item, [...at, i])
  } else if (typeof value === 'object' && value !== null) {
    if ('不得' in value) {
      const { 不得: inner, ...rest } = value
      yield { at, what: '去掉“不得”', value: { ...(inner as object), ...rest } }
    }
    for (const operator of ['全部满足', '任一满足']) {
      if (!(operator in value)) continue
      const { [operator as never]: inner, ...rest } = value
      yield {
        at,
        what: `${operator} → 另一种`,
        value: { [operator === '全部满足' ? '任一满足' : '全部满足']: inner, ...rest },
      }
    }
    for (const [k, inner] of Object.entries(value)) {
      if (
        ['名称', '说明', '条款', '标签', '当', '事项'].includes(k) ||
        (k === '路径' && typeof inner === 'string')
      )
        continue
      if (LEFT_OUT.includes(k)) yield { at: [...at, k], what: '删去', remove: true }
      yield* changes(inner, [...at, k])
    }
  }
}

function applied(root: unknown, change: Change): unknown {
  const copy = structuredClone(root) as never
  let parent = copy as Record<string | number, never>
  for (const step of change.at.slice(0, -1)) parent = parent[step]!
  const last = change.at.at(-1)!
  if ('value' in change) parent[last] = change.value as never
  else if (Array.isArray(parent)) parent.splice(last as number, 1)
  else delete parent[last]
  return copy
}

/** The mutant's policy, or undefined when the loader already refuses it. */
export function mutantPolicy({ rule, jurisdiction, entry }: Mutant): Policy | undefined {
  const pack = packSchema.safeParse({ 规则: [entry] })
  if (!pack.success) return undefined
  const read = readRule(pack.data.规则![0]!, jurisdiction, 'mutant', '规则[0]', [])
  if (!read) return undefined
  return {
    ...original,
    rules: original.rules.map((r) => (r.id === rule && r.jurisdiction === jurisdiction ? read : r)),
  }
}
