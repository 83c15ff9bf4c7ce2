import { sql } from 'kysely'
import type { Actor, Level } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import {
  type DecisionAct,
  type ItemState,
  NO_LONGER_PASSED,
  type ReportCounts,
  type ReportItem,
  type ReportState,
  type ResultReport,
} from '../result-report.ts'
import { withinScope } from '../within-scope.ts'

const reportColumns = sql`r.id, r.number, r.sitting_id, r.supplements_id, r.sitting_number, r.sitting_title, r.organisation_id,
  r.province_code, r.city_code, r.occupation_id, r.direction, r.level, r.venue, r.ended_on, r.counts, r.narrative, r.state, r.round,
  r.submit_due_on, r.submitted_on, r.confirm_due_on, r.confirmed_on, r.exported_on, r.audited_on, r.issue_due_on, r.issued_on`
const itemColumns = sql`i.id, i.report_id, i.position, i.candidate_id, i.person_id, i.holder_name, i.masked_id_number, i.ticket_number,
  i.attempt, i.direction, i.theory_score_tenths, i.ability_score_tenths, i.state, i.reason, i.clause`

export interface SittingForReport {
  sittingId: string
  number: string
  title: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  venue: string
  endedOn: Day
  counts: ReportCounts
}

/** A sitting whose results are published; undefined before. */
export async function findScoredSitting(tx: Tx, sittingId: string): Promise<SittingForReport | undefined> {
  const { rows } = await sql<SittingForReport>`
    select sitting_id, number, title, organisation_id, province_code, city_code, occupation_id, direction, level, venue, ended_on,
      jsonb_build_object('candidates', candidates, 'passed', passed, 'failed', failed, 'absent', absent,
        'misconduct', misconduct) as counts
    from exams.sitting_cards where sitting_id = ${sittingId} and state in ('scored', 'reported')`.execute(tx)
  return rows[0]
}

