import { randomInt } from 'node:crypto'
import { type Actor, SYSTEM_ACTOR } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import { addDays, instantAt } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import type { StationBound, StationView } from '../attempts/wire.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { whyNotOpenHall, whyNotOpenSite } from './site.ts'
import {
  clearStations,
  findStation,
  lockSeatByCode,
  type Station,
  seatsOf,
  setBindCodes,
  setStation,
  sittingAtHall,
} from './store/seats.ts'
import { lockHall } from './store/sites.ts'

/** Without letters and digits that are mistaken for each other when read out. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 8
const CODE_HOURS = 12

type IssueRefusal = RefusalOf<typeof no, 'HALL_NOT_FOUND' | 'HALL_CLOSED' | 'SITE_CLOSED' | 'SEAT_NOT_FOUND'>

/** One-time codes with which the machines of a hall are bound to their seats; earlier unused codes end. */
export function issueBindCodes(
  app: App,
  actor: Actor,
  input: { hallId: string; seatIds?: string[] | undefined },
): Promise<
  Result<
    { until: string; codes: { label: string; machine: string; code: string; bound: boolean }[] },
    IssueRefusal
  >
> {
  return transact<
    { until: string; codes: { label: string; machine: string; code: string; bound: boolean }[] },
    IssueRefusal
  >(app.db, async (tx) => {
    const hall = await lockHall(tx, input.hallId, defined(actor.organisation, 'an institution').id)
    if (!hall) return refuse(no.HALL_NOT_FOUND())
    const refusal = whyNotOpenSite(hall.site) ?? whyNotOpenHall(hall)
    if (refusal) return refuse(refusal)
    const seats = await seatsOf(tx, [hall.id])
    const asked = input.seatIds
      ? seats.filter((seat) => input.seatIds?.includes(seat.id))
      : seats.filter((seat) => seat.state !== 'broken' && !seat.bound)
    if (input.seatIds && asked.length < new Set(input.seatIds).size) return refuse(no.SEAT_NOT_FOUND())
    const codes = asked.map((seat) => ({ seat, code: aCode() }))
    const at = app.clock.now()
    const until = new Date(at.getTime() + CODE_HOURS * 3_600_000)
    await setBindCodes(
      tx,
      codes.map(({ seat, code }) => ({ seatId: seat.id, hash: app.crypto.sha256(code) })),
      until,
    )
    await record(tx, {
      name: events['station.codes-issued'],
      at,
      actor,
      subjects: [`site:${hall.siteId}`, `hall:${hall.id}`],
      data: { seats: codes.length, until },
    })
    return ok({
      until: until.toISOString(),
      codes: codes.map(({ seat, code }) => ({
        label: seat.label,
        machine: seat.machine,
        code,
        bound: seat.bound,
      })),
    })
  })
}

function aCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** A machine takes its seat by a one-time code; the secret it gets is kept here as a hash only. */
export function bindStation(
  app: App,
  input: { code: string },
): Promise<Result<StationBound, RefusalOf<typeof no, 'BIND_CODE_INVALID'>>> {
  return transact<StationBound, RefusalOf<typeof no, 'BIND_CODE_INVALID'>>(app.db, async (tx) => {
    const at = app.clock.now()
    const code = input.code.toUpperCase().replace(/[^0-9A-Z]/g, '')
    const seat = await lockSeatByCode(tx, app.crypto.sha256(code), at)
    if (!seat) return refuse(no.BIND_CODE_INVALID())
    const station = app.crypto.randomCode(32)
    await setStation(tx, seat.id, app.crypto.sha256(station), at)
    await record(tx, {
      name: events['station.bound'],
      at,
      actor: { ...SYSTEM_ACTOR, name: '考位机器' },
      subjects: [`site:${seat.siteId}`, `hall:${seat.hallId}`],
      data: { seat: seat.label, again: seat.bound },
    })
    return ok({ station })
  })
}

type ReleaseRefusal = RefusalOf<typeof no, 'HALL_NOT_FOUND' | 'SEAT_NOT_FOUND'>

/** Ends the binding of machines: their secrets are worth nothing from now on. */
export function releaseStations(
  app: App,
  actor: Actor,
  input: { hallId: string; seatIds: string[]; reason: string },
): Promise<Result<{ released: number }, ReleaseRefusal>> {
  return transact<{ released: number }, ReleaseRefusal>(app.db, async (tx) => {
    const hall = await lockHall(tx, input.hallId, defined(actor.organisation, 'an institution').id)
    if (!hall) return refuse(no.HALL_NOT_FOUND())
    const seats = (await seatsOf(tx, [hall.id])).filter((seat) => input.seatIds.includes(seat.id))
    if (seats.length < new Set(input.seatIds).size) return refuse(no.SEAT_NOT_FOUND())
    const released = await clearStations(
      tx,
      seats.map((seat) => seat.id),
    )
    await record(tx, {
      name: events['station.released'],
      at: app.clock.now(),
      actor,
      subjects: [`site:${hall.siteId}`, `hall:${hall.id}`],
      data: { seats: seats.map((seat) => seat.label), reason: input.reason },
    })
    return ok({ released })
  })
}

type StationRefusal = RefusalOf<typeof no, 'STATION_SECRET_INVALID'>

/** For the gates and the lease: where the machine with this secret stands. */
export async function stationOf(
  app: App,
  tx: Tx,
  secret: string | undefined,
): Promise<Result<Station, StationRefusal>> {
  const station = secret ? await findStation(tx, app.crypto.sha256(secret)) : undefined
  return station ? ok(station) : refuse(no.STATION_SECRET_INVALID())
}

/** What a machine shows before anybody sits down at it. */
export async function viewStation(
  app: App,
  secret: string | undefined,
): Promise<Result<StationView, StationRefusal>> {
  const found = await stationOf(app, app.db, secret)
  if (!found.ok) return found
  const { hallId, site, hall, seat } = found.value
  const now = app.clock.now()
  const until = instantAt(addDays(app.clock.today(), 1), '00:00')
  const sitting = await sittingAtHall(app.db, hallId, { now, until })
  return ok({
    site,
    hall,
    seat,
    sitting: sitting
      ? { ...sitting, opensAt: sitting.opensAt.toISOString(), closesAt: sitting.closesAt.toISOString() }
      : null,
  })
}
