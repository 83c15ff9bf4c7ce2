import type { Actor } from '../platform/api.ts'
import type { App } from '../platform/app.ts'
import { record, type SubjectKey } from '../platform/audit.ts'
import type { Day } from '../platform/clock.ts'
import { confirmedReadings } from '../platform/confirmed-readings.ts'
import type { Tx } from '../platform/db.ts'
import { events } from './audit-events.ts'
import { dueOf } from './due.ts'
import type { DutyHolder } from './duty.ts'
import { insertDuty } from './store.ts'

export interface OpenDutyInput {
  kind: string
  /** The record the act is owed on, as its timeline names it. */
  subject: SubjectKey
  /** What is to be done, for the desk: 报送培训情况：江城数字学院 智能制造初级 1 班 */
  title: string
  /** Where it is done, a path of the web. */
  link: string
  holder: DutyHolder
  startedOn: Day
  /** The policy's deadline; without one the duty has no due day. */
  deadline?: string
  /** Clause of a duty whose text sets no day; a deadline brings its own. */
  clause?: string
  provinceCode: string | null
  cityCode: string | null
  actor: Actor
}

/** Opens a duty in the transaction of the act that causes it. The same duty open already is left as it is. */
export async function openDuty(tx: Tx, app: App, input: OpenDutyInput): Promise<{ id: string | undefined }> {
  const readings = input.deadline === undefined ? [] : await confirmedReadings(tx, input.provinceCode)
  const due = dueOf(app, input.deadline, input.startedOn, readings)
  const at = app.clock.now()
  const clause = due.clause ?? input.clause ?? null
  const id = await insertDuty(tx, {
    kind: input.kind,
    subject: input.subject,
    title: input.title,
    link: input.link,
    holder: input.holder,
    clause,
    startedOn: input.startedOn,
    dueOn: due.dueOn,
    amount: due.amount,
    unit: due.unit,
    provisional: due.provisional,
    provinceCode: input.provinceCode,
    cityCode: input.cityCode,
    createdAt: at,
  })
  if (id) {
    await record(tx, {
      name: events['duty.opened'],
      at,
      actor: input.actor,
      subjects: [input.subject],
      clause,
      data: {
        kind: input.kind,
        title: input.title,
        holder: input.holder,
        dueOn: due.dueOn,
        amount: due.amount,
        unit: due.unit,
        provisional: due.provisional,
      },
    })
  }
  return { id }
}
