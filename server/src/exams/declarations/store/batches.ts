import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { BatchState } from '../declaration.ts'

export interface DeclarationBatch {
  id: string
  number: string
  organisationId: string
  evaluationOrganisationId: string
  provinceCode: string
  cityCode: string | null
  state: BatchState
}

const columns = sql`id, number, organisation_id, evaluation_organisation_id, province_code, city_code, state`

export async function insertBatch(
  tx: Tx,
  batch: Omit<DeclarationBatch, 'state'> & { createdBy: string; at: Date },
): Promise<void> {
  await sql`
    insert into exams.declaration_batches (id, number, organisation_id, evaluation_organisation_id, province_code,
      city_code, state, created_by, created_at)
    values (${batch.id}, ${batch.number}, ${batch.organisationId}, ${batch.evaluationOrganisationId},
      ${batch.provinceCode}, ${batch.cityCode}, 'drafted', ${batch.createdBy}, ${batch.at})`.execute(tx)
}

export async function lockBatch(
  tx: Tx,
  id: string,
  organisationId: string,
): Promise<DeclarationBatch | undefined> {
  const { rows } = await sql<DeclarationBatch>`
    select ${columns} from exams.declaration_batches
    where id = ${id} and organisation_id = ${organisationId} for update`.execute(tx)
  return rows[0]
}

/** Whoever counts what still waits in a batch holds it first: of two acts on its halves, the later sees the earlier. */
export async function lockBatches(tx: Tx, ids: string[]): Promise<DeclarationBatch[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<DeclarationBatch>`
    select ${columns} from exams.declaration_batches where id = any(${ids}::uuid[]) order by id for update`.execute(
    tx,
  )
  return rows
}

export async function setBatchState(
  tx: Tx,
  id: string,
  state: 'submitted' | 'withdrawn',
  at: Date,
): Promise<void> {
  await sql`
    update exams.declaration_batches set state = ${state},
      submitted_at = case when ${state} = 'submitted' then ${at}::timestamptz else submitted_at end
    where id = ${id}`.execute(tx)
}
