import { sql } from 'kysely'
import type { Role } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import type { DutyHolder, DutyUnit } from './duty.ts'

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
  subject: string
  holder?: DutyHolder | undefined
}

function openDutyOf(key: DutyKey) {
  const organisation = key.holder && 'organisationId' in key.holder ? key.holder : null
  const personId = key.holder && 'personId' in key.holder ? key.holder.personId : null
  return sql`kind = ${key.kind} and subject = ${key.subject} and fulfilled_at is null and cancelled_at is null
    and (${organisation?.organisationId ?? null}::uuid is null
         or (holder_organisation_id = ${organisation?.organisationId ?? null} and holder_role = ${organisation?.role ?? null}))
    and (${personId}::uuid is null or holder_person_id = ${personId})`
}

const closed = sql`id, kind, title, subject, holder_organisation_id, holder_role, due_on`

export async function setFulfilled(tx: Tx, key: DutyKey, at: Date): Promise<ClosedDuty[]> {
  const { rows } = await sql<ClosedDuty>`
    update duties.duties set fulfilled_at = ${at} where ${openDutyOf(key)} returning ${closed}`.execute(tx)
  return rows
}

export async function setCancelled(tx: Tx, key: DutyKey, at: Date, reason: string): Promise<ClosedDuty[]> {
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

export async function findOpenDuty(tx: Tx, key: DutyKey): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{
    id: string
  }>`select id from duties.duties where ${openDutyOf(key)} limit 1`.execute(tx)
  return rows[0]
}
