import { z } from 'zod'
import { type Api, command, download, id, listInput, listOf, query } from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { classInput, hoursByKind } from '../classes/class.ts'
import { findClass } from '../classes/store.ts'
import { totalOf } from '../hours/hours.ts'
import { learnerHours } from '../hours/store.ts'
import { EXCEL, EXPORT_ROWS } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { sayInstant } from './lesson-time.ts'
import { markAttendance } from './mark-attendance.ts'
import { showDoorCode } from './show-door-code.ts'
import { findLessonInScope, marksOfLesson } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const lessonInput = z.strictObject({ lessonId: id })
const lessonRecord = { kind: 'lesson', from: 'lessonId' }
const classRecord = { kind: 'class', from: 'classId' }
const METHODS = { qr: '扫码签到', online: '在线学习', teacher: '教师登记' } as const

const learnerRow = z.object({
  enrolmentId: z.string(),
  position: z.number(),
  name: z.string(),
  maskedIdNumber: z.string(),
  state: z.string(),
  hours: hoursByKind,
  total: z.number(),
  /** Reached the plan in every kind. */
  enough: z.boolean(),
})

export const attendanceProcedures = {
  'training.show-door-code': query({
    summary: '教室门口签到码',
    clause: 'HB-4.3',
    permission: may['training.teach'],
    record: lessonRecord,
    input: lessonInput,
    example: { lessonId: someId },
    output: z.object({
      url: z.string(),
      refreshInMs: z.number(),
      lessonTitle: z.string(),
      className: z.string(),
      room: z.string().nullable(),
      present: z.number(),
      expected: z.number(),
    }),
    handle: ({ app, actor }, input) => showDoorCode(app, actor, input),
  }),
  'training.read-attendance': query({
    summary: '一节课的考勤',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: lessonRecord,
    input: lessonInput,
    example: { lessonId: someId },
    output: z.object({
      lesson: z.object({
        id: z.string(),
        classId: z.string(),
        className: z.string(),
        title: z.string(),
        mode: z.string(),
        content: z.string(),
        room: z.string().nullable(),
        startsAt: z.string(),
        endsAt: z.string(),
        minutes: z.number(),
        cancelled: z.boolean(),
      }),
      learners: z.array(
        z.object({
          enrolmentId: z.string(),
          name: z.string(),
          maskedIdNumber: z.string(),
          method: z.enum(['qr', 'online', 'teacher']).nullable(),
          minutes: z.number().nullable(),
          firstAt: z.string().nullable(),
          markedBy: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }, input) => {
      const lesson = await findLessonInScope(app.db, actor, input.lessonId)
      if (!lesson) return refuse(no.LESSON_NOT_FOUND())
      const learners = await marksOfLesson(app.db, lesson.id)
      return ok({
        lesson: {
          ...lesson,
          startsAt: lesson.startsAt.toISOString(),
          endsAt: lesson.endsAt.toISOString(),
          cancelled: lesson.cancelledAt !== null,
        },
        learners: learners.map((one) => ({
          ...one,
          minutes: one.creditedSeconds === null ? null : Math.floor(one.creditedSeconds / 60),
          firstAt: one.firstAt?.toISOString() ?? null,
        })),
      })
    },
  }),
  'training.export-attendance': download({
    summary: '导出一节课的考勤',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: lessonRecord,
    input: lessonInput,
    example: { lessonId: someId },
    handle: async ({ app, actor }, input) => {
      const lesson = await findLessonInScope(app.db, actor, input.lessonId)
      if (!lesson) return refuse(no.LESSON_NOT_FOUND())
      const learners = await marksOfLesson(app.db, lesson.id)
      const bytes = await writeSheet({
        title: `${lesson.title}考勤`,
        columns: [
          { key: 'name', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'method', title: '方式', width: 12 },
          { key: 'minutes', title: '分钟', kind: 'number' },
          { key: 'at', title: '时间', width: 18 },
          { key: 'markedBy', title: '登记人', width: 12 },
          { key: 'reason', title: '说明', width: 24 },
        ],
        rows: learners.map((one) => ({
          ...one,
          method: one.method ? METHODS[one.method] : '未到',
          minutes: Math.floor((one.creditedSeconds ?? 0) / 60),
          at: one.firstAt ? sayInstant(one.firstAt) : '',
        })),
      })
      return ok({ fileName: `${lesson.title}考勤.xlsx`, mediaType: EXCEL, bytes })
    },
  }),
  'training.mark-attendance': command({
    summary: '教师登记考勤',
    clause: 'HB-4.3',
    permission: may['training.teach'],
    record: lessonRecord,
    input: lessonInput.extend({
      marks: z
        .array(z.strictObject({ enrolmentId: id, minutes: z.number().int().min(0).max(600) }))
        .min(1, '请选择学员')
        .max(5000),
      reason: z.string().trim().min(2, '请写明理由').max(500),
    }),
    example: { lessonId: someId, marks: [{ enrolmentId: someId, minutes: 90 }], reason: '手机没电' },
    output: z.object({ marked: z.number() }),
    handle: ({ app, actor }, input) => markAttendance(app, actor, input),
  }),
  'training.list-hours': query({
    summary: '班级学时',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: classRecord,
    input: listInput.extend(classInput.shape),
    example: { classId: someId },
    output: listOf(learnerRow).extend({ planned: hoursByKind }),
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const { rows, total } = await learnerHours(app.db, one, input)
      return ok({ rows, total, page: input.page, size: input.size, planned: one.plannedHours })
    },
  }),
  'training.export-hours': download({
    summary: '导出班级学时',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: classRecord,
    input: classInput.extend({ q: z.string().max(100).optional() }),
    example: { classId: someId },
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const { rows } = await learnerHours(app.db, one, { ...input, page: 1, size: EXPORT_ROWS })
      const bytes = await writeSheet({
        title: `${one.name}学时表`,
        note: `一学时按 ${one.standardHourMinutes} 分钟计；计划共 ${totalOf(one.plannedHours)} 学时。`,
        columns: [
          { key: 'name', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'theoryOnline', title: '线上理论', kind: 'number' },
          { key: 'theoryOffline', title: '线下理论', kind: 'number' },
          { key: 'practiceOnline', title: '线上实操', kind: 'number' },
          { key: 'practiceOffline', title: '线下实操', kind: 'number' },
          { key: 'total', title: '合计', kind: 'number' },
          { key: 'enough', title: '达到计划', width: 10 },
        ],
        rows: rows.map(({ hours, ...row }) => ({ ...row, ...hours, enough: row.enough ? '是' : '否' })),
      })
      return ok({ fileName: `${one.name}学时表.xlsx`, mediaType: EXCEL, bytes })
    },
  }),
} satisfies Api
