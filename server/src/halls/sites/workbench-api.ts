import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Actor,
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record as recordEvent } from '../../platform/audit.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { events } from './audit-events.ts'
import { issueBindCodes, releaseStations } from './bind-station.ts'
import { changeSite, closeSite } from './change-site.ts'
import { importSeats, seatsTemplate } from './import-seats.ts'
import { addHall, changeHall, closeHall, saveSeats } from './keep-hall.ts'
import { may } from './permissions.ts'
import { readHall, readSite } from './read-site.ts'
import { no } from './refusals.ts'
import { registerSite } from './register-site.ts'
import { SEAT_STATES, SITE_STATES } from './site.ts'
import { citiesToChoose, findSite, listSites, seatsOfSite } from './store/sites.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const EXPORT_ROWS = 20_000
const reason = z.string().trim().min(2, '请写明理由').max(500)
const siteState = z.enum(['active', 'closed'])
const seatState = z.enum(['usable', 'spare', 'broken'])
const instant = z.date().transform((at) => at.toISOString())
const site = { kind: 'site', from: 'siteId' }
const hall = { kind: 'hall', from: 'hallId' }

const siteFields = {
  name: z.string().trim().min(2).max(80),
  address: z.string().trim().min(2).max(200),
  contactName: z.string().trim().min(2).max(40),
  contactPhone: z.string().regex(/^[0-9-]{7,20}$/, '请填写电话号码'),
}
const siteExample = {
  name: '光谷机考中心',
  address: '武汉市洪山区珞喻路 1 号',
  contactName: '许衡',
  contactPhone: '027-87654321',
}
const seatPlan = z.strictObject({
  label: z.string().trim().min(1).max(20),
  row: z.number().int().min(1).max(40),
  column: z.number().int().min(1).max(40),
  machine: z.string().trim().min(1).max(60),
  state: seatState,
  brokenReason: z.string().trim().max(200).nullable(),
  accessible: z.boolean(),
})
const siteFilter = listInput.extend({
  state: siteState.optional(),
  cityCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
})
const siteRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  address: z.string(),
  contactName: z.string(),
  contactPhone: z.string(),
  cityCode: z.string(),
  cityName: z.string(),
  state: siteState,
  halls: z.number(),
  usable: z.number(),
  spare: z.number(),
  broken: z.number(),
  bound: z.number(),
})
const hallRow = z.object({
  id: z.string(),
  name: z.string(),
  rows: z.number(),
  columns: z.number(),
  sebConfigKey: z.string().nullable(),
  state: siteState,
})

