import { sql } from 'kysely'
import { z } from 'zod'
import { parameter } from '../../../policy/src/index.ts'
import { isVerified, policySettings } from '../institutions/index.ts'
import type { App } from '../platform/app.ts'
import type { Tx } from '../platform/db.ts'
import { jurisdictionOf } from './verdict.ts'

/**
 * Figures and forms the texts leave open. Each has a working value that is marked 待核实 until a province sets it
 * (`platform.policy_settings`, by two people); none is presented as official.
 */
export interface Setting<T> {
  value: T
  /** false: shown as 待核实. */
  verified: boolean
  source: string
}

async function provincialSetting(tx: Tx, provinceCode: string, parameter: string, on: string) {
  const { rows } = await sql<{ value: unknown; source: string }>`
    select value, source from platform.policy_settings
    where province_code = ${provinceCode} and parameter = ${parameter} and occupation_id is null and level is null
      and confirmed_at is not null and from_on <= ${on} and (to_on is null or to_on >= ${on})
    order by from_on desc, confirmed_at desc limit 1`.execute(tx)
  return rows[0]
}

async function setting<T>(
  tx: Tx,
  ask: { provinceCode: string; on: string },
  parameter: string,
  schema: z.ZodType<T>,
  assumed: { value: T; source: string },
): Promise<Setting<T>> {
  const found = await provincialSetting(tx, ask.provinceCode, parameter, ask.on)
  if (found) return { value: schema.parse(found.value), verified: true, source: found.source }
  return { ...assumed, verified: false }
}

type Ask = { provinceCode: string; on: string }

/** Length of one 学时: the policy's figure (45 minutes as remembered, 待核实), or the province's. */
export async function standardHourMinutes(tx: Tx, app: App, ask: Ask): Promise<Setting<number>> {
  const found = parameter(app.policy, 'engineer.minutes-per-hour', {
    jurisdiction: jurisdictionOf(ask.provinceCode),
    on: ask.on,
    settings: await policySettings(tx, ask.provinceCode),
  })
  return {
    value: z.number().int().min(1).max(120).parse(found?.value),
    verified: isVerified(found?.sourceStatus ?? 'missing'),
    source: found?.source ?? '',
  }
}

const threshold = z.object({ title: z.string().nullable(), certificate: z.string().nullable() })
export const teacherThresholds = z.object({ 初级: threshold, 中级: threshold, 高级: threshold })
export type TeacherThresholds = z.output<typeof teacherThresholds>

/** What a teacher of a level must hold at least. National standards 1.8.2 as remembered, not seen in a page. */
export function teacherQualification(tx: Tx, ask: Ask): Promise<Setting<TeacherThresholds>> {
  return setting(tx, ask, 'training.teacher-qualification', teacherThresholds, {
    value: {
      初级: { title: '中级', certificate: '中级' },
      中级: { title: '中级', certificate: '中级' },
      高级: { title: '副高级', certificate: '高级' },
    },
    source: '国家职业标准 1.8.2（凭记忆，未核实原文）',
  })
}

/** How training certificates are numbered. The national form is not published in a page we found: kept opaque. */
export function certificateNumberPattern(tx: Tx, ask: Ask): Promise<Setting<string>> {
  return setting(tx, ask, 'training.certificate-number-pattern', z.string().regex(/\{serial:\d\}/), {
    value: 'PX{province}{year}{serial:6}',
    source: '平台暂用编号，全国统一编号规则待核实',
  })
}

/** Fills the pattern: `{province}` two digits, `{year}`, `{serial:N}` with N digits. */
export function fillNumber(
  pattern: string,
  parts: { provinceCode: string; year: string; serial: number },
): string {
  return pattern
    .replace('{province}', parts.provinceCode.slice(0, 2))
    .replace('{year}', parts.year)
    .replace(/\{serial:(\d)\}/, (_, digits) => String(parts.serial).padStart(Number(digits), '0'))
}
