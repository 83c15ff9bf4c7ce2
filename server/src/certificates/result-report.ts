import type { Level } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'

/**
 * Report of certificate data and assessment facts: evaluation institution → province → national office → issue
 * (HB-4.4). States and the acts that lead on are in the table below; every act leaves a row in report_decisions.
 */
export const REPORT_STATES = {
  drafted: '待报送',
  submitted: '待省级确认',
  returned: '省级退回',
  confirmed: '已确认，待报国家',
  exported: '国家审核中',
  national_returned: '国家退回',
  audited: '审核通过，待颁发',
  issued: '已颁发',
} as const
export type ReportState = keyof typeof REPORT_STATES

/** From which states an act may start. */
export const ACTS_FROM = {
  submit: ['drafted', 'returned', 'national_returned'],
  return: ['submitted'],
  confirm: ['submitted'],
  send: ['confirmed'],
  audit: ['exported'],
  issue: ['audited'],
  supplement: ['audited', 'issued'],
} as const satisfies Record<string, readonly ReportState[]>
export type ReportAct = keyof typeof ACTS_FROM

export const ITEM_STATES = {
  included: '拟发证',
  withheld: '暂不报送',
  approved: '审核通过',
  national_returned: '国家退回',
  issued: '已发证',
} as const
export type ItemState = keyof typeof ITEM_STATES

export const DECISION_ACTS = {
  submitted: '报送',
  returned: '退回',
  confirmed: '确认',
  exported: '报国家审核',
  national_returned: '国家退回',
  audited: '国家审核通过',
  issued: '颁发证书',
} as const
export type DecisionAct = keyof typeof DECISION_ACTS

export interface ReportCounts {
  candidates: number
  passed: number
  failed: number
  absent: number
  misconduct: number
}

export interface ResultReport {
  id: string
  number: string
  sittingId: string
  supplementsId: string | null
  sittingNumber: string
  sittingTitle: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  venue: string
  endedOn: Day
  counts: ReportCounts
  narrative: string
  state: ReportState
  round: number
  submitDueOn: Day | null
  submittedOn: Day | null
  confirmDueOn: Day | null
  confirmedOn: Day | null
  exportedOn: Day | null
  auditedOn: Day | null
  issueDueOn: Day | null
  issuedOn: Day | null
}

export interface ReportItem {
  id: string
  reportId: string
  position: number
  candidateId: string
  personId: string
  holderName: string
  maskedIdNumber: string
  ticketNumber: string
  attempt: number
  direction: string | null
  theoryScoreTenths: number
  abilityScoreTenths: number
  state: ItemState
  reason: string | null
  clause: string | null
}

/** Reason of an item whose score was corrected below the pass mark. */
export const NO_LONGER_PASSED = '成绩更正后未合格'

export function stateAllows(report: Pick<ResultReport, 'state'>, act: ReportAct): boolean {
  return (ACTS_FROM[act] as readonly ReportState[]).includes(report.state)
}

export function isLate(dueOn: Day | null, on: Day): boolean {
  return dueOn !== null && on > dueOn
}

/** 825 → 82.5 */
export function scoreText(tenths: number): string {
  return (tenths / 10).toFixed(1)
}
