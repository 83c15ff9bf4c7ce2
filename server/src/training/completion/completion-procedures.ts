import { z } from 'zod'
import { type Api, command, day, download, id, query } from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { classInput } from '../classes/class.ts'
import { findClass } from '../classes/store.ts'
import { EXCEL } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { enterScores } from './enter-scores.ts'
import { importScores } from './import-scores.ts'
import { scoreSheet } from './score-sheet.ts'
import { assessmentsOfClass } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'class', from: 'classId' }
const score = z
  .strictObject({
    enrolmentId: id,
    mark: z.enum(['present', 'absent']),
    scoreTenths: z.number().int().min(0).max(1000).nullish(),
  })
  .refine((one) => one.mark === 'absent' || typeof one.scoreTenths === 'number', {
    message: '请填写成绩',
    path: ['scoreTenths'],
  })

export const completionProcedures = {
  'training.list-assessments': query({
    summary: '结业考核成绩',
    clause: 'HB-4.3',
    permission: may['training.read-classes'],
    record,
    input: classInput,
    example: { classId: someId },
    output: z.object({
      passMarkTenths: z.number(),
      learners: z.array(
        z.object({
          enrolmentId: z.string(),
          position: z.number(),
          name: z.string(),
          mark: z.enum(['present', 'absent']).nullable(),
          scoreTenths: z.number().nullable(),
          passed: z.boolean().nullable(),
          assessedOn: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      return ok({ passMarkTenths: one.passMarkTenths, learners: await assessmentsOfClass(app.db, one.id) })
    },
  }),
  'training.enter-scores': command({
    summary: '登记结业考核成绩',
    clause: 'HB-4.3',
    permission: may['training.teach'],
    record,
    input: classInput.extend({ assessedOn: day, scores: z.array(score).min(1, '请填写成绩').max(5000) }),
    example: {
      classId: someId,
      assessedOn: '2026-03-02',
      scores: [{ enrolmentId: someId, mark: 'present', scoreTenths: 800 }],
    },
    output: z.object({ entered: z.number(), passed: z.number() }),
    handle: ({ app, actor }, input) => enterScores(app, actor, input),
  }),
  'training.score-sheet': download({
    summary: '下载成绩登记表',
    clause: 'HB-4.3',
    permission: may['training.teach'],
    record,
    input: classInput,
    example: { classId: someId },
    handle: async ({ app, actor }, input) => {
      const one = await findClass(app.db, actor, input.classId)
      if (!one) return refuse(no.CLASS_NOT_FOUND())
      const bytes = await scoreSheet(one.name, await assessmentsOfClass(app.db, one.id))
      return ok({ fileName: `${one.name}结业考核成绩.xlsx`, mediaType: EXCEL, bytes })
    },
  }),
  'training.import-scores': command({
    summary: '导入结业考核成绩',
    clause: 'HB-4.3',
    permission: may['training.teach'],
    record,
    files: { max: 1, maxBytes: 5 * 1024 * 1024 },
    input: classInput.extend({ assessedOn: day, keep: z.boolean() }),
    example: { classId: someId, assessedOn: '2026-03-02', keep: false },
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      errors: z.array(z.object({ row: z.number(), column: z.string().nullable(), message: z.string() })),
    }),
    handle: ({ app, actor, files }, input) =>
      importScores(app, actor, { ...input, bytes: files[0]?.bytes ?? new Uint8Array() }),
  }),
} satisfies Api
