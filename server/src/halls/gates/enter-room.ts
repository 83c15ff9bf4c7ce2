import { ok, type Result, refuse } from '../../platform/result.ts'
import { openLease } from '../attempts/open-lease.ts'
import type { Entered } from '../attempts/wire.ts'
import type { RoomCall } from '../room-call.ts'
import { admittedBy } from './at-the-door.ts'
import { no } from './refusals.ts'
import { sebFits } from './seb.ts'
import { sittingAtDoor } from './store/admissions.ts'

/** `POST enter`: through all three gates into the room. The lease is the journal's; who may have one the gates say. */
export async function enterRoom(call: RoomCall): Promise<Result<Entered>> {
  const { app, secrets, agent } = call
  const admitted = await admittedBy(app.db, app, secrets.admission)
  if (!admitted.ok) return admitted
  const { sittingId, candidateId, part, seatId, hall, seat, name } = admitted.value
  const about = await sittingAtDoor(app.db, { sittingId, candidateId, seatId })
  if (!sebFits(call, about.sebConfigKey)) return refuse(no.SEB_REQUIRED())
  const lease = await openLease(app, {
    sittingId,
    candidateId,
    part,
    seatId,
    agent,
    admission: secrets.admission as string,
    presented: { attempt: secrets.attempt, lease: secrets.lease },
  })
  if (!lease.ok) return lease
  return ok({
    ...lease.value,
    candidate: { name, ticketNumber: about.ticketNumber },
    seat: { hall, label: seat },
    sitting: { title: about.title, part },
  })
}
