import { z } from 'zod'
import { FACT_KINDS, type FactKind, scopeOf } from '../../people/index.ts'
import {
  type Actor,
  type Api,
  command,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  query,
  refusalShape,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { EVIDENCE_LIMITS } from '../../platform/files.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { acknowledgeOverride } from './acknowledge-override.ts'
import { attachEvidence } from './attach-evidence.ts'
import { confirmDeclarations } from './confirm-declarations.ts'
import { decideOverride } from './decide-override.ts'
import { BATCH_STATES, type BatchState, DECLARATION_STATES } from './declaration.ts'
import { declarationRecord, declarationRow, declarationState, outcome } from './declaration-shapes.ts'
import { draftDeclarationBatch } from './draft-declaration-batch.ts'
import { BATCH_SHEET, importDeclarationBatch } from './import-declaration-batch.ts'
import { judgeDeclaration } from './judge-declaration.ts'
import { openEvidence } from './open-evidence.ts'
import { proposeOverride } from './propose-override.ts'
import { organisationNames, readDeclaration } from './read-declaration.ts'
import { revokeConfirmation } from './revoke-confirmation.ts'
import { refuseDeclarations, returnDeclarations } from './send-back-declarations.ts'
import { declarableCertificates } from './store/certificates.ts'
import {
  type DeclarationFilter,
  type DeclarationRow,
  findBatchRow,
  listBatches,
  listDeclarations,
} from './store/reading.ts'
import { submitDeclaration, submitDeclarationBatch } from './submit-declarations.ts'
import { withdrawDeclarationBatch, withdrawDeclarations } from './withdraw-declarations.ts'

const EXPORT_ROWS = 20_000
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ID = '00000000-0000-4000-8000-000000000000'
const MANY = 2000
const reason = z.string().trim().min(2, '请写明理由').max(1000)
const clause = z.string().regex(/^[A-Z]+-[\d.]+$/, '请选择依据的条款')
const ids = z.array(id).min(1, '请至少选择一项').max(MANY)
const instant = z.date().transform((at) => at.toISOString())
const sheetFile = { max: 1, maxBytes: 5 * 1024 * 1024, mediaTypes: [XLSX] }
export const evidenceFile = { max: 1, maxBytes: EVIDENCE_LIMITS.maxBytes, mediaTypes: EVIDENCE_LIMITS.accept }
export const factInput = z
  .strictObject({
    kind: z.enum(Object.keys(FACT_KINDS) as [FactKind, ...FactKind[]]),
    value: z.record(z.string(), z.unknown()),
  })
  .optional()

const filter = listInput.extend({
  state: declarationState.optional(),
  outcome: outcome.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  source: z.enum(['batch', 'self']).optional(),
  batchId: id.optional(),
  forSittingId: id.optional(),
})

const outcomes = z.record(z.string(), z.number())
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

async function named<R extends { trainingOrganisationId: string; evaluationOrganisationId: string }>(
  app: App,
  rows: R[],
) {
  const names = await organisationNames(
    app.db,
    rows.flatMap((row) => [row.trainingOrganisationId, row.evaluationOrganisationId]),
  )
  return rows.map((row) => ({
    ...row,
    trainingOrganisation: names.get(row.trainingOrganisationId) ?? '',
    evaluationOrganisation: names.get(row.evaluationOrganisationId) ?? '',
  }))
}

async function declarationsOf(app: App, actor: Actor, input: DeclarationFilter) {
  const { rows, total } = await listDeclarations(app.db, scopeOf(actor), input)
  return { rows: await named(app, rows), total, page: input.page, size: input.size }
}

const record = { kind: 'declaration', from: 'declarationId' }
const batchRecord = { kind: 'declaration-batch', from: 'batchId' }
const SAID = { reason: '材料不全', clause: 'HB-4.4' }

export const declarationsApi = {
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
      batch: draftedBatch.nullable(),
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
      const shown = await named(
        app,
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
    output: batchRow.extend({ mine: z.boolean() }),
    handle: async ({ app, actor }, { batchId }) => {
      const row = await findBatchRow(app.db, batchId, scopeOf(actor))
      if (!row) return refuse(no.DECLARATION_BATCH_NOT_FOUND())
      const [shown] = await named(app, [{ ...row, trainingOrganisationId: row.organisationId }])
      return ok({ ...defined(shown, 'the batch'), mine: row.organisationId === actor.organisation?.id })
    },
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
  'exams.submit-declaration': command({
    summary: '补正后再次提交申报',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    record,
    input: z.strictObject({ declarationId: id, despite: reason.optional() }),
    example: { declarationId: ID },
    output: z.object({ declarations: z.number(), outcomes }),
    handle: ({ app, actor }, input) => submitDeclaration(app, actor, input),
  }),
  'exams.withdraw-declarations': command({
    summary: '撤回申报',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    record: { kind: 'declaration', from: 'declarationIds' },
    input: z.strictObject({ declarationIds: ids, reason }),
    example: { declarationIds: [ID], reason: '学员放弃' },
    output: z.object({ withdrawn: z.number() }),
    handle: ({ app, actor }, input) => withdrawDeclarations(app, actor, input),
  }),
  'exams.attach-evidence': command({
    summary: '补充证明材料',
    clause: 'HB-4.4',
    permission: may['declarations.prepare'],
    record,
    input: z.strictObject({ declarationId: id, need: z.string().min(1).max(200), fact: factInput }),
    example: { declarationId: ID, need: '其他' },
    files: evidenceFile,
    output: z.object({ outcome, sentence: z.string() }),
    handle: ({ app, actor, files }, input) => attachEvidence(app, actor, input, files[0]),
  }),
  'exams.list-declarations': query({
    summary: '等级申报',
    permission: may['declarations.read'],
    input: filter,
    example: {},
    output: listOf(declarationRow),
    handle: async ({ app, actor }, input) => ok(await declarationsOf(app, actor, input)),
  }),
  'exams.export-declarations': download({
    summary: '导出等级申报',
    permission: may['declarations.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await declarationsOf(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      return ok({
        fileName: `等级申报-${app.clock.today()}.xlsx`,
        mediaType: XLSX,
        bytes: await declarationsSheet(app, actor, rows),
      })
    },
  }),
  'exams.read-declaration': query({
    summary: '查看等级申报',
    permission: may['declarations.read'],
    record,
    input: z.strictObject({ declarationId: id }),
    example: { declarationId: ID },
    output: declarationRecord,
    handle: ({ app, actor }, input) => readDeclaration(app, actor, input),
  }),
  'exams.open-evidence': download({
    summary: '查看证明材料',
    clause: 'HB-4.4',
    permission: may['declarations.read'],
    record,
    input: z.strictObject({ declarationId: id, fileId: id }),
    example: { declarationId: ID, fileId: ID },
    handle: ({ app, actor }, input) => openEvidence(app, actor, input),
  }),
  'exams.confirm-declarations': command({
    summary: '确认考生资格',
    clause: 'HB-4.4',
    permission: may['qualifications.confirm'],
    record: { kind: 'declaration', from: 'declarationIds' },
    input: z.strictObject({ declarationIds: ids }),
    example: { declarationIds: [ID] },
    output: z.object({
      confirmed: z.number(),
      exceptions: z.array(
        z.object({ declarationId: z.string(), number: z.string(), outcome, refusal: refusalShape }),
      ),
    }),
    handle: ({ app, actor }, input) => confirmDeclarations(app, actor, input),
  }),
  'exams.judge-declaration': command({
    summary: '人工认定',
    clause: 'HB-4.4',
    permission: may['qualifications.confirm'],
    record,
    input: z.strictObject({
      declarationId: id,
      term: z.string().min(1).max(100),
      personFactId: id.nullish(),
      result: z.enum(['认定', '不认定']),
      reason,
    }),
    example: { declarationId: ID, term: '相关专业', result: '认定', reason: '课程相关' },
    output: z.object({ outcome }),
    handle: ({ app, actor }, input) => judgeDeclaration(app, actor, input),
  }),
  'exams.propose-override': command({
    summary: '提出例外认定',
    clause: 'HB-4.4',
    permission: may['qualifications.override'],
    record,
    input: z.strictObject({
      declarationId: id,
      reason: reason.min(10, '理由请写明事实与依据，不少于 10 个字'),
      clause,
    }),
    example: { declarationId: ID, reason: '现场核验原件，条件实际具备。', clause: 'HB-4.4' },
    output: done,
    handle: ({ app, actor }, input) => proposeOverride(app, actor, input),
  }),
  'exams.decide-override': command({
    summary: '复核例外认定',
    clause: 'HB-4.4',
    permission: may['qualifications.override'],
    record: { kind: 'override', from: 'overrideId' },
    input: z.strictObject({ overrideId: id, decision: z.enum(['approved', 'rejected']), reason }),
    example: { overrideId: ID, decision: 'approved', reason: '复核属实' },
    output: z.object({ declarationId: z.string() }),
    handle: ({ app, actor }, input) => decideOverride(app, actor, input),
  }),
  'exams.acknowledge-override': command({
    summary: '查收例外认定报告',
    clause: 'HB-3.1',
    permission: may['qualifications.acknowledge'],
    record,
    input: z.strictObject({ declarationId: id, note: z.string().trim().max(500).optional() }),
    example: { declarationId: ID },
    output: done,
    handle: ({ app, actor }, input) => acknowledgeOverride(app, actor, input),
  }),
  'exams.return-declarations': command({
    summary: '退回补正',
    clause: 'HB-4.4',
    permission: may['qualifications.confirm'],
    record: { kind: 'declaration', from: 'declarationIds' },
    input: z.strictObject({
      declarationIds: ids,
      reason,
      clause,
      needs: z.array(z.string().max(200)).max(20).optional(),
    }),
    example: { declarationIds: [ID], ...SAID },
    output: z.object({ count: z.number() }),
    handle: ({ app, actor }, input) => returnDeclarations(app, actor, input),
  }),
  'exams.refuse-declarations': command({
    summary: '不予确认资格',
    clause: 'HB-4.4',
    permission: may['qualifications.confirm'],
    record: { kind: 'declaration', from: 'declarationIds' },
    input: z.strictObject({ declarationIds: ids, reason, clause }),
    example: { declarationIds: [ID], ...SAID },
    output: z.object({ count: z.number() }),
    handle: ({ app, actor }, input) => refuseDeclarations(app, actor, input),
  }),
  'exams.revoke-confirmation': command({
    summary: '撤销资格确认',
    clause: 'HB-4.4',
    permission: may['qualifications.confirm'],
    record,
    input: z.strictObject({ declarationId: id, reason, clause }),
    example: { declarationId: ID, ...SAID },
    output: z.object({ sittings: z.array(z.string()) }),
    handle: ({ app, actor }, input) => revokeConfirmation(app, actor, input),
  }),
} satisfies Api

function declarationsSheet(
  app: App,
  actor: Actor,
  rows: (DeclarationRow & { trainingOrganisation: string; evaluationOrganisation: string })[],
) {
  return writeSheet({
    title: '等级申报清单',
    note: `导出人 ${actor.name} ${app.clock.today()}`,
    columns: [
      { key: 'number', title: '申报编号' },
      { key: 'personName', title: '姓名' },
      { key: 'maskedIdNumber', title: '证件号码' },
      { key: 'occupationName', title: '职业', width: 16 },
      { key: 'direction', title: '方向' },
      { key: 'level', title: '等级' },
      { key: 'trainingOrganisation', title: '培训机构', width: 20 },
      { key: 'evaluationOrganisation', title: '评价机构', width: 20 },
      { key: 'outcome', title: '规则结论' },
      { key: 'stateTitle', title: '状态' },
      { key: 'batchNumber', title: '申报批次' },
      { key: 'sittingNumber', title: '考核场次' },
    ],
    rows: rows.map((row) => ({ ...row, stateTitle: DECLARATION_STATES[row.state] })),
  })
}
