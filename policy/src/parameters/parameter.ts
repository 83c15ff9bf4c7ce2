// Figures of the policy: dated, sourced, by occupation and level where the text says so, and overlaid by
// what a province has confirmed. A figure nobody has found is a null with its status, never a guess.
import { z } from 'zod'
import type { Policy } from '../packs/policy.ts'
import type { Jurisdiction, SourceStatus } from '../packs/schema.ts'
import { addDays, type Day, daySchema } from '../time/day.ts'

export type ParameterScalar = number | string | boolean | null

/** A value as it stands in a sentence. */
export function sayScalar(value: ParameterScalar): string {
  return value === true ? '是' : value === false ? '否' : String(value)
}

export const settingsSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    key: z.string().optional(),
    value: z.union([z.number(), z.string(), z.boolean()]),
    confirmedBy: z.string().min(1),
    from: daySchema,
    to: daySchema.optional(),
    note: z.string().optional(),
  }),
)

/** A value the province has confirmed; passed in as data, it stands before the pack's own. */
export interface Setting {
  /** Parameter id. */
  id: string
  /** 'ai/初级', 'ai' or '初级' as the parameter's keys ask; absent for a parameter without keys. */
  key?: string | undefined
  value: number | string | boolean
  confirmedBy: string
  from: Day
  to?: Day | undefined
  note?: string | undefined
}

export interface ParameterQuery {
  jurisdiction: Jurisdiction
  on: Day
  occupation?: string | undefined
  level?: string | undefined
  settings?: readonly Setting[] | undefined
}

export interface ParameterValue {
  id: string
  name: string
  unit: string
  value: ParameterScalar
  clause: string
  documentNumber: string
  sourceStatus: SourceStatus
  source: string
  note?: string
  from: Day
  to?: Day
}

/** The value in force that day; undefined when the parameter has no row for it (not the same as a null value). */
export function parameter(policy: Policy, id: string, query: ParameterQuery): ParameterValue | undefined {
  const entry =
    policy.parameters.find((p) => p.参数 === id && p.jurisdiction === query.jurisdiction) ??
    policy.parameters.find((p) => p.参数 === id && p.jurisdiction === 'national')
  if (!entry) return undefined
  const occupation =
    query.occupation === undefined
      ? undefined
      : (policy.occupationIds.get(query.occupation) ?? query.occupation)
  const key = entry.键.map((k) => (k === '职业' ? occupation : query.level)).join('/')
  const base = {
    id,
    name: entry.名称,
    unit: entry.单位,
    clause: entry.条款,
    documentNumber: documentNumber(policy, entry.条款, occupation),
  }
  const setting = query.settings
    ?.filter(
      (s) =>
        s.id === id &&
        settingKey(policy, s) === key &&
        s.from <= query.on &&
        (s.to === undefined || query.on <= s.to),
    )
    .reduce<Setting | undefined>(
      (latest, s) => (latest === undefined || s.from >= latest.from ? s : latest),
      undefined,
    )
  if (setting) {
    return {
      ...base,
      value: setting.value,
      sourceStatus: 'confirmed',
      source: `${setting.confirmedBy}确认`,
      ...(setting.note !== undefined && { note: setting.note }),
      from: setting.from,
      ...(setting.to !== undefined && { to: setting.to }),
    }
  }
  const row = entry.值.findLast(
    (v) =>
      v.自 <= query.on &&
      (v.至 === undefined || query.on <= v.至) &&
      (!entry.键.includes('职业') || v.职业 === occupation) &&
      (!entry.键.includes('等级') || v.等级 === query.level),
  )
  if (!row) return undefined
  return {
    ...base,
    value: row.值,
    sourceStatus: row.来源状态,
    source: row.来源,
    ...(row.说明 !== undefined && { note: row.说明 }),
    from: row.自,
    ...(row.至 !== undefined && { to: row.至 }),
  }
}

/** Every day on which the parameter may change for anybody. */
export function parameterDays(policy: Policy, id: string, settings: readonly Setting[] | undefined): Day[] {
  const rows = policy.parameters.filter((p) => p.参数 === id).flatMap((p) => p.值)
  const spans = [
    ...rows.map((r) => ({ from: r.自, to: r.至 })),
    ...(settings ?? []).filter((s) => s.id === id),
  ]
  return spans.flatMap((span) => (span.to === undefined ? [span.from] : [span.from, addDays(span.to, 1)]))
}

/** The document's number, or why there is none to show. A standard's number is that of the occupation. */
export function documentNumber(policy: Policy, clauseId: string, occupation?: string): string {
  const document = policy.documents.get(policy.clauses.get(clauseId)?.文件 ?? '')
  if (document?.按职业) {
    const standard = policy.occupations.get(policy.occupationIds.get(occupation ?? '') ?? '')?.标准文号
    if (standard) return standard
  }
  return document?.文号 ?? (document?.日期 ? `文号待核实（${document.日期}）` : '文号待核实')
}

function settingKey(policy: Policy, setting: Setting): string {
  return (setting.key ?? '')
    .split('/')
    .map((part) => policy.occupationIds.get(part) ?? part)
    .join('/')
}
