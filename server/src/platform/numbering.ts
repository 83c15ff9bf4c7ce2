import { sql } from 'kysely'
import type { Tx } from './db.ts'

/**
 * Takes the next `count` numbers of a series, in the caller's transaction: a refused act uses none up.
 * Returns the first. The row lock orders concurrent takers of one series.
 */
export async function takeNumbers(tx: Tx, series: string, count = 1): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into platform.number_series (series, last) values (${series}, ${count})
    on conflict (series) do update set last = platform.number_series.last + ${count}
    returning last`.execute(tx)
  return (rows[0]?.last ?? count) - count + 1
}
