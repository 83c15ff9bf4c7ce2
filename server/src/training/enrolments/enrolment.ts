import { z } from 'zod'

/**
 * An enrolment 报名: registered and admitted hold a seat, waiting does not. `position` is the order of registration,
 * in which the waiting list moves up. A declined or withdrawn person may register again; nobody twice at once.
 */
export const ENROLMENT_STATES = {
  registered: '已报名',
  waiting: '候补',
  admitted: '已录取',
  declined: '未录取',
  withdrawn: '已退出',
  completed: '已结业',
  failed: '未结业',
} as const
export type EnrolmentState = keyof typeof ENROLMENT_STATES
export const enrolmentState = z.enum(Object.keys(ENROLMENT_STATES) as [EnrolmentState, ...EnrolmentState[]])

/** States in which the person counts against the class's capacity. */
export const SEATED = ['registered', 'admitted', 'completed', 'failed'] as const
