import { z } from 'zod'
import { supervisorsOf } from '../../people/index.ts'
import {
  type Api,
  allowed,
  command,
  download,
  id,
  listInput,
  listOf,
  nothing,
  query,
  timelineEntry,
} from '../../platform/api.ts'
import { ok, refuse } from '../../platform/result.ts'
import { writeSheet } from '../../platform/sheets.ts'
import { emptied } from '../emptied.ts'
import { EXCEL, EXPORT_ROWS, namesFor } from '../names.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals-of-papers.ts'
import { decideReport } from './decide-report.ts'
import { readReport } from './read-report.ts'
import { daysLeft, REPORT_STATES, reportState, reportSummary } from './report.ts'
import { hoursTotal, receiptPdf, reportPdf } from './report-papers.ts'
import { saveNarrative } from './save-narrative.ts'
import { findReport, listReports, type ReportRecord, receiptsOf, rosterOf } from './store.ts'
import { submitReport } from './submit-report.ts'

const someId = '00000000-0000-4000-8000-000000000000'
const record = { kind: 'training-report', from: 'reportId' }
const reportInput = z.strictObject({ reportId: id })
const narrative = z.string().trim().max(5000)
const PDF = 'application/pdf'

const reportFilter = listInput.extend({ state: reportState.optional(), overdue: z.stringbool().optional() })
const reportRow = z.object({
  id: z.string(),
  number: z.string(),
  classId: z.string(),
  classNumber: z.string(),
  className: z.string(),
  organisation: z.string(),
  city: z.string().nullable(),
  occupation: z.string(),
  direction: z.string().nullable(),
  level: z.string(),
  state: reportState,
  round: z.number(),
  completedOn: z.string(),
  dueOn: z.string(),
  daysLeft: z.number().nullable(),
  overdue: z.boolean(),
  submittedAt: z.string().nullable(),
  summary: reportSummary,
})

function rowOf(report: ReportRecord, names: Awaited<ReturnType<typeof namesFor>>, today: string) {
  return {
    ...report,
    organisation: names.organisation(report.organisationId),
    occupation: names.occupation(report.occupationId),
    city: names.region(report.cityCode),
    daysLeft: daysLeft(report, today),
    overdue: report.late || (report.firstSubmittedAt === null && today > report.dueOn),
    submittedAt: report.submittedAt?.toISOString() ?? null,
  }
}

