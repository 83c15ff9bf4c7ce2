import { z } from 'zod'
import { remaining } from '../../../policy/src/index.ts'
import {
  type Actor,
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
  refusalShape,
  timelineEntry,
} from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { timeline } from '../platform/audit.ts'
import { XLSX } from '../platform/media-type.ts'
import { ok, refuse } from '../platform/result.ts'
import { writeSheet } from '../platform/sheets.ts'
import { issueReport } from './issuing/issue-report.ts'
import { reportPdf } from './papers/report-pdf.ts'
import { may } from './permissions.ts'
import { no } from './refusals.ts'
import { auditReport } from './reports/audit-report.ts'
import { confirmReport, confirmReports } from './reports/confirm-report.ts'
import { exceptionsOf } from './reports/exceptions.ts'
import { readReport } from './reports/read-report.ts'
import { returnReport } from './reports/return-report.ts'
import { submitReport } from './reports/submit-report.ts'
import { supplementReport } from './reports/supplement-report.ts'
import { DECISION_ACTS, ITEM_STATES, REPORT_STATES, type ReportState } from './result-report.ts'
import { listReports, type ReportRow } from './store/lists.ts'
import { decisionsOf, findReports, itemsNow, itemsOf } from './store/reports.ts'

const state = z.enum(Object.keys(REPORT_STATES) as [ReportState, ...ReportState[]])
const words = z.string().trim().min(2).max(500)
const reportId = z.strictObject({ reportId: id })
const ids = z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(id).min(1).max(100))
const onReport = { kind: 'result-report', from: 'reportId' }
const clause = 'HB-4.4'
const example = '00000000-0000-4000-8000-000000000001'

const filter = z.strictObject({
  q: z.string().trim().max(100).optional(),
  state: state.optional(),
  occupationId: z.string().max(40).optional(),
  level: level.optional(),
  overdue: z.enum(['1']).optional(),
})

const due = z.object({ on: z.string(), left: z.number(), unit: z.enum(['自然日', '工作日']) }).nullable()
const reportRow = z.object({
  id: z.string(),
  number: z.string(),
  sittingTitle: z.string(),
  organisationName: z.string(),
  occupationName: z.string(),
  direction: z.string().nullable(),
  level,
  cityName: z.string().nullable(),
  endedOn: z.string(),
  state,
  round: z.number(),
  items: z.number(),
  supplement: z.boolean(),
  due,
})
const exception = z.object({ blocking: z.boolean(), text: z.string() })
const previewRow = z.object({
  id: z.string(),
  number: z.string(),
  sittingTitle: z.string(),
  items: z.number(),
  state,
  exceptions: z.array(exception),
})

/** What is left of the clock of the awaited act; the province counts in working days, the others in days. */
export function dueOf(app: App, report: { state: ReportState; dueOn: string | null }): z.output<typeof due> {
  if (report.dueOn === null) return null
  const unit = report.state === 'submitted' ? ('工作日' as const) : ('自然日' as const)
  const { days } = remaining(app.policy, { unit, dueOn: report.dueOn }, app.clock.today())
  return { on: report.dueOn, left: days, unit }
}

function rowOf(app: App, { dueOn, ...row }: ReportRow): z.input<typeof reportRow> {
  return { ...row, due: dueOf(app, { state: row.state, dueOn }) }
}

function filtered(app: App, { overdue, ...rest }: z.output<typeof filter>) {
  return { ...rest, overdueOn: overdue ? app.clock.today() : undefined }
}

