import { z } from 'zod'
import { scopeOf } from '../../people/index.ts'
import {
  type Api,
  allowed,
  command,
  done,
  download,
  id,
  listInput,
  listOf,
  query,
} from '../../platform/api.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok } from '../../platform/result.ts'
import { approvePaper } from './approve-paper.ts'
import { decideKeyChange, proposeKeyChange } from './change-key.ts'
import { importPaper } from './import-paper.ts'
import { LIMITS } from './paper.ts'
import {
  composed,
  importReport,
  instant,
  KEY_CHANGE_EXAMPLE,
  keyChangeFields,
  keyChangeInput,
  keyLine,
  paperFields,
  part,
  partialRule,
  purpose,
  state,
} from './paper-shapes.ts'
import { paperTemplate } from './paper-template.ts'
import { may } from './permissions.ts'
import { previewPaper, readPaperKeys, readPapers } from './read-papers.ts'
import { scoreSitting } from './score-sitting.ts'
import { sealPapers } from './seal-papers.ts'
import { listPaperSittings } from './store.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AH10 = 'AH-10'
const HB44 = 'HB-4.4'
const sitting = { kind: 'arrangement', from: 'sittingId' }
const paper = { kind: 'hall-paper', from: 'paperId' }
const difference = z.object({
  candidateId: z.string(),
  ticketNumber: z.string(),
  fromTenths: z.number().nullable(),
  toTenths: z.number().nullable(),
})

const paperShape = z.object({
  ...paperFields,
  familyPaperId: z.string().nullable(),
  /** A copy of a joint examination's paper: its key is the province's. */
  ofFamily: z.boolean(),
  scored: z.number(),
  actions: z.object({ approve: allowed, changeKey: allowed }),
})

export const papersApi = {
  'halls.list-paper-sittings': query({
    summary: '机考场次的试卷和档案',
    permission: may['papers.list'],
    input: listInput.extend({ state: state.optional() }),
    example: {},
    output: listOf(
      z.object({
        sittingId: z.string(),
        number: z.string(),
        title: z.string(),
        organisation: z.string(),
        startsAt: instant,
        state,
        candidates: z.number(),
        imported: z.number(),
        approved: z.number(),
        sealed: z.number(),
        expected: z.number().nullable(),
        archives: z.number(),
      }),
    ),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listPaperSittings(app.db, scopeOf(actor), input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'halls.read-papers': query({
    summary: '一场机考的试卷',
    permission: may['papers.read'],
    clause: AH10,
    record: sitting,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      sitting: z.object({
        sittingId: z.string(),
        number: z.string(),
        title: z.string(),
        state,
        sittingState: z.string(),
        forms: z.number(),
        closedAt: instant.nullable(),
      }),
      parts: z.array(z.object({ part, startsAt: instant, endsAt: instant })),
      papers: z.array(paperShape),
      sealing: z
        .object({
          expected: z.number(),
          sealed: z.number(),
          requestedByName: z.string(),
          requestedAt: instant,
          finishedAt: instant.nullable(),
        })
        .nullable(),
      keyChanges: z.array(
        z.object({
          ...keyChangeFields,
          /** Decided by the province for every sitting of the joint examination. */
          jointChangeId: z.string().nullable(),
          differences: z.array(difference).nullable(),
          actions: z.object({ decide: allowed }),
        }),
      ),
      actions: z.object({ import: allowed, seal: allowed, score: allowed }),
    }),
    handle: ({ app, actor }, input) => readPapers(app, actor, input),
  }),
  'halls.paper-template': download({
    summary: '试卷导入模板',
    permission: may['papers.prepare'],
    input: z.strictObject({}),
    example: {},
    handle: async () => ok({ fileName: '试卷导入模板.xlsx', mediaType: XLSX, bytes: await paperTemplate() }),
  }),
  'halls.import-paper': command({
    summary: '导入试卷',
    permission: may['papers.prepare'],
    clause: AH10,
    record: sitting,
    files: { max: 1, maxBytes: LIMITS.fileBytes },
    input: z.strictObject({
      sittingId: id,
      part,
      title: z.string().trim().min(2, '请填写试卷名称').max(100),
      minutes: z.number().int().min(1, '请填写作答时长').max(600),
      shuffled: z.boolean(),
      multiple: partialRule,
      shownToCandidates: z.boolean(),
      keep: z.boolean(),
    }),
    example: {
      sittingId: ID,
      part: 'theory',
      title: '理论知识试卷',
      minutes: 90,
      shuffled: true,
      multiple: 'none',
      shownToCandidates: false,
      keep: false,
    },
    output: importReport,
    handle: ({ app, actor, files }, input) => importPaper(app, actor, input, files[0]),
  }),
  'halls.preview-paper': query({
    summary: '按考生所见预览试卷',
    permission: may['papers.read'],
    clause: AH10,
    record: paper,
    input: z.strictObject({
      paperId: id,
      form: z
        .string()
        .regex(/^[A-Z]$/)
        .default('A'),
    }),
    example: { paperId: ID, form: 'A' },
    output: composed,
    handle: ({ app, actor }, input) => previewPaper(app, actor, input),
  }),
  'halls.read-paper-keys': command({
    summary: '查看试题答案',
    permission: may['papers.approve'],
    clause: AH10,
    record: paper,
    input: z.strictObject({ paperId: id, purpose }),
    example: { paperId: ID, purpose: '复核试卷' },
    output: z.object({ items: z.array(keyLine) }),
    handle: ({ app, actor }, input) => readPaperKeys(app, actor, input),
  }),
  'halls.approve-paper': command({
    summary: '复核通过试卷',
    permission: may['papers.approve'],
    clause: AH10,
    record: paper,
    input: z.strictObject({ paperId: id }),
    example: { paperId: ID },
    output: done,
    handle: ({ app, actor }, input) => approvePaper(app, actor, input),
  }),
  'halls.seal-papers': command({
    summary: '封装考生试卷',
    permission: may['papers.seal'],
    clause: AH10,
    record: sitting,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({ sealingId: z.string(), expected: z.number() }),
    handle: ({ app, actor }, input) => sealPapers(app, actor, input),
  }),
  'halls.score-sitting': command({
    summary: '计算机阅卷',
    permission: may['papers.score'],
    clause: HB44,
    record: sitting,
    input: z.strictObject({ sittingId: id }),
    example: { sittingId: ID },
    output: z.object({
      parts: z.array(
        z.object({
          part,
          scored: z.number(),
          waiting: z.number(),
          passedUp: z.number().nullable(),
          words: z.string(),
        }),
      ),
    }),
    handle: ({ app, actor }, input) => scoreSitting(app, actor, input),
  }),
  'halls.propose-key-change': command({
    summary: '提出试题答案更正',
    permission: may['papers.score'],
    clause: HB44,
    record: paper,
    input: keyChangeInput,
    example: KEY_CHANGE_EXAMPLE,
    output: done,
    handle: ({ app, actor }, input) => proposeKeyChange(app, actor, input),
  }),
  'halls.decide-key-change': command({
    summary: '复核试题答案更正',
    permission: may['papers.score'],
    clause: HB44,
    record: { kind: 'key-change', from: 'keyChangeId' },
    input: z.strictObject({ keyChangeId: id, decision: z.enum(['approved', 'rejected']) }),
    example: { keyChangeId: ID, decision: 'approved' },
    output: z.object({
      changed: z.array(difference),
      corrections: z.object({ proposed: z.number(), open: z.array(z.string()) }).nullable(),
    }),
    handle: ({ app, actor }, input) => decideKeyChange(app, actor, input),
  }),
} satisfies Api
