// A province's revision laid over a loaded policy: the version before it ends the day before it begins. Pure, and
// cheap enough to run at every keystroke of an editor: only the revision's own text is read.
import { type Problem, problemsOf } from '../problems.ts'
import { addDays, type Day } from '../time/day.ts'
import { checkReferences } from './check-references.ts'
import { type PolicyFile, readYaml } from './load-policy.ts'
import type { Fill, LoadResult, Located, Policy } from './policy.ts'
import { readFill, readRule } from './read-rule.ts'
import { type Jurisdiction, type ParameterEntry, packSchema } from './schema.ts'

type Pack = ReturnType<typeof packSchema.parse>
type Draft = Parameters<typeof checkReferences>[0]

interface AmendOptions {
  sha256?: (text: string) => string
  /** A trial: as though the revision had been in force since this day, in the place of whatever stands after it. */
  asThoughFrom?: Day
}

/**
 * Policy + one revision (a pack document of one province) → policy, or all that is wrong with the revision. A province
 * changes its own rules and figures, and fills in what a national rule leaves open: nothing else.
 */
export function amendPolicy(
  policy: Policy,
  jurisdiction: Jurisdiction,
  file: PolicyFile,
  options: AmendOptions = {},
): LoadResult {
  const problems: Problem[] = []
  const raw = readYaml(file, problems)
  const parsed = raw === undefined ? undefined : packSchema.safeParse(raw)
  if (parsed && !parsed.success) problems.push(...problemsOf(parsed.error, file.path))
  if (!parsed?.success) return { ok: false, problems }
  const draft: Draft = {
    ...policy,
    files: [...policy.files, { path: file.path, sha: options.sha256?.(file.text) ?? null }],
    documents: new Map(policy.documents),
    clauses: new Map(policy.clauses),
    occupations: new Map(policy.occupations),
    occupationIds: new Map(policy.occupationIds),
    parameters: [...policy.parameters],
    deadlines: new Map(policy.deadlines),
    rules: [...policy.rules],
    fills: [...policy.fills],
    calendars: new Map(policy.calendars),
    fixedHolidays: [...policy.fixedHolidays],
    examples: [...policy.examples],
  }
  const amending: Amending = { draft, jurisdiction, path: file.path, trial: options.asThoughFrom, problems }
  addBasis(parsed.data, amending)
  parsed.data.规则?.forEach((entry, i) => {
    amendRule(entry, `规则[${i}]`, amending)
  })
  parsed.data.落实?.forEach((entry, i) => {
    const fill = readFill(
      { ...entry, 自: amending.trial ?? entry.自 },
      jurisdiction,
      file.path,
      `落实[${i}]`,
      problems,
    )
    if (fill) amendFill(fill, `落实[${i}]`, amending)
  })
  parsed.data.参数?.forEach((entry, i) => {
    amendParameter(entry, `参数[${i}]`, amending)
  })
  if (problems.length === 0) problems.push(...checkReferences(draft))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy: draft }
}

interface Amending {
  draft: Draft
  jurisdiction: Jurisdiction
  path: string
  trial: Day | undefined
  problems: Problem[]
}

/** The document and clause a revision rests on, when they are new. */
function addBasis(pack: Pack, { draft, jurisdiction, path, problems }: Amending): void {
  for (const entry of pack.文件 ?? []) {
    if (!draft.documents.has(entry.文件)) draft.documents.set(entry.文件, { ...entry, jurisdiction, path })
  }
  for (const entry of pack.条款 ?? []) {
    if (draft.clauses.has(entry.条款))
      problems.push({ path, at: '条款', message: `“${entry.条款}”已经在条款目录中，请直接引用` })
    else draft.clauses.set(entry.条款, { ...entry, jurisdiction, path })
  }
  for (const key of ['职业', '时限'] as const) {
    if (pack[key] !== undefined) problems.push({ path, at: key, message: `修订不能改动${key}` })
  }
}

function amendRule(entry: NonNullable<Pack['规则']>[number], at: string, amending: Amending): void {
  const { draft, jurisdiction, path, problems } = amending
  const dated = amending.trial
    ? { ...entry, 版本: entry.版本.map((v) => ({ ...v, 自: amending.trial! })) }
    : entry
  const read = readRule(dated, jurisdiction, path, at, problems)
  const place = draft.rules.findIndex((rule) => rule.id === entry.规则 && rule.jurisdiction === jurisdiction)
  const standing = draft.rules[place]
  if (!standing) {
    problems.push({
      path,
      at,
      message: `“${entry.规则}”不是本省的规则；国家规则只能落实其中留给下级规定的事项`,
    })
    return
  }
  const version = read?.versions[0]
  if (!version) return
  if (read.versions.length !== 1) problems.push({ path, at, message: '一次修订只能有一个版本' })
  if (!amending.trial) tooEarly(standing.versions, version.from, at, amending)
  draft.rules[place] = { ...standing, versions: [...endedBefore(standing.versions, version.from), version] }
}

function amendFill(fill: Fill, at: string, amending: Amending): void {
  const { draft } = amending
  const isSame = (other: Fill) =>
    other.jurisdiction === fill.jurisdiction && other.rule === fill.rule && other.term === fill.term
  const standing = draft.fills.filter(isSame)
  if (!amending.trial) tooEarly(standing, fill.from, at, amending)
  draft.fills = [...draft.fills.filter((other) => !isSame(other)), ...endedBefore(standing, fill.from), fill]
}

function amendParameter(entry: ParameterEntry, at: string, amending: Amending): void {
  const { draft, jurisdiction, path, problems, trial } = amending
  const place = draft.parameters.findIndex(
    (one) => one.参数 === entry.参数 && one.jurisdiction === jurisdiction,
  )
  const standing = draft.parameters[place]
  const row = entry.值[0]
  if (!standing || !row || entry.值.length !== 1) {
    problems.push({
      path,
      at,
      message: standing ? '一次修订只能有一个取值' : `“${entry.参数}”不是本省的参数`,
    })
    return
  }
  const from = trial ?? row.自
  const isSame = (other: typeof row) => other.职业 === row.职业 && other.等级 === row.等级
  const same = standing.值
    .filter(isSame)
    .map((one) => ({ from: one.自, ...(one.至 && { to: one.至 }), row: one }))
  if (!trial) tooEarly(same, from, at, amending)
  const kept = endedBefore(same, from).map(({ row: one, to }) =>
    to === undefined ? one : { ...one, 至: to },
  )
  const amended: Located<ParameterEntry> = {
    ...standing,
    // The clause of the new value is the revision's; the old rows keep their source beside them.
    条款: entry.条款,
    值: [...standing.值.filter((one) => !isSame(one)), ...kept, { ...row, 自: from }],
  }
  draft.parameters[place] = amended
}

interface Dated {
  from: Day
  to?: Day
}

/** A text in force is followed, never rewritten: decisions made under it stand. */
function tooEarly(standing: readonly Dated[], from: Day, at: string, { path, problems }: Amending): void {
  const latest = standing
    .map((one) => one.from)
    .sort()
    .at(-1)
  if (latest !== undefined && from <= latest)
    problems.push({ path, at: `${at}.自`, message: `已有自${latest}起的版本，新版本须晚于它` })
}

function endedBefore<T extends Dated>(standing: readonly T[], from: Day): T[] {
  const last = addDays(from, -1)
  return standing
    .filter((one) => one.from < from)
    .map((one) => (one.to === undefined || one.to > last ? { ...one, to: last } : one))
}
