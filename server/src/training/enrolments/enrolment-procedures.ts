import { z } from 'zod'
import {
  type Api,
  command,
  day,
  download,
  id,
  level,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { record } from '../../platform/audit.ts'
import { decisionShape } from '../../platform/decision-shape.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { events } from '../audit-events.ts'
import { classInput, hoursByKind } from '../classes/class.ts'
import { findClass } from '../classes/store.ts'
import { EXCEL, EXPORT_ROWS, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { decideEnrolments } from './decide-enrolments.ts'
import { ENROLMENT_STATES, enrolmentState } from './enrolment.ts'
import { importRoster } from './import-roster.ts'
import { readEnrolment } from './read-enrolment.ts'
import { listRegister } from './register-store.ts'
import { rosterTemplate } from './roster-sheet.ts'
import { type EnrolmentRow, listEnrolments } from './store.ts'

const SOURCES = { self: '本人报名', roster: '名单导入' } as const
const someId = '00000000-0000-4000-8000-000000000000'
const classRecord = { kind: 'class', from: 'classId' }

const enrolmentFilter = listInput.extend({
  classId: id,
  state: enrolmentState.optional(),
  outcome: z.string().max(10).optional(),
})
const enrolmentRow = z.object({
  id: z.string(),
  position: z.number(),
  personId: z.string(),
  name: z.string(),
  maskedIdNumber: z.string(),
  phoneMasked: z.string().nullable(),
  source: z.enum(['self', 'roster']),
  state: enrolmentState,
  audienceOutcome: z.string(),
  registeredAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
})
const shown = (row: EnrolmentRow) => ({
  ...row,
  registeredAt: row.registeredAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
})

const registerFilter = listInput.extend({
  state: enrolmentState.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  cityCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  startsFrom: day.optional(),
  startsTo: day.optional(),
})
const registerRow = z.object({
  enrolmentId: z.string(),
  classId: z.string(),
  classNumber: z.string(),
  className: z.string(),
  name: z.string(),
  maskedIdNumber: z.string(),
  phoneMasked: z.string().nullable(),
  organisation: z.string(),
  city: z.string().nullable(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  state: enrolmentState,
  registeredAt: z.string(),
  completedOn: z.string().nullable(),
  certificateNumber: z.string().nullable(),
})

export const enrolmentProcedures = {
  'training.list-enrolments': query({
    summary: '班级报名列表',
    clause: 'HB-4.2',
    permission: may['training.read-classes'],
    record: classRecord,
    input: enrolmentFilter,
    example: { classId: someId },
    output: listOf(enrolmentRow),
    handle: async ({ app, actor }, input) => {
      if (!(await findClass(app.db, actor, input.classId))) return refuse(no.CLASS_NOT_FOUND())
      const { rows, total } = await listEnrolments(app.db, actor, input)
      return ok({ rows: rows.map(shown), total, page: input.page, size: input.size })
    },
  }),
  'training.export-enrolments': download({
    summary: '导出班级报名列表',
    clause: 'HB-4.2',
    permission: may['training.read-classes'],
    record: classRecord,
    input: enrolmentFilter.omit({ page: true, size: true }),
    example: { classId: someId },
    handle: async ({ app, actor }, input) => {
      if (!(await findClass(app.db, actor, input.classId))) return refuse(no.CLASS_NOT_FOUND())
      const { rows } = await listEnrolments(app.db, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const bytes = await writeSheet({
        title: '班级报名列表',
        columns: [
          { key: 'position', title: '报名号', kind: 'number' },
          { key: 'name', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'phoneMasked', title: '手机号', width: 14 },
          { key: 'source', title: '来源', width: 10 },
          { key: 'audienceOutcome', title: '培训对象判断', width: 14 },
          { key: 'state', title: '状态', width: 10 },
          { key: 'reason', title: '说明', width: 30 },
        ],
        rows: rows.map((row) => ({
          ...row,
          state: ENROLMENT_STATES[row.state],
          source: SOURCES[row.source],
        })),
      })
      return ok({ fileName: '班级报名列表.xlsx', mediaType: EXCEL, bytes })
    },
  }),
  'training.read-enrolment': query({
    summary: '报名详情',
    clause: 'HB-2',
    permission: may['training.read-classes'],
    record: { kind: 'enrolment', from: 'enrolmentId' },
    input: z.strictObject({ enrolmentId: id }),
    example: { enrolmentId: someId },
    output: enrolmentRow.extend({
      classId: z.string(),
      className: z.string(),
      audience: decisionShape,
      completion: decisionShape.nullable(),
      hours: hoursByKind,
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readEnrolment(app, actor, input),
  }),
  'training.decide-enrolments': command({
    summary: '录取或不予录取',
    clause: 'HB-4.2',
    permission: may['training.decide-enrolments'],
    record: classRecord,
    input: z.discriminatedUnion('decision', [
      classInput.extend({
        enrolmentIds: z.array(id).min(1, '请选择学员').max(5000),
        decision: z.literal('admitted'),
        reason: z.string().trim().max(500).optional(),
      }),
      classInput.extend({
        enrolmentIds: z.array(id).min(1, '请选择学员').max(5000),
        decision: z.literal('declined'),
        reason: z.string().trim().min(2, '请写明理由').max(500),
      }),
    ]),
    example: { classId: someId, enrolmentIds: [someId], decision: 'admitted' },
    output: z.object({ decided: z.number(), movedUp: z.number() }),
    handle: ({ app, actor }, input) => decideEnrolments(app, actor, input),
  }),
  'training.roster-template': download({
    summary: '下载学员名单模板',
    permission: may['training.decide-enrolments'],
    input: nothing,
    example: {},
    handle: async () =>
      ok({ fileName: '学员名单导入模板.xlsx', mediaType: EXCEL, bytes: await rosterTemplate() }),
  }),
  'training.import-roster': command({
    summary: '导入学员名单',
    clause: 'HB-5.4',
    permission: may['training.decide-enrolments'],
    record: classRecord,
    files: { max: 1, maxBytes: 5 * 1024 * 1024 },
    // The institution states that it has seen every document: it stands as the verifier of these real names.
    input: classInput.extend({
      keep: z.boolean(),
      documentsSeen: z.literal(true, '请确认已逐一核验证件原件'),
    }),
    example: { classId: someId, keep: false, documentsSeen: true },
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      waiting: z.number(),
      errors: z.array(z.object({ row: z.number(), column: z.string().nullable(), message: z.string() })),
    }),
    handle: ({ app, actor, files }, { classId, keep }) =>
      importRoster(app, actor, { classId, keep, bytes: files[0]?.bytes ?? new Uint8Array() }),
  }),
  'training.list-register': query({
    summary: '实名制培训名册',
    clause: 'HB-5.4',
    permission: may['training.read-register'],
    input: registerFilter,
    example: {},
    output: listOf(registerRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listRegister(app.db, actor, input)
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          registeredAt: row.registeredAt.toISOString(),
          organisation: names.organisation(row.organisationId),
          occupation: names.occupation(row.occupationId),
          city: names.region(row.cityCode),
        })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.export-register': download({
    summary: '导出实名制培训名册',
    clause: 'HB-5.4',
    permission: may['training.read-register'],
    input: registerFilter.omit({ page: true, size: true }),
    example: {},
    handle: async ({ app, actor }, input) => {
      // What was searched for may be a name: it stays out of the log.
      const { q: _, ...filters } = input
      const { rows } = await listRegister(app.db, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      await record(app.db, {
        name: events['training-register.exported'],
        at: app.clock.now(),
        actor,
        subjects: [`organisation:${actor.organisation?.id ?? 'none'}`],
        data: { filters, rows: rows.length },
      })
      const bytes = await writeSheet({
        title: '实名制培训名册',
        columns: [
          { key: 'name', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'phoneMasked', title: '手机号', width: 14 },
          { key: 'organisation', title: '培训机构', width: 26 },
          { key: 'city', title: '市州', width: 10 },
          { key: 'classNumber', title: '班级编号', width: 18 },
          { key: 'className', title: '班级名称', width: 26 },
          { key: 'occupation', title: '职业', width: 22 },
          { key: 'level', title: '等级', width: 8 },
          { key: 'startsOn', title: '开班日期', width: 12 },
          { key: 'state', title: '状态', width: 10 },
          { key: 'completedOn', title: '结业日期', width: 12 },
          { key: 'certificateNumber', title: '培训合格证书编号', width: 22 },
        ],
        rows: rows.map((row) => ({
          ...row,
          state: ENROLMENT_STATES[row.state],
          organisation: names.organisation(row.organisationId),
          occupation: names.occupation(row.occupationId),
          city: names.region(row.cityCode),
        })),
      })
      return ok({ fileName: '实名制培训名册.xlsx', mediaType: EXCEL, bytes })
    },
  }),
} satisfies Api
