// The loaded policy: packs, parameters and calendars, checked and indexed. Plain data and read conditions.
import type { ProofState } from '../facts.ts'
import type { Problem } from '../problems.ts'
import type { RuleNode } from '../rules/node.ts'
import { addDays, type Day } from '../time/day.ts'
import type {
  CalendarEntry,
  ClauseEntry,
  DeadlineEntry,
  DocumentEntry,
  ExampleEntry,
  Jurisdiction,
  OccupationEntry,
  ParameterEntry,
  SourceStatus,
} from './schema.ts'

export type Located<T> = T & { jurisdiction: Jurisdiction; path: string }

export interface When {
  levels?: readonly string[]
  occupations?: readonly string[]
}

/** Is it in force that day? Both ends included. */
export function inForce(version: { from: Day; to?: Day }, on: Day): boolean {
  return version.from <= on && (version.to === undefined || on <= version.to)
}

/** The days on which it comes into force and, if ever, goes out of it. */
export function borders(version: { from: Day; to?: Day }): Day[] {
  return version.to === undefined ? [version.from] : [version.from, addDays(version.to, 1)]
}

export interface RulePath {
  id: string
  name: string
  clause?: string
  node: RuleNode
}

export interface RuleCase {
  when: When
  prerequisite?: RuleNode
  /** Each already wrapped in 不得. */
  exclusions: RuleNode[]
  paths: RulePath[]
}

export interface RuleException {
  label: string
  /** Label of the node, or id of the path, that it replaces. */
  replaces: string
  clause: string
  node: RuleNode
  note?: string
}

export interface RuleAmount {
  parameter: string
  /** Only where this figure has this value. */
  given?: { parameter: string; value: string | boolean }
}

export interface RuleEffect {
  when: When
  /** Only when one of these paths is met. */
  paths?: readonly string[]
  id: string
  name: string
  clause?: string
  automatic: boolean
  amounts: readonly RuleAmount[]
  note?: string
}

export interface RuleSource {
  occupations?: readonly string[]
  status: SourceStatus
  source?: string
  note?: string
}

export interface RuleVersion {
  from: Day
  /** How the first day is known, where it is less certain than the wording. */
  fromStatus?: SourceStatus
  to?: Day
  clause: string
  sources: RuleSource[]
  cases: RuleCase[]
  exceptions: RuleException[]
  effects: RuleEffect[]
}

export interface Rule {
  id: string
  jurisdiction: Jurisdiction
  path: string
  name: string
  matter: string
  asks: readonly ('职业' | '等级' | '机构' | '机构类别')[]
  proof: ProofState
  confirms: string
  versions: RuleVersion[]
}

export interface Fill {
  jurisdiction: Jurisdiction
  path: string
  rule: string
  term: string
  clause: string
  from: Day
  to?: Day
  note?: string
  node: RuleNode
}

export interface PackFile {
  path: string
  /** SHA-256 of the file's text when a hash was passed in. */
  sha: string | null
}

export interface Policy {
  engine: string
  files: readonly PackFile[]
  documents: ReadonlyMap<string, Located<DocumentEntry>>
  clauses: ReadonlyMap<string, Located<ClauseEntry>>
  occupations: ReadonlyMap<string, Located<OccupationEntry>>
  /** Id, official name and both codes → id. */
  occupationIds: ReadonlyMap<string, string>
  parameters: readonly Located<ParameterEntry>[]
  deadlines: ReadonlyMap<string, Located<DeadlineEntry>>
  rules: readonly Rule[]
  fills: readonly Fill[]
  calendars: ReadonlyMap<number, CalendarEntry & { path: string }>
  /** Fixed-date holidays, for estimating years without a notice only. */
  fixedHolidays: readonly string[]
  examples: readonly (ExampleEntry & { path: string })[]
}

export type LoadResult = { ok: true; policy: Policy } | { ok: false; problems: Problem[] }

/** The files a decision for this jurisdiction rests on: the national ones and its own. */
export function packsOf(policy: Policy, jurisdiction: Jurisdiction): PackFile[] {
  return policy.files.filter(
    (file) => file.path.includes('packs/national/') || file.path.includes(`packs/${jurisdiction}/`),
  )
}
