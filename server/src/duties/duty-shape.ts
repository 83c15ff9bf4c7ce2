import { z } from 'zod'
import { remaining } from '../../../policy/src/index.ts'
import { ROLES } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { dayOf } from '../platform/clock.ts'
import { DUTY_STATES, type Duty, type DutyState, dutyState } from './duty.ts'

const state = z.enum(Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]])

export const dutyShape = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  link: z.string(),
  holder: z.string(),
  holderRole: z.string(),
  holderOrganisationId: z.string().nullable(),
  clause: z.string().nullable(),
  startedOn: z.string(),
  dueOn: z.string().nullable(),
  /** Days left in the unit of the clock; negative when overdue; null without a due day or when it is settled. */
  daysLeft: z.number().nullable(),
  unit: z.string().nullable(),
  provisional: z.boolean(),
  state,
  escalated: z.boolean(),
  fulfilledOn: z.string().nullable(),
  cancelReason: z.string().nullable(),
})

export function shownDuty(app: App, duty: Duty): z.input<typeof dutyShape> {
  const today = app.clock.today()
  const fulfilledOn = duty.fulfilledAt && dayOf(duty.fulfilledAt)
  const settled = duty.fulfilledAt !== null || duty.cancelledAt !== null
  return {
    id: duty.id,
    kind: duty.kind,
    title: duty.title,
    link: duty.link,
    holder: duty.holderName,
    holderRole: ROLES[duty.holderRole],
    holderOrganisationId: duty.holderOrganisationId,
    clause: duty.clause,
    startedOn: duty.startedOn,
    dueOn: duty.dueOn,
    daysLeft: settled ? null : daysLeft(app, duty),
    unit: duty.unit,
    provisional: duty.provisional,
    state: dutyState({ ...duty, fulfilledOn }, today),
    escalated: duty.escalatedAt !== null,
    fulfilledOn,
    cancelReason: duty.cancelReason,
  }
}

function daysLeft(app: App, { dueOn, unit }: Duty): number | null {
  if (dueOn === null) return null
  // Months and years are counted to a day once; from then on the days that are left are natural ones.
  const days = unit === '工作日' ? ('工作日' as const) : ('自然日' as const)
  return remaining(app.policy, { unit: days, dueOn }, app.clock.today()).days
}
