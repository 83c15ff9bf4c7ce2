import type { Actor, Permission } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { type Allowed, allowedIf } from '../../platform/result.ts'
import { may } from '../permissions.ts'
import { no } from '../refusals.ts'
import {
  REPORT_STATES,
  type ReportAct,
  type ReportItem,
  type ResultReport,
  stateAllows,
} from '../result-report.ts'
import { exchangesOfReport } from '../store/exchanges.ts'
import { listReports, type ReportRow } from '../store/lists.ts'
import { type DecisionRow, decisionsOf, findReport, itemsNow } from '../store/reports.ts'
import { exceptionsOf, type ReportException } from './exceptions.ts'

export interface ReportPage {
  report: ResultReport
  row: ReportRow
  items: ReportItem[]
  exceptions: ReportException[]
  decisions: DecisionRow[]
  exchanges: { id: string; number: string; direction: 'out' | 'in' }[]
  next: string | null
  actions: Partial<Record<ReportAct, Allowed>>
}

const ACTS: Record<ReportAct, { permission: Permission; act: string }> = {
  submit: { permission: may['result-reports.submit'], act: '报送' },
  return: { permission: may['result-reports.confirm'], act: '退回' },
  confirm: { permission: may['result-reports.confirm'], act: '确认' },
  send: { permission: may['result-reports.send'], act: '报国家审核' },
  audit: { permission: may['result-reports.audit'], act: '审核' },
  issue: { permission: may['level-certificates.issue'], act: '颁发证书' },
  supplement: { permission: may['result-reports.submit'], act: '补充报送' },
}

const NEXT: Record<ResultReport['state'], string | null> = {
  drafted: '评价机构报送省人力资源和社会保障厅',
  submitted: '省人力资源和社会保障厅确认或退回',
  returned: '评价机构补正后重新报送',
  confirmed: '省人力资源和社会保障厅报国家审核',
  exported: '国家办公室审核',
  national_returned: '评价机构补正后重新报送',
  audited: '评价机构颁发证书',
  issued: null,
}

/** A report as its page shows it, with what the viewer may do and why not; undefined when not in scope. */
export async function readReport(app: App, actor: Actor, reportId: string): Promise<ReportPage | undefined> {
  const report = await findReport(app.db, actor, reportId)
  if (!report) return undefined
  const { rows } = await listReports(app.db, actor, { reportId, page: 1, size: 1 })
  const [row] = rows
  if (!row) return undefined
  const items = await itemsNow(app.db, [reportId])
  const actions: ReportPage['actions'] = {}
  for (const [act, { permission, act: named }] of Object.entries(ACTS) as [
    ReportAct,
    (typeof ACTS)[ReportAct],
  ][]) {
    if (!permission.roles.includes(actor.role)) continue
    const state = REPORT_STATES[report.state]
    actions[act] = allowedIf(
      stateAllows(report, act) ? undefined : no.RESULT_REPORT_STATE({ state, act: named }),
    )
  }
  const showsExceptions = report.state === 'submitted' || report.state === 'drafted'
  return {
    report,
    row,
    items,
    exceptions: showsExceptions ? exceptionsOf(report, items) : [],
    decisions: await decisionsOf(app.db, reportId),
    exchanges: await exchangesOfReport(app.db, reportId),
    next: report.state === 'confirmed' && row.items === 0 ? null : NEXT[report.state],
    actions,
  }
}
