import { sql } from 'kysely'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { FactKind, ProofState } from '../facts/person-fact.ts'

export interface FactRow {
  id: string
  personId: string
  kind: FactKind
  value: Record<string, unknown>
  fromOn: Day | null
  toOn: Day | null
  proof: ProofState
  fileId: string | null
  verifiedBy: string | null
  verifiedAt: Date | null
  expiresOn: Day | null
  createdAt: Date
  withdrawnAt: Date | null
}

const columns = sql`id, person_id, kind, value, from_on, to_on, proof, file_id, verified_by, verified_at, expires_on,
  created_at, withdrawn_at`

export async function insertFact(
  tx: Tx,
  fact: Omit<FactRow, 'id' | 'withdrawnAt'> & { statedBy: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into people.person_facts (person_id, kind, value, from_on, to_on, proof, file_id, stated_by, verified_by,
      verified_at, expires_on, created_at)
    values (${fact.personId}, ${fact.kind}, ${JSON.stringify(fact.value)}::jsonb, ${fact.fromOn}, ${fact.toOn},
      ${fact.proof}, ${fact.fileId}, ${fact.statedBy}, ${fact.verifiedBy}, ${fact.verifiedAt}, ${fact.expiresOn},
      ${fact.createdAt})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

/** "There is none" and a real entry exclude each other: stating one takes the other back. */
export async function withdrawContradicted(
  tx: Tx,
  personId: string,
  kind: FactKind,
  at: Date,
): Promise<void> {
  await sql`
    update people.person_facts set withdrawn_at = ${at}
    where person_id = ${personId} and kind = ${kind} and withdrawn_at is null and value ? 'none'`.execute(tx)
}

export async function standingFacts(tx: Tx, personId: string): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select ${columns} from people.person_facts
    where person_id = ${personId} and withdrawn_at is null order by kind, from_on nulls last, created_at`.execute(
    tx,
  )
  return rows
}

/** Standing facts of many persons in one read, for batches. */
export async function standingFactsOf(tx: Tx, personIds: string[]): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select ${columns} from people.person_facts
    where person_id = any(${personIds}::uuid[]) and withdrawn_at is null
    order by kind, from_on nulls last, created_at`.execute(tx)
  return rows
}

export async function birthDays(tx: Tx, personIds: string[]): Promise<{ id: string; birthOn: Day }[]> {
  const { rows } = await sql<{ id: string; birthOn: Day }>`
    select id, birth_on from people.persons where id = any(${personIds}::uuid[])`.execute(tx)
  return rows
}

export async function lockFact(tx: Tx, factId: string): Promise<FactRow | undefined> {
  const { rows } = await sql<FactRow>`
    select ${columns} from people.person_facts where id = ${factId} and withdrawn_at is null for update`.execute(
    tx,
  )
  return rows[0]
}

export async function setFactWithdrawn(tx: Tx, factId: string, at: Date): Promise<void> {
  await sql`update people.person_facts set withdrawn_at = ${at} where id = ${factId}`.execute(tx)
}

export async function setFactVerified(
  tx: Tx,
  factId: string,
  input: { by: string; at: Date; expiresOn: Day | null },
): Promise<void> {
  await sql`
    update people.person_facts
    set proof = '已核验', verified_by = ${input.by}, verified_at = ${input.at}, expires_on = ${input.expiresOn}
    where id = ${factId}`.execute(tx)
}

/** A fresh paper starts anew: an earlier verification, run out by now, does not cover it. */
export async function setFactPaper(tx: Tx, factId: string, fileId: string): Promise<void> {
  await sql`
    update people.person_facts
    set proof = '已上传', file_id = ${fileId}, verified_by = null, verified_at = null, expires_on = null
    where id = ${factId}`.execute(tx)
}

export async function setFactUnverified(tx: Tx, factId: string): Promise<void> {
  await sql`
    update people.person_facts
    set proof = case when file_id is null then '自述' else '已上传' end, verified_by = null, verified_at = null,
        expires_on = null
    where id = ${factId}`.execute(tx)
}

/** "There is none" of many persons, before a known entry is recorded for each. */
export async function withdrawNones(tx: Tx, personIds: string[], kind: FactKind, at: Date): Promise<void> {
  await sql`
    update people.person_facts set withdrawn_at = ${at}
    where person_id = any(${personIds}::uuid[]) and kind = ${kind} and withdrawn_at is null
      and value ? 'none'`.execute(tx)
}

export async function insertKnownFacts(
  tx: Tx,
  input: {
    kind: FactKind
    by: string
    at: Date
    rows: { personId: string; value: Record<string, unknown>; fromOn: Day | null; toOn: Day | null }[]
  },
): Promise<void> {
  await sql`
    insert into people.person_facts (person_id, kind, value, from_on, to_on, proof, stated_by, verified_by, verified_at,
      created_at)
    select r."personId", ${input.kind}, r.value, r."fromOn", r."toOn", '已核验', ${input.by}, ${input.by}, ${input.at},
      ${input.at}
    from jsonb_to_recordset(${JSON.stringify(input.rows)}::jsonb)
      as r("personId" uuid, value jsonb, "fromOn" date, "toOn" date)`.execute(tx)
}

export async function findNumberedFact(
  tx: Tx,
  personId: string,
  kind: FactKind,
  number: string,
): Promise<FactRow | undefined> {
  const { rows } = await sql<FactRow>`
    select ${columns} from people.person_facts
    where person_id = ${personId} and kind = ${kind} and value ->> 'number' = ${number} and withdrawn_at is null
    for update`.execute(tx)
  return rows[0]
}

export async function standingEmployers(
  tx: Tx,
  personIds: string[],
  on: Day,
): Promise<{ personId: string; employers: string[] }[]> {
  const { rows } = await sql<{ personId: string; employers: string[] }>`
    select person_id, array_agg(distinct trim(value ->> 'employer')) as employers from people.person_facts
    where person_id = any(${personIds}::uuid[]) and kind = 'employment' and withdrawn_at is null
      and trim(value ->> 'employer') <> '' and (from_on is null or from_on <= ${on}) and (to_on is null or to_on >= ${on})
    group by person_id`.execute(tx)
  return rows
}
