// What a browser at the door may ask with its admission secret.
import type { App } from '../../platform/app.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import type { AdmissionView } from '../attempts/wire.ts'
import { type Admission, type Standing, standingOf, viewOf } from './admission.ts'
import { no } from './refusals.ts'
import { checksOf, drawnSeat, findAdmissionBySecret } from './store/admissions.ts'

export type SecretRefusal = RefusalOf<typeof no, 'ADMISSION_SECRET_INVALID'>

export interface AtTheDoor {
  admission: Admission
  standing: Standing
  /** Hall and seat as drawn, or moved to since. */
  seat: { seatId: string; seat: string; hallId: string; hall: string } | undefined
  view: AdmissionView
}

export async function atTheDoor(
  tx: Tx,
  app: App,
  secret: string | undefined,
): Promise<AtTheDoor | undefined> {
  const admission = secret ? await findAdmissionBySecret(tx, app.crypto.sha256(secret)) : undefined
  return admission ? doorOf(tx, admission) : undefined
}

export async function doorOf(tx: Tx, admission: Admission): Promise<AtTheDoor> {
  const checks = await checksOf(tx, {
    sittingId: admission.sittingId,
    candidateIds: [admission.candidateId],
    part: admission.part,
  })
  const seat = await drawnSeat(tx, admission)
  const standing = standingOf(admission, checks)
  return {
    admission,
    standing,
    seat,
    view: viewOf(admission, standing, seat ? `${seat.hall} ${seat.seat}` : '待定'),
  }
}

/** `GET admission`: how far it is. */
export async function readMyAdmission(
  app: App,
  secret: string | undefined,
): Promise<Result<AdmissionView, SecretRefusal>> {
  const door = await atTheDoor(app.db, app, secret)
  return door ? ok(door.view) : refuse(no.ADMISSION_SECRET_INVALID())
}

export interface Admitted {
  sittingId: string
  candidateId: string
  personId: string
  name: string
  part: 'theory' | 'ability'
  /** Where the candidate sits now: the drawn seat, or the one an invigilator moved it to. */
  hallId: string
  hall: string
  seatId: string
  seat: string
}
export type AdmittedRefusal = SecretRefusal | RefusalOf<typeof no, 'NOT_ADMITTED' | 'DOOR_NOT_HERE'>

/**
 * For `enter`: who this browser was let in for, at the machine it stands at. Only with all three gates passed, and
 * only at the seat the candidate has now.
 */
export async function admittedBy(
  tx: Tx,
  app: App,
  secret: string | undefined,
): Promise<Result<Admitted, AdmittedRefusal>> {
  const door = await atTheDoor(tx, app, secret)
  if (!door) return refuse(no.ADMISSION_SECRET_INVALID())
  const { admission, seat } = door
  if (admission.state !== 'admitted' || !seat) return refuse(no.NOT_ADMITTED({ gates: door.view.gates }))
  if (admission.seatId !== seat.seatId) return refuse(no.DOOR_NOT_HERE({ hall: seat.hall, seat: seat.seat }))
  const { sittingId, candidateId, personId, name, part } = admission
  return ok({ sittingId, candidateId, personId, name, part, ...seat })
}
