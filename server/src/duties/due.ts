import { deadline as countDeadline, type Setting } from '../../../policy/src/index.ts'
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

/** Counts a deadline of the policy from a day. Where the text sets none there is no due day: none is invented. */
export function dueOf(
  app: App,
  id: string | undefined,
  startedOn: Day,
  readings: readonly Setting[] = [],
): Due {
  if (id === undefined) return NO_DAY
  const due = countDeadline(app.policy, id, startedOn, readings)
  if (!due) return { ...NO_DAY, clause: app.policy.deadlines.get(id)?.条款 ?? null }
  return {
    dueOn: due.dueOn,
    amount: due.amount,
    unit: due.unit,
    provisional: due.provisional,
    clause: due.clause,
  }
}
