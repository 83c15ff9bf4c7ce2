import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  level,
  listInput,
  listOf,
  query,
} from '../../platform/api.ts'
import { defined } from '../../platform/assert.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { may } from '../permissions.ts'
import { recordExport } from '../record-export.ts'
import { no } from '../refusals.ts'
import { decideCorrectionsTogether, decideScoreCorrection, proposeScoreCorrection } from './correct-score.ts'
import { importScores, SCORE_SHEET } from './import-scores.ts'
import { publishResults } from './publish-results.ts'
import { recordScores } from './record-scores.ts'
import { settleScore } from './settle-score.ts'
import { PARTS, RESULTS } from './sitting.ts'
import { EXPORT_ROWS, ID, mark, part, progressShape, reason, record, result, XLSX } from './sitting-shapes.ts'
import { listDifferences, listResults, scoreSheet } from './store/reading.ts'
import { findSitting } from './store/sittings.ts'

const scoreTenths = z.number().int().min(0, '成绩应在 0 至 100 分之间').max(1000, '成绩应在 0 至 100 分之间')
const entryState = z.enum(['open', 'mine-entered', 'other-entered', 'agreed', 'differing', 'exempt'])
const recorded = z.object({
  recorded: z.number(),
  agreed: z.number(),
  differing: z.number(),
  progress: progressShape,
})
const resultFilter = listInput.extend({
  result: result.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  sittingId: id.optional(),
})
const resultRow = z.object({
  candidateId: z.string(),
  sittingId: z.string(),
  sittingNumber: z.string(),
  sittingTitle: z.string(),
  declarationId: z.string(),
  ticketNumber: z.string(),
  personName: z.string(),
  maskedIdNumber: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  cityName: z.string(),
  attempt: z.number(),
  theoryScoreTenths: z.number().nullable(),
  abilityScoreTenths: z.number().nullable(),
  theoryMark: mark,
  abilityMark: mark,
  result,
  endedOn: z.string(),
})

