// Reads pack files into one policy: YAML 1.2 core schema, strict, every problem of every file at once.
import { parseDocument } from 'yaml'
import { type Problem, problemsOf } from '../problems.ts'
import { addDays } from '../time/day.ts'
import { checkReferences } from './check-references.ts'
import type { LoadResult, Located, PackFile, Policy } from './policy.ts'
import { readFill, readRule } from './read-rule.ts'
import {
  type CalendarEntry,
  type ClauseEntry,
  calendarSchema,
  type DeadlineEntry,
  type DocumentEntry,
  type ExampleEntry,
  exampleSchema,
  JURISDICTIONS,
  type Jurisdiction,
  type OccupationEntry,
  type ParameterEntry,
  packSchema,
  statutorySchema,
} from './schema.ts'

/**
 * Part of every receipt: a verdict can be replayed only by the engine that gave it. Raised whenever the same packs and
 * facts would be told in other words. 2: clauses are cited by their Chinese label, eased periods and how far the start
 * of a rule is known are said.
 */
export const ENGINE = 'shujiang-policy/2'

export interface PolicyFile {
  path: string
  text: string
}

/** Packs, calendars and examples → policy, or all that is wrong with them. Hashing is the caller's: no I/O here. */
export function loadPolicy(
  files: readonly PolicyFile[],
  options: { sha256?: (text: string) => string } = {},
): LoadResult {
  const problems: Problem[] = []
  const policy = {
    engine: ENGINE,
    files: [] as PackFile[],
    documents: new Map<string, Located<DocumentEntry>>(),
    clauses: new Map<string, Located<ClauseEntry>>(),
    occupations: new Map<string, Located<OccupationEntry>>(),
    occupationIds: new Map<string, string>(),
    parameters: [] as Located<ParameterEntry>[],
    deadlines: new Map<string, Located<DeadlineEntry>>(),
    rules: [] as Policy['rules'][number][],
    fills: [] as Policy['fills'][number][],
    calendars: new Map<number, CalendarEntry & { path: string }>(),
    fixedHolidays: [] as string[],
    examples: [] as (ExampleEntry & { path: string })[],
  }
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const example = file.path.endsWith('.examples.yaml')
    if (!example) policy.files.push({ path: file.path, sha: options.sha256?.(file.text) ?? null })
    const raw = readYaml(file, problems)
    if (raw === undefined) continue
    if (example) readExamples(raw, file.path, policy.examples, problems)
    else if (/(^|\/)calendars\/statutory\.yaml$/.test(file.path)) {
      const parsed = statutorySchema.safeParse(raw)
      if (parsed.success) policy.fixedHolidays.push(...parsed.data.固定节日)
      else problems.push(...problemsOf(parsed.error, file.path))
    } else if (/(^|\/)calendars\//.test(file.path)) readCalendar(raw, file.path, policy.calendars, problems)
    else readPack(raw, file.path, policy, problems)
  }
  if (problems.length === 0) problems.push(...checkReferences(policy))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy }
}

export function readYaml(file: PolicyFile, problems: Problem[]): unknown {
  const document = parseDocument(file.text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: true,
  })
  for (const error of [...document.errors, ...document.warnings]) {
    const line = error.linePos?.[0].line
    problems.push({
      path: file.path,
      at: line === undefined ? '' : `第${line}行`,
      message: error.message.split('\n')[0]!,
    })
  }
  return document.errors.length > 0 ? undefined : document.toJS()
}

function readPack(
  raw: unknown,
  path: string,
  policy: Parameters<typeof checkReferences>[0],
  problems: Problem[],
): void {
  const jurisdiction = jurisdictionOf(path)
  if (jurisdiction === undefined) {
    problems.push({ path, at: '', message: `规则包应放在 packs/${JURISDICTIONS.join('|')}/ 之下` })
    return
  }
  const parsed = packSchema.safeParse(raw)
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, path))
    return
  }
  const pack = parsed.data
  const located = <T>(entry: T): Located<T> => ({ ...entry, jurisdiction, path })
  const put = <T>(map: Map<string, T>, key: string, value: T, at: string) => {
    if (map.has(key)) problems.push({ path, at, message: `“${key}”已经定义过` })
    else map.set(key, value)
  }
  pack.文件?.forEach((entry, i) => {
    put(policy.documents, entry.文件, located(entry), `文件[${i}]`)
  })
  pack.条款?.forEach((entry, i) => {
    put(policy.clauses, entry.条款, located(entry), `条款[${i}]`)
  })
  pack.时限?.forEach((entry, i) => {
    put(policy.deadlines, entry.时限, located(entry), `时限[${i}]`)
  })
  pack.职业?.forEach((entry, i) => {
    put(policy.occupations, entry.职业, located(entry), `职业[${i}]`)
    for (const alias of [entry.职业, entry.名称, entry.代码2015, entry.代码2022]) {
      if (alias !== null) policy.occupationIds.set(alias, entry.职业)
    }
  })
  pack.参数?.forEach((entry, i) => {
    if (policy.parameters.some((p) => p.参数 === entry.参数 && p.jurisdiction === jurisdiction)) {
      problems.push({ path, at: `参数[${i}]`, message: `“${entry.参数}”已经定义过` })
    }
    policy.parameters.push(located(entry))
  })
  pack.规则?.forEach((entry, i) => {
    if (policy.rules.some((r) => r.id === entry.规则 && r.jurisdiction === jurisdiction)) {
      problems.push({ path, at: `规则[${i}]`, message: `“${entry.规则}”已经定义过` })
    }
    const rule = readRule(entry, jurisdiction, path, `规则[${i}]`, problems)
    if (rule) policy.rules.push(rule)
  })
  pack.落实?.forEach((entry, i) => {
    const fill = readFill(entry, jurisdiction, path, `落实[${i}]`, problems)
    if (fill) policy.fills.push(fill)
  })
}

function readCalendar(
  raw: unknown,
  path: string,
  calendars: Map<number, CalendarEntry & { path: string }>,
  problems: Problem[],
): void {
  const parsed = calendarSchema.safeParse(raw)
  if (!parsed.success) {
    problems.push(...problemsOf(parsed.error, path))
    return
  }
  const entry = parsed.data
  if (calendars.has(entry.年)) problems.push({ path, at: '年', message: `${entry.年}年的日历已经定义过` })
  entry.休息.forEach(([from, to], i) => {
    if (to < from) problems.push({ path, at: `休息[${i}]`, message: '截止日不能早于开始日' })
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (entry.上班.includes(day))
        problems.push({ path, at: `休息[${i}]`, message: `${day}不能既休息又上班` })
    }
  })
  calendars.set(entry.年, { ...entry, path })
}

function readExamples(
  raw: unknown,
  path: string,
  examples: (ExampleEntry & { path: string })[],
  problems: Problem[],
): void {
  const parsed = exampleSchema.safeParse(raw)
  if (!parsed.success) problems.push(...problemsOf(parsed.error, path))
  else examples.push(...parsed.data.例.map((example) => ({ ...example, path })))
}

function jurisdictionOf(path: string): Jurisdiction | undefined {
  const folder = /(?:^|\/)packs\/([^/]+)\//.exec(path)?.[1]
  return JURISDICTIONS.find((j) => j === folder)
}
