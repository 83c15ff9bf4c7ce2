import { z } from 'zod'
import {
  type Actor,
  type Api,
  command,
  done,
  download,
  id,
  level,
  listInput,
  nothing,
  query,
} from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { readFile } from '../../platform/files.ts'
import { ok, refuse } from '../../platform/result.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { organisationsNamed } from '../store/entries.ts'
import { findAttachment, findFiling, searchFilings } from '../store/filings.ts'
import { EXPORT_ROWS, workbook } from '../workbook.ts'
import { agreeFiling } from './agree-filing.ts'
import { attachFilingFile, filingAttachment } from './attach-filing-file.ts'
import { draftFiling, newFiling } from './draft-filing.ts'
import { FILING_STATES, OFFICES } from './filing.ts'
import { filingOptions } from './filing-options.ts'
import { filingReceiptPaper } from './filing-receipt.ts'
import { filingList, filingRecord, filingState, shownFiling, shownFilings } from './filing-shapes.ts'
import { filingStep, proposeFiling } from './propose-filing.ts'
import { readFiling } from './read-filing.ts'
import { recallFiling } from './recall-filing.ts'
import { filingReceipt, receiveFiling } from './receive-filing.ts'
import { agreementRefusal, refuseAgreement } from './refuse-agreement.ts'
import { filingFile, removeFilingFile } from './remove-filing-file.ts'
import { filingReturn, returnFiling } from './return-filing.ts'
import { filingSave, saveFiling } from './save-filing.ts'
import { submitFiling } from './submit-filing.ts'
import { filingWithdrawal, withdrawFiling } from './withdraw-filing.ts'

const record = { kind: 'filing', from: 'id' }
const filter = listInput.extend({
  state: filingState.optional(),
  year: z.coerce.number().int().min(2020).max(2100).optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  cityCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  /** Only what waits for the reader's own office or institution. */
  waiting: z.enum(['mine']).optional(),
})

async function readFilings(app: App, actor: Actor, input: z.output<typeof filter>) {
  const offices = {
    city_officer: 'city',
    provincial_officer: 'province',
    evaluation_manager: 'evaluation',
  } as const
  const found = await searchFilings(app.db, actor, {
    ...input,
    mine: input.waiting ? offices[actor.role as keyof typeof offices] : undefined,
    organisationIds: input.q ? await organisationsNamed(app.db, input.q) : [],
  })
  return { rows: await shownFilings(app.db, found.rows), total: found.total }
}

const RECEIPT_WORDS: Record<string, string> = { received: '已受理', returned: '退回补正' }
const step = { revision: 1, id: '00000000-0000-4000-8000-000000000000' }