/** Entering, settling, publishing and correcting scores. */
export const scoresApi = {
  'exams.score-sheet': query({
    summary: '成绩录入表',
    clause: 'HB-4.4',
    permission: may['scores.enter'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      rows: z.array(
        z.object({
          candidateId: z.string(),
          ticketNumber: z.string(),
          personName: z.string(),
          theoryMark: mark,
          abilityMark: mark,
          theory: entryState,
          ability: entryState,
          theoryMine: z.number().nullable(),
          abilityMine: z.number().nullable(),
        }),
      ),
    }),
    handle: async ({ app, actor }, { sittingId }) => {
      const sitting = await findSitting(app.db, sittingId, scopeOf(actor))
      if (!sitting) return refuse(no.SITTING_NOT_FOUND())
      const rows = await scoreSheet(app.db, sitting.id, defined(actor.accountId, 'an account'))
      return ok({ rows })
    },
  }),
  'exams.record-scores': command({
    summary: '录入成绩',
    clause: 'HB-4.4',
    permission: may['scores.enter'],
    record,
    input: z.strictObject({
      sittingId: id,
      scores: z
        .array(z.strictObject({ ticketNumber: z.string().min(1).max(40), part, scoreTenths }))
        .min(1)
        .max(10_000),
    }),
    example: { sittingId: ID, scores: [{ ticketNumber: 'KC4220260001', part: 'theory', scoreTenths: 720 }] },
    output: recorded,
    handle: ({ app, actor }, input) => recordScores(app, actor, input),
  }),
  'exams.score-template': download({
    summary: '成绩录入模板',
    permission: may['scores.enter'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    handle: async ({ app, actor }, { sittingId }) => {
      const sitting = await findSitting(app.db, sittingId, scopeOf(actor))
      if (!sitting) return refuse(no.SITTING_NOT_FOUND())
      const rows = await scoreSheet(app.db, sitting.id, defined(actor.accountId, 'an account'))
      const bytes = await writeSheet({
        title: `成绩录入表 ${sitting.number}`,
        note: '每位考评员独立填写本人评定的成绩，百分制，至多一位小数；缺考、违纪的考生不填。',
        columns: SCORE_SHEET.map(({ key, title }) => ({ key, title, width: 12 })),
        rows: rows
          .filter((row) => row.theory !== 'exempt' || row.ability !== 'exempt')
          .map((row) => ({ ticketNumber: row.ticketNumber, name: row.personName, theory: '', ability: '' })),
      })
      return ok({ fileName: `成绩录入表-${sitting.number}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'exams.import-scores': command({
    summary: '导入成绩',
    clause: 'HB-4.4',
    permission: may['scores.enter'],
    record,
    input: z.strictObject({ sittingId: id, keep: z.boolean() }),
    example: { sittingId: ID, keep: false },
    files: { max: 1, maxBytes: 5 * 1024 * 1024, mediaTypes: [XLSX] },
    output: z.object({
      rows: z.number(),
      good: z.number(),
      saved: z.number(),
      errors: z.array(z.object({ row: z.number(), column: z.string().optional(), message: z.string() })),
      recorded: recorded.nullable(),
    }),
    handle: ({ app, actor, files }, input) => importScores(app, actor, input, files[0]),
  }),
  'exams.list-differences': query({
    summary: '录入不一致的成绩',
    clause: 'HB-4.4',
    permission: may['scores.settle'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      rows: z.array(
        z.object({
          candidateId: z.string(),
          ticketNumber: z.string(),
          personName: z.string(),
          part,
          round: z.number(),
          /** Null for the two who entered: they enter again without seeing the other's figure. */
          first: z.number().nullable(),
          firstBy: z.string(),
          second: z.number().nullable(),
          secondBy: z.string(),
          settle: allowed,
        }),
      ),
    }),
    handle: async ({ app, actor }, { sittingId }) => {
      const sitting = await findSitting(app.db, sittingId, scopeOf(actor))
      if (!sitting) return refuse(no.SITTING_NOT_FOUND())
      const rows = await listDifferences(app.db, sitting.id, defined(actor.accountId, 'an account'))
      return ok({
        rows: rows.map((row) => ({
          ...row,
          first: row.mine ? null : row.first,
          second: row.mine ? null : row.second,
          settle: row.mine
            ? { allowed: false as const, because: no.SCORE_SETTLED_BY_ENTRANT() }
            : { allowed: true as const },
        })),
      })
    },
  }),
  'exams.settle-score': command({
    summary: '裁定不一致的成绩',
    clause: 'HB-4.4',
    permission: may['scores.settle'],
    record,
    input: z.strictObject({ sittingId: id, candidateId: id, part, scoreTenths, reason }),
    example: { sittingId: ID, candidateId: ID, part: 'theory', scoreTenths: 640, reason: '重新计分' },
    output: z.object({ progress: progressShape }),
    handle: ({ app, actor }, input) => settleScore(app, actor, input),
  }),
  'exams.publish-results': command({
    summary: '公布成绩',
    clause: 'HB-4.4',
    permission: may['results.publish'],
    record,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      passed: z.number(),
      failed: z.number(),
      absent: z.number(),
      misconduct: z.number(),
    }),
    handle: ({ app, actor }, input) => publishResults(app, actor, input),
  }),
  'exams.list-results': query({
    summary: '考核成绩',
    permission: may['results.read'],
    input: resultFilter,
    example: {},
    output: listOf(resultRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listResults(app.db, scopeOf(actor), input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'exams.export-results': download({
    summary: '导出考核成绩',
    permission: may['results.read'],
    input: resultFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listResults(app.db, scopeOf(actor), { ...input, page: 1, size: EXPORT_ROWS })
      await recordExport(app, actor, '考核成绩', rows.length)
      const bytes = await writeSheet({
        title: '考核成绩',
        note: `导出人 ${actor.name} ${app.clock.today()}`,
        columns: [
          { key: 'ticketNumber', title: '准考证号' },
          { key: 'personName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'occupationName', title: '职业', width: 16 },
          { key: 'direction', title: '方向' },
          { key: 'level', title: '等级' },
          { key: 'sittingNumber', title: '场次' },
          { key: 'attempt', title: '第几次', kind: 'number' },
          { key: 'theoryScoreTenths', title: PARTS.theory, kind: 'score' },
          { key: 'abilityScoreTenths', title: PARTS.ability, kind: 'score' },
          { key: 'resultTitle', title: '结果' },
          { key: 'endedOn', title: '考核日期' },
        ],
        rows: rows.map((row) => ({ ...row, resultTitle: RESULTS[row.result] })),
      })
      return ok({ fileName: `考核成绩-${app.clock.today()}.xlsx`, mediaType: XLSX, bytes })
    },
  }),
  'exams.propose-correction': command({
    summary: '提出成绩更正',
    clause: 'HB-4.4',
    permission: may['results.publish'],
    record,
    input: z.strictObject({ sittingId: id, candidateId: id, part, toTenths: scoreTenths, reason }),
    example: { sittingId: ID, candidateId: ID, part: 'theory', toTenths: 640, reason: '登分串行' },
    output: done,
    handle: ({ app, actor }, input) => proposeScoreCorrection(app, actor, input),
  }),
  'exams.decide-correction': command({
    summary: '复核成绩更正',
    clause: 'HB-4.4',
    permission: may['results.publish'],
    record: { kind: 'score-correction', from: 'correctionId' },
    input: z.strictObject({ correctionId: id, decision: z.enum(['approved', 'rejected']) }),
    example: { correctionId: ID, decision: 'approved' },
    output: z.object({ result }),
    handle: ({ app, actor }, input) => decideScoreCorrection(app, actor, input),
  }),
  'exams.decide-corrections-together': command({
    summary: '一并复核同一答案更正引起的成绩更正',
    clause: 'HB-4.4',
    permission: may['results.publish'],
    record,
    input: z.strictObject({ sittingId: id, batchId: id, decision: z.enum(['approved', 'rejected']) }),
    example: { sittingId: ID, batchId: ID, decision: 'approved' },
    output: z.object({ decided: z.number() }),
    handle: ({ app, actor }, input) => decideCorrectionsTogether(app, actor, input),
  }),
} satisfies Api
