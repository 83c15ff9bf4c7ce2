import { idNumberEndsWith, standingConsent } from '../../people/index.ts'
import type { Actor } from '../../platform/api.ts'
import { PUBLIC_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { hallRules } from '../arrangements/hall-rules.ts'
import { no as noAttempt } from '../attempts/refusals.ts'
import type { Identified } from '../attempts/wire.ts'
import type { RoomCall } from '../room-call.ts'
import { stationOf } from '../sites/bind-station.ts'
import type { no as noSite } from '../sites/refusals.ts'
import type { Station } from '../sites/store/seats.ts'
import { type Admission, standingOf, viewOf } from './admission.ts'
import { events } from './audit-events.ts'
import { consentText } from './consent-text.ts'
import { no } from './refusals.ts'
import { sebFits } from './seb.ts'
import {
  checksOf,
  countFailures,
  findAdmission,
  findTicket,
  insertCheck,
  insertFailure,
  partFor,
  saveIdentification,
  type Ticketed,
} from './store/admissions.ts'

export type IdentifyRefusal =
  | RefusalOf<
      typeof no,
      | 'SEB_REQUIRED'
      | 'IDENTITY_NOT_MATCHED'
      | 'IDENTIFY_TOO_OFTEN'
      | 'NO_PART_NOW'
      | 'SEAT_NOT_DRAWN'
      | 'DOOR_NOT_OPEN'
    >
  | RefusalOf<typeof noSite, 'STATION_SECRET_INVALID'>
  | RefusalOf<typeof noAttempt, 'HALL_AT_NODE'>

/** A hall has sixty machines and nervous people; a machine that tries tickets one after another has more. */
const WINDOW_MINUTES = 10
const FAILURES_AT_SEAT = 8
const FAILURES_OF_TICKET = 5
const OPEN = new Set(['admitting', 'running', 'paused'])

/**
 * A candidate says who it is at a machine: ticket number and the last six of the ID number. The seat is checked
 * against the drawn one and named kindly when it is another; whoever identified before at another machine is out.
 * What does not fit is refused in the same words whatever it was, counted, and on record.
 */
export async function identify(
  call: Pick<RoomCall, 'app' | 'secrets' | 'url' | 'sebConfigHash'>,
  input: { ticketNumber: string; idTail: string },
): Promise<Result<Identified, IdentifyRefusal>> {
  const { app, secrets } = call
  const found = await stationOf(app, app.db, secrets.station)
  if (!found.ok) return found
  const station = found.value
  if (!sebFits(call, station.sebConfigKey)) return refuse(no.SEB_REQUIRED())
  const at = app.clock.now()
  const ticketIndex = app.crypto.blindIndex(input.ticketNumber, 'admission-ticket')
  const since = new Date(at.getTime() - WINDOW_MINUTES * 60_000)
  const failures = await countFailures(app.db, { seatId: station.seatId, ticketIndex, since })
  if (failures.atSeat >= FAILURES_AT_SEAT || failures.ofTicket >= FAILURES_OF_TICKET) {
    await tellFailure(app, station)
    return refuse(no.IDENTIFY_TOO_OFTEN({ minutes: WINDOW_MINUTES }))
  }
  const ticket = await findTicket(app.db, input.ticketNumber)
  if (!ticket || !(await idNumberEndsWith(app.db, app, ticket.personId, input.idTail))) {
    await insertFailure(app.db, { seatId: station.seatId, ticketIndex, at })
    await tellFailure(app, station)
    return refuse(no.IDENTITY_NOT_MATCHED())
  }
  return admit(app, station, ticket)
}

/** Outside the refused act, or the record of it would go with it. */
function tellFailure(app: App, station: Station): Promise<void> {
  return record(app.db, {
    name: events['admission.identify-failed'],
    at: app.clock.now(),
    actor: PUBLIC_ACTOR,
    subjects: [`hall:${station.hallId}`],
    data: { seat: station.seat },
  })
}

function admit(app: App, station: Station, ticket: Ticketed): Promise<Result<Identified, IdentifyRefusal>> {
  return transact<Identified, IdentifyRefusal>(app.db, async (tx) => {
    const at = app.clock.now()
    const { hallId, seatId, seat, hall } = ticket
    if (!hallId || !seatId || !seat || !hall) return refuse(no.SEAT_NOT_DRAWN())
    if (ticket.nodeId) return refuse(noAttempt.HALL_AT_NODE())
    const part = await partFor(tx, ticket, at)
    if (!part) return refuse(no.NO_PART_NOW({ title: ticket.title }))
    if (!OPEN.has(ticket.hallState ?? '')) return refuse(no.DOOR_NOT_OPEN({ hall }))
    const rules = hallRules.parse(ticket.rules)
    const key = { sittingId: ticket.sittingId, candidateId: ticket.candidateId, part: part.part }
    const before = await findAdmission(tx, key)
    const consented = await standingConsent(tx, ticket.personId, 'face')
    const lateMinutes =
      before?.lateMinutes ?? Math.max(0, Math.floor((at.getTime() - part.opensAt.getTime()) / 60_000))
    const secret = app.crypto.randomCode(24)
    const saved = await saveIdentification(tx, {
      ...key,
      hallId,
      seatId: station.seatId,
      secretHash: app.crypto.sha256(secret),
      consent: consented ? 'given' : 'unasked',
      lateMinutes,
      late: lateMinutes > rules.lateMinutes,
      at,
    })
    const here = station.seatId === seatId
    const actor = candidateActor(ticket.personId, ticket.name)
    await insertCheck(tx, {
      ...key,
      gate: 'seat',
      outcome: here ? 'passed' : 'failed',
      hallId: station.hallId,
      seatId: station.seatId,
      findings: { at: `${station.hall} ${station.seat}`, drawn: `${hall} ${seat}` },
      at: app.clock.now(),
    })
    await record(tx, {
      name: events['admission.identified'],
      at,
      actor,
      subjects: [
        `sitting:${ticket.sittingId}`,
        `candidate:${ticket.candidateId}`,
        `person:${ticket.personId}`,
      ],
      data: {
        part: part.part,
        seat: `${station.hall} ${station.seat}`,
        drawn: `${hall} ${seat}`,
        here,
        lateMinutes,
        again: saved.again,
      },
    })
    const admission = (await findAdmission(tx, key)) as Admission
    const checks = await checksOf(tx, { ...key, candidateIds: [ticket.candidateId] })
    return ok({
      admission: secret,
      candidate: {
        name: ticket.name,
        ticketNumber: ticket.ticketNumber,
        maskedIdNumber: ticket.maskedIdNumber,
      },
      sitting: {
        id: ticket.sittingId,
        title: ticket.title,
        part: part.part,
        opensAt: part.opensAt.toISOString(),
        closesAt: part.closesAt.toISOString(),
        minutes: part.minutes,
      },
      seat: { hall, label: seat, here },
      consentText: consentText(),
      at: viewOf(admission, standingOf(admission, checks), `${hall} ${seat}`),
    })
  })
}

/** Who stands at a machine: nobody signed in, but a person whose ticket and number fitted. */
export function candidateActor(personId: string, name: string): Actor {
  return { accountId: null, personId, name, role: 'learner', organisation: null }
}
