import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { whyNotPreparing } from './arrangement.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import {
  hallsTaken,
  lockArrangement,
  lockHallsToChoose,
  readinessOf,
  replaceHalls,
} from './store/arrangements.ts'

type ChooseRefusal = RefusalOf<
  typeof no,
  | 'ARRANGEMENT_NOT_FOUND'
  | 'ARRANGEMENT_NOT_PREPARING'
  | 'REGISTRATION_CLOSED'
  | 'HALL_NOT_OWN_NOT_FOUND'
  | 'HALL_TAKEN'
  | 'HALLS_TOO_SMALL'
>

/** The halls a sitting is held in: own, free at that time, with usable seats for every candidate so far. */
export function chooseHalls(
  app: App,
  actor: Actor,
  input: { sittingId: string; hallIds: string[] },
): Promise<Result<{ halls: number; seats: number }, ChooseRefusal>> {
  return transact<{ halls: number; seats: number }, ChooseRefusal>(app.db, async (tx) => {
    const institution = defined(actor.organisation, 'an evaluation institution')
    const one = await lockArrangement(tx, input.sittingId, institution.id)
    if (!one) return refuse(no.ARRANGEMENT_NOT_FOUND())
    const refusal = whyNotPreparing(one)
    if (refusal) return refuse(refusal)
    const ids = [...new Set(input.hallIds)]
    const halls = await lockHallsToChoose(tx, ids, institution.id)
    if (halls.length < ids.length) return refuse(no.HALL_NOT_OWN_NOT_FOUND())
    const [taken] = await hallsTaken(tx, one.sittingId, ids)
    if (taken) return refuse(no.HALL_TAKEN({ hall: taken.hall, sitting: taken.sitting }))
    const seats = halls.reduce((sum, hall) => sum + hall.usable, 0)
    const { candidates } = await readinessOf(tx, one.sittingId)
    if (seats < candidates) return refuse(no.HALLS_TOO_SMALL({ seats, candidates }))
    await replaceHalls(tx, one.sittingId, ids)
    await record(tx, {
      name: events['arrangement.halls-chosen'],
      at: app.clock.now(),
      actor,
      subjects: [`sitting:${one.sittingId}`],
      data: { halls: halls.map((hall) => hall.name), seats, candidates },
    })
    return ok({ halls: halls.length, seats })
  })
}