/** The new report's id; undefined when the sitting has its first report already. */
export async function insertReport(
  tx: Tx,
  sitting: SittingForReport,
  report: { number: string; supplementsId: string | null; submitDueOn: Day | null; at: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into certificates.result_reports (number, sitting_id, supplements_id, sitting_number, sitting_title, organisation_id,
      province_code, city_code, occupation_id, direction, level, venue, ended_on, counts, state, submit_due_on, created_at)
    values (${report.number}, ${sitting.sittingId}, ${report.supplementsId}, ${sitting.number}, ${sitting.title},
      ${sitting.organisationId}, ${sitting.provinceCode}, ${sitting.cityCode}, ${sitting.occupationId}, ${sitting.direction},
      ${sitting.level}, ${sitting.venue}, ${sitting.endedOn}, ${JSON.stringify(sitting.counts)}::jsonb, 'drafted',
      ${report.submitDueOn}, ${report.at})
    on conflict (sitting_id) where supplements_id is null do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

export async function lockReport(tx: Tx, actor: Actor, id: string): Promise<ResultReport | undefined> {
  const { rows } = await sql<ResultReport>`
    select ${reportColumns} from certificates.result_reports r
    where r.id = ${id} and ${withinScope(actor)} for update`.execute(tx)
  return rows[0]
}

export async function findReport(tx: Tx, actor: Actor, id: string): Promise<ResultReport | undefined> {
  const { rows } = await sql<ResultReport>`
    select ${reportColumns} from certificates.result_reports r where r.id = ${id} and ${withinScope(actor)}`.execute(
    tx,
  )
  return rows[0]
}

export async function findReports(tx: Tx, actor: Actor, ids: string[]): Promise<ResultReport[]> {
  const { rows } = await sql<ResultReport>`
    select ${reportColumns} from certificates.result_reports r
    where r.id = any(${ids}::uuid[]) and ${withinScope(actor)}`.execute(tx)
  return rows
}

/** Living reports of a sitting that have not left the institution: a corrected score reaches them. */
export async function lockOpenReports(tx: Tx, sittingId: string): Promise<ResultReport[]> {
  const { rows } = await sql<ResultReport>`
    select ${reportColumns} from certificates.result_reports r
    where r.sitting_id = ${sittingId} and r.state in ('drafted', 'returned', 'national_returned')
    order by r.created_at for update`.execute(tx)
  return rows
}

export async function findOpenSupplement(tx: Tx, sittingId: string): Promise<{ number: string } | undefined> {
  const { rows } = await sql<{ number: string }>`
    select number from certificates.result_reports where sitting_id = ${sittingId} and supplements_id is not null
      and state in ('drafted', 'submitted', 'returned', 'confirmed', 'exported', 'national_returned') limit 1`.execute(
    tx,
  )
  return rows[0]
}

export interface ReportMove {
  state: ReportState
  round?: number
  narrative?: string
  submittedOn?: Day
  confirmDueOn?: Day | null
  confirmedOn?: Day
  exportedOn?: Day
  auditedOn?: Day
  issueDueOn?: Day | null
  issuedOn?: Day
}

export async function moveReport(tx: Tx, id: string, move: ReportMove): Promise<void> {
  await sql`
    update certificates.result_reports set state = ${move.state}, round = coalesce(${move.round ?? null}, round),
      narrative = coalesce(${move.narrative ?? null}, narrative),
      submitted_on = coalesce(${move.submittedOn ?? null}::date, submitted_on),
      confirm_due_on = coalesce(${move.confirmDueOn ?? null}::date, confirm_due_on),
      confirmed_on = coalesce(${move.confirmedOn ?? null}::date, confirmed_on),
      exported_on = coalesce(${move.exportedOn ?? null}::date, exported_on),
      audited_on = coalesce(${move.auditedOn ?? null}::date, audited_on),
      issue_due_on = coalesce(${move.issueDueOn ?? null}::date, issue_due_on),
      issued_on = coalesce(${move.issuedOn ?? null}::date, issued_on)
    where id = ${id}`.execute(tx)
}

export interface NewDecision {
  reportId: string
  round: number
  office: 'institution' | 'province' | 'national'
  act: DecisionAct
  reason?: string | null
  dueOn?: Day | null
  late?: boolean
  data?: Record<string, unknown>
  actor: Actor
  on: Day
  at: Date
}

export async function insertDecision(tx: Tx, one: NewDecision): Promise<void> {
  await sql`
    insert into certificates.report_decisions
      (report_id, round, office, act, reason, clause, due_on, late, data, organisation_name, acted_by, acted_by_name, acted_on, acted_at)
    values (${one.reportId}, ${one.round}, ${one.office}, ${one.act}, ${one.reason ?? null}, 'HB-4.4', ${one.dueOn ?? null},
      ${one.late ?? false}, ${JSON.stringify(one.data ?? {})}::jsonb, ${one.actor.organisation?.name ?? one.actor.name},
      ${one.actor.accountId}, ${one.actor.name}, ${one.on}, ${one.at})`.execute(tx)
}

export interface DecisionRow {
  round: number
  office: string
  act: DecisionAct
  reason: string | null
  dueOn: Day | null
  late: boolean
  organisationName: string
  actedByName: string
  actedOn: Day
}

export async function decisionsOf(tx: Tx, reportId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select round, office, act, reason, due_on, late, organisation_name, acted_by_name, acted_on
    from certificates.report_decisions where report_id = ${reportId} order by acted_at`.execute(tx)
  return rows
}

// --- items -------------------------------------------------------------------------------------------------

/** Candidates of the sitting who passed and stand in no living report, as the register knows them now. */
const unreported = sql`
  select p.candidate_id, p.person_id, c.name as holder_name, c.masked_id_number, p.ticket_number, p.attempt, p.direction,
    p.theory_score_tenths, p.ability_score_tenths, p.decision_id
  from exams.published_results p join people.person_cards c on c.id = p.person_id
  where p.result = 'passed'
    and not exists (select 1 from certificates.report_items i
      where i.candidate_id = p.candidate_id and i.state in ('included', 'approved', 'issued'))`

/** Takes every passed candidate who is not reported yet into the report; returns how many. */
export async function addUnreported(tx: Tx, reportId: string, sittingId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into certificates.report_items (report_id, position, candidate_id, person_id, holder_name, masked_id_number, ticket_number,
      attempt, direction, theory_score_tenths, ability_score_tenths, decision_id, state)
    select ${reportId}, coalesce((select max(position) from certificates.report_items where report_id = ${reportId}), 0)
        + row_number() over (order by u.ticket_number),
      u.candidate_id, u.person_id, u.holder_name, u.masked_id_number, u.ticket_number, u.attempt, u.direction,
      u.theory_score_tenths, u.ability_score_tenths, u.decision_id, 'included'
    from (${unreported} and p.sitting_id = ${sittingId}) u
    where not exists (select 1 from certificates.report_items i where i.report_id = ${reportId} and i.candidate_id = u.candidate_id)
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** An item beside what the register and the results say of it now. */
export interface ItemNow extends ReportItem {
  nameNow: string
  maskedIdNumberNow: string
  resultNow: string | null
  theoryNow: number | null
  abilityNow: number | null
}

export async function itemsNow(tx: Tx, reportIds: string[]): Promise<ItemNow[]> {
  const { rows } = await sql<ItemNow>`
    select ${itemColumns}, c.name as name_now, c.masked_id_number as masked_id_number_now, p.result as result_now,
      p.theory_score_tenths as theory_now, p.ability_score_tenths as ability_now
    from certificates.report_items i
    join people.person_cards c on c.id = i.person_id
    left join exams.published_results p on p.candidate_id = i.candidate_id
    where i.report_id = any(${reportIds}::uuid[]) order by i.report_id, i.position`.execute(tx)
  return rows
}

/** Brings a report that has not left yet in line with the results; the differences are returned by kind. */
export async function refreshItems(tx: Tx, reportId: string): Promise<{ changed: number; withheld: number }> {
  const changed = await sql`
    update certificates.report_items i set holder_name = c.name, masked_id_number = c.masked_id_number,
      theory_score_tenths = p.theory_score_tenths, ability_score_tenths = p.ability_score_tenths, decision_id = p.decision_id
    from exams.published_results p join people.person_cards c on c.id = p.person_id
    where i.report_id = ${reportId} and p.candidate_id = i.candidate_id and p.result = 'passed'
      and (i.holder_name, i.masked_id_number, i.theory_score_tenths, i.ability_score_tenths)
        is distinct from (c.name, c.masked_id_number, p.theory_score_tenths, p.ability_score_tenths)`.execute(
    tx,
  )
  const withheld = await sql`
    update certificates.report_items i set state = 'withheld', reason = ${NO_LONGER_PASSED}, clause = 'HB-4.4'
    from exams.published_results p
    where i.report_id = ${reportId} and i.state = 'included' and p.candidate_id = i.candidate_id and p.result <> 'passed'`.execute(
    tx,
  )
  return { changed: Number(changed.numAffectedRows ?? 0), withheld: Number(withheld.numAffectedRows ?? 0) }
}

export async function itemsOf(tx: Tx, reportId: string, states?: ItemState[]): Promise<ReportItem[]> {
  const { rows } = await sql<ReportItem>`
    select ${itemColumns} from certificates.report_items i where i.report_id = ${reportId}
      and (${states ?? null}::text[] is null or i.state = any(${states ?? null}::text[]))
    order by i.position`.execute(tx)
  return rows
}

/** Sets items apart or back; only those of the report in one of `from`. Returns how many. */
export async function setItems(
  tx: Tx,
  reportId: string,
  from: ItemState[],
  changes: { itemId: string; state: ItemState; reason: string | null }[],
): Promise<number> {
  if (changes.length === 0) return 0
  const { numAffectedRows } = await sql`
    update certificates.report_items i
    set state = n.state, reason = n.reason, clause = case when n.reason is null then null else 'HB-4.4' end
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as n("itemId" uuid, state text, reason text)
    where i.id = n."itemId" and i.report_id = ${reportId} and i.state = any(${from}::text[])`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function setAllItems(tx: Tx, reportId: string, from: ItemState, to: ItemState): Promise<number> {
  const { numAffectedRows } = await sql`
    update certificates.report_items set state = ${to}, reason = null, clause = null
    where report_id = ${reportId} and state = ${from}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
