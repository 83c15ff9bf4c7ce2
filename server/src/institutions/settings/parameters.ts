import { type Policy, parameter } from '../../../../policy/src/index.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { isVerified } from '../source.ts'
import type { SettingRow, SettingValue } from '../store/settings.ts'
import { jurisdictionOf } from './policy-settings.ts'

/** What kind of value a figure takes; the form and the check follow from it. */
export const VALUE_KINDS = ['number', 'money', 'share', 'yes-no', 'month-day', 'words'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

/** A figure the texts leave open: the policy's own value, if any, is not verified, so a province may set it. */
export interface OpenParameter {
  /** `engineer.standard-hours/ai/初级`: names the figure on screens and in links. */
  key: string
  parameter: string
  name: string
  unit: string
  kind: ValueKind
  clause: string
  occupationId: string | null
  level: EngineerLevel | null
  /** What the policy packs hold, with its status; null where nobody knows. */
  packValue: SettingValue | null
  packStatus: string
  packSource: string
  note: string | null
}

/** Figures of the platform itself that a province may also set; the official form is not published. */
const OWN: Omit<OpenParameter, 'key'>[] = [
  {
    parameter: 'training.certificate-number-pattern',
    name: '培训合格证书编号规则',
    unit: '样式',
    kind: 'words',
    clause: 'HB-4.3',
    occupationId: null,
    level: null,
    packValue: 'PX{province}{year}{serial:6}',
    packStatus: 'missing',
    packSource: '平台暂用编号',
    note: '全国统一编号规则未找到；样式中须保留 {serial:位数}',
  },
  {
    parameter: 'certificates.level-number-pattern',
    name: '专业技术等级证书编号规则',
    unit: '样式',
    kind: 'words',
    clause: 'HB-4.4',
    occupationId: null,
    level: null,
    packValue: 'SZ{province}{year}{level}{serial:6}',
    packStatus: 'missing',
    packSource: '平台暂用编号',
    note: '全国统一编号规则未找到；样式中须保留 {serial:位数}，可用 {province}、{year}、{level}',
  },
]

/** The packs hold amounts in 分, a unit that nothing else among their figures has; an edition is a name, not a number. */
function kindOf(unit: string, packValue: SettingValue | null): ValueKind {
  if (unit === '分') return 'money'
  if (unit.includes('比例')) return 'share'
  if (unit === '是否') return 'yes-no'
  if (unit.includes('月-日')) return 'month-day'
  if (typeof packValue === 'string') return 'words'
  return /科目|等级|级别|名单|档$/.test(unit) ? 'words' : 'number'
}

/** Every figure of a province that is not verified by a source, in the order of the packs. */
export function openParameters(policy: Policy, provinceCode: string, on: string): OpenParameter[] {
  const jurisdiction = jurisdictionOf(provinceCode)
  const entries = policy.parameters.filter(
    (one) => one.jurisdiction === jurisdiction || one.jurisdiction === 'national',
  )
  const found = entries.flatMap((entry) => {
    const keys = new Map<string, { occupation?: string | undefined; level?: string | undefined }>()
    for (const row of entry.值)
      keys.set(`${row.职业 ?? ''}/${row.等级 ?? ''}`, { occupation: row.职业, level: row.等级 })
    return [...keys.values()].flatMap(({ occupation, level }): OpenParameter[] => {
      const value = parameter(policy, entry.参数, { jurisdiction, on, occupation, level })
      if (!value || isVerified(value.sourceStatus)) return []
      return [
        {
          key: keyOf(entry.参数, occupation ?? null, level ?? null),
          parameter: entry.参数,
          name: entry.名称,
          unit: entry.单位,
          kind: kindOf(entry.单位, value.value),
          clause: entry.条款,
          occupationId: occupation ?? null,
          level: (level ?? null) as EngineerLevel | null,
          packValue: value.value,
          packStatus: value.sourceStatus,
          packSource: value.source,
          note: value.note ?? null,
        },
      ]
    })
  })
  return [...found, ...OWN.map((one) => ({ ...one, key: keyOf(one.parameter, one.occupationId, one.level) }))]
}

export function keyOf(parameter: string, occupationId: string | null, level: string | null): string {
  return [parameter, occupationId, level].filter(Boolean).join('/')
}

export function settingKey(row: Pick<SettingRow, 'parameter' | 'occupationId' | 'level'>): string {
  return keyOf(row.parameter, row.occupationId, row.level)
}

/** A slip of the hand is caught; people are counted by the hundred thousand, most else by the dozen. */
const MOST_PEOPLE = 10_000_000
const MOST = 10_000
const MOST_YUAN = 10_000_000

/** What is wrong with a value for a figure of this kind, in words; undefined when nothing is. */
export function valueProblem(
  open: Pick<OpenParameter, 'kind' | 'parameter' | 'unit'>,
  value: SettingValue,
): string | undefined {
  switch (open.kind) {
    case 'number': {
      const most = open.unit === '人' ? MOST_PEOPLE : MOST
      return isCount(value, most) ? undefined : `应为 1 到 ${most} 的整数`
    }
    case 'money':
      return isCount(value, MOST_YUAN * 100) ? undefined : '应大于 0 元，不超过 1000 万元'
    case 'share':
      return typeof value === 'number' && value > 0 && value <= 1
        ? undefined
        : '应为大于 0、不超过 1 的小数，如 0.5'
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : '应为是或否'
    case 'month-day':
      return typeof value === 'string' && /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value)
        ? undefined
        : '应为月-日，如 07-01'
    case 'words':
      if (typeof value !== 'string' || value.trim() === '' || value.length > 100) return '应为 1 到 100 个字'
      return open.parameter.endsWith('-number-pattern') ? patternProblem(open.parameter, value) : undefined
  }
}

function isCount(value: SettingValue, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most
}

/** Serials start anew each year, and for level certificates with each level: without these two numbers would repeat. */
function patternProblem(parameter: string, pattern: string): string | undefined {
  if (!/\{serial:[4-9]\}/.test(pattern)) return '样式中须有 {serial:位数}，位数为 4 到 9，如 {serial:6}'
  const written = pattern.replace(/\{[^}]*\}/g, '')
  // Whoever checks a certificate types its number: capitals and no spaces, as the public check reads it.
  if (written !== written.normalize('NFKC').replace(/\s+/g, '').toUpperCase())
    return '样式中的字母须为半角大写，且不含空格'
  if (!pattern.includes('{year}')) return '样式中须有 {year}：编号按年重新起算，缺年份会重号'
  if (parameter.startsWith('certificates.') && !pattern.includes('{level}'))
    return '样式中须有 {level}：编号按等级分别起算，缺等级会重号'
  return undefined
}
