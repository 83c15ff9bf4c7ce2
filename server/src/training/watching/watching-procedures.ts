import { z } from 'zod'
import { type Api, command, id, query } from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { checkIn } from '../attendance/check-in.ts'
import { lessonForLearner } from '../attendance/store.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-learners.ts'
import { pagesOfLesson } from '../timetable/store.ts'
import { beat } from './beat.ts'
import { BEAT_SECONDS, watchedMs } from './credit.ts'
import { pagesOf } from './lesson-pages.ts'
import { startWatching } from './start-watching.ts'
import { watchedOf } from './store.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const lessonInput = z.strictObject({ lessonId: id })

export const watchingProcedures = {
  'training.check-in': command({
    summary: '扫码签到',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    input: lessonInput.extend({ token: z.string().min(1).max(100) }),
    example: { lessonId: someId, token: '0.x' },
    output: z.object({ lessonTitle: z.string(), className: z.string(), minutes: z.number(), at: z.string() }),
    handle: ({ app, actor }, input) => checkIn(app, actor, input),
  }),
  'training.read-online-lesson': query({
    summary: '线上课程',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    record: { kind: 'lesson', from: 'lessonId' },
    input: lessonInput,
    example: { lessonId: someId },
    output: z.object({
      id: z.string(),
      title: z.string(),
      className: z.string(),
      enrolmentId: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      lengthMs: z.number(),
      creditedMs: z.number(),
      beatSeconds: z.number(),
      pages: z.array(z.object({ title: z.string(), body: z.string() })),
    }),
    handle: async ({ app, actor }, input) => {
      const lesson = actor.personId
        ? await lessonForLearner(app.db, input.lessonId, actor.personId)
        : undefined
      if (!lesson?.enrolmentId || lesson.mode !== 'online') return refuse(no.LEARNER_LESSON_NOT_FOUND())
      return ok({
        ...lesson,
        enrolmentId: lesson.enrolmentId,
        startsAt: lesson.startsAt.toISOString(),
        endsAt: lesson.endsAt.toISOString(),
        lengthMs: lesson.minutes * 60_000,
        creditedMs: watchedMs(await watchedOf(app.db, lesson.id, lesson.enrolmentId)),
        beatSeconds: BEAT_SECONDS,
        pages: pagesOf({ ...lesson, pages: await pagesOfLesson(app.db, lesson.id) }),
      })
    },
  }),
  'training.start-watching': command({
    summary: '开始线上学习',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    input: lessonInput,
    example: { lessonId: someId },
    output: z.object({
      sessionId: z.string(),
      lengthMs: z.number(),
      positionMs: z.number(),
      creditedMs: z.number(),
    }),
    handle: ({ app, actor }, input) => startWatching(app, actor, input),
  }),
  'training.beat': command({
    summary: '线上学习计时',
    clause: 'HB-4.3',
    permission: may['training.learn'],
    input: z.strictObject({
      sessionId: id,
      positionMs: z.number().min(0).max(86_400_000),
      playing: z.boolean(),
      ending: z.boolean().optional(),
    }),
    example: { sessionId: someId, positionMs: 15_000, playing: true },
    output: z.object({
      meaning: z.enum(['watched', 'paused', 'skipped', 'rewound']),
      creditedMs: z.number(),
      resumeMs: z.number(),
      done: z.boolean(),
    }),
    handle: ({ app, actor }, input) => beat(app, actor, input),
  }),
} satisfies Api
