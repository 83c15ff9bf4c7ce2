import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  command,
  download,
  id,
  level,
  listInput,
  listOf,
  query,
  refusalShape,
} from '../../platform/api.ts'
import { defined } from '../../platform/assert.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { BATCH_STATES, type BatchState } from './declaration.ts'
import { ID, ids, MANY, outcomes, reason, XLSX } from './declaration-inputs.ts'
import { outcome } from './declaration-shapes.ts'
import { draftDeclarationBatch } from './draft-declaration-batch.ts'
import { exportBatchResults } from './export-batch-results.ts'
import { BATCH_SHEET, importDeclarationBatch } from './import-declaration-batch.ts'
import { organisationNames, withOrganisations } from './read-declaration.ts'
import { batchProgress } from './store/batch-rows.ts'
import { declarableCertificates } from './store/certificates.ts'
import { findBatchRow, listBatches } from './store/reading.ts'
import { submitDeclarationBatch } from './submit-declarations.ts'
import { withdrawDeclarationBatch } from './withdraw-declarations.ts'

const sheetFile = { max: 1, maxBytes: 5 * 1024 * 1024, mediaTypes: [XLSX] }
const instant = z.date().transform((at) => at.toISOString())
const batchRecord = { kind: 'declaration-batch', from: 'batchId' }
const refusedRow = z.object({
  certificateId: z.string(),
  certificateNumber: z.string(),
  personName: z.string(),
  refusal: refusalShape,
})
const draftedRow = z.object({
  id: z.string(),
  number: z.string(),
  certificateId: z.string(),
  personName: z.string(),
  outcome,
  sentence: z.string(),
})
const draftedBatch = z.object({
  id: z.string(),
  number: z.string(),
  drafted: z.array(draftedRow),
  refused: z.array(refusedRow),
  outcomes,
})
const batchRow = z.object({
  id: z.string(),
  number: z.string(),
  trainingOrganisation: z.string(),
  evaluationOrganisation: z.string(),
  state: z.enum(Object.keys(BATCH_STATES) as [BatchState, ...BatchState[]]),
  createdBy: z.string().nullable(),
  createdAt: instant,
  submittedAt: instant.nullable(),
  total: z.number(),
  ready: z.number(),
  exceptions: z.number(),
  waiting: z.number(),
  qualified: z.number(),
  returned: z.number(),
  refused: z.number(),
})

/** How far the deciding of an imported list is; null where learners were chosen on the screen. */
const progress = z
  .object({
    rows: z.number(),
    waiting: z.number(),
    declared: z.number(),
    refused: z.number(),
    unread: z.number(),
  })
  .nullable()

