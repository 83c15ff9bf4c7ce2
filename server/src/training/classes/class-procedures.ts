import { z } from 'zod'
import {
  type Api,
  allowed,
  command,
  day,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { completeClass } from '../completion/complete-class.ts'
import { reopenClass } from '../completion/reopen-class.ts'
import { emptied } from '../emptied.ts'
import { EXCEL, EXPORT_ROWS, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { announceClass } from './announce-class.ts'
import { cancelClass } from './cancel-class.ts'
import { CLASS_STATES, classInput, classState, hoursByKind } from './class.ts'
import { planClass } from './plan-class.ts'
import { readClass } from './read-class.ts'
import { reviewClassName } from './review-class-name.ts'
import { startClass } from './start-class.ts'
import { countClasses, listClasses, plansToUse } from './store.ts'
import { withdrawAnnouncement } from './withdraw-announcement.ts'

const region = z.string().regex(/^\d{6}$/)
const reason = z.string().trim().min(2, '请写明理由').max(500)
const record = { kind: 'class', from: 'classId' }
const someClass = '00000000-0000-4000-8000-000000000000'

const classFilter = listInput.extend({
  state: classState.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  cityCode: region.optional(),
  flagged: z.stringbool().optional(),
})

const classRow = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  organisation: z.string(),
  city: z.string().nullable(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  capacity: z.number(),
  state: classState,
  startsOn: z.string(),
  endsOn: z.string(),
  completedOn: z.string().nullable(),
  nameFlags: z.array(z.string()),
  nameReview: z.string(),
  registered: z.number(),
  waiting: z.number(),
  admitted: z.number(),
  completed: z.number(),
  failed: z.number(),
  reportState: z.string().nullable(),
  reportDueOn: z.string().nullable(),
})

const setting = z.object({ verified: z.boolean(), source: z.string() })
const classRecord = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  organisationId: z.string(),
  organisation: z.string(),
  filingId: z.string(),
  occupationId: z.string(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  city: z.string().nullable(),
  venue: z.string(),
  venueCity: z.string().nullable(),
  capacity: z.number(),
  plannedHours: hoursByKind,
  standardHourMinutes: z.number(),
  passMarkTenths: z.number(),
  nameFlags: z.array(z.string()),
  nameReview: z.string(),
  nameReviewReason: z.string().nullable(),
  feeCents: z.number().nullable(),
  startsOn: z.string(),
  endsOn: z.string(),
  state: classState,
  completedOn: z.string().nullable(),
  cancelReason: z.string().nullable(),
  counts: z.object({
    registered: z.number(),
    waiting: z.number(),
    admitted: z.number(),
    completed: z.number(),
    failed: z.number(),
    seated: z.number(),
  }),
  hours: z.object({
    planned: z.number(),
    held: z.number(),
    heldByKind: hoursByKind,
    sums: z.object({ theory: z.number(), practice: z.number(), online: z.number(), offline: z.number() }),
  }),
  standardHours: setting.extend({ value: z.number().nullable() }),
  announcement: z
    .object({
      id: z.string(),
      title: z.string(),
      body: z.string(),
      contact: z.string(),
      enrolFromOn: z.string(),
      enrolToOn: z.string(),
      publishedAt: z.string(),
    })
    .nullable(),
  report: z
    .object({
      id: z.string(),
      number: z.string(),
      state: z.string(),
      dueOn: z.string(),
      daysLeft: z.number().nullable(),
      late: z.boolean(),
    })
    .nullish(),
  awaitingCertificates: z.number(),
  certificates: z.number(),
  actions: z.record(z.string(), allowed),
  timeline: z.array(timelineEntry),
})

