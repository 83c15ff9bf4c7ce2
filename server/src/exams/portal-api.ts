import { z } from 'zod'
import { scopeOf } from '../people/index.ts'
import { type Api, command, download, id, level, nothing, query } from '../platform/api.ts'
import { ok } from '../platform/result.ts'
import { eligibilityApi } from './check-eligibility/eligibility-api.ts'
import { attachEvidence } from './declarations/attach-evidence.ts'
import {
  attemptShape,
  declarationRecord,
  declarationRow,
  outcome,
} from './declarations/declaration-shapes.ts'
import { draftDeclaration } from './declarations/draft-declaration.ts'
import { openEvidence } from './declarations/open-evidence.ts'
import { organisationNames, readDeclaration, withOrganisations } from './declarations/read-declaration.ts'
import { certificatesOfPerson } from './declarations/store/certificates.ts'
import { attemptsOfDeclarations, listDeclarations } from './declarations/store/reading.ts'
import { submitDeclaration } from './declarations/submit-declarations.ts'
import { withdrawDeclarations } from './declarations/withdraw-declarations.ts'
import { evidenceFile, factInput } from './declarations/workbench-api.ts'
import { may } from './permissions.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const OWN_ROWS = 200
const reason = z.string().trim().min(2, '请写明理由').max(1000)
const record = { kind: 'declaration', from: 'declarationId' }
export const portalApi = {
  ...eligibilityApi,
  'exams.my-certificates': query({
    summary: '我可用于申报的培训合格证书',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    input: nothing,
    example: {},
    output: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          occupationId: z.string(),
          direction: z.string().nullable(),
          level,
          evaluationOrganisation: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }) => {
      const rows = actor.personId ? await certificatesOfPerson(app.db, actor.personId) : []
      const names = await organisationNames(
        app.db,
        rows.flatMap((row) => row.agreedWith ?? []),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          evaluationOrganisation: names.get(row.agreedWith ?? '') ?? null,
        })),
      })
    },
  }),
  'exams.draft-my-declaration': command({
    summary: '申报等级考核',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    input: z.strictObject({ certificateId: id }),
    example: { certificateId: ID },
    output: z.object({ id: z.string(), number: z.string(), outcome, sentence: z.string() }),
    handle: ({ app, actor }, input) => draftDeclaration(app, actor, input),
  }),
  'exams.my-declarations': query({
    summary: '我的申报',
    permission: may['declarations.own'],
    input: nothing,
    example: {},
    output: z.object({ rows: z.array(declarationRow) }),
    handle: async ({ app, actor }) => {
      const { rows } = await listDeclarations(app.db, scopeOf(actor), { page: 1, size: OWN_ROWS })
      return ok({ rows: await withOrganisations(app.db, rows) })
    },
  }),
  'exams.read-my-declaration': query({
    summary: '查看我的申报',
    permission: may['declarations.own'],
    record,
    input: z.strictObject({ declarationId: id }),
    example: { declarationId: ID },
    output: declarationRecord,
    handle: ({ app, actor }, input) => readDeclaration(app, actor, input),
  }),
  'exams.attach-my-evidence': command({
    summary: '补充我的证明材料',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    record,
    input: z.strictObject({ declarationId: id, need: z.string().min(1).max(200), fact: factInput }),
    example: { declarationId: ID, need: '其他' },
    files: evidenceFile,
    output: z.object({ outcome, sentence: z.string() }),
    handle: ({ app, actor, files }, input) => attachEvidence(app, actor, input, files[0]),
  }),
  'exams.open-my-evidence': download({
    summary: '查看我的证明材料',
    permission: may['declarations.own'],
    record,
    input: z.strictObject({ declarationId: id, fileId: id }),
    example: { declarationId: ID, fileId: ID },
    handle: ({ app, actor }, input) => openEvidence(app, actor, input),
  }),
  'exams.submit-my-declaration': command({
    summary: '提交我的申报',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    record,
    input: z.strictObject({ declarationId: id, despite: reason.optional() }),
    example: { declarationId: ID },
    output: z.object({ declarations: z.number() }),
    handle: ({ app, actor }, input) => submitDeclaration(app, actor, input),
  }),
  'exams.withdraw-my-declaration': command({
    summary: '撤回我的申报',
    clause: 'HB-4.4',
    permission: may['declarations.own'],
    record,
    input: z.strictObject({ declarationId: id, reason }),
    example: { declarationId: ID, reason: '暂不参加' },
    output: z.object({ withdrawn: z.number() }),
    handle: ({ app, actor }, { declarationId, reason: why }) =>
      withdrawDeclarations(app, actor, { declarationIds: [declarationId], reason: why }),
  }),
  'exams.my-results': query({
    summary: '我的成绩',
    clause: 'HB-4.4',
    permission: may['results.own'],
    input: nothing,
    example: {},
    output: z.object({ rows: z.array(attemptShape) }),
    handle: async ({ app, actor }) => {
      const { rows } = await listDeclarations(app.db, scopeOf(actor), { page: 1, size: OWN_ROWS })
      return ok({
        rows: await attemptsOfDeclarations(
          app.db,
          rows.map((row) => row.id),
        ),
      })
    },
  }),
} satisfies Api
