import { z } from 'zod'
import { type Api, allowed, command, day, download, id, nothing, query } from '../../platform/api.ts'
import { allowedIf, ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { sayInstant } from '../attendance/lesson-time.ts'
import { classInput } from '../classes/class.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { findClass } from '../classes/store.ts'
import { emptied } from '../emptied.ts'
import { EXCEL } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { addLessons } from './add-lessons.ts'
import { cancelLesson } from './cancel-lesson.ts'
import { CONTENTS, content, MODES, mode } from './lesson.ts'
import { lessonsOfClass } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const classRecord = { kind: 'class', from: 'classId' }
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请按 09:00 的样式填写时间')

const lessonFields = {
  title: z.string().trim().min(2, '请填写课程名称').max(100),
  mode,
  content,
  teacherId: id,
  room: z.string().trim().min(1).max(60).nullable().default(null),
  minutes: z.number().int().min(1).max(600),
  pages: z
    .array(
      z.strictObject({ title: z.string().trim().min(1).max(100), body: z.string().trim().min(1).max(5000) }),
    )
    .max(100)
    .nullable()
    .default(null),
}
const ROOM_NEEDED = { message: '线下课程请填写教室', path: ['room'] }
const hasRoom = (one: { mode: string; room: string | null }) => one.mode === 'online' || one.room !== null

export const timetableProcedures = {
  'training.read-timetable': query({
    summary: '课程表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: classRecord,
    input: classInput,
    example: { classId: someId },
    output: z.object({
      className: z.string(),
      arrange: allowed,
      lessons: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          mode,
          content,
          teacherId: z.string(),
          teacherName: z.string(),
          room: z.string().nullable(),
          startsAt: z.string(),
          endsAt: z.string(),
          minutes: z.number(),
          cancelled: z.boolean(),
          cancelReason: z.string().nullable(),
          present: z.number(),
        }),
      ),
    }),
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const lessons = await lessonsOfClass(app.db, one.id)
      return ok({
        className: one.name,
        arrange: allowedIf(stateForbids(one, 'arrangeLessons')),
        lessons: lessons.map((lesson) => ({
          ...lesson,
          startsAt: lesson.startsAt.toISOString(),
          endsAt: lesson.endsAt.toISOString(),
          cancelled: lesson.cancelledAt !== null,
        })),
      })
    },
  }),
  'training.export-timetable': download({
    summary: '导出课程表',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record: classRecord,
    input: classInput,
    example: { classId: someId },
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const lessons = (await lessonsOfClass(app.db, one.id)).filter((lesson) => !lesson.cancelledAt)
      const bytes = await writeSheet({
        title: `${one.name}课程表`,
        columns: [
          { key: 'from', title: '开始', width: 18 },
          { key: 'to', title: '结束', width: 18 },
          { key: 'title', title: '课程', width: 30 },
          { key: 'mode', title: '方式', width: 8 },
          { key: 'content', title: '内容', width: 8 },
          { key: 'teacherName', title: '教师', width: 12 },
          { key: 'room', title: '教室', width: 14 },
          { key: 'minutes', title: '分钟', kind: 'number' },
          { key: 'present', title: '到课人数', kind: 'number' },
        ],
        rows: lessons.map((lesson) => ({
          ...lesson,
          from: sayInstant(lesson.startsAt),
          to: sayInstant(lesson.endsAt),
          mode: MODES[lesson.mode],
          content: CONTENTS[lesson.content],
        })),
      })
      return ok({ fileName: `${one.name}课程表.xlsx`, mediaType: EXCEL, bytes })
    },
  }),
  'training.add-lesson': command({
    summary: '添加课程',
    clause: 'HB-4.3',
    permission: may['training.manage-classes'],
    record: classRecord,
    input: classInput
      .extend({
        ...lessonFields,
        startsAt: z.iso.datetime({ offset: true }),
        endsAt: z.iso.datetime({ offset: true }),
      })
      .refine(hasRoom, ROOM_NEEDED)
      .refine((one) => new Date(one.endsAt) > new Date(one.startsAt), {
        message: '结束时间应晚于开始时间',
        path: ['endsAt'],
      }),
    example: {
      classId: someId,
      title: '概论',
      mode: 'offline',
      content: 'theory',
      teacherId: someId,
      room: '301',
      minutes: 90,
      startsAt: '2026-03-03T09:00:00+08:00',
      endsAt: '2026-03-03T10:30:00+08:00',
    },
    output: z.object({ ids: z.array(z.string()) }),
    handle: ({ app, actor }, { classId, startsAt, endsAt, ...lesson }) =>
      addLessons(app, actor, {
        classId,
        lesson: { ...lesson, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
      }),
  }),
  'training.add-weekly-lessons': command({
    summary: '按周排课',
    clause: 'HB-4.3',
    permission: may['training.manage-classes'],
    record: classRecord,
    input: classInput
      .extend({
        ...lessonFields,
        fromOn: day,
        toOn: day,
        weekdays: z.array(z.number().int().min(1).max(7)).min(1, '请选择星期').max(7),
        startTime: time,
        endTime: time,
        skip: z.array(day).max(100).default([]),
      })
      .refine(hasRoom, ROOM_NEEDED)
      .refine((one) => one.endTime > one.startTime, { message: '结束时间应晚于开始时间', path: ['endTime'] })
      .refine((one) => Date.parse(one.toOn) - Date.parse(one.fromOn) <= 366 * 86_400_000, {
        message: '一次最多排一年',
        path: ['toOn'],
      }),
    example: {
      classId: someId,
      title: '实操',
      mode: 'offline',
      content: 'practice',
      teacherId: someId,
      room: '301',
      minutes: 90,
      fromOn: '2026-03-03',
      toOn: '2026-03-31',
      weekdays: [6, 7],
      startTime: '09:00',
      endTime: '10:30',
    },
    output: z.object({ ids: z.array(z.string()) }),
    handle: ({ app, actor }, { classId, fromOn, toOn, weekdays, startTime, endTime, skip, ...lesson }) =>
      addLessons(app, actor, {
        classId,
        lesson,
        weekly: { fromOn, toOn, weekdays, startTime, endTime, skip },
      }),
  }),
  'training.cancel-lesson': command({
    summary: '取消课程',
    clause: 'HB-4.3',
    permission: may['training.manage-classes'],
    record: { kind: 'lesson', from: 'lessonId' },
    input: z.strictObject({ lessonId: id, reason: z.string().trim().min(2, '请写明理由').max(500) }),
    example: { lessonId: someId, reason: '教师请假' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await cancelLesson(app, actor, input)),
  }),
} satisfies Api
