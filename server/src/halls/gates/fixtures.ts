// A door with candidates before it: stations bound, invigilators assigned, numbers that can be asked for.
import { sql } from 'kysely'
import { value } from '../../exams/fixtures.ts'
import type { Actor } from '../../platform/api.ts'
import { anActor } from '../../platform/testing/index.ts'
import { aHallOf, type HallFixture, type HallOptions, type Seated } from '../attempts/fixtures.ts'
import type { ClockedApp } from '../fixtures.ts'
import type { RoomCall } from '../room-call.ts'
import { identify } from './identify.ts'

export interface AtDoor extends Seated {
  station: string
  idTail: string
}
export interface DoorFixture extends HallFixture {
  hallId: string
  chief: Actor
  invigilator: Actor
  patrol: Actor
  people: AtDoor[]
}

export async function aDoor(
  app: ClockedApp,
  options: HallOptions & { open?: boolean; invigilators?: number } = {},
): Promise<DoorFixture> {
  const hall = await aHallOf(app, { candidates: 2, ...options })
  const hallId = hall.halls[0]?.id as string
  const staff = (name: string) =>
    anActor('invigilator', hall.world.evaluation.actor.organisation ?? {}, { name })
  const [chief, invigilator, patrol] = [staff('主考甲'), staff('监考乙'), staff('流动丙')]
  const at = app.clock.now()
  const assigned = [
    { actor: chief, role: 'chief' },
    { actor: invigilator, role: 'invigilator' },
  ].slice(0, options.invigilators ?? 2)
  for (const { actor, role } of [...assigned, { actor: patrol, role: 'patrol' }]) {
    await sql`
      insert into halls.invigilators (sitting_id, hall_id, account_id, name, role, assigned_by, assigned_at)
      values (${hall.sittingId}, ${hallId}, ${actor.accountId}, ${actor.name}, ${role}, 'fixture', ${at})`.execute(
      app.db,
    )
  }
  await sql`
    update halls.sitting_halls set state = ${options.open === false ? 'waiting' : 'admitting'}
    where sitting_id = ${hall.sittingId}`.execute(app.db)
  const people: AtDoor[] = []
  for (const [n, one] of hall.seated.entries()) {
    const station = `station-${one.seatId}`
    const idTail = `00${String(n).padStart(3, '0')}X`
    await sql`
      update people.persons set id_number_sealed = ${app.crypto.encryptField(`420106199506${idTail}`, 'id-number')}
      where id = ${one.personId}`.execute(app.db)
    await sql`
      update halls.seats set station_hash = ${app.crypto.sha256(station)}, station_bound_at = ${at}
      where id = ${one.seatId}`.execute(app.db)
    people.push({ ...one, station, idTail })
  }
  return { ...hall, hallId, chief, invigilator, patrol, people }
}

/** What a machine in the hall sends. */
export function aCall(app: ClockedApp, secrets: RoomCall['secrets'], files: Buffer[] = []): RoomCall {
  return {
    app,
    secrets,
    files: files.map((bytes) => ({ field: 'picture', name: 'p.jpg', mediaType: 'image/jpeg', bytes })),
    ip: '10.0.0.8',
    agent: 'test',
    sebConfigHash: undefined,
    url: 'http://hall.test/api/exam/identify',
  }
}

/** Somebody who has identified at the own seat and waits. */
export async function anAdmission(app: ClockedApp): Promise<string> {
  const { people } = await aDoor(app, { candidates: 1 })
  const [one] = people as [AtDoor]
  value(
    await identify(aCall(app, { station: one.station }), {
      ticketNumber: one.ticketNumber,
      idTail: one.idTail,
    }),
  )
  const { rows } = await sql<{ id: string }>`
    select id from halls.admissions where candidate_id = ${one.candidateId}`.execute(app.db)
  return rows[0]?.id as string
}