export const sitesApi = {
  'halls.list-sites': query({
    summary: '考点',
    permission: may['sites.read'],
    input: siteFilter,
    example: {},
    output: listOf(siteRow),
    handle: async ({ app, actor }, input) =>
      ok({ ...(await listSites(app.db, scopeOf(actor), input)), page: input.page, size: input.size }),
  }),
  'halls.export-sites': download({
    summary: '导出考点',
    permission: may['sites.read'],
    input: siteFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listSites(app.db, scopeOf(actor), { ...input, page: 1, size: EXPORT_ROWS })
      await exported(app, actor, '考点', rows.length)
      const bytes = await writeSheet({
        title: '考点',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'number', title: '考点编号' },
          { key: 'name', title: '名称', width: 20 },
          { key: 'cityName', title: '市州' },
          { key: 'address', title: '地址', width: 30 },
          { key: 'halls', title: '考场', kind: 'number' },
          { key: 'usable', title: '可用考位', kind: 'number' },
          { key: 'spare', title: '备用', kind: 'number' },
          { key: 'broken', title: '损坏', kind: 'number' },
          { key: 'bound', title: '已绑定机器', kind: 'number' },
          { key: 'stateTitle', title: '状态' },
        ],
        rows: rows.map((row) => ({ ...row, stateTitle: SITE_STATES[row.state] })),
      })
      return ok({ fileName: `考点-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.site-choices': query({
    summary: '可登记考点的市州',
    permission: may['sites.keep'],
    input: nothing,
    example: {},
    output: z.object({ cities: z.array(z.object({ code: z.string(), name: z.string() })) }),
    handle: async ({ app, actor }) =>
      ok({ cities: await citiesToChoose(app.db, actor.organisation?.provinceCode ?? '') }),
  }),
  'halls.read-site': query({
    summary: '查看考点',
    permission: may['sites.read'],
    record: site,
    input: z.strictObject({ siteId: id }),
    example: { siteId: ID },
    output: siteRow.extend({
      organisation: z.string(),
      rooms: z.array(
        hallRow.extend({
          usable: z.number(),
          spare: z.number(),
          broken: z.number(),
          accessible: z.number(),
          bound: z.number(),
        }),
      ),
      actions: z.object({
        change: allowed.nullable(),
        addHall: allowed.nullable(),
        close: allowed.nullable(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readSite(app, actor, input),
  }),
  'halls.register-site': command({
    summary: '登记考点',
    clause: 'AH-11',
    permission: may['sites.keep'],
    input: z.strictObject({ ...siteFields, cityCode: z.string().regex(/^\d{6}$/) }),
    example: { ...siteExample, cityCode: '420100' },
    output: z.object({ id: z.string(), number: z.string() }),
    handle: ({ app, actor }, input) => registerSite(app, actor, input),
  }),
  'halls.change-site': command({
    summary: '修改考点信息',
    permission: may['sites.keep'],
    record: site,
    input: z.strictObject({ siteId: id, ...siteFields }),
    example: { siteId: ID, ...siteExample },
    output: done,
    handle: ({ app, actor }, input) => changeSite(app, actor, input),
  }),
  'halls.close-site': command({
    summary: '停用考点',
    permission: may['sites.keep'],
    record: site,
    input: z.strictObject({ siteId: id, reason }),
    example: { siteId: ID, reason: '租约到期' },
    output: done,
    handle: ({ app, actor }, input) => closeSite(app, actor, input),
  }),
  'halls.add-hall': command({
    summary: '新增考场',
    clause: 'AH-11',
    permission: may['sites.keep'],
    record: site,
    input: z.strictObject({
      siteId: id,
      name: z.string().trim().min(1).max(60),
      rows: z.number().int().min(1).max(40),
      columns: z.number().int().min(1).max(40),
    }),
    example: { siteId: ID, name: '第一考场', rows: 6, columns: 8 },
    output: z.object({ id: z.string(), seats: z.number() }),
    handle: ({ app, actor }, input) => addHall(app, actor, input),
  }),
  'halls.read-hall': query({
    summary: '查看考场',
    permission: may['sites.read'],
    record: hall,
    input: z.strictObject({ hallId: id }),
    example: { hallId: ID },
    output: hallRow.extend({
      site: z.object({ id: z.string(), name: z.string(), address: z.string(), state: siteState }),
      usedBy: z.string(),
      seats: z.array(
        seatPlan.extend({ id: z.string(), bound: z.boolean(), boundAt: instant.nullable() }).strip(),
      ),
      actions: z.object({
        change: allowed.nullable(),
        layOut: allowed.nullable(),
        bind: allowed.nullable(),
        close: allowed.nullable(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readHall(app, actor, input),
  }),
  'halls.change-hall': command({
    summary: '修改考场',
    permission: may['sites.keep'],
    record: hall,
    input: z.strictObject({
      hallId: id,
      name: z.string().trim().min(1).max(60),
      sebConfigKey: z
        .string()
        .regex(/^[0-9a-f]{64}$/, '配置密钥为 64 位小写十六进制数')
        .nullable(),
    }),
    example: { hallId: ID, name: '第一考场', sebConfigKey: null },
    output: done,
    handle: ({ app, actor }, input) => changeHall(app, actor, input),
  }),
  'halls.close-hall': command({
    summary: '停用考场',
    permission: may['sites.keep'],
    record: hall,
    input: z.strictObject({ hallId: id, reason }),
    example: { hallId: ID, reason: '改作他用' },
    output: done,
    handle: ({ app, actor }, input) => closeHall(app, actor, input),
  }),
  'halls.save-seats': command({
    summary: '保存考位布局',
    clause: 'AH-11',
    permission: may['sites.keep'],
    record: hall,
    input: z.strictObject({
      hallId: id,
      rows: z.number().int().min(1).max(40),
      columns: z.number().int().min(1).max(40),
      seats: z.array(seatPlan).min(1, '考场至少要有一个考位').max(1600),
    }),
    example: {
      hallId: ID,
      rows: 1,
      columns: 1,
      seats: [
        {
          label: '01',
          row: 1,
          column: 1,
          machine: '机 01',
          state: 'usable',
          brokenReason: null,
          accessible: false,
        },
      ],
    },
    output: z.object({ seats: z.number() }),
    handle: ({ app, actor }, input) => saveSeats(app, actor, input),
  }),
  'halls.import-seats': command({
    summary: '导入考位',
    clause: 'AH-11',
    permission: may['sites.keep'],
    record: site,
    input: z.strictObject({ siteId: id, keep: z.boolean() }),
    example: { siteId: ID, keep: false },
    files: { max: 1, maxBytes: 5 * 1024 * 1024, mediaTypes: [XLSX] },
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      errors: z.array(z.object({ row: z.number(), column: z.string().nullable(), message: z.string() })),
    }),
    handle: async ({ app, actor, files }, input) => {
      const [sheet] = files
      if (!sheet && !(await findSite(app.db, input.siteId, scopeOf(actor))))
        return refuse(no.SITE_NOT_FOUND())
      if (!sheet) return refuse(no.SEATS_SHEET_UNREADABLE({ problem: '没有收到文件，请选择后重新上传。' }))
      return importSeats(app, actor, input, sheet.bytes)
    },
  }),
  'halls.seats-template': download({
    summary: '考位导入模板',
    permission: may['sites.keep'],
    input: nothing,
    example: {},
    handle: async () => ok({ fileName: '考位导入模板.xlsx', mediaType: XLSX, bytes: await seatsTemplate() }),
  }),
  'halls.export-seats': download({
    summary: '导出考位',
    permission: may['sites.read'],
    record: site,
    input: z.strictObject({ siteId: id }),
    example: { siteId: ID },
    handle: async ({ app, actor }, input) => {
      const found = await findSite(app.db, input.siteId, scopeOf(actor))
      if (!found) return refuse(no.SITE_NOT_FOUND())
      const rows = await seatsOfSite(app.db, found.id)
      await exported(app, actor, '考位', rows.length)
      const bytes = await writeSheet({
        title: `${found.name}考位`,
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'hall', title: '考场', width: 16 },
          { key: 'label', title: '考位号' },
          { key: 'row', title: '行', kind: 'number' },
          { key: 'column', title: '列', kind: 'number' },
          { key: 'machine', title: '机器', width: 16 },
          { key: 'stateTitle', title: '状态' },
          { key: 'brokenReason', title: '损坏原因', width: 20 },
          { key: 'accessibleTitle', title: '无障碍' },
          { key: 'boundTitle', title: '已绑定' },
        ],
        rows: rows.map((row) => ({
          ...row,
          stateTitle: SEAT_STATES[row.state],
          accessibleTitle: row.accessible ? '是' : '否',
          boundTitle: row.bound ? '是' : '否',
        })),
      })
      return ok({ fileName: `考位-${found.number}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'halls.issue-bind-codes': command({
    summary: '发放机器绑定码',
    clause: 'AH-11',
    permission: may['stations.bind'],
    record: hall,
    input: z.strictObject({ hallId: id, seatIds: z.array(id).min(1).max(1600).optional() }),
    example: { hallId: ID },
    output: z.object({
      until: z.string(),
      codes: z.array(
        z.object({ label: z.string(), machine: z.string(), code: z.string(), bound: z.boolean() }),
      ),
    }),
    handle: ({ app, actor }, input) => issueBindCodes(app, actor, input),
  }),
  'halls.release-stations': command({
    summary: '解除机器绑定',
    clause: 'AH-11',
    permission: may['stations.bind'],
    record: hall,
    input: z.strictObject({ hallId: id, seatIds: z.array(id).min(1).max(1600), reason }),
    example: { hallId: ID, seatIds: [ID], reason: '更换主机' },
    output: z.object({ released: z.number() }),
    handle: ({ app, actor }, input) => releaseStations(app, actor, input),
  }),
} satisfies Api

function exported(app: App, actor: Actor, list: string, rows: number): Promise<void> {
  return recordEvent(app.db, {
    name: events['sites-list.exported'],
    at: app.clock.now(),
    actor,
    subjects: actor.organisation ? [`organisation:${actor.organisation.id}`] : [],
    data: { list, rows },
  })
}
