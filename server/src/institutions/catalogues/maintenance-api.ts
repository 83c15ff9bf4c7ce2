import { z } from 'zod'
import { type Api, allowed, command, done, download, id, query, timelineEntry } from '../../platform/api.ts'
import { timeline } from '../../platform/audit.ts'
import { allowedIf, ok, refuse } from '../../platform/result.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import { findEntry } from '../store/entries.ts'
import { CATALOGUES } from './catalogue.ts'
import { changeInstitutionEntry, checkDay, entryChange, isMaintainedBy } from './change-institution-entry.ts'
import { confirmImport, importConfirmation } from './confirm-import.ts'
import { endInstitutionEntry, entryEnd } from './end-institution-entry.ts'
import { endOccupationListing, occupationListingEnd } from './end-occupation-listing.ts'
import { endSubsidyStandard, subsidyStandardEnd } from './end-subsidy-standard.ts'
import { entryInput } from './entry-input.ts'
import { IMPORT_MAX_BYTES, importTemplate } from './import-sheet.ts'
import { listInstitution } from './list-institution.ts'
import { listOccupation, occupationListingInput } from './list-occupation.ts'
import { listSubsidyStandard, subsidyStandardInput } from './list-subsidy-standard.ts'
import { badRowCount, previewImport } from './preview-import.ts'
import { nameReview, reviewInstitutionName } from './review-institution-name.ts'

const catalogue = z.enum(['training', 'evaluation'])
const someId = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'catalogue-entry', from: 'id' }

/** Keeping the catalogues: the national office everything, a department its own province's institutions. */
export const maintenanceApi = {
  'institutions.entry-acts': query({
    summary: '目录记录可办事项',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    record,
    input: z.strictObject({ id }),
    example: { id: someId },
    output: z.object({
      change: allowed,
      end: allowed,
      review: allowed,
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const entry = await findEntry(app.db, input.id)
      if (!entry || !isMaintainedBy(actor, entry)) return refuse(no.ENTRY_NOT_FOUND())
      const ended = entry.toOn === null ? undefined : checkDay(entry, app.clock.today(), app.clock.today())
      const flagged = entry.nameFlags.length > 0 && entry.review === null
      return ok({
        change: allowedIf(ended),
        end: allowedIf(ended),
        review: allowedIf(flagged ? undefined : no.NAME_NOT_FLAGGED()),
        timeline: await timeline(app.db, `catalogue-entry:${entry.id}`),
      })
    },
  }),
  'institutions.list-institution': command({
    summary: '列入机构目录',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    input: entryInput,
    example: {
      catalogue: 'training',
      organisationName: '样例学院',
      creditCode: null,
      provinceCode: '420000',
      occupationIds: ['ai'],
      levels: ['初级'],
      batch: null,
      fromOn: '2026-03-02',
      source: '公告文号',
      note: null,
    },
    output: done,
    handle: ({ app, actor }, input) => listInstitution(app, actor, input),
  }),
  'institutions.change-entry': command({
    summary: '变更目录记录',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    record,
    input: entryChange,
    example: {
      id: someId,
      organisationName: '样例学院',
      occupationIds: ['ai'],
      levels: ['初级'],
      batch: null,
      fromOn: '2026-04-01',
      source: '公告文号',
      reason: '扩项',
    },
    output: done,
    handle: ({ app, actor }, input) => changeInstitutionEntry(app, actor, input),
  }),
  'institutions.end-entry': command({
    summary: '移出机构目录',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    record,
    input: entryEnd,
    example: { id: someId, toOn: '2026-12-31', reason: '主动退出' },
    output: done,
    handle: ({ app, actor }, input) => endInstitutionEntry(app, actor, input),
  }),
  'institutions.review-name': command({
    summary: '复核机构名称',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    record,
    input: nameReview,
    example: { id: someId, outcome: 'cleared', reason: '系登记名称' },
    output: done,
    handle: ({ app, actor }, input) => reviewInstitutionName(app, actor, input),
  }),
  'institutions.import-template': download({
    summary: '下载目录导入模板',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    input: z.strictObject({ catalogue }),
    example: { catalogue: 'training' },
    handle: async ({ app }, input) =>
      ok({
        fileName: `${CATALOGUES[input.catalogue]}导入模板.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: await importTemplate(app, input.catalogue),
      }),
  }),
  'institutions.preview-import': command({
    summary: '预览目录导入',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    input: z.strictObject({ catalogue }),
    example: { catalogue: 'training' },
    files: { max: 1, maxBytes: IMPORT_MAX_BYTES },
    output: z.object({
      id: z.string(),
      sha256: z.string(),
      good: z.number(),
      bad: z.number(),
      flagged: z.number(),
      problems: z.array(z.object({ row: z.number(), column: z.string().nullable(), message: z.string() })),
    }),
    handle: async ({ app, actor, files }, input) => {
      const file = files[0]
      if (!file) return refuse(no.IMPORT_NOT_READABLE({ problem: '没有收到文件' }))
      const result = await previewImport(app, actor, { ...input, fileName: file.name, bytes: file.bytes })
      if (!result.ok) return result
      const { good, problems, ...preview } = result.value
      return ok({ ...preview, good: good.length, bad: badRowCount(problems), problems })
    },
  }),
  'institutions.confirm-import': command({
    summary: '确认目录导入',
    permission: may['catalogue.maintain'],
    clause: 'HB-6.2',
    record: { kind: 'catalogue-import', from: 'id' },
    input: importConfirmation,
    example: { id: someId, sha256: '0'.repeat(64), onlyGood: false },
    output: z.object({ listed: z.number(), left: z.number() }),
    handle: ({ app, actor }, input) => confirmImport(app, actor, input),
  }),
  'institutions.list-occupation': command({
    summary: '列入职业目录',
    permission: may['catalogue.maintain-occupations'],
    clause: 'HB-6.2',
    input: occupationListingInput,
    example: { occupationId: 'robot', fromOn: '2026-03-02', source: '公告文号' },
    output: done,
    handle: ({ app, actor }, input) => listOccupation(app, actor, input),
  }),
  'institutions.end-occupation-listing': command({
    summary: '移出职业目录',
    permission: may['catalogue.maintain-occupations'],
    clause: 'HB-6.2',
    record: { kind: 'occupation-listing', from: 'id' },
    input: occupationListingEnd,
    example: { id: someId, toOn: '2026-12-31', reason: '目录调整' },
    output: done,
    handle: ({ app, actor }, input) => endOccupationListing(app, actor, input),
  }),
  'institutions.list-subsidy-standard': command({
    summary: '列入补贴标准目录',
    permission: may['catalogue.maintain-subsidies'],
    clause: 'HB-5.4',
    input: subsidyStandardInput,
    example: {
      name: '样例补贴',
      kind: '职业培训补贴',
      occupationId: null,
      level: null,
      amountCents: 100_000,
      conditions: null,
      fromOn: '2026-03-02',
      source: '文件文号',
      supersedesId: null,
    },
    output: done,
    handle: ({ app, actor }, input) => listSubsidyStandard(app, actor, input),
  }),
  'institutions.end-subsidy-standard': command({
    summary: '终止补贴标准',
    permission: may['catalogue.maintain-subsidies'],
    clause: 'HB-5.4',
    record: { kind: 'subsidy-standard', from: 'id' },
    input: subsidyStandardEnd,
    example: { id: someId, toOn: '2026-12-31', reason: '政策到期' },
    output: done,
    handle: ({ app, actor }, input) => endSubsidyStandard(app, actor, input),
  }),
} satisfies Api
