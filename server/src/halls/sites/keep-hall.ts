import type { Actor } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { defined } from '../../platform/assert.ts'
import { record } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from './audit-events.ts'
import { no } from './refusals.ts'
import { fullGrid, layoutProblem, type SeatPlan, whyNotOpenHall, whyNotOpenSite } from './site.ts'
import {
  hasHallNamed,
  insertHall,
  lockHall,
  lockSite,
  replaceSeats,
  setHallClosed,
  sittingsUsing,
  updateHall,
} from './store/sites.ts'

const institutionOf = (actor: Actor) => defined(actor.organisation, 'an evaluation institution').id

type AddRefusal = RefusalOf<typeof no, 'SITE_NOT_FOUND' | 'SITE_CLOSED' | 'HALL_NAME_TAKEN'>

/** Adds a hall with a full grid of usable seats; the editor takes out gaps afterwards. */
export function addHall(
  app: App,
  actor: Actor,
  input: { siteId: string; name: string; rows: number; columns: number },
): Promise<Result<{ id: string; seats: number }, AddRefusal>> {
  return transact<{ id: string; seats: number }, AddRefusal>(app.db, async (tx) => {
    const site = await lockSite(tx, input.siteId, institutionOf(actor))
    if (!site) return refuse(no.SITE_NOT_FOUND())
    const refusal = whyNotOpenSite(site)
    if (refusal) return refuse(refusal)
    const at = app.clock.now()
    const id = await insertHall(tx, { ...input, sebConfigKey: null }, at)
    if (!id) return refuse(no.HALL_NAME_TAKEN({ name: input.name }))
    const seats = fullGrid(input.rows, input.columns)
    await replaceSeats(tx, id, seats)
    await record(tx, {
      name: events['hall.added'],
      at,
      actor,
      subjects: [`site:${site.id}`, `hall:${id}`],
      data: { name: input.name, rows: input.rows, columns: input.columns, seats: seats.length },
    })
    return ok({ id, seats: seats.length })
  })
}

type ChangeRefusal = RefusalOf<
  typeof no,
  'HALL_NOT_FOUND' | 'HALL_CLOSED' | 'SITE_CLOSED' | 'HALL_NAME_TAKEN'
>

/** Name of a hall, and the key of the Safe Exam Browser configuration where the site uses one. */
export function changeHall(
  app: App,
  actor: Actor,
  input: { hallId: string; name: string; sebConfigKey: string | null },
): Promise<Result<{ id: string }, ChangeRefusal>> {
  return transact<{ id: string }, ChangeRefusal>(app.db, async (tx) => {
    const hall = await lockHall(tx, input.hallId, institutionOf(actor))
    if (!hall) return refuse(no.HALL_NOT_FOUND())
    const refusal = whyNotOpenSite(hall.site) ?? whyNotOpenHall(hall)
    if (refusal) return refuse(refusal)
    if (await hasHallNamed(tx, hall.siteId, input.name, hall.id))
      return refuse(no.HALL_NAME_TAKEN({ name: input.name }))
    await updateHall(tx, hall.id, { ...hall, name: input.name, sebConfigKey: input.sebConfigKey })
    await record(tx, {
      name: events['hall.changed'],
      at: app.clock.now(),
      actor,
      subjects: [`site:${hall.siteId}`, `hall:${hall.id}`],
      data: { name: input.name, safeExamBrowser: input.sebConfigKey !== null },
    })
    return ok({ id: hall.id })
  })
}

type CloseRefusal = RefusalOf<typeof no, 'HALL_NOT_FOUND' | 'HALL_CLOSED' | 'HALL_IN_USE'>

export function closeHall(
  app: App,
  actor: Actor,
  input: { hallId: string; reason: string },
): Promise<Result<{ id: string }, CloseRefusal>> {
  return transact<{ id: string }, CloseRefusal>(app.db, async (tx) => {
    const hall = await lockHall(tx, input.hallId, institutionOf(actor))
    if (!hall) return refuse(no.HALL_NOT_FOUND())
    const refusal = whyNotOpenHall(hall)
    if (refusal) return refuse(refusal)
    const using = await sittingsUsing(tx, [hall.id])
    if (using.length > 0)
      return refuse(no.HALL_IN_USE({ sittings: using.map((one) => one.number).join('、') }))
    await setHallClosed(tx, hall.id)
    await record(tx, {
      name: events['hall.closed'],
      at: app.clock.now(),
      actor,
      subjects: [`site:${hall.siteId}`, `hall:${hall.id}`],
      data: { reason: input.reason },
    })
    return ok({ id: hall.id })
  })
}

type SaveRefusal = RefusalOf<
  typeof no,
  'HALL_NOT_FOUND' | 'HALL_CLOSED' | 'SITE_CLOSED' | 'SEAT_LAYOUT_WRONG' | 'SEAT_IN_USE' | 'SEAT_LAYOUT_FIXED'
>

/** Lays the seats of a hall out anew: usable, spare, broken with its reason; what is not in the plan is taken away. */
export function saveSeats(
  app: App,
  actor: Actor,
  input: { hallId: string; rows: number; columns: number; seats: SeatPlan[] },
): Promise<Result<{ seats: number }, SaveRefusal>> {
  return transact<{ seats: number }, SaveRefusal>(app.db, async (tx) => {
    const hall = await lockHall(tx, input.hallId, institutionOf(actor))
    if (!hall) return refuse(no.HALL_NOT_FOUND())
    const refusal = whyNotOpenSite(hall.site) ?? whyNotOpenHall(hall)
    if (refusal) return refuse(refusal)
    const problem = layoutProblem(input.seats, input.rows, input.columns)
    if (problem) return refuse(no.SEAT_LAYOUT_WRONG({ problem }))
    await updateHall(tx, hall.id, { ...hall, rows: input.rows, columns: input.columns })
    const laid = await layOut(tx, hall.id, input.seats)
    if (!laid.ok) return laid
    await record(tx, {
      name: events['seats.saved'],
      at: app.clock.now(),
      actor,
      subjects: [`site:${hall.siteId}`, `hall:${hall.id}`],
      data: { ...countsOf(input.seats), removed: laid.value.removed },
    })
    return ok({ seats: input.seats.length })
  })
}

/**
 * The seats of a hall as planned. While a sitting waits for its draw the layout stands still: the proof is over the
 * seats as they were when its list was closed.
 */
export async function layOut(tx: Tx, hallId: string, seats: SeatPlan[]) {
  const waiting = (await sittingsUsing(tx, [hallId])).filter((one) => one.fixed)
  if (waiting.length > 0)
    return refuse(no.SEAT_LAYOUT_FIXED({ sittings: waiting.map((one) => one.number).join('、') }))
  const { inUse, removed } = await replaceSeats(tx, hallId, seats)
  if (inUse.length > 0) return refuse(no.SEAT_IN_USE({ labels: inUse.slice(0, 10).join('、') }))
  return ok({ removed })
}

function countsOf(seats: SeatPlan[]) {
  const of = (state: SeatPlan['state']) => seats.filter((seat) => seat.state === state).length
  return { usable: of('usable'), spare: of('spare'), broken: of('broken') }
}
