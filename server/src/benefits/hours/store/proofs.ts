import { sql } from 'kysely'
import type { Day } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db.ts'

export interface HoursProof {
  id: string
  number: string
  code: string
  personId: string
  year: number
  totalTenths: number
  creditIds: string[]
  issuedOn: Day
}

const columns = sql`id, number, code, person_id, year, total_tenths, credit_ids, issued_on`

/** Two browsers asking at once for the same person's proof get the same paper. */
export async function lockProofsOf(tx: Tx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 11))`.execute(tx)
}

export async function findSameProof(
  tx: Tx,
  personId: string,
  year: number,
  creditIds: string[],
): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${columns} from benefits.hours_proofs
    where person_id = ${personId} and year = ${year} and credit_ids = ${creditIds}::uuid[]
    order by created_at desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertProof(tx: Tx, proof: Omit<HoursProof, 'id'> & { at: Date }): Promise<HoursProof> {
  const { rows } = await sql<HoursProof>`
    insert into benefits.hours_proofs (number, code, person_id, year, total_tenths, credit_ids, issued_on, created_at)
    values (${proof.number}, ${proof.code}, ${proof.personId}, ${proof.year}, ${proof.totalTenths}, ${proof.creditIds}::uuid[],
      ${proof.issuedOn}, ${proof.at}) returning ${columns}`.execute(tx)
  return rows[0] as HoursProof
}

export async function findOwnProof(
  tx: Tx,
  personId: string | null,
  id: string,
): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${columns} from benefits.hours_proofs where id = ${id} and person_id = ${personId}`.execute(tx)
  return rows[0]
}

export async function findProofByCode(tx: Tx, code: string): Promise<HoursProof | undefined> {
  const { rows } = await sql<HoursProof>`
    select ${columns} from benefits.hours_proofs where code = ${code}`.execute(tx)
  return rows[0]
}