export const reportProcedures = {
  'training.list-reports': query({
    summary: '培训报告列表',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    input: reportFilter,
    example: {},
    output: listOf(reportRow),
    handle: async ({ app, actor }, input) => {
      const { rows, total } = await listReports(app.db, actor, input, app.clock.today())
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      return ok({
        rows: rows.map((row) => rowOf(row, names, app.clock.today())),
        total,
        page: input.page,
        size: input.size,
      })
    },
  }),
  'training.export-reports': download({
    summary: '导出培训报告列表',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    input: reportFilter.omit({ page: true, size: true }),
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listReports(
        app.db,
        actor,
        { ...input, page: 1, size: EXPORT_ROWS },
        app.clock.today(),
      )
      const names = await namesFor(
        app.db,
        rows.map((row) => row.organisationId),
      )
      const bytes = await writeSheet({
        title: '培训报告列表',
        columns: [
          { key: 'number', title: '报告编号', width: 18 },
          { key: 'organisation', title: '培训机构', width: 26 },
          { key: 'className', title: '班级', width: 26 },
          { key: 'occupation', title: '职业', width: 22 },
          { key: 'level', title: '等级', width: 8 },
          { key: 'learners', title: '在读人数', kind: 'number' },
          { key: 'completedLearners', title: '结业人数', kind: 'number' },
          { key: 'completedOn', title: '结业日期', width: 12 },
          { key: 'dueOn', title: '应报送日期', width: 12 },
          { key: 'stateText', title: '状态', width: 12 },
          { key: 'overdueText', title: '逾期', width: 8 },
        ],
        rows: rows.map((row) => {
          const shown = rowOf(row, names, app.clock.today())
          return {
            ...shown,
            learners: row.summary.admitted,
            completedLearners: row.summary.completed,
            stateText: REPORT_STATES[row.state],
            overdueText: shown.overdue ? '逾期' : '',
          }
        }),
      })
      return ok({ fileName: '培训报告列表.xlsx', mediaType: EXCEL, bytes })
    },
  }),
  'training.read-report': query({
    summary: '培训报告详情',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    record,
    input: reportInput,
    example: { reportId: someId },
    output: reportRow.extend({
      startsOn: z.string(),
      narrative: z.string(),
      late: z.boolean(),
      firstSubmittedAt: z.string().nullable(),
      receivedAt: z.string().nullable(),
      receipts: z.array(
        z.object({
          round: z.number(),
          office: z.enum(['province', 'city']),
          decision: z.enum(['received', 'returned']),
          reason: z.string().nullable(),
          receiptNumber: z.string().nullable(),
          decidedByName: z.string(),
          decidedAt: z.string(),
        }),
      ),
      roster: z.array(
        z.object({
          enrolmentId: z.string(),
          holderName: z.string(),
          maskedIdNumber: z.string(),
          hours: z.record(z.string(), z.number()),
          scoreTenths: z.number().nullable(),
          result: z.enum(['completed', 'failed']),
          certificateNumber: z.string().nullable(),
        }),
      ),
      actions: z.record(z.string(), allowed),
      timeline: z.array(timelineEntry),
    }),
    handle: ({ app, actor }, input) => readReport(app, actor, input),
  }),
  'training.save-narrative': command({
    summary: '保存培训情况说明',
    clause: 'HB-4.3',
    permission: may['training.submit-report'],
    record,
    input: reportInput.extend({ narrative }),
    example: { reportId: someId, narrative: '按计划完成' },
    output: nothing,
    handle: async ({ app, actor }, input) => emptied(await saveNarrative(app, actor, input)),
  }),
  'training.submit-report': command({
    summary: '报送培训报告',
    clause: 'HB-4.3',
    permission: may['training.submit-report'],
    record,
    input: reportInput.extend({ narrative }),
    example: { reportId: someId, narrative: '按计划完成' },
    output: z.object({ round: z.number(), late: z.boolean() }),
    handle: ({ app, actor }, input) => submitReport(app, actor, input),
  }),
  'training.decide-report': command({
    summary: '接收或退回培训报告',
    clause: 'HB-4.3',
    permission: may['training.decide-reports'],
    record,
    input: z.discriminatedUnion('decision', [
      reportInput.extend({ decision: z.literal('received') }),
      reportInput.extend({
        decision: z.literal('returned'),
        reason: z.string().trim().min(2, '请写明理由').max(500),
      }),
    ]),
    example: { reportId: someId, decision: 'received' },
    output: z.object({ state: z.string(), receiptNumber: z.string().nullable() }),
    handle: ({ app, actor }, input) => decideReport(app, actor, input),
  }),
  'training.report-roster': download({
    summary: '导出培训报告学员名单',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    record,
    input: reportInput,
    example: { reportId: someId },
    handle: async ({ app, actor }, input) => {
      const report = await findReport(app.db, actor, input.reportId)
      if (!report) return refuse(no.REPORT_NOT_FOUND())
      const roster = await rosterOf(app.db, report.id, report.round)
      const bytes = await writeSheet({
        title: `${report.className}学员名单`,
        note: `报告编号 ${report.number}，第 ${report.round} 次报送。`,
        columns: [
          { key: 'holderName', title: '姓名', width: 12 },
          { key: 'maskedIdNumber', title: '证件号码', width: 22 },
          { key: 'total', title: '学时', kind: 'number' },
          { key: 'scoreTenths', title: '结业考核成绩', kind: 'score' },
          { key: 'resultText', title: '结果', width: 10 },
          { key: 'certificateNumber', title: '培训合格证书编号', width: 22 },
        ],
        rows: roster.map((row) => ({
          ...row,
          total: hoursTotal(row.hours),
          resultText: row.result === 'completed' ? '结业' : '未结业',
        })),
      })
      return ok({ fileName: `${report.className}学员名单.xlsx`, mediaType: EXCEL, bytes })
    },
  }),
  'training.report-pdf': download({
    summary: '打印培训报告',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    record,
    input: reportInput,
    example: { reportId: someId },
    handle: async ({ app, actor }, input) => {
      const report = await findReport(app.db, actor, input.reportId)
      if (!report) return refuse(no.REPORT_NOT_FOUND())
      const names = await namesFor(app.db, [report.organisationId])
      const named = {
        ...report,
        organisation: names.organisation(report.organisationId),
        occupation: names.occupation(report.occupationId),
      }
      const bytes = await reportPdf(app, actor, named, await rosterOf(app.db, report.id, report.round))
      return ok({ fileName: `培训报告${report.number}.pdf`, mediaType: PDF, inline: true, bytes })
    },
  }),
  'training.report-receipt': download({
    summary: '打印培训报告回执',
    clause: 'HB-4.3',
    permission: may['training.read-reports'],
    record,
    input: reportInput.extend({
      round: z.coerce.number().int().min(1),
      office: z.enum(['province', 'city']),
    }),
    example: { reportId: someId, round: 1, office: 'city' },
    handle: async ({ app, actor }, input) => {
      const report = await findReport(app.db, actor, input.reportId)
      if (!report) return refuse(no.REPORT_NOT_FOUND())
      const receipt = (await receiptsOf(app.db, report.id)).find(
        (one) => one.round === input.round && one.office === input.office,
      )
      if (!receipt) return refuse(no.REPORT_NOT_FOUND())
      const { province, city } = await supervisorsOf(app.db, report)
      const names = await namesFor(app.db, [report.organisationId])
      const named = { ...report, organisation: names.organisation(report.organisationId) }
      const issuer = (input.office === 'province' ? province : city)?.name ?? ''
      const bytes = await receiptPdf(app, actor, named, receipt, issuer)
      return ok({
        fileName: `培训报告回执${receipt.receiptNumber ?? report.number}.pdf`,
        mediaType: PDF,
        inline: true,
        bytes,
      })
    },
  }),
} satisfies Api
