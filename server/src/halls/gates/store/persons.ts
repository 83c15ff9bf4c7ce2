import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

/** The province whose figures bind a person's data; the platform's own where nothing is known. */
export async function findPersonProvince(tx: Tx, personId: string): Promise<string> {
  const { rows } = await sql<{ provinceCode: string | null }>`
    select province_code from people.person_cards where id = ${personId}`.execute(tx)
  return rows[0]?.provinceCode ?? '420000'
}
