import { z } from 'zod'
import { type Api, allowed, command, done, id, query } from '../../platform/api.ts'
import { approveJointPaper } from './approve-joint-paper.ts'
import { decideJointKeyChange, proposeJointKeyChange, resumeJointKeyChange } from './change-joint-key.ts'
import { importJointPaper } from './import-joint-paper.ts'
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
import { may } from './permissions.ts'
import { previewJointPaper, readJointPaperKeys, readJointPapers } from './read-joint-papers.ts'

const ID = '00000000-0000-4000-8000-000000000000'
const AH10 = 'AH-10'
const family = { kind: 'exam-family', from: 'familyId' }
const paper = { kind: 'joint-paper', from: 'paperId' }

const jointActions = z.object({ approve: allowed.nullable(), changeKey: allowed.nullable() })
const keyChange = { kind: 'joint-key-change', from: 'keyChangeId' }
/** What a change of key did in one sitting. */
const outcome = z.object({
  sittingId: z.string(),
  number: z.string(),
  title: z.string(),
  organisation: z.string(),
  state: z.enum(['waiting', 'changed', 'refused']),
  scored: z.number().nullable(),
  changed: z.number().nullable(),
  corrections: z.number().nullable(),
  openTickets: z.array(z.string()),
  refusal: z.object({ code: z.string(), clause: z.string().nullable(), message: z.string() }).nullable(),
  at: instant.nullable(),
})

/** 统一命题: the province imports and approves one paper, the sittings take it when they seal. */
export const jointPapersApi = {
  'halls.read-joint-papers': query({
    summary: '统考的试卷和各场次封装进度',
    permission: may['papers.joint-list'],
    clause: AH10,
    record: family,
    input: z.strictObject({ familyId: id }),
    example: { familyId: ID },
    output: z.object({
      family: z.object({
        id: z.string(),
        number: z.string(),
        title: z.string(),
        state: z.enum(['drafted', 'announced', 'running', 'closed', 'cancelled']),
      }),
      papers: z.array(z.object({ ...paperFields, actions: jointActions })),
      sittings: z.array(
        z.object({
          sittingId: z.string(),
          number: z.string(),
          title: z.string(),
          organisation: z.string(),
          cityName: z.string(),
          state,
          candidates: z.number(),
          taken: z.array(part),
          sealed: z.number(),
          expected: z.number().nullable(),
        }),
      ),
      keyChanges: z.array(
        z.object({
          ...keyChangeFields,
          sittings: z.array(outcome),
          actions: z.object({ decide: allowed.nullable(), resume: allowed.nullable() }),
        }),
      ),
      actions: z.object({ import: allowed.nullable() }),
    }),
    handle: ({ app, actor }, input) => readJointPapers(app, actor, input),
  }),
  'halls.import-joint-paper': command({
    summary: '导入统考试卷',
    permission: may['papers.joint'],
    clause: AH10,
    record: family,
    files: { max: 1, maxBytes: LIMITS.fileBytes },
    input: z.strictObject({
      familyId: id,
      part,
      title: z.string().trim().min(2, '请填写试卷名称').max(100),
      minutes: z.number().int().min(1, '请填写作答时长').max(600),
      shuffled: z.boolean(),
      multiple: partialRule,
      shownToCandidates: z.boolean(),
      keep: z.boolean(),
    }),
    example: {
      familyId: ID,
      part: 'theory',
      title: '统考理论知识试卷',
      minutes: 90,
      shuffled: true,
      multiple: 'none',
      shownToCandidates: false,
      keep: false,
    },
    output: importReport,
    handle: ({ app, actor, files }, input) => importJointPaper(app, actor, input, files[0]),
  }),
  'halls.approve-joint-paper': command({
    summary: '复核通过统考试卷',
    permission: may['papers.joint'],
    clause: AH10,
    record: paper,
    input: z.strictObject({ paperId: id }),
    example: { paperId: ID },
    output: done,
    handle: ({ app, actor }, input) => approveJointPaper(app, actor, input),
  }),
  'halls.preview-joint-paper': query({
    summary: '按考生所见预览统考试卷',
    permission: may['papers.joint'],
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
    handle: ({ app, actor }, input) => previewJointPaper(app, actor, input),
  }),
  'halls.read-joint-paper-keys': command({
    summary: '查看统考试题答案',
    permission: may['papers.joint'],
    clause: AH10,
    record: paper,
    input: z.strictObject({ paperId: id, purpose }),
    example: { paperId: ID, purpose: '复核试卷' },
    output: z.object({ items: z.array(keyLine) }),
    handle: ({ app, actor }, input) => readJointPaperKeys(app, actor, input),
  }),
  'halls.propose-joint-key-change': command({
    summary: '提出统考试题答案更正',
    permission: may['papers.joint'],
    clause: AH10,
    record: paper,
    input: keyChangeInput,
    example: KEY_CHANGE_EXAMPLE,
    output: done,
    handle: ({ app, actor }, input) => proposeJointKeyChange(app, actor, input),
  }),
  'halls.decide-joint-key-change': command({
    summary: '复核统考试题答案更正',
    permission: may['papers.joint'],
    clause: AH10,
    record: keyChange,
    input: z.strictObject({ keyChangeId: id, decision: z.enum(['approved', 'rejected']) }),
    example: { keyChangeId: ID, decision: 'approved' },
    output: z.object({ sittings: z.number() }),
    handle: ({ app, actor }, input) => decideJointKeyChange(app, actor, input),
  }),
  'halls.resume-joint-key-change': command({
    summary: '再次办理未办成场次的统考答案更正',
    permission: may['papers.joint'],
    clause: AH10,
    record: keyChange,
    input: z.strictObject({ keyChangeId: id }),
    example: { keyChangeId: ID },
    output: z.object({ sittings: z.number() }),
    handle: ({ app, actor }, input) => resumeJointKeyChange(app, actor, input),
  }),
} satisfies Api
