import { z } from 'zod'
import { policySettings } from '../institutions/index.ts'
import { scopeOf } from '../people/index.ts'
import { type Api, command, done, download, id, listInput, listOf, query } from '../platform/api.ts'
import { addDays } from '../platform/clock.ts'
import { ok, refuse } from '../platform/result.ts'
import { confirmRevision, revisionConfirmation } from './editing/confirm-revision.ts'
import { draftRevision, revisionDraft } from './editing/draft-revision.ts'
import { proposeRevision, revisionProposal } from './editing/propose-revision.ts'
import { returnRevision, revisionReturn } from './editing/return-revision.ts'
import { revisionSave, saveRevision } from './editing/save-revision.ts'
import { revisionWithdrawal, withdrawRevision } from './editing/withdraw-revision.ts'
import { may } from './permissions.ts'
import {
  datedContent,
  readRevision,
  reportShape,
  revisionRow,
  revisionShape,
  shownRevision,
  wordingAfter,
} from './reading/read-revision.ts'
import { no } from './refusals.ts'
import { revisionContent, revisionKind, SHOWN_STATES, type ShownState } from './revision.ts'
import { EXPORT_ROWS, sheet } from './sheet.ts'
import { findRevision, listRevisions } from './store.ts'
import { checkText } from './text/check-text.ts'
import { triedShape, tryText } from './text/try-text.ts'
import { wordingShape } from './text/wording.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'revision', from: 'id' }
const filter = listInput.extend({
  state: z.enum(Object.keys(SHOWN_STATES) as [ShownState, ...ShownState[]]).optional(),
  kind: revisionKind.optional(),
  jurisdiction: z.enum(['hubei', 'anhui']).optional(),
})
const content = {
  fromOn: null,
  basis: { kind: 'clause' as const, clause: 'HB-2' },
  reason: '',
  body: {},
  examples: [],
}

export const revisionsApi = {
  'rules.list-revisions': query({
    summary: '规则修订列表',
    permission: may['rule.read'],
    input: filter,
    example: {},
    output: listOf(revisionRow),
    handle: async ({ app, actor }, input) => {
      const today = app.clock.today()
      const { rows, total } = await listRevisions(app.db, scopeOf(actor), input, today)
      return ok({
        rows: rows.map((one) => shownRevision(one, today)),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'rules.export-revisions': download({
    summary: '导出规则修订列表',
    permission: may['rule.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const today = app.clock.today()
      const { rows } = await listRevisions(
        app.db,
        scopeOf(actor),
        { ...input, page: 1, size: EXPORT_ROWS },
        today,
      )
      return ok(
        await sheet(app, actor, {
          title: '规则修订清单',
          columns: [
            { key: 'number', title: '编号', width: 20 },
            { key: 'title', title: '规则', width: 30 },
            { key: 'kindName', title: '种类' },
            { key: 'stateName', title: '状态' },
            { key: 'fromOn', title: '施行日期' },
            { key: 'clause', title: '依据' },
            { key: 'reason', title: '理由', width: 40 },
            { key: 'draftedBy', title: '起草人' },
          ],
          rows: rows.map((one) => {
            const row = shownRevision(one, today)
            return { ...row, fromOn: row.fromOn ?? '', stateName: SHOWN_STATES[row.state] }
          }),
        }),
      )
    },
  }),
  'rules.revision': query({
    summary: '查看规则修订',
    permission: may['rule.read'],
    record,
    input: z.strictObject({ id }),
    example: { id: NOBODY },
    output: revisionShape,
    handle: ({ app, actor }, input) => readRevision(app, actor, input.id),
  }),
  'rules.try-revision': command({
    summary: '试算规则修订',
    permission: may['rule.revise'],
    record,
    input: z.strictObject({ id, content: revisionContent }),
    example: { id: NOBODY, content },
    output: reportShape.extend({
      text: z.string(),
      wording: wordingShape.nullable(),
      examples: z.object({ rows: z.array(triedShape), total: z.number(), changed: z.number() }).nullable(),
    }),
    handle: async ({ app, actor }, input) => {
      const revision = await findRevision(app.db, scopeOf(actor), input.id)
      if (!revision) return refuse(no.REVISION_NOT_FOUND())
      const settings = await policySettings(app.db, revision.provinceCode)
      const { number } = revision
      const report = checkText(app.policy, revision, number, input.content, settings)
      const dated = datedContent(input.content, addDays(app.clock.today(), 1))
      const readable =
        report.policy ?? checkText(app.policy, revision, number, { ...dated, reason: '试算' }, []).policy
      return ok({
        ...report,
        wording: readable ? wordingAfter(readable, revision, dated.fromOn ?? '') : null,
        examples: tryText(app.policy, revision, dated, settings) ?? null,
      })
    },
  }),
  'rules.draft-revision': command({
    summary: '起草规则修订',
    permission: may['rule.revise'],
    input: revisionDraft,
    example: { kind: 'version', rule: 'hubei.audience', part: '' },
    output: done,
    handle: ({ app, actor }, input) => draftRevision(app, actor, input),
  }),
  'rules.save-revision': command({
    summary: '保存规则修订',
    permission: may['rule.revise'],
    record,
    input: revisionSave,
    example: { id: NOBODY, saves: 1, content },
    output: z.object({ id: z.string(), saves: z.number() }),
    handle: ({ app, actor }, input) => saveRevision(app, actor, input),
  }),
  'rules.propose-revision': command({
    summary: '提交规则修订',
    permission: may['rule.revise'],
    record,
    input: revisionProposal,
    example: { id: NOBODY },
    output: done,
    handle: ({ app, actor }, input) => proposeRevision(app, actor, input),
  }),
  'rules.confirm-revision': command({
    summary: '确认规则修订',
    permission: may['rule.revise'],
    record,
    input: revisionConfirmation,
    example: { id: NOBODY },
    output: done,
    handle: ({ app, actor }, input) => confirmRevision(app, actor, input),
  }),
  'rules.return-revision': command({
    summary: '退回规则修订',
    permission: may['rule.revise'],
    record,
    input: revisionReturn,
    example: { id: NOBODY, reason: '依据条款不符' },
    output: done,
    handle: ({ app, actor }, input) => returnRevision(app, actor, input),
  }),
  'rules.withdraw-revision': command({
    summary: '撤回规则修订',
    permission: may['rule.revise'],
    record,
    input: revisionWithdrawal,
    example: { id: NOBODY, reason: '文件尚未印发' },
    output: done,
    handle: ({ app, actor }, input) => withdrawRevision(app, actor, input),
  }),
} satisfies Api
