import { sql } from 'kysely'
import type { Scope } from '../people/index.ts'
import type { ListInput, Role } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import type { Duty, DutyHolder, DutyState, DutyUnit } from './duty.ts'

export interface NewDuty {
  kind: string
  subject: string
  title: string
  link: string
  holder: DutyHolder
  clause: string | null
  startedOn: Day
  dueOn: Day | null
  amount: number | null
  unit: DutyUnit | null
  provisional: boolean
  provinceCode: string | null
  cityCode: string | null
  createdAt: Date
}

/** The new duty's id; undefined when the same duty is open already. */
export async function insertDuty(tx: Tx, duty: NewDuty): Promise<string | undefined> {
  const organisation = 'organisationId' in duty.holder ? duty.holder : undefined
  const personId = 'personId' in duty.holder ? duty.holder.personId : null
  const { rows } = await sql<{ id: string }>`
    insert into duties.duties (kind, subject, title, link, holder_organisation_id, holder_person_id, holder_role, clause,
      started_on, due_on, amount, unit, provisional, province_code, city_code, created_at)
    values (${duty.kind}, ${duty.subject}, ${duty.title}, ${duty.link}, ${organisation?.organisationId ?? null},
      ${personId}, ${organisation?.role ?? 'learner'}, ${duty.clause}, ${duty.startedOn}, ${duty.dueOn}, ${duty.amount},
      ${duty.unit}, ${duty.provisional}, ${duty.provinceCode}, ${duty.cityCode}, ${duty.createdAt})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export interface ClosedDuty {
  id: string
  kind: string
  title: string
  subject: string
  holderOrganisationId: string | null
  holderRole: Role
  dueOn: Day | null
}

export interface DutyKey {
  kind: string
  subject: string | readonly string[]
  holder?: DutyHolder | undefined
}

function openDutyOf(key: DutyKey) {
  const organisation = key.holder && 'organisationId' in key.holder ? key.holder : null
  const personId = key.holder && 'personId' in key.holder ? key.holder.personId : null
  return sql`kind = ${key.kind} and subject = any(${[key.subject].flat()}::text[]) and fulfilled_at is null and cancelled_at is null
    and (${organisation?.organisationId ?? null}::uuid is null
         or (holder_organisation_id = ${organisation?.organisationId ?? null} and holder_role = ${organisation?.role ?? null}))
    and (${personId}::uuid is null or holder_person_id = ${personId})`
}

const closed = sql`id, kind, title, subject, holder_organisation_id, holder_role, due_on`

export async function setFulfilled(tx: Tx, key: DutyKey, at: Date): Promise<ClosedDuty[]> {
  if (key.subject.length === 0) return []
  const { rows } = await sql<ClosedDuty>`
    update duties.duties set fulfilled_at = ${at} where ${openDutyOf(key)} returning ${closed}`.execute(tx)
  return rows
}

export async function setCancelled(tx: Tx, key: DutyKey, at: Date, reason: string): Promise<ClosedDuty[]> {
  if (key.subject.length === 0) return []
  const { rows } = await sql<ClosedDuty>`
    update duties.duties set cancelled_at = ${at}, cancel_reason = ${reason}
    where ${openDutyOf(key)} returning ${closed}`.execute(tx)
  return rows
}

/** Marks what is overdue and not escalated yet; the row locks let several workers run this at once. */
export async function setEscalated(tx: Tx, today: Day, at: Date, limit: number): Promise<ClosedDuty[]> {
  const { rows } = await sql<ClosedDuty>`
    update duties.duties set escalated_at = ${at}
    where id in (
      select id from duties.duties
      where due_on < ${today} and fulfilled_at is null and cancelled_at is null and escalated_at is null
      order by due_on limit ${limit} for update skip locked)
    returning ${closed}`.execute(tx)
  return rows
}

const shown = sql`
  d.id, d.kind, d.subject, d.title, d.link, d.holder_organisation_id, d.holder_person_id, d.holder_role,
  coalesce(o.name, p.name) as holder_name, d.clause, d.started_on, d.due_on, d.amount, d.unit, d.provisional,
  d.province_code, d.city_code, d.fulfilled_at, d.cancelled_at, d.cancel_reason, d.escalated_at, d.created_at`
const from = sql`
  duties.duties d left join people.organisations o on o.id = d.holder_organisation_id
  left join people.person_cards p on p.id = d.holder_person_id`
const open = sql`d.fulfilled_at is null and d.cancelled_at is null`
// Overdue first, then the next due; what has no due day comes last.
const urgency = sql`d.due_on nulls last, d.started_on, d.id`

/** Duties a scope may see: an institution its own, an officer those of the region, a person his. */
function within(scope: Scope) {
  switch (scope.kind) {
    case 'person':
      return sql`d.holder_person_id = ${scope.personId}`
    case 'organisation':
      return sql`d.holder_organisation_id = ${scope.organisationId}`
    case 'city':
      return sql`d.city_code = ${scope.cityCode}`
    case 'province':
      return sql`d.province_code = ${scope.provinceCode}`
    case 'nation':
      return sql`true`
  }
}

export async function openDutiesOf(
  tx: Tx,
  holder: { organisationId: string; role: Role } | { personId: string },
  limit: number,
): Promise<{ rows: Duty[]; total: number }> {
  const mine =
    'personId' in holder
      ? sql`d.holder_person_id = ${holder.personId}`
      : sql`d.holder_organisation_id = ${holder.organisationId} and d.holder_role = ${holder.role}`
  const { rows } = await sql<Duty>`
    select ${shown} from ${from} where ${open} and ${mine} order by ${urgency} limit ${limit}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from duties.duties d where ${open} and ${mine}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Overdue duties of others in a supervisor's region. */
export async function overdueDutiesWithin(
  tx: Tx,
  scope: Scope,
  input: { today: Day; exceptOrganisationId: string | null; limit: number },
): Promise<{ rows: Duty[]; total: number }> {
  const where = sql`${open} and d.due_on < ${input.today} and ${within(scope)}
    and d.holder_organisation_id is distinct from ${input.exceptOrganisationId}::uuid`
  const { rows } = await sql<Duty>`
    select ${shown} from ${from} where ${where} order by ${urgency} limit ${input.limit}`.execute(tx)
  const count = await sql<{ total: number }>`
    select count(*) as total from duties.duties d where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

export interface DutyFilter extends ListInput {
  state?: DutyState | undefined
  holderOrganisationId?: string | undefined
  dueFrom?: Day | undefined
  dueTo?: Day | undefined
}

export async function listDuties(
  tx: Tx,
  scope: Scope,
  filter: DutyFilter,
  today: Day,
): Promise<{ rows: Duty[]; total: number }> {
  const fulfilledOn = sql`(d.fulfilled_at at time zone 'Asia/Shanghai')::date`
  const states: Record<DutyState, ReturnType<typeof sql>> = {
    open: sql`${open} and (d.due_on is null or d.due_on >= ${today})`,
    overdue: sql`${open} and d.due_on < ${today}`,
    fulfilled: sql`d.fulfilled_at is not null and (d.due_on is null or ${fulfilledOn} <= d.due_on)`,
    fulfilled_late: sql`d.fulfilled_at is not null and ${fulfilledOn} > d.due_on`,
    cancelled: sql`d.cancelled_at is not null`,
  }
  const where = sql`${within(scope)} and ${filter.state ? states[filter.state] : sql`true`}
    and (${filter.q ?? null}::text is null or d.title ilike '%' || ${filter.q ?? ''} || '%'
         or o.name ilike '%' || ${filter.q ?? ''} || '%')
    and (${filter.holderOrganisationId ?? null}::uuid is null
         or d.holder_organisation_id = ${filter.holderOrganisationId ?? null})
    and (${filter.dueFrom ?? null}::date is null or d.due_on >= ${filter.dueFrom ?? null})
    and (${filter.dueTo ?? null}::date is null or d.due_on <= ${filter.dueTo ?? null})`
  const { rows } = await sql<Duty>`
    select ${shown} from ${from} where ${where}
    order by (${open}) desc, ${urgency} limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`select count(*) as total from ${from} where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
