import { z } from 'zod'
import { type Api, allowed, command, done, id, nothing, query } from '../../platform/api.ts'
import { decisionShape } from '../../platform/decision-shape.ts'
import { ok } from '../../platform/result.ts'
import { hoursByKind } from '../classes/class.ts'
import { namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { checkAudience } from './check-audience.ts'
import { enrol } from './enrol.ts'
import { enrolmentState } from './enrolment.ts'
import { coursesOf } from './learner-store.ts'
import { readCourse } from './read-course.ts'
import { withdrawEnrolment } from './withdraw-enrolment.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const ownEnrolment = { kind: 'enrolment', from: 'enrolmentId' }
const announcementInput = z.strictObject({ announcementId: id })

const courseRow = z.object({
  enrolmentId: z.string(),
  classId: z.string(),
  className: z.string(),
  classNumber: z.string(),
  classState: z.string(),
  organisation: z.string(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  venue: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  state: enrolmentState,
  reason: z.string().nullable(),
  registeredAt: z.string(),
  waitingPlace: z.number().nullable(),
  certificateId: z.string().nullable(),
  certificateNumber: z.string().nullable(),
  nextLessonAt: z.string().nullable(),
  nextLessonTitle: z.string().nullable(),
})

export const learnerProcedures = {
  'training.check-audience': query({
    summary: '报名条件预判',
    clause: 'HB-2',
    permission: may['training.enrol'],
    input: announcementInput,
    example: { announcementId: someId },
    output: z.object({ verdict: decisionShape, unsaid: z.array(z.string()) }),
    handle: ({ app, actor }, input) => checkAudience(app, actor, input),
  }),
  'training.enrol': command({
    summary: '报名',
    clause: 'HB-4.2',
    permission: may['training.enrol'],
    input: announcementInput,
    example: { announcementId: someId },
    output: done.extend({
      state: z.enum(['registered', 'waiting']),
      waitingPlace: z.number().nullable(),
      verdict: decisionShape,
    }),
    handle: ({ app, actor }, input) => enrol(app, actor, input),
  }),
  'training.withdraw-enrolment': command({
    summary: '退出报名',
    clause: 'HB-4.2',
    permission: may['training.enrol'],
    record: ownEnrolment,
    input: z.strictObject({ enrolmentId: id, reason: z.string().trim().max(200).optional() }),
    example: { enrolmentId: someId },
    output: z.object({ movedUp: z.number() }),
    handle: ({ app, actor }, input) => withdrawEnrolment(app, actor, input),
  }),
  'training.my-courses': query({
    summary: '我的课程',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    input: nothing,
    example: {},
    output: z.object({ rows: z.array(courseRow) }),
    handle: async ({ app, actor }) => {
      const rows = actor.personId ? await coursesOf(app.db, actor.personId, app.clock.now()) : []
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          registeredAt: row.registeredAt.toISOString(),
          nextLessonAt: row.nextLessonAt?.toISOString() ?? null,
          organisation: names.organisation(row.organisationId),
          occupation: names.occupation(row.occupationId),
        })),
      })
    },
  }),
  'training.read-course': query({
    summary: '课程详情',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    record: ownEnrolment,
    input: z.strictObject({ enrolmentId: id }),
    example: { enrolmentId: someId },
    output: courseRow.extend({
      feeCents: z.number().nullable(),
      plannedHours: hoursByKind,
      hours: hoursByKind,
      totalHours: z.number(),
      plannedTotal: z.number(),
      standardHourMinutes: z.number(),
      audience: decisionShape,
      completion: decisionShape.nullable(),
      assessment: z
        .object({
          mark: z.enum(['present', 'absent']),
          scoreTenths: z.number().nullable(),
          passed: z.boolean(),
          assessedOn: z.string(),
        })
        .nullable(),
      lessons: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          mode: z.enum(['online', 'offline']),
          content: z.enum(['theory', 'practice']),
          room: z.string().nullable(),
          teacherName: z.string(),
          startsAt: z.string(),
          endsAt: z.string(),
          minutes: z.number(),
          cancelled: z.boolean(),
          creditedMinutes: z.number().nullable(),
          method: z.enum(['qr', 'online', 'teacher']).nullable(),
        }),
      ),
      actions: z.record(z.string(), allowed),
    }),
    handle: ({ app, actor }, input) => readCourse(app, actor, input),
  }),
} satisfies Api
