import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { headsSha256 } from '../archives/heads.ts'
import type { Stock } from './node.ts'
import { attemptsOf, comparable, type HallKey, keyText, PLACES } from './places.ts'

export interface JournalHead {
  attemptId: string
  seq: number
  /** Hex. */
  hash: string
}

/** The last entry of every attempt of a hall that has one. */
export async function headsOfHall(tx: Tx, hall: HallKey): Promise<JournalHead[]> {
  const { rows } = await sql<JournalHead>`
    select a.id as attempt_id, j.seq, encode(j.hash, 'hex') as hash
    from halls.attempts a join lateral (
      select seq, hash from halls.journal where sitting_id = a.sitting_id and attempt_id = a.id order by seq desc limit 1
    ) j on true
    where a.sitting_id = ${hall.sittingId} and a.id in (${attemptsOf(hall)}) order by a.id`.execute(tx)
  return rows
}

/** Counts and digests of everything of a hall, computed the same on both sides. */
export async function stockOf(tx: Tx, hall: HallKey): Promise<Stock> {
  const places: Stock['places'] = {}
  for (const [name, place] of Object.entries(PLACES)) {
    const { rows } = await sql<{ rows: number; sha256: string }>`
      select count(*)::int as rows,
        encode(sha256(coalesce(string_agg(d.line, '' order by d.line collate "C"), '')::bytea), 'hex') as sha256
      from (select ${keyText(place)} || ' ' || md5(${comparable(place)}) || chr(10) as line
        from ${sql.table(place.table)} t where ${place.of(hall)}) d`.execute(tx)
    places[name] = rows[0] ?? { rows: 0, sha256: '' }
  }
  const heads = await headsOfHall(tx, hall)
  return {
    places,
    attempts: heads.length,
    entries: heads.reduce((sum, head) => sum + head.seq, 0),
    headsSha256: headsSha256(heads),
  }
}
