import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Seat } from '../site.ts'

const seat = sql`t.id, t.hall_id, t.label, t.row_number as row, t.column_number as column, t.machine, t.state,
  t.broken_reason, t.accessible, t.station_hash is not null as bound, t.station_bound_at as bound_at`

/** Seats of halls, row by row. */
export async function seatsOf(tx: Tx, hallIds: string[]): Promise<Seat[]> {
  const { rows } = await sql<Seat>`
    select ${seat} from halls.seats t where t.hall_id = any(${hallIds}::uuid[])
    order by t.hall_id, t.row_number, t.column_number`.execute(tx)
  return rows
}

export async function setBindCodes(
  tx: Tx,
  codes: { seatId: string; hash: string }[],
  until: Date,
): Promise<void> {
  await sql`
    update halls.seats t set bind_code_hash = c.hash, bind_code_until = ${until}
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as c("seatId" uuid, hash text)
    where t.id = c."seatId"`.execute(tx)
}

export interface SeatToBind {
  id: string
  label: string
  hallId: string
  hall: string
  siteId: string
  organisationId: string
  bound: boolean
}

/** The seat a code is for, locked; a code that has run out or was used finds none. */
export async function lockSeatByCode(tx: Tx, codeHash: string, now: Date): Promise<SeatToBind | undefined> {
  const { rows } = await sql<SeatToBind>`
    select t.id, t.label, h.id as hall_id, h.name as hall, s.id as site_id, s.organisation_id,
      t.station_hash is not null as bound
    from halls.seats t join halls.halls h on h.id = t.hall_id join halls.sites s on s.id = h.site_id
    where t.bind_code_hash = ${codeHash} and t.bind_code_until >= ${now} and h.state = 'active' and s.state = 'active'
    for update of t`.execute(tx)
  return rows[0]
}

export async function setStation(tx: Tx, seatId: string, hash: string, at: Date): Promise<void> {
  await sql`update halls.seats set station_hash = ${hash}, station_bound_at = ${at}, bind_code_hash = null,
    bind_code_until = null where id = ${seatId}`.execute(tx)
}

export async function clearStations(tx: Tx, seatIds: string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update halls.seats set station_hash = null, station_bound_at = null, bind_code_hash = null, bind_code_until = null
    where id = any(${seatIds}::uuid[]) and station_hash is not null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Where a machine stands, by the hash of the secret it holds. */
export interface Station {
  seatId: string
  seat: string
  hallId: string
  hall: string
  sebConfigKey: string | null
  siteId: string
  site: string
}

export async function findStation(tx: Tx, stationHash: string): Promise<Station | undefined> {
  const { rows } = await sql<Station>`
    select t.id as seat_id, t.label as seat, h.id as hall_id, h.name as hall, h.seb_config_key, s.id as site_id,
      s.name as site
    from halls.seats t join halls.halls h on h.id = t.hall_id join halls.sites s on s.id = h.site_id
    where t.station_hash = ${stationHash} and h.state = 'active' and s.state = 'active'`.execute(tx)
  return rows[0]
}

export interface StationSitting {
  id: string
  title: string
  part: 'theory' | 'ability'
  opensAt: Date
  closesAt: Date
}

/** The part that is on in a hall, or the next one of the day; the longest extra time goes on past the window. */
export async function sittingAtHall(
  tx: Tx,
  hallId: string,
  ask: { now: Date; until: Date },
): Promise<StationSitting | undefined> {
  const { rows } = await sql<StationSitting>`
    select c.sitting_id as id, c.title, p.part, p.starts_at as opens_at, p.ends_at as closes_at
    from halls.sitting_halls u join exams.sitting_cards c on c.sitting_id = u.sitting_id
    join exams.sitting_windows p on p.sitting_id = c.sitting_id
    where u.hall_id = ${hallId} and c.state in ('planned', 'open') and p.starts_at < ${ask.until}
      and p.ends_at + interval '240 minutes' > ${ask.now}
    order by p.ends_at > ${ask.now} desc, p.starts_at limit 1`.execute(tx)
  return rows[0]
}