export const filingsApi = {
  'institutions.list-filings': query({
    summary: '备案列表',
    permission: may['filing.read'],
    clause: 'HB-4.1',
    input: filter,
    example: {},
    output: filingList,
    handle: async ({ app, actor }, input) =>
      ok({ ...(await readFilings(app, actor, input)), page: input.page, size: input.size }),
  }),
  'institutions.export-filings': download({
    summary: '导出备案列表',
    permission: may['filing.read'],
    clause: 'HB-4.1',
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await readFilings(app, actor, { ...input, page: 1, size: EXPORT_ROWS })
      return ok(
        await workbook(app, actor, {
          title: '备案清单',
          columns: [
            { key: 'number', title: '备案编号' },
            { key: 'title', title: '计划名称', width: 28 },
            { key: 'organisation', title: '培训机构', width: 22 },
            { key: 'evaluation', title: '评价机构', width: 22 },
            { key: 'city', title: '所在市州' },
            { key: 'occupation', title: '职业', width: 20 },
            { key: 'direction', title: '方向', width: 20 },
            { key: 'level', title: '等级' },
            { key: 'plannedLearners', title: '计划人数', kind: 'number' },
            { key: 'startsOn', title: '开班日' },
            { key: 'stateName', title: '状态' },
            { key: 'round', title: '报送次数', kind: 'number' },
            { key: 'provinceName', title: '省级' },
            { key: 'cityName', title: '市级' },
            { key: 'filedOn', title: '备案日期' },
          ],
          rows: rows.map((row) => ({
            ...row,
            stateName: FILING_STATES[row.state],
            provinceName: RECEIPT_WORDS[row.provinceReceipt ?? ''] ?? '',
            cityName: RECEIPT_WORDS[row.cityReceipt ?? ''] ?? '',
          })),
        }),
      )
    },
  }),
  'institutions.read-filing': query({
    summary: '备案详情',
    permission: may['filing.read'],
    clause: 'HB-4.1',
    record,
    input: z.strictObject({ id }),
    example: { id: step.id },
    output: filingRecord,
    handle: async ({ app, actor }, input) => {
      const reading = await readFiling(app, actor, input.id)
      return reading.ok ? ok(shownFiling(reading.value)) : reading
    },
  }),
  'institutions.filing-options': query({
    summary: '备案可选项',
    permission: may['filing.write'],
    clause: 'HB-6.2',
    input: nothing,
    example: {},
    output: z.object({
      occupations: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          levels: z.array(
            z.object({
              level,
              directions: z.array(z.string()).nullable(),
              directionsComplete: z.boolean(),
              directionsNote: z.string().nullable(),
              hours: z.number().nullable(),
              hoursVerified: z.boolean(),
              hoursStatus: z.string(),
              evaluators: z.array(z.object({ id: z.string(), name: z.string() })),
              fees: z.array(
                z.object({
                  id: z.string(),
                  amountCents: z.number(),
                  fromOn: z.string(),
                  toOn: z.string().nullable(),
                }),
              ),
            }),
          ),
        }),
      ),
      provinceCode: z.string(),
      cityCode: z.string().nullable(),
      cities: z.array(z.object({ code: z.string(), name: z.string() })),
      attachmentKinds: z.array(z.string()),
    }),
    handle: async ({ app, actor }) => ok(await filingOptions(app, actor)),
  }),
  'institutions.draft-filing': command({
    summary: '新建备案',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    input: newFiling,
    example: { title: '人工智能工程技术人员初级培训计划' },
    output: done,
    handle: ({ app, actor }, input) => draftFiling(app, actor, input),
  }),
  'institutions.save-filing': command({
    summary: '保存备案草稿',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingSave,
    example: {
      ...step,
      title: '人工智能工程技术人员初级培训计划',
      occupationId: 'ai',
      direction: null,
      level: '初级',
      evaluationOrganisationId: null,
      plannedLearners: null,
      plan: {},
      assessmentPlan: {},
    },
    output: done.extend({ revision: z.number() }),
    handle: ({ app, actor }, input) => saveFiling(app, actor, input),
  }),
  'institutions.attach-filing-file': command({
    summary: '添加备案附件',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingAttachment,
    example: { id: step.id, kind: '培训大纲' },
    files: { max: 1, maxBytes: 10 * 1024 * 1024 },
    output: done,
    handle: ({ app, actor, files }, input) => attachFilingFile(app, actor, input, files[0]),
  }),
  'institutions.remove-filing-file': command({
    summary: '移除备案附件',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingFile,
    example: { id: step.id, fileId: step.id },
    output: done,
    handle: ({ app, actor }, input) => removeFilingFile(app, actor, input),
  }),
  'institutions.filing-file': download({
    summary: '查看备案附件',
    permission: may['filing.read'],
    clause: 'HB-4.1',
    record,
    input: filingFile,
    example: { id: step.id, fileId: step.id },
    handle: async ({ app, actor }, input) => {
      const filing = await findFiling(app.db, actor, input.id)
      if (!filing) return refuse(no.FILING_NOT_FOUND())
      const attachment = await findAttachment(app.db, filing.id, input.fileId)
      const file = attachment ? await readFile(app, attachment.fileId) : undefined
      if (!file) return refuse(no.FILING_FILE_NOT_FOUND())
      return ok({ fileName: file.name, mediaType: file.mediaType, bytes: file.bytes, inline: true })
    },
  }),
  'institutions.propose-filing': command({
    summary: '送评价机构商定',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingStep,
    example: step,
    output: done,
    handle: ({ app, actor }, input) => proposeFiling(app, actor, input),
  }),
  'institutions.recall-filing': command({
    summary: '撤回商定',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingStep,
    example: step,
    output: done,
    handle: ({ app, actor }, input) => recallFiling(app, actor, input),
  }),
  'institutions.agree-filing': command({
    summary: '同意考核计划和方案',
    permission: may['filing.agree'],
    clause: 'HB-4.1',
    record,
    input: filingStep,
    example: step,
    output: done,
    handle: ({ app, actor }, input) => agreeFiling(app, actor, input),
  }),
  'institutions.refuse-agreement': command({
    summary: '退回商定',
    permission: may['filing.agree'],
    clause: 'HB-4.1',
    record,
    input: agreementRefusal,
    example: { ...step, reason: '考核地点不具备条件', clause: 'HB-4.4' },
    output: done,
    handle: ({ app, actor }, input) => refuseAgreement(app, actor, input),
  }),
  'institutions.submit-filing': command({
    summary: '报省、市备案',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingStep,
    example: step,
    output: done.extend({ number: z.string(), round: z.number() }),
    handle: ({ app, actor }, input) => submitFiling(app, actor, input),
  }),
  'institutions.receive-filing': command({
    summary: '受理备案',
    permission: may['filing.receive'],
    clause: 'HB-4.1',
    record,
    input: filingReceipt,
    example: { id: step.id, round: 1 },
    output: done.extend({ receiptNumber: z.string(), filed: z.boolean() }),
    handle: ({ app, actor }, input) => receiveFiling(app, actor, input),
  }),
  'institutions.receive-filings': command({
    summary: '批量受理备案',
    permission: may['filing.receive'],
    clause: 'HB-4.1',
    input: z.strictObject({ filings: z.array(filingReceipt).min(1).max(200) }),
    example: { filings: [{ id: step.id, round: 1 }] },
    output: z.object({
      received: z.number(),
      refused: z.array(z.object({ id: z.string(), message: z.string() })),
    }),
    handle: async ({ app, actor }, input) => {
      const refused: { id: string; message: string }[] = []
      for (const one of input.filings) {
        const result = await receiveFiling(app, actor, one)
        if (!result.ok) refused.push({ id: one.id, message: result.refusal.message })
      }
      return ok({ received: input.filings.length - refused.length, refused })
    },
  }),
  'institutions.return-filing': command({
    summary: '退回补正',
    permission: may['filing.receive'],
    clause: 'HB-4.1',
    record,
    input: filingReturn,
    example: { id: step.id, round: 1, reason: '教师资格证明不齐', clause: 'HB-4.3' },
    output: done,
    handle: ({ app, actor }, input) => returnFiling(app, actor, input),
  }),
  'institutions.withdraw-filing': command({
    summary: '撤回备案',
    permission: may['filing.write'],
    clause: 'HB-4.1',
    record,
    input: filingWithdrawal,
    example: { ...step, reason: '计划取消' },
    output: done,
    handle: ({ app, actor }, input) => withdrawFiling(app, actor, input),
  }),
  'institutions.filing-receipt': download({
    summary: '打印备案回执',
    permission: may['filing.read'],
    clause: 'HB-4.1',
    record,
    input: z.strictObject({ id, office: z.enum(Object.keys(OFFICES) as ['province', 'city']) }),
    example: { id: step.id, office: 'province' },
    handle: ({ app, actor }, input) => filingReceiptPaper(app, actor, input),
  }),
} satisfies Api
