// What a node and its province must know of people and institutions beside the rows they carry.
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { candidatesOf, type HallKey } from './places.ts'

/** Agreements to face data that a hall's candidates have taken back without agreeing anew. */
export async function withdrawnOf(tx: Tx, hall: HallKey): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from people.consents c
    where c.purpose = 'face' and c.withdrawn_at is not null and c.person_id in
      (select s.person_id from exams.sitting_candidates s where s.candidate_id in (${candidatesOf(hall)}))
      and not exists (select from people.consents n
        where n.person_id = c.person_id and n.purpose = 'face' and n.withdrawn_at is null)`.execute(tx)
  return rows.map((row) => row.id)
}

/** Whose they are, of those agreements that still stand here. */
export async function personsStillAgreed(tx: Tx, consentIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`
    select person_id from people.consents
    where id = any(${consentIds}::uuid[]) and purpose = 'face' and withdrawn_at is null`.execute(tx)
  return rows.map((row) => row.personId)
}

export async function institutionIdOf(tx: Tx, of: { sittingId: string }): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select organisation_id as id from halls.arrangements where sitting_id = ${of.sittingId}`.execute(tx)
  return rows[0]?.id
}
