import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, type SubjectKey } from '../platform/audit.ts'
import { type Day, dayOf } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { events } from './audit-events.ts'
import type { DutyHolder } from './duty.ts'
import { setFulfilled } from './store.ts'

export interface FulfilDutyInput {
  kind: string
  /** The record, or many of them: a batch is settled in one statement. */
  subject: SubjectKey | readonly SubjectKey[]
  /** Only this holder's; absent: every holder's of the kind on the record. */
  holder?: DutyHolder
  actor: Actor
}

/** The act is done. Returns how many duties it settled; none open is no error, since an act may be done unasked. */
export async function fulfilDuty(tx: Tx, app: App, input: FulfilDutyInput): Promise<number> {
  const at = app.clock.now()
  const done = await setFulfilled(tx, input, at)
  await record(
    tx,
    ...done.map((duty) => ({
      name: events['duty.fulfilled'],
      at,
      actor: input.actor,
      subjects: [duty.subject as SubjectKey],
      data: {
        kind: duty.kind,
        title: duty.title,
        holder: duty.holderOrganisationId,
        dueOn: duty.dueOn,
        daysLate: daysLate(duty.dueOn, dayOf(at)),
      },
    })),
  )
  return done.length
}

function daysLate(dueOn: Day | null, on: Day): number {
  if (dueOn === null || on <= dueOn) return 0
  return Math.round((Date.parse(on) - Date.parse(dueOn)) / 86_400_000)
}
