import { z } from 'zod'
import { parameter } from '../../../policy/src/index.ts'
import { type Api, command, done, download, id, level, nothing, query } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { ok, refuse } from '../platform/result.ts'
import { issueProof } from './hours/issue-proof.ts'
import { creditsOfPerson, findOwnProof } from './hours/store.ts'
import { hoursProofPdf, recognitionPdf } from './papers/benefit-pdf.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { recognitionsOfPerson } from './titles/store.ts'
import { occupationNameOf } from './verdict.ts'
import { paperAnswerShape, verifyPaper } from './verify-paper.ts'

const example = '00000000-0000-4000-8000-000000000001'

export const portalApi = {
  'benefits.mine': query({
    summary: '我的学时与职称',
    permission: may['benefits.own'],
    input: nothing,
    example: {},
    output: z.object({
      /** Hours a year asks for, as the regulation has it; null where no figure is known. */
      required: z.object({ hours: z.number(), source: z.string(), status: z.string() }).nullable(),
      years: z.array(
        z.object({
          year: z.number(),
          hoursTenths: z.number(),
          credits: z.array(
            z.object({
              id: z.string(),
              number: z.string(),
              occupationName: z.string(),
              level,
              organisationName: z.string(),
              certificateNumber: z.string(),
              hoursTenths: z.number(),
              subjectKind: z.string().nullable(),
              creditedOn: z.string(),
              revokedOn: z.string().nullable(),
              revokeReason: z.string().nullable(),
            }),
          ),
        }),
      ),
      titles: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          occupationName: z.string(),
          level,
          effect: z.enum(['direct', 'reference']),
          titleLevel: z.string(),
          specialty: z.string(),
          specialtyStatus: z.string(),
          certificateNumber: z.string(),
          recognisedOn: z.string(),
          revokedOn: z.string().nullable(),
          revokeReason: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const credits = actor.personId ? await creditsOfPerson(app.db, actor.personId) : []
      const titles = actor.personId ? await recognitionsOfPerson(app.db, actor.personId) : []
      const years = [...new Set(credits.map((one) => one.year))].map((year) => {
        const own = credits.filter((one) => one.year === year)
        return {
          year,
          hoursTenths: own
            .filter((one) => one.revokedOn === null)
            .reduce((sum, one) => sum + one.hoursTenths, 0),
          credits: own.map((one) => ({ ...one, occupationName: occupationNameOf(app, one.occupationId) })),
        }
      })
      return ok({ required: requiredHours(app), years, titles })
    },
  }),
  'benefits.issue-proof': command({
    summary: '开具学时证明',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    input: z.strictObject({ year: z.number().int().min(2023).max(2100) }),
    example: { year: 2026 },
    output: done.extend({ number: z.string() }),
    handle: ({ app, actor }, input) => issueProof(app, actor, input),
  }),
  'benefits.proof-pdf': download({
    summary: '下载学时证明',
    clause: 'HB-5.1',
    permission: may['benefits.own'],
    record: { kind: 'hours-proof', from: 'proofId' },
    input: z.strictObject({ proofId: id }),
    example: { proofId: example },
    handle: async ({ app, actor }, input) => {
      const proof = actor.personId ? await findOwnProof(app.db, actor.personId, input.proofId) : undefined
      if (!proof) return refuse(no.HOURS_PROOF_NOT_FOUND())
      const bytes = await hoursProofPdf(app, actor, proof)
      return ok({
        fileName: `学时证明-${proof.number}.pdf`,
        mediaType: 'application/pdf',
        bytes,
        inline: true,
      })
    },
  }),
  'benefits.my-title-pdf': download({
    summary: '下载本人职称认定表',
    clause: 'HB-5.2',
    permission: may['benefits.own'],
    record: { kind: 'title-recognition', from: 'recognitionId' },
    input: z.strictObject({ recognitionId: id }),
    example: { recognitionId: example },
    handle: async ({ app, actor }, input) => {
      const own = actor.personId ? await recognitionsOfPerson(app.db, actor.personId) : []
      const one = own.find((each) => each.id === input.recognitionId)
      if (!one) return refuse(no.TITLE_RECOGNITION_NOT_FOUND())
      const bytes = await recognitionPdf(app, actor, one)
      return ok({
        fileName: `职称认定表-${one.number}.pdf`,
        mediaType: 'application/pdf',
        bytes,
        inline: true,
      })
    },
  }),
  'benefits.verify': command({
    summary: '查验学时证明或职称认定表',
    permission: may['benefits.verify'],
    input: z.strictObject({ code: z.string().regex(/^[\w-]{16,64}$/) }),
    example: { code: 'AAAAAAAAAAAAAAAAAAAAAA' },
    limit: { max: 30, seconds: 60 },
    output: paperAnswerShape,
    handle: async ({ app, actor }, input) => ok(await verifyPaper(app, actor, input.code)),
  }),
} satisfies Api

function requiredHours(app: App): { hours: number; source: string; status: string } | null {
  const found = parameter(app.policy, 'hubei.continuing-education-hours', {
    jurisdiction: 'hubei',
    on: app.clock.today(),
  })
  if (typeof found?.value !== 'number') return null
  return { hours: found.value, source: found.note ?? found.source, status: found.sourceStatus }
}
