import { z } from 'zod'
import {
  type Api,
  day,
  download,
  listInput,
  listOf,
  nothing,
  query,
  ROLES,
  type Role,
} from '../platform/api.ts'
import { auditCatalogue, record, verifyAudit } from '../platform/audit.ts'
import { searchAudit } from '../platform/audit-search.ts'
import { ok } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { events } from './audit-events.ts'
import { may } from './permissions.ts'

const chinaTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const EXPORT_ROWS = 50_000
const filter = listInput.extend({
  name: z.string().max(100).optional(),
  role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]).optional(),
  fromOn: day.optional(),
  toOn: day.optional(),
})

export const auditApi = {
  'people.list-audit': query({
    summary: '操作日志',
    permission: may['people.read-audit'],
    input: filter,
    example: {},
    output: listOf(
      z.object({
        seq: z.number(),
        at: z.string(),
        name: z.string(),
        title: z.string(),
        who: z.string(),
        role: z.string(),
        roleTitle: z.string(),
        organisation: z.string().nullable(),
        subjects: z.array(z.string()),
        clause: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
        position: z.number().nullable(),
      }),
    ),
    handle: async ({ app }, input) => {
      const { rows, total } = await searchAudit(app.db, input)
      const shown = rows.map((row) => ({ ...row, roleTitle: ROLES[row.role as Role] ?? row.role }))
      return ok({ rows: shown, total, page: input.page, size: input.size })
    },
  }),
  'people.list-audit-events': query({
    summary: '操作日志事项',
    permission: may['people.read-audit'],
    input: nothing,
    example: {},
    output: z.object({ events: z.array(z.object({ name: z.string(), title: z.string() })) }),
    handle: async () => ok({ events: auditCatalogue().map(([name, { title }]) => ({ name, title })) }),
  }),
  'people.verify-audit': query({
    summary: '校验操作日志链',
    permission: may['people.read-audit'],
    input: nothing,
    example: {},
    output: z.object({
      sealed: z.number(),
      unsealed: z.number(),
      brokenAt: z.number().nullable(),
      head: z.string(),
      verifiedAt: z.string(),
    }),
    handle: async ({ app }) =>
      ok({ ...(await verifyAudit(app.db)), verifiedAt: app.clock.now().toISOString() }),
  }),
  'people.export-audit': download({
    summary: '导出操作日志',
    permission: may['people.read-audit'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await searchAudit(app.db, { ...input, page: 1, size: EXPORT_ROWS })
      // What was searched for may be a person's name: it stays out of the log.
      const { name, role, fromOn, toOn } = input
      await record(app.db, {
        name: events['audit.exported'],
        at: app.clock.now(),
        actor,
        subjects: ['audit:log'],
        data: { filters: { name, role, fromOn, toOn }, count: rows.length },
      })
      const bytes = await writeSheet({
        title: '操作日志',
        note: `导出人 ${actor.name} ${app.clock.today()}；共 ${rows.length} 条`,
        columns: [
          { key: 'seq', title: '序号', kind: 'number' },
          { key: 'time', title: '时间', width: 20 },
          { key: 'title', title: '事项', width: 18 },
          { key: 'who', title: '办理人' },
          { key: 'roleTitle', title: '身份' },
          { key: 'organisation', title: '单位', width: 24 },
          { key: 'clause', title: '条款' },
          { key: 'about', title: '对象', width: 40 },
          { key: 'facts', title: '内容', width: 50 },
          { key: 'position', title: '链上位置', kind: 'number' },
        ],
        rows: rows.map((row) => ({
          ...row,
          time: chinaTime.format(new Date(row.at)),
          roleTitle: ROLES[row.role as Role] ?? row.role,
          about: row.subjects.join(' '),
          facts: JSON.stringify(row.data),
        })),
      })
      return ok({
        fileName: `操作日志-${app.clock.today()}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes,
      })
    },
  }),
} satisfies Api