/** A training institution's batches: who can be declared, drafted, imported, handed in (HB-4.4). */
export const batchesApi = {
  'exams.list-declarable': query({
    summary: '可申报的学员',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    input: listInput.extend({
      classId: id.optional(),
      occupationId: z.string().max(40).optional(),
      level: level.optional(),
      size: z.coerce.number().int().min(1).max(MANY).default(20),
    }),
    example: {},
    output: listOf(
      z.object({
        id: z.string(),
        number: z.string(),
        holderName: z.string(),
        maskedIdNumber: z.string(),
        classId: z.string(),
        classNumber: z.string(),
        className: z.string(),
        occupationId: z.string(),
        direction: z.string().nullable(),
        level,
        issuedOn: z.string(),
        evaluationOrganisationId: z.string().nullable(),
        evaluationOrganisation: z.string().nullable(),
      }),
    ),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await declarableCertificates(app.db, {
        organisationId: defined(actor.organisation, 'an institution').id,
        classId: input.classId,
        q: input.q,
        occupationId: input.occupationId,
        level: input.level,
        limit: input.size,
        offset: (input.page - 1) * input.size,
      })
      const names = await organisationNames(
        app.db,
        rows.flatMap((row) => row.evaluationOrganisationId ?? []),
      )
      return ok({
        rows: rows.map((row) => ({
          ...row,
          evaluationOrganisation: names.get(row.evaluationOrganisationId ?? '') ?? null,
        })),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'exams.draft-batch': command({
    summary: '生成申报批次',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    input: z.strictObject({ evaluationOrganisationId: id, certificateIds: ids }),
    example: { evaluationOrganisationId: ID, certificateIds: [ID] },
    output: draftedBatch,
    handle: ({ app, actor }, input) => draftDeclarationBatch(app, actor, input),
  }),
  'exams.import-batch': command({
    summary: '导入申报名单',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    input: z.strictObject({ evaluationOrganisationId: id, keep: z.boolean() }),
    files: sheetFile,
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      errors: z.array(z.object({ row: z.number(), column: z.string().optional(), message: z.string() })),
      batch: z.object({ id: z.string(), number: z.string() }).nullable(),
    }),
    handle: ({ app, actor, files }, input) => importDeclarationBatch(app, actor, input, files[0]),
  }),
  'exams.batch-template': download({
    summary: '申报名单模板',
    permission: may['declarations.prepare'],
    input: z.strictObject({}),
    example: {},
    handle: async () =>
      ok({
        fileName: '等级申报名单模板.xlsx',
        mediaType: XLSX,
        bytes: await writeSheet({
          title: '等级申报名单',
          columns: BATCH_SHEET.map(({ key, title }) => ({ key, title, width: 20 })),
          rows: [] as { certificateNumber: string; name: string }[],
        }),
      }),
  }),
  'exams.list-batches': query({
    summary: '申报批次',
    permission: may['declarations.read'],
    input: listInput.extend({
      state: z.enum(Object.keys(BATCH_STATES) as [BatchState, ...BatchState[]]).optional(),
    }),
    example: {},
    output: listOf(batchRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listBatches(app.db, scopeOf(actor), input)
      const shown = await withOrganisations(
        app.db,
        rows.map((row) => ({ ...row, trainingOrganisationId: row.organisationId })),
      )
      return ok({ rows: shown, total, page: input.page, size: input.size })
    },
  }),
  'exams.read-batch': query({
    summary: '查看申报批次',
    permission: may['declarations.read'],
    record: batchRecord,
    input: z.strictObject({ batchId: id }),
    example: { batchId: ID },
    output: batchRow.extend({ mine: z.boolean(), progress }),
    handle: async ({ app, actor }, { batchId }) => {
      const row = await findBatchRow(app.db, batchId, scopeOf(actor))
      if (!row) return refuse(no.DECLARATION_BATCH_NOT_FOUND())
      const [shown] = await withOrganisations(app.db, [
        { ...row, trainingOrganisationId: row.organisationId },
      ])
      return ok({
        ...defined(shown, 'the batch'),
        mine: row.organisationId === actor.organisation?.id,
        progress: (await batchProgress(app.db, batchId)) ?? null,
      })
    },
  }),
  'exams.batch-results': download({
    summary: '导出申报核对结果',
    clause: 'HB-4.4',
    permission: may['declarations.read'],
    record: batchRecord,
    input: z.strictObject({ batchId: id }),
    example: { batchId: ID },
    handle: ({ app, actor }, input) => exportBatchResults(app, actor, input),
  }),
  'exams.submit-batch': command({
    summary: '提交申报批次',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    record: batchRecord,
    input: z.strictObject({ batchId: id, despite: reason.optional() }),
    example: { batchId: ID },
    output: z.object({ declarations: z.number(), outcomes }),
    handle: ({ app, actor }, input) => submitDeclarationBatch(app, actor, input),
  }),
  'exams.withdraw-batch': command({
    summary: '放弃申报批次',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    record: batchRecord,
    input: z.strictObject({ batchId: id, reason }),
    example: { batchId: ID, reason: '名单有误' },
    output: z.object({ withdrawn: z.number() }),
    handle: ({ app, actor }, input) => withdrawDeclarationBatch(app, actor, input),
  }),
} satisfies Api
