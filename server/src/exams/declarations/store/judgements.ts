import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface RecordedJudgement {
  id: string
  declarationId: string
  term: string
  personFactId: string | null
  result: '认定' | '不认定'
  reason: string
  judgedByName: string
  judgedOn: string
}

/** The latest judgement of each term: a later one replaces an earlier, which stays on record. */
export async function judgementsOf(tx: Tx, declarationIds: string[]): Promise<RecordedJudgement[]> {
  const { rows } = await sql<RecordedJudgement>`
    select distinct on (declaration_id, term, person_fact_id) id, declaration_id, term, person_fact_id, result, reason,
      judged_by_name, judged_on
    from exams.judgements where declaration_id = any(${declarationIds}::uuid[])
    order by declaration_id, term, person_fact_id, judged_at desc`.execute(tx)
  return rows
}

export async function insertJudgement(
  tx: Tx,
  judgement: Omit<RecordedJudgement, 'id'> & { judgedBy: string; judgedAt: Date },
): Promise<void> {
  await sql`
    insert into exams.judgements (declaration_id, term, person_fact_id, result, reason, judged_by, judged_by_name, judged_on,
      judged_at)
    values (${judgement.declarationId}, ${judgement.term}, ${judgement.personFactId}, ${judgement.result},
      ${judgement.reason}, ${judgement.judgedBy}, ${judgement.judgedByName}, ${judgement.judgedOn}, ${judgement.judgedAt})`.execute(
    tx,
  )
}
