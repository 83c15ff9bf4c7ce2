import { z } from 'zod'
import {
  type Api,
  command,
  day,
  done,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
} from '../../platform/api.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { emptied } from '../emptied.ts'
import { EXCEL, EXPORT_ROWS, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { teacherQualification } from '../settings.ts'
import { addQualification, withdrawQualification } from './change-qualification.ts'
import { endTeacher, returnTeacher } from './end-teacher.ts'
import { registerTeacher } from './register-teacher.ts'
import { listTeachers, qualificationsOf } from './store.ts'
import { CERTIFICATE_LEVELS, sayThreshold, TITLE_LEVELS } from './teacher.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'teacher', from: 'teacherId' }
const teacherInput = z.strictObject({ teacherId: id })

const dated = { documentNumber: z.string().trim().max(60).nullable().default(null), obtainedOn: day }
const qualification = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('title'),
    level: z.enum(TITLE_LEVELS),
    specialty: z.string().trim().min(2, '请填写职称专业').max(60),
    occupationId: z.null().default(null),
    ...dated,
  }),
  z.strictObject({
    kind: z.literal('level_certificate'),
    level: z.enum(CERTIFICATE_LEVELS),
    occupationId: z.string().max(40),
    specialty: z.null().default(null),
    ...dated,
  }),
])
const teacherFilter = listInput.extend({ includeLeft: z.stringbool().optional() })

export const teacherProcedures = {
  'training.list-teachers': query({
    summary: '教师列表',
    clause: 'HB-6.2',
    permission: may['training.read-classes'],
    input: teacherFilter,
    example: {},
    output: listOf(
      z.object({
        id: z.string(),
        name: z.string(),
        phone: z.string().nullable(),
        leftOn: z.string().nullable(),
        organisation: z.string(),
        lessons: z.number(),
        qualifications: z.array(
          z.object({
            id: z.string(),
            kind: z.enum(['title', 'level_certificate']),
            level: z.string(),
            specialty: z.string().nullable(),
            occupation: z.string().nullable(),
            documentNumber: z.string().nullable(),
            obtainedOn: z.string(),
            withdrawnOn: z.string().nullable(),
          }),
        ),
      }),
    ),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listTeachers(app.db, actor, input)
      const held = Map.groupBy(
        await qualificationsOf(
          app.db,
          rows.map((row) => row.id),
        ),
        (one) => one.teacherId,
      )
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          organisation: names.organisation(row.organisationId),
          qualifications: (held.get(row.id) ?? []).map((one) => ({
            ...one,
            occupation: one.occupationId && names.occupation(one.occupationId),
          })),
        })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.export-teachers': download({
    summary: '导出教师列表',
    permission: may['training.read-classes'],
    input: teacherFilter.omit({ page: true, size: true }),
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listTeachers(app.db, actor, { ...input, page: 1, size: EXPORT_ROWS })
      const held = Map.groupBy(
        await qualificationsOf(
          app.db,
          rows.map((row) => row.id),
        ),
        (one) => one.teacherId,
      )
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      const bytes = await writeSheet({
        title: '教师列表',
        columns: [
          { key: 'name', title: '姓名', width: 12 },
          { key: 'organisation', title: '培训机构', width: 26 },
          { key: 'qualifications', title: '资格', width: 40 },
          { key: 'lessons', title: '课程数', kind: 'number' },
          { key: 'leftOn', title: '离任日期', width: 12 },
        ],
        rows: rows.map((row) => ({
          ...row,
          organisation: names.organisation(row.organisationId),
          qualifications: (held.get(row.id) ?? [])
            .map(
              (one) =>
                `${one.occupationId ? names.occupation(one.occupationId) : (one.specialty ?? '')}${one.level}`,
            )
            .join('、'),
        })),
      })
      return ok({ fileName: '教师列表.xlsx', mediaType: EXCEL, bytes })
    },
  }),
  'training.teacher-requirements': query({
    summary: '教师资格要求',
    clause: 'HB-6.2',
    permission: may['training.read-classes'],
    input: nothing,
    example: {},
    output: z.object({
      verified: z.boolean(),
      source: z.string(),
      levels: z.array(z.object({ level: z.string(), asked: z.string() })),
    }),
    handle: async ({ app, actor }) => {
      const setting = await teacherQualification(app.db, {
        provinceCode: actor.organisation?.provinceCode ?? '',
        on: app.clock.today(),
      })
      const levels = CERTIFICATE_LEVELS.map((level) => ({ level, asked: sayThreshold(level, setting.value) }))
      return ok({ verified: setting.verified, source: setting.source, levels })
    },
  }),
  'training.register-teacher': command({
    summary: '登记教师',
    clause: 'HB-6.2',
    permission: may['training.manage-classes'],
    input: z.strictObject({
      name: z.string().trim().min(2, '请填写教师姓名').max(60),
      phone: z
        .string()
        .regex(/^1[3-9]\d{9}$/, '请填写 11 位手机号码')
        .optional(),
      qualifications: z.array(qualification).max(10),
    }),
    example: {
      name: '周老师',
      qualifications: [{ kind: 'title', level: '中级', specialty: '计算机', obtainedOn: '2020-01-01' }],
    },
    output: done,
    handle: ({ app, actor }, input) => registerTeacher(app, actor, input),
  }),
  'training.add-qualification': command({
    summary: '登记教师资格',
    clause: 'HB-6.2',
    permission: may['training.manage-classes'],
    record,
    input: teacherInput.extend({ qualification }),
    example: {
      teacherId: someId,
      qualification: { kind: 'title', level: '中级', specialty: '计算机', obtainedOn: '2020-01-01' },
    },
    output: done,
    handle: ({ app, actor }, input) =>
      addQualification(app, actor, { teacherId: input.teacherId, ...input.qualification }),
  }),
  'training.withdraw-qualification': command({
    summary: '撤下教师资格',
    clause: 'HB-6.2',
    permission: may['training.manage-classes'],
    record,
    input: teacherInput.extend({ qualificationId: id }),
    example: { teacherId: someId, qualificationId: someId },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await withdrawQualification(app, actor, input)),
  }),
  'training.end-teacher': command({
    summary: '教师离任',
    permission: may['training.manage-classes'],
    record,
    input: teacherInput,
    example: { teacherId: someId },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await endTeacher(app, actor, input)),
  }),
  'training.return-teacher': command({
    summary: '教师复任',
    permission: may['training.manage-classes'],
    record,
    input: teacherInput,
    example: { teacherId: someId },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await returnTeacher(app, actor, input)),
  }),
} satisfies Api
