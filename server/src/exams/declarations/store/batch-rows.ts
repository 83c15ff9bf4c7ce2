import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Outcome } from '../declaration.ts'

export type BatchRowState = 'waiting' | 'declared' | 'refused' | 'unread'

export interface NewBatchRow {
  row: number
  certificateNumber: string | null
  name: string | null
  certificateId: string | null
  state: 'waiting' | 'unread'
  problem: string | null
}

export async function insertBatchRows(tx: Tx, batchId: string, rows: NewBatchRow[]): Promise<void> {
  await sql`
    insert into exams.batch_rows (batch_id, row, certificate_number, name, training_certificate_id, state, problem)
    select ${batchId}, r.row, r."certificateNumber", r.name, r."certificateId", r.state, r.problem
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      row int, "certificateNumber" text, name text, "certificateId" uuid, state text, problem text)`.execute(
    tx,
  )
}

/** The next rows to decide, held until the caller commits; another worker takes others. */
export async function takeWaitingRows(
  tx: Tx,
  batchId: string,
  limit: number,
): Promise<{ row: number; certificateId: string }[]> {
  const { rows } = await sql<{ row: number; certificateId: string }>`
    select row, training_certificate_id as certificate_id from exams.batch_rows
    where batch_id = ${batchId} and state = 'waiting' order by row limit ${limit} for update skip locked`.execute(
    tx,
  )
  return rows
}

export async function settleRows(
  tx: Tx,
  batchId: string,
  rows: { row: number; declarationId: string | null; problem: string | null }[],
): Promise<void> {
  await sql`
    update exams.batch_rows b set declaration_id = r."declarationId", problem = r.problem,
      state = case when r."declarationId" is null then 'refused' else 'declared' end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(row int, "declarationId" uuid, problem text)
    where b.batch_id = ${batchId} and b.row = r.row`.execute(tx)
}

export interface BatchProgress {
  rows: number
  waiting: number
  declared: number
  refused: number
  unread: number
}

/** How far the deciding of an imported batch is; undefined for a batch of chosen learners. */
export async function batchProgress(tx: Tx, batchId: string): Promise<BatchProgress | undefined> {
  const { rows } = await sql<BatchProgress>`
    select count(*)::int as rows,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'declared')::int as declared,
      count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'unread')::int as unread
    from exams.batch_rows where batch_id = ${batchId}`.execute(tx)
  return rows[0] && rows[0].rows > 0 ? rows[0] : undefined
}

export interface BatchResultRow {
  row: number | null
  certificateNumber: string | null
  name: string | null
  number: string | null
  outcome: Outcome | null
  problem: string | null
  decision: unknown
}

/** Every row of the sheet with its declaration and verdict; of a batch of chosen learners its declarations. */
export async function batchResults(tx: Tx, batchId: string): Promise<BatchResultRow[]> {
  const { rows } = await sql<BatchResultRow>`
    select r.row, coalesce(r.certificate_number, t.number) as certificate_number,
      coalesce(r.name, p.name) as name, d.number, d.outcome, r.problem, k.decision
    from (select * from exams.declarations where batch_id = ${batchId} and state <> 'withdrawn') d
    full join (select * from exams.batch_rows where batch_id = ${batchId}) r on r.declaration_id = d.id
    left join platform.decisions k on k.id = d.decision_id
    left join people.person_cards p on p.id = d.person_id
    left join training.certificate_register t on t.id = d.training_certificate_id
    order by r.row nulls last, d.number`.execute(tx)
  return rows
}
