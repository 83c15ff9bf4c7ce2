import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { stateForbids } from '../classes/class-refusals.ts'
import { lockClass } from '../classes/store.ts'
import { no as noOfClasses } from '../refusals.ts'
import { no } from '../refusals-of-learners.ts'
import { moveUpIn } from './move-up.ts'
import { countEnrolments, enrolmentsToDecide, setDecided } from './store.ts'

export interface DecideEnrolmentsInput {
  classId: string
  enrolmentIds: string[]
  decision: 'admitted' | 'declined'
  /** Declining: what the learner will read. Admitting: what was checked where the audience verdict needed it. */
  reason?: string | undefined
}

export type DecideEnrolmentsRefusal =
  | RefusalOf<typeof noOfClasses, 'CLASS_NOT_FOUND' | 'CLASS_STATE'>
  | RefusalOf<typeof no, 'ENROLMENT_NOT_FOUND' | 'ENROLMENTS_NOT_OPEN' | 'SEATS_FULL' | 'AUDIENCE_UNCHECKED'>

/** Admits or declines any number at once, all or none. Declining frees seats, and the waiting list moves up. */
export async function decideEnrolments(
  app: App,
  actor: Actor,
  input: DecideEnrolmentsInput,
): Promise<Result<{ decided: number; movedUp: number }, DecideEnrolmentsRefusal>> {
  return transact<{ decided: number; movedUp: number }, DecideEnrolmentsRefusal>(app.db, async (tx) => {
    const one = await lockClass(tx, actor, input.classId)
    if (!one) return refuse(noOfClasses.CLASS_NOT_FOUND())
    const forbidden = stateForbids(one, 'decideEnrolments')
    if (forbidden) return refuse(forbidden)
    const ids = [...new Set(input.enrolmentIds)]
    const chosen = await enrolmentsToDecide(tx, one.id, ids)
    if (chosen.length < ids.length) return refuse(no.ENROLMENT_NOT_FOUND())
    const decided = chosen.filter((row) => row.state !== 'registered' && row.state !== 'waiting')
    if (decided.length > 0)
      return refuse(no.ENROLMENTS_NOT_OPEN({ count: decided.length, names: firstNames(decided) }))
    if (input.decision === 'admitted') {
      const unchecked = chosen.filter((row) => row.audienceOutcome !== '符合')
      if (unchecked.length > 0 && !input.reason) {
        return refuse(no.AUDIENCE_UNCHECKED({ count: unchecked.length, names: firstNames(unchecked) }))
      }
      const waiting = chosen.filter((row) => row.state === 'waiting').length
      const seats = one.capacity - (await countEnrolments(tx, one.id)).seated
      if (waiting > seats) return refuse(no.SEATS_FULL({ seats, asked: waiting }))
    }

    const at = app.clock.now()
    const reason = input.reason ?? null
    await setDecided(tx, { ids, state: input.decision, reason, by: actor.name, at })
    await record(
      tx,
      {
        name: events['class.enrolments-decided'],
        at,
        actor,
        subjects: [`class:${one.id}`],
        data: { decision: input.decision, count: chosen.length, ...(reason ? { reason } : {}) },
      },
      ...chosen.map((row) => ({
        name: events[input.decision === 'admitted' ? 'enrolment.admitted' : 'enrolment.declined'],
        at,
        actor,
        subjects: [`enrolment:${row.id}` as const, `person:${row.personId}` as const],
        data: reason ? { reason } : {},
      })),
    )
    const movedUp = input.decision === 'declined' ? await moveUpIn(tx, app, actor, one) : 0
    return ok({ decided: chosen.length, movedUp })
  })
}

const SHOWN_NAMES = 5
function firstNames(rows: { name: string }[]): string {
  const names = rows.slice(0, SHOWN_NAMES).map((row) => row.name)
  return `${names.join('、')}${rows.length > SHOWN_NAMES ? '等' : ''}`
}
