import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import type { ClassState, HoursByKind, TrainingClass } from './class.ts'

const columns = sql`c.id, c.number, c.name, c.filing_id, c.organisation_id, c.province_code, c.city_code, c.occupation_id,
  c.direction, c.level, c.capacity, c.venue, c.venue_province_code, c.venue_city_code, c.planned_hours,
  c.standard_hour_minutes, c.pass_mark_tenths, c.name_flags, c.name_review, c.name_review_reason, c.fee_id, c.fee_cents,
  c.starts_on, c.ends_on, c.state, c.announced_at, c.started_at, c.completed_on, c.cancelled_at, c.cancel_reason`

/** The class if it is in the actor's scope, locked against every other act on it. */
export async function lockClass(tx: Tx, actor: Actor, classId: string): Promise<TrainingClass | undefined> {
  const { rows } = await sql<TrainingClass>`
    select ${columns} from training.classes c where c.id = ${classId} and ${withinScope(actor)} for update`.execute(
    tx,
  )
  return rows[0]
}

/** Locks whatever the scope: for a learner, whose right to the class is the announcement or the enrolment. */
export async function lockClassForLearner(tx: Tx, classId: string): Promise<TrainingClass | undefined> {
  const { rows } = await sql<TrainingClass>`
    select ${columns} from training.classes c where c.id = ${classId} for update`.execute(tx)
  return rows[0]
}

export async function findClass(tx: Tx, actor: Actor, classId: string): Promise<TrainingClass | undefined> {
  const { rows } = await sql<TrainingClass>`
    select ${columns} from training.classes c where c.id = ${classId} and ${withinScope(actor)}`.execute(tx)
  return rows[0]
}

