import { z } from 'zod'
import { scopeOf } from '../people/index.ts'
import {
  type Actor,
  type Api,
  command,
  download,
  level,
  listInput,
  listOf,
  nothing,
  query,
} from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { ok } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { events } from './audit-events.ts'
import { overview } from './overview.ts'
import { may } from './permissions.ts'
import { setTarget } from './set-target.ts'
import { STAGE_NAMES, STAGES } from './stage.ts'
import * as store from './store.ts'

const stage = z.enum(STAGE_NAMES as [string, ...string[]]).transform((value) => value as keyof typeof STAGES)
const region = z.string().regex(/^\d{6}$/)
const filter = z.strictObject({
  year: z.coerce.number().int().min(2021).max(2030),
  cityCode: region.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
})
const cell = z.object({
  cityCode: z.string().nullable(),
  cityName: z.string().nullable(),
  occupationId: z.string(),
  occupationName: z.string(),
  level,
  stage: z.string(),
  people: z.number(),
})
const personRow = z.object({
  personId: z.string(),
  name: z.string(),
  maskedIdNumber: z.string(),
  cityName: z.string().nullable(),
  organisationName: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  onDay: z.string(),
  record: z.string(),
})

/** Who looked at the people behind a figure, and at which. What was searched for may be a name and stays out. */
function recordReading(
  app: App,
  actor: Actor,
  { year, cityCode, occupationId, level: ofLevel, stage: ofStage }: store.NumbersFilter & { stage: string },
  count: number,
) {
  return record(app.db, {
    name: events['numbers.people-read'],
    at: app.clock.now(),
    actor,
    subjects: [`numbers:${year}`],
    data: { filters: { year, cityCode, occupationId, level: ofLevel, stage: ofStage }, count },
  })
}

export const workbenchApi = {
  'supervision.overview': query({
    summary: '目标与完成情况',
    clause: 'HB-1',
    permission: may['supervision.read-numbers'],
    input: filter,
    example: { year: 2026 },
    output: z.object({
      year: z.number(),
      target: z
        .object({
          people: z.number(),
          source: z.string(),
          clause: z.string(),
          origin: z.enum(['set', 'notice']),
        })
        .nullable(),
      reached: z.number(),
      funnel: z.array(z.object({ stage: z.string(), name: z.string(), people: z.number() })),
      months: z.array(z.number()),
      cells: z.array(cell),
      cities: z.array(
        z.object({
          cityCode: z.string(),
          cityName: z.string(),
          target: z.number().nullable(),
          reached: z.number(),
        }),
      ),
      countedAt: z.string(),
    }),
    handle: async ({ app, actor }, input) => ok(await overview(app, actor, input)),
  }),
  'supervision.list-people': query({
    summary: '数字背后的人员',
    clause: 'HB-3.1',
    permission: may['supervision.read-people'],
    input: listInput.extend({ ...filter.shape, stage }),
    example: { year: 2026, stage: 'trained' },
    output: listOf(personRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await store.peopleBehind(app.db, scopeOf(actor), input, {
        limit: input.size,
        offset: (input.page - 1) * input.size,
      })
      await recordReading(app, actor, input, rows.length)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'supervision.export-people': download({
    summary: '导出数字背后的人员',
    clause: 'HB-3.1',
    permission: may['supervision.read-people'],
    input: filter.extend({ stage, q: z.string().trim().max(100).optional() }),
    example: { year: 2026, stage: 'trained' },
    handle: async ({ app, actor }, input) => {
      const { rows } = await store.peopleBehind(app.db, scopeOf(actor), input, { limit: 50_000, offset: 0 })
      await recordReading(app, actor, input, rows.length)
      const title = `${input.year} 年${STAGES[input.stage]}人员名单`
      return ok({
        fileName: `${title}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await writeSheet({
          title,
          columns: [
            { key: 'name', title: '姓名', width: 12 },
            { key: 'maskedIdNumber', title: '证件号码', width: 22 },
            { key: 'cityName', title: '市州', width: 14 },
            { key: 'organisationName', title: '机构', width: 30 },
            { key: 'occupationName', title: '职业', width: 24 },
            { key: 'direction', title: '方向', width: 24 },
            { key: 'level', title: '等级', width: 8 },
            { key: 'onDay', title: '日期', width: 12 },
            { key: 'record', title: '记录', width: 26 },
          ],
          rows: rows.map((row) => ({ ...row })),
        }),
      })
    },
  }),
  'supervision.list-targets': query({
    summary: '年度目标及沿革',
    clause: 'HB-1',
    permission: may['supervision.read-numbers'],
    input: filter.pick({ year: true }),
    example: { year: 2026 },
    output: z.object({
      targets: z.array(
        z.object({
          cityCode: z.string().nullable(),
          cityName: z.string().nullable(),
          people: z.number(),
          source: z.string(),
          setBy: z.string(),
          setAt: z.string(),
          replacedAt: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }, input) => {
      const provinceCode = actor.organisation?.provinceCode ?? ''
      const targets = await store.targetsOf(app.db, provinceCode, input.year)
      return ok({
        targets: targets.map((one) => ({
          ...one,
          setAt: one.setAt.toISOString(),
          replacedAt: one.replacedAt?.toISOString() ?? null,
        })),
      })
    },
  }),
  'supervision.set-target': command({
    summary: '设定年度目标',
    clause: 'HB-1',
    permission: may['supervision.set-target'],
    input: z.strictObject({
      year: z.number().int().min(2023).max(2030),
      cityCode: region.optional(),
      people: z.number().int().min(0).max(1_000_000),
      source: z.string().trim().min(4, '请写明依据文件或会议').max(200),
    }),
    output: nothing,
    handle: async ({ app, actor }, input) => {
      const result = await setTarget(app, actor, input)
      return result.ok ? ok({}) : result
    },
  }),
} satisfies Api