export const reportProcedures = {
  'certificates.list-reports': query({
    summary: '成绩报送列表',
    clause,
    permission: may['result-reports.read'],
    input: listInput.extend(filter.shape),
    example: {},
    output: listOf(reportRow),
    handle: async ({ app, actor }, { page, size, ...rest }) => {
      const { rows, total } = await listReports(app.db, actor, { ...filtered(app, rest), page, size })
      return ok({ rows: rows.map((row) => rowOf(app, row)), total, page, size })
    },
  }),
  'certificates.export-reports': download({
    summary: '导出成绩报送列表',
    clause,
    permission: may['result-reports.read'],
    input: filter,
    example: {},
    handle: async ({ app, actor }, input) => {
      const { rows } = await listReports(app.db, actor, { ...filtered(app, input), page: 1, size: 50_000 })
      const bytes = await writeSheet({
        title: '成绩报送',
        columns: [
          { key: 'number', title: '报送编号' },
          { key: 'sittingTitle', title: '考核场次' },
          { key: 'organisationName', title: '评价机构' },
          { key: 'occupationName', title: '职业' },
          { key: 'level', title: '等级' },
          { key: 'items', title: '人数', kind: 'number' },
          { key: 'endedOn', title: '考核结束日期' },
          { key: 'stateName', title: '状态' },
          { key: 'dueOn', title: '办理期限' },
        ],
        rows: rows.map((row) => ({ ...row, stateName: REPORT_STATES[row.state] })),
      })
      return ok({ fileName: '成绩报送.xlsx', mediaType: XLSX, bytes })
    },
  }),
  'certificates.read-report': query({
    summary: '成绩报送详情',
    clause,
    permission: may['result-reports.read'],
    record: onReport,
    input: reportId,
    example: { reportId: example },
    output: reportRow.extend({
      organisationId: z.string(),
      sittingNumber: z.string(),
      venue: z.string(),
      narrative: z.string(),
      counts: z.object({
        candidates: z.number(),
        passed: z.number(),
        failed: z.number(),
        absent: z.number(),
        misconduct: z.number(),
      }),
      submitDueOn: z.string().nullable(),
      submittedOn: z.string().nullable(),
      confirmDueOn: z.string().nullable(),
      confirmedOn: z.string().nullable(),
      exportedOn: z.string().nullable(),
      auditedOn: z.string().nullable(),
      issueDueOn: z.string().nullable(),
      issuedOn: z.string().nullable(),
      people: z.array(
        z.object({
          id: z.string(),
          position: z.number(),
          holderName: z.string(),
          maskedIdNumber: z.string(),
          ticketNumber: z.string(),
          attempt: z.number(),
          theoryScoreTenths: z.number(),
          abilityScoreTenths: z.number(),
          state: z.enum(Object.keys(ITEM_STATES) as [keyof typeof ITEM_STATES]),
          reason: z.string().nullable(),
        }),
      ),
      exceptions: z.array(exception),
      decisions: z.array(
        z.object({
          round: z.number(),
          act: z.string(),
          reason: z.string().nullable(),
          dueOn: z.string().nullable(),
          late: z.boolean(),
          organisationName: z.string(),
          actedByName: z.string(),
          actedOn: z.string(),
        }),
      ),
      exchanges: z.array(z.object({ id: z.string(), number: z.string(), direction: z.enum(['out', 'in']) })),
      next: z.string().nullable(),
      actions: z.object({
        submit: allowed.optional(),
        return: allowed.optional(),
        confirm: allowed.optional(),
        send: allowed.optional(),
        audit: allowed.optional(),
        issue: allowed.optional(),
        supplement: allowed.optional(),
      }),
      timeline: z.array(timelineEntry),
    }),
    handle: async ({ app, actor }, input) => {
      const found = await readReport(app, actor, input.reportId)
      if (!found) return refuse(no.RESULT_REPORT_NOT_FOUND())
      const { dueOn, ...row } = found.row
      return ok({
        ...found.report,
        ...row,
        due: dueOf(app, { state: row.state, dueOn }),
        people: found.items,
        exceptions: found.exceptions,
        decisions: found.decisions.map((one) => ({ ...one, act: DECISION_ACTS[one.act] })),
        exchanges: found.exchanges,
        next: found.next,
        actions: found.actions,
        timeline: await timeline(app.db, `result-report:${input.reportId}`),
      })
    },
  }),
  'certificates.report-pdf': download({
    summary: '打印考核结果报送表',
    clause,
    permission: may['result-reports.read'],
    record: onReport,
    input: reportId,
    example: { reportId: example },
    handle: async ({ app, actor }, input) => {
      const found = await readReport(app, actor, input.reportId)
      if (!found) return refuse(no.RESULT_REPORT_NOT_FOUND())
      const bytes = await reportPdf(app, actor, {
        report: found.report,
        institution: found.row.organisationName,
        occupation: found.row.occupationName,
        items: await itemsOf(app.db, input.reportId),
        decisions: await decisionsOf(app.db, input.reportId),
      })
      return ok({ fileName: `${found.report.number}.pdf`, mediaType: 'application/pdf', bytes, inline: true })
    },
  }),
  'certificates.submit-report': command({
    summary: '报送考核结果',
    clause,
    permission: may['result-reports.submit'],
    record: onReport,
    input: reportId.extend({
      narrative: z.string().trim().min(5).max(4000),
      withheld: z
        .array(z.strictObject({ itemId: id, reason: words }))
        .max(5000)
        .default([]),
    }),
    example: { reportId: example, narrative: '考核组织规范，无异常情况。', withheld: [] },
    output: done.extend({ late: z.boolean() }),
    handle: ({ app, actor }, input) => submitReport(app, actor, input),
  }),
  'certificates.return-report': command({
    summary: '退回考核结果',
    clause,
    permission: may['result-reports.confirm'],
    record: onReport,
    input: reportId.extend({ reason: words }),
    example: { reportId: example, reason: '名单与成绩不符' },
    output: done,
    handle: ({ app, actor }, input) => returnReport(app, actor, input),
  }),
  'certificates.confirm-report': command({
    summary: '确认考核结果',
    clause,
    permission: may['result-reports.confirm'],
    record: onReport,
    input: reportId,
    example: { reportId: example },
    output: done.extend({ late: z.boolean() }),
    handle: ({ app, actor }, input) => confirmReport(app, actor, input),
  }),
  'certificates.preview-confirmation': query({
    summary: '批量确认预览，异常在前',
    clause,
    permission: may['result-reports.confirm'],
    input: z.strictObject({ reportIds: ids }),
    example: { reportIds: [example] },
    output: z.object({
      reports: z.array(previewRow),
    }),
    handle: async ({ app, actor }, input) =>
      ok({ reports: await previewConfirmation(app, actor, input.reportIds) }),
  }),
  'certificates.confirm-reports': command({
    summary: '批量确认考核结果',
    clause,
    permission: may['result-reports.confirm'],
    input: z.strictObject({ reportIds: z.array(id).min(1).max(100) }),
    example: { reportIds: [example] },
    output: z.object({
      confirmed: z.array(z.object({ id: z.string(), late: z.boolean() })),
      refused: z.array(z.object({ id: z.string(), refusal: refusalShape })),
    }),
    handle: ({ app, actor }, input) => confirmReports(app, actor, input),
  }),
  'certificates.audit-report': command({
    summary: '国家审核',
    clause,
    permission: may['result-reports.audit'],
    record: onReport,
    input: reportId.extend({
      returned: z
        .array(z.strictObject({ itemId: id, reason: words }))
        .max(5000)
        .default([]),
    }),
    example: { reportId: example, returned: [] },
    output: done.extend({ approved: z.number(), returned: z.number() }),
    handle: ({ app, actor }, input) => auditReport(app, actor, input),
  }),
  'certificates.issue-report': command({
    summary: '颁发专业技术等级证书',
    clause,
    permission: may['level-certificates.issue'],
    record: onReport,
    input: reportId,
    example: { reportId: example },
    output: done.extend({ certificates: z.number(), late: z.boolean() }),
    handle: ({ app, actor }, input) => issueReport(app, actor, input),
  }),
  'certificates.supplement-report': command({
    summary: '补充报送',
    clause,
    permission: may['result-reports.submit'],
    record: onReport,
    input: reportId,
    example: { reportId: example },
    output: done,
    handle: ({ app, actor }, input) => supplementReport(app, actor, input),
  }),
} satisfies Api

/** Reports about to be confirmed together, those with something to look at first (the blocking ones before all). */
async function previewConfirmation(app: App, actor: Actor, reportIds: string[]) {
  const found = await findReports(app.db, actor, reportIds)
  const items = Map.groupBy(
    await itemsNow(
      app.db,
      found.map((report) => report.id),
    ),
    (item) => item.reportId,
  )
  const reports = found.map((report): z.output<typeof previewRow> => {
    const own = items.get(report.id) ?? []
    return {
      id: report.id,
      number: report.number,
      sittingTitle: report.sittingTitle,
      items: own.filter((item) => item.state === 'included').length,
      state: report.state,
      exceptions: exceptionsOf(report, own),
    }
  })
  const weight = (one: (typeof reports)[number]) =>
    one.exceptions.filter((exception) => exception.blocking).length * 1000 + one.exceptions.length
  return reports.sort((a, b) => weight(b) - weight(a))
}
