import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { FiledPlan } from '../filings/filed-plan.ts'

export async function findFiledPlan(tx: Tx, filingId: string): Promise<FiledPlan | undefined> {
  const { rows } = await sql<FiledPlan>`
    select filing_id, number, organisation_id, evaluation_organisation_id, province_code, city_code, year, title,
           occupation_id, direction, level, planned_learners, plan, assessment_plan, starts_on, ends_on, filed_on
    from institutions.filed_plans where filing_id = ${filingId}`.execute(tx)
  return rows[0]
}
