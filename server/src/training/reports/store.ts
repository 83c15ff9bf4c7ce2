import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import type { Office, ReportState, ReportSummary, TrainingReport } from './report.ts'

const columns = sql`c.id, c.number, c.class_id, c.organisation_id, c.province_code, c.city_code, c.state, c.round,
  c.completed_on, c.due_on, c.summary, c.narrative, c.first_submitted_at, c.submitted_at, c.late, c.received_at`

export async function insertReport(
  tx: Tx,
  one: Pick<
    TrainingReport,
    | 'number'
    | 'classId'
    | 'organisationId'
    | 'provinceCode'
    | 'cityCode'
    | 'completedOn'
    | 'dueOn'
    | 'summary'
  > & { at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into training.reports (number, class_id, organisation_id, province_code, city_code, state, completed_on, due_on,
      summary, created_at)
    values (${one.number}, ${one.classId}, ${one.organisationId}, ${one.provinceCode}, ${one.cityCode}, 'drafted',
      ${one.completedOn}, ${one.dueOn}, ${JSON.stringify(one.summary)}::jsonb, ${one.at}) returning id`.execute(
    tx,
  )
  return (rows[0] as { id: string }).id
}

export async function lockReport(
  tx: Tx,
  actor: Actor,
  reportId: string,
): Promise<TrainingReport | undefined> {
  const { rows } = await sql<TrainingReport>`
    select ${columns} from training.reports c where c.id = ${reportId} and ${withinScope(actor)} for update`.execute(
    tx,
  )
  return rows[0]
}

export interface ReportRecord extends TrainingReport {
  classNumber: string
  className: string
  occupationId: string
  direction: string | null
  level: string
  startsOn: string
  endsOn: string
}

export async function findReport(tx: Tx, actor: Actor, reportId: string): Promise<ReportRecord | undefined> {
  const { rows } = await sql<ReportRecord>`
    select ${columns}, k.number as class_number, k.name as class_name, k.occupation_id, k.direction, k.level, k.starts_on, k.ends_on
    from training.reports c join training.classes k on k.id = c.class_id
    where c.id = ${reportId} and ${withinScope(actor)}`.execute(tx)
  return rows[0]
}

export async function findReportOfClass(tx: Tx, classId: string): Promise<TrainingReport | undefined> {
  const { rows } = await sql<TrainingReport>`
    select ${columns} from training.reports c where c.class_id = ${classId}`.execute(tx)
  return rows[0]
}

/** A draft that never left the institution goes with the completion it reported. */
export async function deleteUnsentReport(tx: Tx, reportId: string): Promise<void> {
  await sql`delete from training.reports where id = ${reportId} and round = 0`.execute(tx)
}

/** The figures of a class's training situation, in one read. */
export async function summarise(tx: Tx, classId: string): Promise<Record<string, number | null>> {
  const { rows } = await sql<Record<string, number | null>>`
    with learners as (
      select e.id, e.state from training.enrolments e where e.class_id = ${classId} and e.state in ('admitted', 'completed', 'failed')
    ), held as (
      select count(*) as lessons, count(distinct teacher_id) as teachers, coalesce(sum(minutes), 0)::int as minutes,
             coalesce(sum(minutes) filter (where mode = 'online'), 0)::int as online_minutes
      from training.lessons where class_id = ${classId} and cancelled_at is null
    ), attended as (
      select coalesce(sum(a.credited_seconds), 0)::bigint as seconds
      from training.attendances a join training.lessons l on l.id = a.lesson_id and l.cancelled_at is null
      where l.class_id = ${classId} and a.enrolment_id in (select id from learners)
    )
    select (select count(*) from learners) as admitted,
           (select count(*) from learners where state = 'completed') as completed,
           (select count(*) from learners where state = 'failed') as failed,
           held.lessons, held.teachers, held.minutes, held.online_minutes, attended.seconds as attended_seconds,
           (select count(*) from training.assessments s join learners on learners.id = s.enrolment_id where s.passed) as assessment_passed,
           (select round(avg(s.score_tenths))::int from training.assessments s join learners on learners.id = s.enrolment_id) as assessment_average_tenths
    from held, attended`.execute(tx)
  return rows[0] ?? {}
}

/** Takes the roster down as it is now, in one statement; later changes to the class do not reach it. */
export async function snapshotRoster(
  tx: Tx,
  input: { reportId: string; classId: string; round: number; hours: Map<string, unknown> },
): Promise<number> {
  const hours = [...input.hours].map(([enrolment_id, value]) => ({ enrolment_id, hours: value }))
  const { numAffectedRows } = await sql`
    insert into training.report_learners (report_id, round, enrolment_id, person_id, holder_name, hours, score_tenths,
      result, certificate_number)
    select ${input.reportId}, ${input.round}, e.id, e.person_id, p.name, h.hours, a.score_tenths, e.state, t.number
    from training.enrolments e
    join jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as h(enrolment_id uuid, hours jsonb) on h.enrolment_id = e.id
    join people.person_cards p on p.id = e.person_id
    left join training.assessments a on a.enrolment_id = e.id
    left join training.certificates t on t.enrolment_id = e.id and t.state = 'issued'
    where e.class_id = ${input.classId} and e.state in ('completed', 'failed')`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function setSubmitted(
  tx: Tx,
  input: {
    reportId: string
    round: number
    narrative: string
    summary: ReportSummary
    late: boolean
    at: Date
  },
): Promise<void> {
  await sql`
    update training.reports
    set state = 'submitted', round = ${input.round}, narrative = ${input.narrative}, submitted_at = ${input.at},
        summary = ${JSON.stringify(input.summary)}::jsonb, first_submitted_at = coalesce(first_submitted_at, ${input.at}),
        late = ${input.late}
    where id = ${input.reportId}`.execute(tx)
}

export async function saveNarrative(tx: Tx, reportId: string, narrative: string): Promise<void> {
  await sql`update training.reports set narrative = ${narrative} where id = ${reportId}`.execute(tx)
}

export interface ReportReceipt {
  round: number
  office: Office
  decision: 'received' | 'returned'
  reason: string | null
  clause: string
  receiptNumber: string | null
  decidedBy: string
  decidedByName: string
  decidedAt: Date
}

export async function receiptsOf(tx: Tx, reportId: string): Promise<ReportReceipt[]> {
  const { rows } = await sql<ReportReceipt>`
    select round, office, decision, reason, clause, receipt_number, decided_by, decided_by_name, decided_at
    from training.report_receipts where report_id = ${reportId} order by round desc, decided_at desc`.execute(
    tx,
  )
  return rows
}

export async function insertReceipt(tx: Tx, reportId: string, one: ReportReceipt): Promise<void> {
  await sql`
    insert into training.report_receipts (report_id, round, office, decision, reason, clause, receipt_number, decided_by,
      decided_by_name, decided_at)
    values (${reportId}, ${one.round}, ${one.office}, ${one.decision}, ${one.reason}, ${one.clause}, ${one.receiptNumber},
      ${one.decidedBy}, ${one.decidedByName}, ${one.decidedAt})`.execute(tx)
}

export async function setReturned(tx: Tx, reportId: string): Promise<void> {
  await sql`update training.reports set state = 'returned' where id = ${reportId}`.execute(tx)
}

export async function setReceived(tx: Tx, reportId: string, at: Date): Promise<void> {
  await sql`update training.reports set state = 'received', received_at = ${at} where id = ${reportId}`.execute(
    tx,
  )
}

export interface ReportFilter extends ListInput {
  state?: ReportState | undefined
  overdue?: boolean | undefined
}

export async function listReports(
  tx: Tx,
  actor: Actor,
  filter: ReportFilter,
  today: string,
): Promise<{ rows: ReportRecord[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const from = sql`
    from training.reports c join training.classes k on k.id = c.class_id
    where ${withinScope(actor)} and (${filter.state ?? null}::text is null or c.state = ${filter.state ?? null})
      and (${filter.overdue ?? null}::boolean is null
           or (c.late or (c.first_submitted_at is null and c.due_on < ${today})) = ${filter.overdue ?? null})
      and (${q}::text is null or k.name ilike ${q} or c.number ilike ${q})`
  const { rows } = await sql<ReportRecord>`
    select ${columns}, k.number as class_number, k.name as class_name, k.occupation_id, k.direction, k.level, k.starts_on, k.ends_on
    ${from} order by c.due_on desc, c.number desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const counted = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export interface RosterRow {
  enrolmentId: string
  personId: string
  holderName: string
  maskedIdNumber: string
  hours: Record<string, number>
  scoreTenths: number | null
  result: 'completed' | 'failed'
  certificateNumber: string | null
}

export async function rosterOf(tx: Tx, reportId: string, round: number): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select r.enrolment_id, r.person_id, r.holder_name, p.masked_id_number, r.hours, r.score_tenths, r.result,
           r.certificate_number
    from training.report_learners r join people.person_cards p on p.id = r.person_id
    where r.report_id = ${reportId} and r.round = ${round}
    order by r.certificate_number nulls last, r.holder_name limit 5000`.execute(tx)
  return rows
}
