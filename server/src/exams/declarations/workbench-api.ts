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
import { EVIDENCE_LIMITS } from '../../platform/files.ts'
import { ok } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { may } from '../permissions.ts'
import { recordExport } from '../record-export.ts'
import { acknowledgeOverride } from './acknowledge-override.ts'
import { attachEvidence } from './attach-evidence.ts'
import { confirmDeclarations } from './confirm-declarations.ts'
import { decideOverride } from './decide-override.ts'
import { DECLARATION_STATES } from './declaration.ts'
import { ID, ids, outcomes, reason, XLSX } from './declaration-inputs.ts'
import { declarationRecord, declarationRow, declarationState, outcome } from './declaration-shapes.ts'
import { judgeDeclaration } from './judge-declaration.ts'
import { openEvidence } from './open-evidence.ts'
import { proposeOverride } from './propose-override.ts'
import { readDeclaration, withOrganisations } from './read-declaration.ts'
import { revokeConfirmation } from './revoke-confirmation.ts'
import { refuseDeclarations, returnDeclarations } from './send-back-declarations.ts'
import { type DeclarationFilter, type DeclarationRow, listDeclarations } from './store/reading.ts'
import { submitDeclaration } from './submit-declarations.ts'
import { withdrawDeclarations } from './withdraw-declarations.ts'

const EXPORT_ROWS = 20_000
const clause = z.string().regex(/^[A-Z]+-[\d.]+$/, '请选择依据的条款')
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

async function declarationsOf(app: App, actor: Actor, input: DeclarationFilter) {
  const { rows, total } = await listDeclarations(app.db, scopeOf(actor), input)
  return { rows: await withOrganisations(app.db, rows), total, page: input.page, size: input.size }
}

const record = { kind: 'declaration', from: 'declarationId' }
const SAID = { reason: '材料不全', clause: 'HB-4.4' }

export const declarationsApi = {
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
      await recordExport(app, actor, '等级申报', rows.length)
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
