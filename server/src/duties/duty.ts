import type { Role } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'

/**
 * Who owes which act on which record, since when, until when, on which clause. Open until fulfilled or cancelled;
 * at most one open duty of a kind on a record for a holder. A text that sets no day gives no due day: none is
 * invented. Overdue is not a state but a fact of the day.
 */
export type DutyHolder = { organisationId: string; role: Role } | { personId: string }
export type DutyUnit = '自然日' | '工作日' | '月' | '年'

export interface Duty {
  id: string
  kind: string
  subject: string
  title: string
  link: string
  holderOrganisationId: string | null
  holderPersonId: string | null
  holderRole: Role
  holderName: string
  clause: string | null
  startedOn: Day
  dueOn: Day | null
  amount: number | null
  unit: DutyUnit | null
  provisional: boolean
  provinceCode: string | null
  cityCode: string | null
  fulfilledAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
  escalatedAt: Date | null
  createdAt: Date
}

export type DutyState = 'open' | 'overdue' | 'fulfilled' | 'fulfilled_late' | 'cancelled'
export const DUTY_STATES: Record<DutyState, string> = {
  open: '办理中',
  overdue: '已逾期',
  fulfilled: '已办结',
  fulfilled_late: '逾期办结',
  cancelled: '已取消',
}

export function dutyState(
  duty: Pick<Duty, 'dueOn' | 'cancelledAt'> & { fulfilledOn: Day | null },
  today: Day,
): DutyState {
  if (duty.cancelledAt) return 'cancelled'
  if (duty.fulfilledOn)
    return duty.dueOn !== null && duty.fulfilledOn > duty.dueOn ? 'fulfilled_late' : 'fulfilled'
  return duty.dueOn !== null && duty.dueOn < today ? 'overdue' : 'open'
}