export const classProcedures = {
  'training.list-classes': query({
    summary: '培训班列表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    input: classFilter,
    example: {},
    output: listOf(classRow),
    handle: async ({ app, actor }, input) => {
      const rows = await listClasses(app.db, actor, input)
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          organisation: names.organisation(row.organisationId),
          occupation: names.occupation(row.occupationId),
          city: names.region(row.cityCode),
        })),
        total: await countClasses(app.db, actor, input),
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.export-classes': download({
    summary: '导出培训班列表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    input: classFilter.omit({ page: true, size: true }),
    example: {},
    handle: async ({ app, actor }, input) => {
      const rows = await listClasses(app.db, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      const bytes = await writeSheet({
        title: '培训班列表',
        columns: [
          { key: 'number', title: '班级编号', width: 18 },
          { key: 'name', title: '班级名称', width: 28 },
          { key: 'organisation', title: '培训机构', width: 26 },
          { key: 'city', title: '市州', width: 10 },
          { key: 'occupation', title: '职业', width: 22 },
          { key: 'direction', title: '方向', width: 18 },
          { key: 'level', title: '等级', width: 8 },
          { key: 'capacity', title: '计划人数', kind: 'number' },
          { key: 'learners', title: '录取及结业人数', kind: 'number' },
          { key: 'startsOn', title: '开班日期', width: 12 },
          { key: 'endsOn', title: '结束日期', width: 12 },
          { key: 'state', title: '状态', width: 10 },
        ],
        rows: rows.map((row) => ({
          ...row,
          state: CLASS_STATES[row.state],
          learners: row.admitted + row.completed + row.failed,
          organisation: names.organisation(row.organisationId),
          occupation: names.occupation(row.occupationId),
          city: names.region(row.cityCode),
        })),
      })
      return ok({ fileName: '培训班列表.xlsx', mediaType: EXCEL, bytes })
    },
  }),
  'training.read-class': query({
    summary: '培训班详情',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record,
    input: classInput,
    example: { classId: someClass },
    output: classRecord,
    handle: ({ app, actor }, input) => readClass(app, actor, input),
  }),
  'training.list-filed-plans': query({
    summary: '可建班的备案计划',
    clause: 'HB-4.1',
    permission: may['training.manage-classes'],
    input: nothing,
    example: {},
    output: z.object({
      rows: z.array(
        z.object({
          filingId: z.string(),
          number: z.string(),
          title: z.string(),
          occupation: z.string(),
          direction: z.string().nullable(),
          level: z.string(),
          plannedLearners: z.number(),
          plannedClasses: z.number(),
          seatsTaken: z.number(),
          classesTaken: z.number(),
          startsOn: z.string(),
          endsOn: z.string(),
          venue: z.string(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const rows = await plansToUse(app.db, actor.organisation?.id ?? null, app.clock.today())
      const names = await namesFor(app.db, [])
      return ok({ rows: rows.map((row) => ({ ...row, occupation: names.occupation(row.occupationId) })) })
    },
  }),
  'training.plan-class': command({
    summary: '新建培训班',
    clause: 'HB-4.1',
    permission: may['training.manage-classes'],
    record: { kind: 'filing', from: 'filingId' },
    input: z.strictObject({
      filingId: id,
      name: z.string().trim().min(2, '请填写班级名称').max(100),
      capacity: z.number().int().min(1, '请填写计划人数').max(5000),
      startsOn: day,
      endsOn: day,
      passMarkTenths: z.number().int().min(0).max(1000),
      venue: z
        .strictObject({ name: z.string().trim().min(2).max(100), provinceCode: region, cityCode: region })
        .optional(),
    }),
    example: {
      filingId: someClass,
      name: '一班',
      capacity: 40,
      startsOn: '2026-03-02',
      endsOn: '2026-04-02',
      passMarkTenths: 600,
    },
    output: done.extend({ number: z.string() }),
    handle: ({ app, actor }, input) => planClass(app, actor, input),
  }),
  'training.review-class-name': command({
    summary: '核查班级名称',
    clause: 'HB-6.2',
    permission: may['training.review-class-names'],
    record,
    input: classInput.extend({ outcome: z.enum(['cleared', 'rejected']), reason }),
    example: { classId: someClass, outcome: 'cleared', reason: '仅为校企合作' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await reviewClassName(app, actor, input)),
  }),
  'training.announce-class': command({
    summary: '发布招生公告',
    clause: 'HB-4.2',
    permission: may['training.manage-classes'],
    record,
    input: classInput.extend({
      title: z.string().trim().min(4, '请填写公告标题').max(100),
      body: z.string().trim().min(4, '请填写公告内容').max(5000),
      contact: z.string().trim().min(4, '请填写联系方式').max(100),
      enrolFromOn: day,
      enrolToOn: day,
    }),
    example: {
      classId: someClass,
      title: '招生公告',
      body: '面向社会招生',
      contact: '027-00000000',
      enrolFromOn: '2026-03-02',
      enrolToOn: '2026-03-02',
    },
    output: done,
    handle: ({ app, actor }, input) => announceClass(app, actor, input),
  }),
  'training.withdraw-announcement': command({
    summary: '撤回招生公告',
    clause: 'HB-4.2',
    permission: may['training.manage-classes'],
    record,
    input: classInput.extend({ reason }),
    example: { classId: someClass, reason: '改期' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await withdrawAnnouncement(app, actor, input)),
  }),
  'training.start-class': command({
    summary: '开班',
    clause: 'HB-4.3',
    permission: may['training.manage-classes'],
    record,
    input: classInput,
    example: { classId: someClass },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await startClass(app, actor, input)),
  }),
  'training.cancel-class': command({
    summary: '取消培训班',
    clause: 'HB-4.3',
    permission: may['training.manage-classes'],
    record,
    input: classInput.extend({ reason }),
    example: { classId: someClass, reason: '人数不足' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await cancelClass(app, actor, input)),
  }),
  'training.complete-class': command({
    summary: '办理结业',
    clause: 'HB-4.3',
    permission: may['training.complete-classes'],
    record,
    input: classInput,
    example: { classId: someClass },
    output: z.object({
      completed: z.number(),
      failed: z.number(),
      reportId: z.string(),
      reportDueOn: z.string(),
    }),
    handle: ({ app, actor }, input) => completeClass(app, actor, input),
  }),
  'training.reopen-class': command({
    summary: '恢复培训',
    clause: 'HB-4.3',
    permission: may['training.complete-classes'],
    record,
    input: classInput.extend({ reason }),
    example: { classId: someClass, reason: '补课' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await reopenClass(app, actor, input)),
  }),
} satisfies Api
