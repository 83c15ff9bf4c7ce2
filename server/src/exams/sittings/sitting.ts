import type { Level } from '../../platform/api.ts'
import { no } from '../refusals.ts'

/**
 * An examination of one occupation and level at one place: theory and ability, both must be passed (HB-4.4).
 *
 *   planned → open → ended → scored → reported      planned → cancelled
 *
 * `endedOn` is the civil day on which the last part was over, whenever somebody pressed the button: the report's
 * 30 days count from it. `reported` is set by certificates when the province has confirmed the result report.
 */
export const SITTING_STATES = {
  planned: '已安排',
  open: '考核中',
  ended: '已结束，待录成绩',
  scored: '已公布成绩',
  reported: '已确认上报',
  cancelled: '已取消',
} as const
export type SittingState = keyof typeof SITTING_STATES

export const PARTS = { theory: '理论知识考试', ability: '专业能力考核' } as const
export type Part = keyof typeof PARTS

export const MARKS = { present: '正常', absent: '缺考', misconduct: '违纪' } as const
export type Mark = keyof typeof MARKS

export const RESULTS = { passed: '合格', failed: '不合格', absent: '缺考', misconduct: '违纪' } as const
export type SittingResult = keyof typeof RESULTS

export interface Sitting {
  id: string
  number: string
  organisationId: string
  provinceCode: string
  cityCode: string
  title: string
  occupationId: string
  direction: string | null
  level: Level
  venue: string
  capacity: number
  startsAt: Date
  endsAt: Date
  state: SittingState
  endedOn: string | null
  /** Since then nobody comes in or goes out: seats are drawn over exactly these (see the examination hall). */
  candidatesFixedAt: Date | null
}

export function whyNotPlanned(sitting: Sitting) {
  if (sitting.state === 'planned') return undefined
  return no.SITTING_NOT_PLANNED({ state: SITTING_STATES[sitting.state] })
}

/** Whether candidates may still come and go. */
export function whyNotAssignable(sitting: Sitting) {
  if (sitting.candidatesFixedAt && sitting.state === 'planned')
    return no.SITTING_CANDIDATES_FIXED({ at: minuteOf(sitting.candidatesFixedAt) })
  return whyNotPlanned(sitting)
}

export function whyNotOpenable(sitting: Sitting, candidates: number, today: string, startsOn: string) {
  if (sitting.state !== 'planned') return no.SITTING_NOT_PLANNED({ state: SITTING_STATES[sitting.state] })
  if (candidates === 0) return no.SITTING_EMPTY()
  if (today < startsOn) return no.SITTING_TOO_EARLY({ on: startsOn })
  return undefined
}

export function whyNotEndable(sitting: Sitting, now: Date) {
  if (sitting.state !== 'open') return no.SITTING_NOT_OPEN({ state: SITTING_STATES[sitting.state] })
  if (now < sitting.endsAt) return no.SITTING_NOT_OVER({ at: minuteOf(sitting.endsAt) })
  return undefined
}

/** Attendance is marked in the room and until the results are out. */
export function whyNotMarkable(sitting: Sitting) {
  if (sitting.state === 'open' || sitting.state === 'ended') return undefined
  return no.SITTING_NOT_OPEN({ state: SITTING_STATES[sitting.state] })
}

export function whyNotScorable(sitting: Sitting) {
  if (sitting.state === 'ended') return undefined
  return no.SITTING_NOT_ENDED({ state: SITTING_STATES[sitting.state] })
}

export function whyNotPublishable(sitting: Sitting, progress: { missing: number; differing: number }) {
  if (sitting.state !== 'ended') return no.SITTING_NOT_ENDED({ state: SITTING_STATES[sitting.state] })
  if (progress.missing + progress.differing > 0) return no.SCORES_INCOMPLETE(progress)
  return undefined
}

export function whyNotCorrectable(sitting: Sitting) {
  if (sitting.state === 'scored') return undefined
  return no.SITTING_NOT_SCORED({ state: SITTING_STATES[sitting.state] })
}

const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** 2026-11-22 09:00, in China. */
export function minuteOf(instant: Date): string {
  return minute.format(instant)
}
