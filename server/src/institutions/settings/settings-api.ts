import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Actor,
  type Api,
  allowed,
  command,
  day,
  done,
  download,
  listInput,
  listOf,
  query,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { allowedIf, ok } from '../../platform/result.ts'
import { statusName } from '../catalogues/catalogue-shapes.ts'
import { may } from '../permissions.ts'
import { occupationNames } from '../store/occupations.ts'
import { provinceSettings, type SettingRow, type SettingValue } from '../store/settings.ts'
import { EXPORT_ROWS, workbook } from '../workbook.ts'
import { confirmRefusal, confirmSetting, settingConfirmation } from './confirm-setting.ts'
import { openParameters, settingKey, VALUE_KINDS } from './parameters.ts'
import { proposeSetting, settingProposal } from './propose-setting.ts'
import { rejectSetting, settingRejection } from './reject-setting.ts'

const value = z.union([z.string(), z.number(), z.boolean()])
const settingShape = z.object({
  key: z.string(),
  name: z.string(),
  occupation: z.string().nullable(),
  level: z.string().nullable(),
  unit: z.string(),
  kind: z.enum(VALUE_KINDS),
  clause: z.string(),
  note: z.string().nullable(),
  packValue: value.nullable(),
  packStatus: z.string(),
  packSource: z.string(),
  /** What counts today because two people confirmed it. */
  confirmed: z
    .object({ value, fromOn: day, source: z.string(), proposedBy: z.string(), confirmedBy: z.string() })
    .nullable(),
  /** Confirmed, but from a later day. */
  upcoming: z.object({ value, fromOn: day }).nullable(),
  proposal: z
    .object({
      id: z.string(),
      value,
      fromOn: day,
      source: z.string(),
      proposedBy: z.string(),
      proposedAt: z.string(),
      confirm: allowed,
    })
    .nullable(),
})
const STATES = ['unverified', 'proposed', 'confirmed'] as const
const filter = listInput.extend({
  state: z.enum(STATES).optional(),
  /** For who sees more than one province. */
  provinceCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
})

async function readSettings(app: App, actor: Actor, input: z.output<typeof filter>) {
  const scope = scopeOf(actor)
  const own = app.config.province === 'anhui' ? '340000' : '420000'
  const provinceCode = scope.kind === 'province' ? scope.provinceCode : (input.provinceCode ?? own)
  const today = app.clock.today()
  const names = await occupationNames(app.db)
  const byKey = new Map<string, SettingRow[]>()
  for (const row of await provinceSettings(app.db, provinceCode)) {
    byKey.set(settingKey(row), [...(byKey.get(settingKey(row)) ?? []), row])
  }
  const rows = openParameters(app.policy, provinceCode, today).map((open): z.input<typeof settingShape> => {
    const set = byKey.get(open.key) ?? []
    const confirmed = set.find((one) => one.confirmedAt !== null && one.fromOn <= today)
    const upcoming = set.find((one) => one.confirmedAt !== null && one.fromOn > today)
    const proposal = set.find((one) => one.confirmedAt === null)
    return {
      ...open,
      occupation: open.occupationId ? (names.get(open.occupationId) ?? open.occupationId) : null,
      packStatus: statusName(open.packStatus),
      confirmed: confirmed ? { ...confirmed, confirmedBy: confirmed.confirmedBy ?? '' } : null,
      upcoming: upcoming ? { value: upcoming.value, fromOn: upcoming.fromOn } : null,
      proposal: proposal
        ? {
            ...proposal,
            proposedAt: proposal.createdAt.toISOString(),
            confirm: allowedIf(confirmRefusal(proposal, actor)),
          }
        : null,
    }
  })
  const stateOf = (row: z.input<typeof settingShape>): (typeof STATES)[number] =>
    row.proposal ? 'proposed' : row.confirmed ? 'confirmed' : 'unverified'
  return rows.filter(
    (row) =>
      (!input.state || stateOf(row) === input.state) &&
      (!input.q || `${row.name}${row.occupation ?? ''}${row.level ?? ''}`.includes(input.q)),
  )
}

export function saySettingValue(shown: SettingValue | null | undefined): string {
  if (shown === null || shown === undefined) return ''
  return typeof shown === 'boolean' ? (shown ? '是' : '否') : String(shown)
}

export const settingsApi = {
  'institutions.list-settings': query({
    summary: '参数核实',
    permission: may['setting.read'],
    input: filter,
    example: {},
    output: listOf(settingShape),
    handle: async ({ app, actor }, input) => {
      const rows = await readSettings(app, actor, input)
      const from = (input.page - 1) * input.size
      return ok({
        rows: rows.slice(from, from + input.size),
        total: rows.length,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'institutions.export-settings': download({
    summary: '导出参数核实',
    permission: may['setting.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const rows = await readSettings(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      return ok(
        await workbook(app, actor, {
          title: '待核实参数清单',
          columns: [
            { key: 'name', title: '参数', width: 24 },
            { key: 'occupation', title: '职业', width: 20 },
            { key: 'level', title: '等级' },
            { key: 'unit', title: '单位' },
            { key: 'packText', title: '现有取值' },
            { key: 'packStatus', title: '来源状态' },
            { key: 'confirmedText', title: '省级确认值' },
            { key: 'confirmedFrom', title: '执行日期' },
            { key: 'confirmedSource', title: '依据', width: 30 },
          ],
          rows: rows.map((row) => ({
            ...row,
            packText: saySettingValue(row.packValue),
            confirmedText: saySettingValue(row.confirmed?.value),
            confirmedFrom: row.confirmed?.fromOn ?? '',
            confirmedSource: row.confirmed?.source ?? '',
          })),
        }),
      )
    },
  }),
  'institutions.propose-setting': command({
    summary: '提出参数取值',
    permission: may['setting.propose'],
    input: settingProposal,
    example: { key: 'engineer.standard-hours/ai/初级', value: 120, fromOn: '2026-03-02', source: '文件文号' },
    output: done,
    handle: ({ app, actor }, input) => proposeSetting(app, actor, input),
  }),
  'institutions.confirm-setting': command({
    summary: '确认参数取值',
    permission: may['setting.propose'],
    record: { kind: 'setting', from: 'id' },
    input: settingConfirmation,
    example: { id: '00000000-0000-4000-8000-000000000000' },
    output: done,
    handle: ({ app, actor }, input) => confirmSetting(app, actor, input),
  }),
  'institutions.reject-setting': command({
    summary: '不予确认参数取值',
    permission: may['setting.propose'],
    record: { kind: 'setting', from: 'id' },
    input: settingRejection,
    example: { id: '00000000-0000-4000-8000-000000000000', reason: '来源不符' },
    output: done,
    handle: ({ app, actor }, input) => rejectSetting(app, actor, input),
  }),
} satisfies Api
