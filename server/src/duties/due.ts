import type { App } from '../platform/app.ts'
import type { Day } from '../platform/clock.ts'
import type { DutyUnit } from './duty.ts'

export interface Due {
  dueOn: Day | null
  amount: number | null
  unit: DutyUnit | null
  /** The working-day calendar of a year not yet published went into it. */
  provisional: boolean
  clause: string | null
}

const NO_DAY: Due = { dueOn: null, amount: null, unit: null, provisional: false, clause: null }

interface Deadlines {
  deadline(id: string, startedOn: Day): Due
}

/** Counts a deadline of the policy from a day. A duty without one has no due day. */
export function dueOf(app: App, deadline: string | undefined, startedOn: Day): Due {
  if (!deadline) return NO_DAY
  const due = (app.policy as unknown as Deadlines).deadline(deadline, startedOn)
  return {
    dueOn: due.dueOn,
    amount: due.amount,
    unit: due.unit,
    provisional: due.provisional,
    clause: due.clause,
  }
}