/** Orders the planning of classes on one filing: two browsers cannot both take its last places. */
export async function lockPlanning(tx: Tx, filingId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`training.filing:${filingId}`}, 0))`.execute(tx)
}

export async function plannedOn(tx: Tx, filingId: string): Promise<{ classes: number; seats: number }> {
  const { rows } = await sql<{ classes: number; seats: number }>`
    select count(*) as classes, coalesce(sum(capacity), 0)::int as seats
    from training.classes where filing_id = ${filingId} and state <> 'cancelled'`.execute(tx)
  return rows[0] ?? { classes: 0, seats: 0 }
}

export interface NewClass {
  number: string
  name: string
  filingId: string
  organisationId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: string
  capacity: number
  venue: string
  venueProvinceCode: string
  venueCityCode: string | null
  plannedHours: HoursByKind
  standardHourMinutes: number
  passMarkTenths: number
  nameFlags: string[]
  startsOn: string
  endsOn: string
  at: Date
}

export async function insertClass(tx: Tx, one: NewClass): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into training.classes (number, name, filing_id, organisation_id, province_code, city_code, occupation_id,
      direction, level, capacity, venue, venue_province_code, venue_city_code, planned_hours, standard_hour_minutes,
      pass_mark_tenths, name_flags, name_review, starts_on, ends_on, state, created_at)
    values (${one.number}, ${one.name}, ${one.filingId}, ${one.organisationId}, ${one.provinceCode}, ${one.cityCode},
      ${one.occupationId}, ${one.direction}, ${one.level}, ${one.capacity}, ${one.venue}, ${one.venueProvinceCode},
      ${one.venueCityCode}, ${JSON.stringify(one.plannedHours)}::jsonb, ${one.standardHourMinutes}, ${one.passMarkTenths},
      ${one.nameFlags}, ${one.nameFlags.length > 0 ? 'open' : 'none'}, ${one.startsOn}, ${one.endsOn}, 'planned', ${one.at})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function setNameReviewed(
  tx: Tx,
  classId: string,
  outcome: 'cleared' | 'rejected',
  reason: string,
) {
  await sql`update training.classes set name_review = ${outcome}, name_review_reason = ${reason}
    where id = ${classId}`.execute(tx)
}

export async function setAnnounced(
  tx: Tx,
  classId: string,
  fee: { id: string; amountCents: number },
  at: Date,
) {
  await sql`update training.classes set state = 'announced', announced_at = ${at}, fee_id = ${fee.id},
    fee_cents = ${fee.amountCents} where id = ${classId}`.execute(tx)
}

export async function setPlannedAgain(tx: Tx, classId: string) {
  await sql`update training.classes set state = 'planned', announced_at = null, fee_id = null, fee_cents = null
    where id = ${classId}`.execute(tx)
}

export async function setStarted(tx: Tx, classId: string, at: Date) {
  await sql`update training.classes set state = 'running', started_at = ${at} where id = ${classId}`.execute(
    tx,
  )
}

export async function setCancelled(tx: Tx, classId: string, reason: string, at: Date) {
  await sql`update training.classes set state = 'cancelled', cancelled_at = ${at}, cancel_reason = ${reason}
    where id = ${classId}`.execute(tx)
}

export async function setCompleted(tx: Tx, classId: string, on: string) {
  await sql`update training.classes set state = 'completed', completed_on = ${on} where id = ${classId}`.execute(
    tx,
  )
}

export async function setRunningAgain(tx: Tx, classId: string) {
  await sql`update training.classes set state = 'running', completed_on = null where id = ${classId}`.execute(
    tx,
  )
}

export async function setReported(tx: Tx, classId: string) {
  await sql`update training.classes set state = 'reported' where id = ${classId}`.execute(tx)
}

export interface ClassFilter extends ListInput {
  state?: ClassState | undefined
  occupationId?: string | undefined
  level?: string | undefined
  cityCode?: string | undefined
  flagged?: boolean | undefined
}

export interface ClassRow {
  id: string
  number: string
  name: string
  organisationId: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: string
  capacity: number
  state: ClassState
  startsOn: string
  endsOn: string
  completedOn: string | null
  nameFlags: string[]
  nameReview: string
  registered: number
  waiting: number
  admitted: number
  completed: number
  failed: number
  reportState: string | null
  reportDueOn: string | null
}

function classesWhere(actor: Actor, filter: Omit<ClassFilter, 'page' | 'size'>) {
  const q = filter.q ? `%${filter.q}%` : null
  return sql`${withinScope(actor)}
    and (${filter.state ?? null}::text is null or c.state = ${filter.state ?? null})
    and (${filter.occupationId ?? null}::text is null or c.occupation_id = ${filter.occupationId ?? null})
    and (${filter.level ?? null}::text is null or c.level = ${filter.level ?? null})
    and (${filter.cityCode ?? null}::text is null or c.city_code = ${filter.cityCode ?? null})
    and (${filter.flagged ?? null}::boolean is null or (c.name_review = 'open') = ${filter.flagged ?? null})
    and (${q}::text is null or c.name ilike ${q} or c.number ilike ${q})`
}

export async function listClasses(tx: Tx, actor: Actor, filter: ClassFilter): Promise<ClassRow[]> {
  const { rows } = await sql<ClassRow>`
    select c.id, c.number, c.name, c.organisation_id, c.city_code, c.occupation_id, c.direction, c.level, c.capacity,
           c.state, c.starts_on, c.ends_on, c.completed_on, c.name_flags, c.name_review, c.registered, c.waiting,
           c.admitted, c.completed, c.failed, c.report_state, c.report_due_on
    from training.class_facts c where ${classesWhere(actor, filter)}
    order by c.starts_on desc, c.number desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  return rows
}

export async function countClasses(
  tx: Tx,
  actor: Actor,
  filter: Omit<ClassFilter, 'page' | 'size'>,
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from training.classes c where ${classesWhere(actor, filter)}`.execute(tx)
  return rows[0]?.total ?? 0
}

export interface PlanToUse {
  filingId: string
  number: string
  title: string
  occupationId: string
  direction: string | null
  level: string
  plannedLearners: number
  plannedClasses: number
  venue: string
  startsOn: string
  endsOn: string
  seatsTaken: number
  classesTaken: number
}

/** Filed plans of an institution that have not run out, with what their classes take up already. */
export async function plansToUse(tx: Tx, organisationId: string | null, today: string): Promise<PlanToUse[]> {
  const { rows } = await sql<PlanToUse>`
    select f.filing_id, f.number, f.title, f.occupation_id, f.direction, f.level, f.planned_learners,
           (f.plan ->> 'classes')::int as planned_classes, f.plan -> 'venue' ->> 'name' as venue, f.starts_on, f.ends_on,
           t.seats_taken, t.classes_taken
    from institutions.filed_plans f
    cross join lateral (
      select coalesce(sum(c.capacity), 0)::int as seats_taken, count(*)::int as classes_taken
      from training.classes c where c.filing_id = f.filing_id and c.state <> 'cancelled'
    ) t
    where f.organisation_id = ${organisationId} and f.ends_on >= ${today}
    order by f.starts_on limit 200`.execute(tx)
  return rows
}
