import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { events } from '../audit-events.ts'
import type { TrainingClass } from '../classes/class.ts'
import { countEnrolments, setMovedUp } from './store.ts'

/** Fills free seats from the waiting list, in order. The caller holds the class's lock. */
export async function moveUpIn(tx: Tx, app: App, actor: Actor, one: TrainingClass): Promise<number> {
  if (one.state !== 'announced') return 0
  const { seated, waiting } = await countEnrolments(tx, one.id)
  const seats = Math.min(one.capacity - seated, waiting)
  if (seats <= 0) return 0
  const moved = await setMovedUp(tx, one.id, seats)
  await record(
    tx,
    ...moved.map((enrolment) => ({
      name: events['enrolment.moved-up'],
      at: app.clock.now(),
      actor,
      subjects: [`enrolment:${enrolment.id}` as const, `person:${enrolment.personId}` as const],
    })),
  )
  return moved.length
}
