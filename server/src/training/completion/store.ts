import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface AssessmentRow {
  enrolmentId: string
  personId: string
  position: number
  name: string
  mark: 'present' | 'absent' | null
  scoreTenths: number | null
  passed: boolean | null
  assessedOn: string | null
}

/** Every learner of a class, with the 结业考核 result where there is one. */
export async function assessmentsOfClass(tx: Tx, classId: string): Promise<AssessmentRow[]> {
  const { rows } = await sql<AssessmentRow>`
    select e.id as enrolment_id, e.person_id, e.position, p.name, a.mark, a.score_tenths, a.passed, a.assessed_on
    from training.enrolments e
    join people.person_cards p on p.id = e.person_id
    left join training.assessments a on a.enrolment_id = e.id
    where e.class_id = ${classId} and e.state in ('admitted', 'completed', 'failed')
    order by e.position limit 5000`.execute(tx)
  return rows
}

export interface ScoreToKeep {
  enrolmentId: string
  mark: 'present' | 'absent'
  scoreTenths: number | null
  passed: boolean
}

export async function upsertAssessments(
  tx: Tx,
  input: { scores: ScoreToKeep[]; assessedOn: string; by: string; at: Date },
): Promise<void> {
  const rows = input.scores.map((one) => ({
    enrolment_id: one.enrolmentId,
    mark: one.mark,
    score_tenths: one.scoreTenths,
    passed: one.passed,
  }))
  await sql`
    insert into training.assessments (enrolment_id, mark, score_tenths, passed, assessed_on, entered_by, entered_at)
    select r.enrolment_id, r.mark, r.score_tenths, r.passed, ${input.assessedOn}, ${input.by}, ${input.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      enrolment_id uuid, mark text, score_tenths int, passed boolean)
    on conflict (enrolment_id) do update
    set mark = excluded.mark, score_tenths = excluded.score_tenths, passed = excluded.passed,
        assessed_on = excluded.assessed_on, entered_by = excluded.entered_by, entered_at = excluded.entered_at`.execute(
    tx,
  )
}

export async function lessonsNotEnded(tx: Tx, classId: string, at: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from training.lessons
    where class_id = ${classId} and cancelled_at is null and ends_at > ${at}`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function setEnrolmentsCompleted(
  tx: Tx,
  input: { results: { enrolmentId: string; decisionId: string; completed: boolean }[]; on: string },
): Promise<void> {
  const rows = input.results.map((one) => ({
    enrolment_id: one.enrolmentId,
    decision_id: one.decisionId,
    completed: one.completed,
  }))
  await sql`
    update training.enrolments e
    set state = case when r.completed then 'completed' else 'failed' end,
        completion_decision_id = r.decision_id, completed_on = ${input.on}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(enrolment_id uuid, decision_id uuid, completed boolean)
    where e.id = r.enrolment_id`.execute(tx)
}

export async function setEnrolmentsAdmittedAgain(tx: Tx, classId: string): Promise<void> {
  await sql`
    update training.enrolments set state = 'admitted', completion_decision_id = null, completed_on = null
    where class_id = ${classId} and state in ('completed', 'failed')`.execute(tx)
}
