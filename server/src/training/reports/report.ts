import { z } from 'zod'
import { daysBetween } from '../../../../policy/src/index.ts'

/**
 * The training report 培训报告 of a class (HB-4.3): drafted when the class is completed, due within 30 days at
 * province and city. drafted → submitted → received (by both), or → returned (by either) → submitted again.
 */
export const REPORT_STATES = {
  drafted: '待报送',
  submitted: '已报送',
  returned: '退回补正',
  received: '已接收',
} as const
export type ReportState = keyof typeof REPORT_STATES
export const reportState = z.enum(Object.keys(REPORT_STATES) as [ReportState, ...ReportState[]])

/** Natural days left while it is still to be sent; negative when overdue, null once it is out. */
export function daysLeft(report: { state: ReportState; dueOn: string }, today: string): number | null {
  const waits = report.state === 'drafted' || report.state === 'returned'
  return waits ? daysBetween(today, report.dueOn) : null
}

export const OFFICES = { province: '省人社厅', city: '市州人社局' } as const
export type Office = keyof typeof OFFICES

/** The training situation as figures, generated; the institution adds its words. */
export const reportSummary = z.object({
  admitted: z.number(),
  completed: z.number(),
  failed: z.number(),
  lessons: z.number(),
  teachers: z.number(),
  plannedHours: z.number(),
  heldHours: z.number(),
  onlineHours: z.number(),
  offlineHours: z.number(),
  /** Attended of what was held, in thousandths, over all learners. */
  attendancePermille: z.number().nullable(),
  assessmentPassed: z.number(),
  assessmentAverageTenths: z.number().nullable(),
})
export type ReportSummary = z.output<typeof reportSummary>

export interface TrainingReport {
  id: string
  number: string
  classId: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  state: ReportState
  round: number
  completedOn: string
  dueOn: string
  summary: ReportSummary
  narrative: string
  firstSubmittedAt: Date | null
  submittedAt: Date | null
  late: boolean
  receivedAt: Date | null
}
