import { z } from 'zod'
import { type Actor, type Api, download, id, level, listInput, listOf, query } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record } from '../platform/audit.ts'
import { XLSX } from '../platform/media-type.ts'
import { ok, refuse } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { events } from './audit-events.ts'
import { listCredits } from './hours/store.ts'
import { recognitionPdf } from './papers/benefit-pdf.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { findRecognition, listRecognitions } from './titles/store.ts'
import { occupationNameOf } from './verdict.ts'

const standing = z.enum(['standing', 'revoked'])
const hoursFilter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  year: z.coerce.number().int().min(2023).max(2100).optional(),
  occupationId: z.string().max(40).optional(),
  state: standing.optional(),
})
const titleFilter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  effect: z.enum(['direct', 'reference']).optional(),
  state: standing.optional(),
})

const creditRow = z.object({
  id: z.string(),
  number: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  certificateNumber: z.string(),
  organisationName: z.string(),
  cityName: z.string().nullable(),
  occupationName: z.string(),
  level,
  year: z.number(),
  hoursTenths: z.number(),
  /** 公需 or 专业; null: not known, 待核实. */
  subjectKind: z.string().nullable(),
  creditedOn: z.string(),
  revokedOn: z.string().nullable(),
  revokeReason: z.string().nullable(),
})
const titleRow = z.object({
  id: z.string(),
  number: z.string(),
  holderName: z.string(),
  maskedIdNumber: z.string(),
  certificateNumber: z.string(),
  levelCertificateId: z.string(),
  organisationName: z.string(),
  cityName: z.string().nullable(),
  occupationName: z.string(),
  level,
  effect: z.enum(['direct', 'reference']),
  titleLevel: z.string(),
  specialty: z.string(),
  specialtyStatus: z.string(),
  recognisedOn: z.string(),
  revokedOn: z.string().nullable(),
  revokeReason: z.string().nullable(),
})

const MOST_ROWS = 50_000

export const workbenchApi = {
  'benefits.list-hours': query({
    summary: '继续教育学时列表',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: listInput.extend(hoursFilter.shape),
    example: {},
    output: listOf(creditRow).extend({ hoursTenths: z.number() }),
    handle: async ({ app, actor }, input) => {
      const { rows, total, hoursTenths } = await listCredits(app.db, actor, input)
      return ok({
        rows: rows.map((row) => named(app, row)),
        total,
        hoursTenths,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'benefits.export-hours': download({
    summary: '导出继续教育学时',
    clause: 'HB-5.1',
    permission: may['education-hours.read'],
    input: hoursFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listCredits(app.db, actor, { ...input, page: 1, size: MOST_ROWS })
      await exported(app, actor, '继续教育学时', rows.length)
      const bytes = await writeSheet({
        title: '专业技术人员继续教育学时',
        note: '计入公需科目还是专业科目:待核实',
        columns: [
          { key: 'number', title: '登记编号' },
          { key: 'holderName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'year', title: '计入年度', kind: 'number' },
          { key: 'hours', title: '学时', kind: 'score' },
          { key: 'occupationName', title: '职业' },
          { key: 'level', title: '等级' },
          { key: 'organisationName', title: '培训机构' },
          { key: 'cityName', title: '市州' },
          { key: 'certificateNumber', title: '培训合格证书编号' },
          { key: 'creditedOn', title: '登记日期' },
          { key: 'revokedOn', title: '撤销日期' },
          { key: 'revokeReason', title: '撤销原因' },
        ],
        rows: rows.map((row) => ({ ...named(app, row), hours: row.hoursTenths })),
      })
      return ok({ fileName: '继续教育学时.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'benefits.list-titles': query({
    summary: '职称认定列表',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    input: listInput.extend(titleFilter.shape),
    example: {},
    output: listOf(titleRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listRecognitions(app.db, actor, input)
      return ok({ rows, total, page: input.page, size: input.size })
    },
  }),
  'benefits.export-titles': download({
    summary: '导出职称认定',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    input: titleFilter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listRecognitions(app.db, actor, { ...input, page: 1, size: MOST_ROWS })
      await exported(app, actor, '职称认定', rows.length)
      const bytes = await writeSheet({
        title: '专业技术等级证书对应职称认定',
        note: '职称专业名称:待核实',
        columns: [
          { key: 'number', title: '认定编号' },
          { key: 'holderName', title: '姓名' },
          { key: 'maskedIdNumber', title: '证件号码' },
          { key: 'occupationName', title: '职业' },
          { key: 'level', title: '等级' },
          { key: 'titleLevel', title: '认定结果' },
          { key: 'specialty', title: '专业(待核实)' },
          { key: 'organisationName', title: '评价机构' },
          { key: 'cityName', title: '市州' },
          { key: 'certificateNumber', title: '等级证书编号' },
          { key: 'recognisedOn', title: '认定日期' },
          { key: 'revokedOn', title: '撤销日期' },
          { key: 'revokeReason', title: '撤销原因' },
        ],
        rows,
      })
      return ok({ fileName: '职称认定.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'benefits.title-pdf': download({
    summary: '打印职称认定表',
    clause: 'HB-5.2',
    permission: may['titles.read'],
    record: { kind: 'title-recognition', from: 'recognitionId' },
    input: z.strictObject({ recognitionId: id }),
    example: { recognitionId: '00000000-0000-4000-8000-000000000001' },
    handle: async ({ app, actor }, input) => {
      const one = await findRecognition(app.db, actor, input.recognitionId)
      if (!one) return refuse(no.TITLE_RECOGNITION_NOT_FOUND())
      const bytes = await recognitionPdf(app, actor, one)
      return ok({ fileName: `${one.number}.pdf`, mediaType: 'application/pdf', bytes, inline: true })
    },
  }),
} satisfies Api

function named<R extends { occupationId: string }>(app: App, row: R): R & { occupationName: string } {
  return { ...row, occupationName: occupationNameOf(app, row.occupationId) }
}

async function exported(app: App, actor: Actor, list: string, rows: number): Promise<void> {
  await record(app.db, {
    name: events['benefits.exported'],
    at: app.clock.now(),
    actor,
    subjects: [],
    data: { list, rows },
  })
}
