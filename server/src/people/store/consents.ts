import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface ConsentRow {
  purpose: string
  textVersion: string
  givenAt: Date
  withdrawnAt: Date | null
}

export async function insertConsent(
  tx: Tx,
  consent: { personId: string; purpose: string; textVersion: string; at: Date; hallId?: string | undefined },
): Promise<boolean> {
  const { rows } = await sql`
    insert into people.consents (person_id, purpose, text_version, given_at, given_at_hall)
    values (${consent.personId}, ${consent.purpose}, ${consent.textVersion}, ${consent.at}, ${consent.hallId ?? null})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function setConsentWithdrawn(
  tx: Tx,
  personId: string,
  purpose: string,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update people.consents set withdrawn_at = ${at}
    where person_id = ${personId} and purpose = ${purpose} and withdrawn_at is null returning id`.execute(tx)
  return rows.length > 0
}

/** Given and taken back, newest first. */
export async function consentHistory(tx: Tx, personId: string): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select purpose, text_version, given_at, withdrawn_at from people.consents
    where person_id = ${personId} order by given_at desc limit 200`.execute(tx)
  return rows
}

/** The agreement that stands now. */
export async function standingConsent(
  tx: Tx,
  personId: string,
  purpose: string,
): Promise<{ id: string; textVersion: string; givenAt: Date } | undefined> {
  const { rows } = await sql<{ id: string; textVersion: string; givenAt: Date }>`
    select id, text_version, given_at from people.consents
    where person_id = ${personId} and purpose = ${purpose} and withdrawn_at is null`.execute(tx)
  return rows[0]
}
