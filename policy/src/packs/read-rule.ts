import type { Problem } from '../problems.ts'
import { type RuleNode, readNode } from '../rules/node.ts'
import type { Fill, Rule, RuleCase, RuleSource, RuleVersion, When } from './policy.ts'
import type { FillEntry, Jurisdiction, RuleEntry } from './schema.ts'

export function readRule(
  entry: RuleEntry,
  jurisdiction: Jurisdiction,
  path: string,
  at: string,
  problems: Problem[],
): Rule | undefined {
  const before = problems.length
  const versions = entry.版本.map((version, v) => readVersion(version, path, `${at}.版本[${v}]`, problems))
  if (problems.length > before) return undefined
  return {
    id: entry.规则,
    jurisdiction,
    path,
    name: entry.名称,
    matter: entry.事项,
    asks: entry.需要,
    proof: entry.证明,
    confirms: entry.确认,
    versions: versions.sort((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

function readVersion(
  entry: RuleEntry['版本'][number],
  path: string,
  at: string,
  problems: Problem[],
): RuleVersion {
  const node = (raw: unknown, where: string) => readNode(raw, path, where, problems)
  const cases = entry.情形.map((body, c): RuleCase => {
    const here = `${at}.情形[${c}]`
    const prerequisite = body.前提 === undefined ? undefined : node(body.前提, `${here}.前提`)
    const exclusions = (body.排除 ?? []).flatMap((raw, i) => {
      const inner = node(raw, `${here}.排除[${i}]`)
      return inner ? [forbidden(inner)] : []
    })
    const paths = body.路径.flatMap((p, i) => {
      const read = node(p.条件, `${here}.路径[${i}].条件`)
      // The path's id doubles as its label, so that an exception can name it.
      const labelled = read && (read.label === undefined ? { ...read, label: p.路径 } : read)
      return labelled
        ? [{ id: p.路径, name: p.名称, ...(p.条款 !== undefined && { clause: p.条款 }), node: labelled }]
        : []
    })
    const doubled = body.路径.find((p, i) => body.路径.findIndex((q) => q.路径 === p.路径) !== i)
    if (doubled) problems.push({ path, at: `${here}.路径`, message: `路径“${doubled.路径}”写了两次` })
    return { when: readWhen(body.当), ...(prerequisite && { prerequisite }), exclusions, paths }
  })
  return {
    from: entry.自,
    ...(entry.自来源状态 !== undefined && { fromStatus: entry.自来源状态 }),
    ...(entry.至 !== undefined && { to: entry.至 }),
    clause: entry.条款,
    sources: readSources(entry.来源状态),
    cases,
    exceptions: entry.例外.flatMap((e, i) => {
      const read = node(e.条件, `${at}.例外[${i}].条件`)
      return read
        ? [
            {
              label: e.例外,
              replaces: e.替代,
              clause: e.条款,
              node: read,
              ...(e.说明 !== undefined && { note: e.说明 }),
            },
          ]
        : []
    }),
    effects: entry.效果.map((e) => ({
      when: readWhen(e.当),
      ...(e.路径 && { paths: e.路径 }),
      id: e.效果,
      name: e.名称,
      automatic: e.自动,
      amounts: (e.数额 ?? []).map(({ 参数, 若 }) => ({
        parameter: 参数,
        ...(若 && { given: { parameter: 若.参数, value: 若.为 } }),
      })),
      ...(e.条款 !== undefined && { clause: e.条款 }),
      ...(e.说明 !== undefined && { note: e.说明 }),
    })),
  }
}

/** What may not be; the label and clause stay readable on the outside. */
function forbidden(inner: RuleNode): RuleNode {
  const { clause, label, note } = inner
  return {
    kind: '不得',
    of: [inner],
    ...(clause && { clause }),
    ...(label && { label }),
    ...(note && { note }),
  }
}

function readWhen(when: { 等级?: string[] | undefined; 职业?: string[] | undefined }): When {
  return { ...(when.等级 && { levels: when.等级 }), ...(when.职业 && { occupations: when.职业 }) }
}

function readSources(raw: RuleEntry['版本'][number]['来源状态']): RuleSource[] {
  if (typeof raw === 'string') return [{ status: raw }]
  return raw.map((row) => ({
    status: row.状态,
    source: row.来源,
    ...(row.职业 && { occupations: row.职业 }),
    ...(row.说明 !== undefined && { note: row.说明 }),
  }))
}

export function readFill(
  entry: FillEntry,
  jurisdiction: Jurisdiction,
  path: string,
  at: string,
  problems: Problem[],
): Fill | undefined {
  const node = readNode(entry.条件, path, `${at}.条件`, problems)
  if (!node) return undefined
  return {
    jurisdiction,
    path,
    rule: entry.规则,
    term: entry.事项,
    clause: entry.条款,
    from: entry.自,
    ...(entry.至 !== undefined && { to: entry.至 }),
    ...(entry.说明 !== undefined && { note: entry.说明 }),
    node,
  }
}
