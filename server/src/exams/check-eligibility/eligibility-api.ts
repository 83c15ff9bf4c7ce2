import { z } from 'zod'
import { type Api, command, day, nothing, query } from '../../platform/api.ts'
import { decisionShape } from '../../platform/decision-shape.ts'
import { ok } from '../../platform/result.ts'
import { may } from '../permissions.ts'
import { checkEligibility } from './check-eligibility.ts'
import { levelsOf, MATTER_IDS, matterOf, occupationsOf } from './matter.ts'
import { saveStatedFacts } from './save-stated-facts.ts'

const MOST_SPANS = 30
const MOST_ANSWERS = 60
const answer = z.union([
  z.string().min(1).max(60),
  z.array(z.strictObject({ from: day, to: day.optional() })).max(MOST_SPANS),
])
const subject = z.strictObject({
  matter: z.enum(MATTER_IDS),
  occupationId: z.string().max(40),
  level: z.string().max(10).optional(),
  answers: z
    .record(z.string().max(60), answer)
    .refine((answers) => Object.keys(answers).length <= MOST_ANSWERS, '回答的问题过多'),
})

/** The self-check of declaration conditions: open to everybody, keeps nothing. */
export const eligibilityApi = {
  'exams.eligibility-matters': query({
    summary: '可以自查的事项',
    permission: may['declarations.self-check'],
    input: nothing,
    example: {},
    output: z.object({
      matters: z.array(
        z.object({
          id: z.enum(MATTER_IDS),
          programme: z.string(),
          provinceCode: z.string(),
          title: z.string(),
          about: z.string(),
          occupations: z.array(z.object({ id: z.string(), name: z.string() })),
          levels: z.array(z.string()),
        }),
      ),
      own: z.string(),
    }),
    handle: async ({ app }) =>
      ok({
        matters: MATTER_IDS.map((id) => {
          const matter = matterOf(id)
          return {
            ...matter,
            id,
            occupations: occupationsOf(app.policy, matter.occupations),
            levels: levelsOf(app.policy, matter),
          }
        }),
        own: app.config.province === 'anhui' ? '340000' : '420000',
      }),
  }),
  'exams.check-eligibility': command({
    summary: '我能申报吗',
    clause: 'HB-4.4',
    permission: may['declarations.self-check'],
    input: subject.extend({
      /** Uses what the platform knows of the one signed in. */
      useOwn: z.boolean().default(false),
      /** Goes on asking though one path is met. */
      thorough: z.boolean().default(false),
    }),
    example: { matter: 'hubei-engineer', occupationId: 'smart_mfg', level: '初级', answers: {} },
    output: z.object({
      question: z
        .object({
          id: z.string(),
          kind: z.enum(['choice', 'day', 'spans']),
          title: z.string(),
          help: z.string().nullable(),
          days: z.enum(['past', 'any']),
          choices: z.array(z.string()),
          why: z.string(),
          clause: z.string(),
        })
        .nullable(),
      atMost: z.number(),
      said: z.array(z.object({ id: z.string(), title: z.string(), answer })),
      found: z.object({
        outcome: z.string(),
        sentence: z.string(),
        on: z.string(),
        opensOn: z.string().nullable(),
        afterTraining: z.boolean(),
        unverified: z.boolean(),
        lead: z.string().nullable(),
        decisions: z.array(decisionShape),
        papers: z.record(z.string(), z.array(z.string())),
        more: z.boolean(),
      }),
    }),
    limit: { max: 240, seconds: 60 },
    handle: ({ app, actor }, input) => checkEligibility(app, actor, input),
  }),
  'exams.save-eligibility-facts': command({
    summary: '把自查的回答保存到我的资料',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    input: subject.extend({ consent: z.literal(true, '请先同意保存') }),
    example: {
      matter: 'hubei-engineer',
      occupationId: 'smart_mfg',
      level: '初级',
      answers: {},
      consent: true,
    },
    output: z.object({ saved: z.array(z.string()), left: z.array(z.string()) }),
    handle: ({ app, actor }, input) => saveStatedFacts(app, actor, input),
  }),
} satisfies Api
