import { z } from 'zod'
import { id, type Level } from '../../platform/api.ts'

/**
 * A class 培训班 rests on a filed plan and repeats what was filed (HB-4.1). Its state says how far it is:
 *
 * planned → announced → running → completed → reported;  announced → planned (announcement withdrawn);
 * completed → running (reopened);  planned, announced, running → cancelled.
 */
export const CLASS_STATES = {
  planned: '待招生',
  announced: '招生中',
  running: '培训中',
  completed: '已结业',
  reported: '已报送',
  cancelled: '已取消',
} as const
export type ClassState = keyof typeof CLASS_STATES
export const classState = z.enum(Object.keys(CLASS_STATES) as [ClassState, ...ClassState[]])

/** Which states an act may start from; every verb asks this, and so do the record's `actions`. */
export const CLASS_ACTS = {
  announce: { from: ['planned'], act: '发布招生公告' },
  withdrawAnnouncement: { from: ['announced'], act: '撤回招生公告' },
  importRoster: { from: ['announced'], act: '导入学员名单' },
  decideEnrolments: { from: ['announced'], act: '录取学员' },
  start: { from: ['announced'], act: '开班' },
  arrangeLessons: { from: ['planned', 'announced', 'running'], act: '排课' },
  enterScores: { from: ['running'], act: '登记结业考核成绩' },
  complete: { from: ['running'], act: '办理结业' },
  cancel: { from: ['planned', 'announced', 'running'], act: '取消' },
  reopen: { from: ['completed'], act: '恢复培训' },
  issueCertificates: { from: ['completed', 'reported'], act: '颁发培训合格证书' },
} as const satisfies Record<string, { from: readonly ClassState[]; act: string }>
export type ClassAct = keyof typeof CLASS_ACTS

/** 学时 by kind: what the plan asks, what the timetable holds, what a learner earned. */
export interface HoursByKind {
  theoryOnline: number
  theoryOffline: number
  practiceOnline: number
  practiceOffline: number
}
export const HOUR_KINDS = {
  theoryOnline: '线上理论',
  theoryOffline: '线下理论',
  practiceOnline: '线上实操',
  practiceOffline: '线下实操',
} as const satisfies Record<keyof HoursByKind, string>
export const hoursByKind = z.object({
  theoryOnline: z.number(),
  theoryOffline: z.number(),
  practiceOnline: z.number(),
  practiceOffline: z.number(),
})

export interface TrainingClass {
  id: string
  number: string
  name: string
  filingId: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  capacity: number
  venue: string
  venueProvinceCode: string
  venueCityCode: string | null
  plannedHours: HoursByKind
  standardHourMinutes: number
  passMarkTenths: number
  nameFlags: string[]
  nameReview: 'none' | 'open' | 'cleared' | 'rejected'
  nameReviewReason: string | null
  feeId: string | null
  feeCents: number | null
  startsOn: string
  endsOn: string
  state: ClassState
  announcedAt: Date | null
  startedAt: Date | null
  completedOn: string | null
  cancelledAt: Date | null
  cancelReason: string | null
}

export const classInput = z.strictObject({ classId: id })
