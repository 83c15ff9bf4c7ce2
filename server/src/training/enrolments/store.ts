import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import { type EnrolmentState, SEATED } from './enrolment.ts'

export interface EnrolmentCounts {
  registered: number
  waiting: number
  admitted: number
  completed: number
  failed: number
  seated: number
}

export async function countEnrolments(tx: Tx, classId: string): Promise<EnrolmentCounts> {
  const { rows } = await sql<EnrolmentCounts>`
    select count(*) filter (where state = 'registered') as registered,
           count(*) filter (where state = 'waiting') as waiting,
           count(*) filter (where state = 'admitted') as admitted,
           count(*) filter (where state = 'completed') as completed,
           count(*) filter (where state = 'failed') as failed,
           count(*) filter (where state = any(${SEATED}::text[])) as seated
    from training.enrolments where class_id = ${classId}`.execute(tx)
  return rows[0] as EnrolmentCounts
}

export interface NewEnrolment {
  personId: string
  state: 'registered' | 'waiting'
  decisionId: string
  audienceOutcome: string
}

/** One statement whatever their number, in the order given. Returns their ids in that order. */
export async function insertEnrolments(
  tx: Tx,
  input: { classId: string; source: 'self' | 'roster'; at: Date; enrolments: NewEnrolment[] },
): Promise<string[]> {
  const rows = input.enrolments.map((one, place) => ({
    id: crypto.randomUUID(),
    place,
    person_id: one.personId,
    state: one.state,
    decision_id: one.decisionId,
    audience_outcome: one.audienceOutcome,
  }))
  await sql`
    insert into training.enrolments (id, class_id, person_id, source, state, decision_id, audience_outcome, registered_at)
    select r.id, ${input.classId}, r.person_id, ${input.source}, r.state, r.decision_id, r.audience_outcome, ${input.at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, place int, person_id uuid, state text, decision_id uuid, audience_outcome text)
    order by r.place`.execute(tx)
  return rows.map((row) => row.id)
}

export async function standingEnrolment(
  tx: Tx,
  classId: string,
  personId: string,
): Promise<{ id: string; state: EnrolmentState } | undefined> {
  const { rows } = await sql<{ id: string; state: EnrolmentState }>`
    select id, state from training.enrolments
    where class_id = ${classId} and person_id = ${personId} and state not in ('declined', 'withdrawn')`.execute(
    tx,
  )
  return rows[0]
}

export async function personsStanding(tx: Tx, classId: string, personIds: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ personId: string }>`
    select person_id from training.enrolments
    where class_id = ${classId} and person_id = any(${personIds}::uuid[])
      and state not in ('declined', 'withdrawn')`.execute(tx)
  return new Set(rows.map((row) => row.personId))
}

/** Ends every enrolment of a class that is in one of the states; for cancelling and for starting. */
export async function endEnrolments(
  tx: Tx,
  input: {
    classId: string
    from: readonly EnrolmentState[]
    to: 'declined'
    reason: string
    by: string
    at: Date
  },
): Promise<{ id: string; personId: string }[]> {
  const { rows } = await sql<{ id: string; personId: string }>`
    update training.enrolments
    set state = ${input.to}, reason = ${input.reason}, decided_by = ${input.by}, decided_at = ${input.at}
    where class_id = ${input.classId} and state = any(${input.from as string[]}::text[])
    returning id, person_id`.execute(tx)
  return rows
}

export interface EnrolmentToDecide {
  id: string
  personId: string
  name: string
  state: EnrolmentState
  audienceOutcome: string
}

export async function enrolmentsToDecide(
  tx: Tx,
  classId: string,
  ids: string[],
): Promise<EnrolmentToDecide[]> {
  const { rows } = await sql<EnrolmentToDecide>`
    select e.id, e.person_id, p.name, e.state, e.audience_outcome
    from training.enrolments e join people.person_cards p on p.id = e.person_id
    where e.class_id = ${classId} and e.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export async function setDecided(
  tx: Tx,
  input: { ids: string[]; state: 'admitted' | 'declined'; reason: string | null; by: string; at: Date },
): Promise<void> {
  await sql`
    update training.enrolments
    set state = ${input.state}, reason = ${input.reason}, decided_by = ${input.by}, decided_at = ${input.at}
    where id = any(${input.ids}::uuid[])`.execute(tx)
}

export async function setWithdrawn(tx: Tx, id: string, reason: string | null, at: Date): Promise<void> {
  await sql`update training.enrolments set state = 'withdrawn', reason = ${reason}, decided_at = ${at}
    where id = ${id}`.execute(tx)
}

/** The first `seats` of the waiting list, in the order of registration, become registered. */
export async function setMovedUp(
  tx: Tx,
  classId: string,
  seats: number,
): Promise<{ id: string; personId: string }[]> {
  const { rows } = await sql<{ id: string; personId: string }>`
    update training.enrolments set state = 'registered'
    where id in (select id from training.enrolments where class_id = ${classId} and state = 'waiting'
                 order by position limit ${seats})
    returning id, person_id`.execute(tx)
  return rows
}

export async function findOwnEnrolment(
  tx: Tx,
  enrolmentId: string,
  personId: string,
): Promise<{ id: string; classId: string; state: EnrolmentState } | undefined> {
  const { rows } = await sql<{ id: string; classId: string; state: EnrolmentState }>`
    select id, class_id, state from training.enrolments
    where id = ${enrolmentId} and person_id = ${personId}`.execute(tx)
  return rows[0]
}

export interface EnrolmentFilter extends ListInput {
  classId: string
  state?: EnrolmentState | undefined
  outcome?: string | undefined
}

export interface EnrolmentRow {
  id: string
  position: number
  personId: string
  name: string
  maskedIdNumber: string
  phoneMasked: string | null
  source: 'self' | 'roster'
  state: EnrolmentState
  audienceOutcome: string
  decisionId: string
  registeredAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string | null
}

export async function listEnrolments(
  tx: Tx,
  actor: Actor,
  filter: EnrolmentFilter,
): Promise<{ rows: EnrolmentRow[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const from = sql`
    from training.enrolments e
    join training.classes c on c.id = e.class_id
    join people.person_cards p on p.id = e.person_id
    where e.class_id = ${filter.classId} and ${withinScope(actor)}
      and (${filter.state ?? null}::text is null or e.state = ${filter.state ?? null})
      and (${filter.outcome ?? null}::text is null or e.audience_outcome = ${filter.outcome ?? null})
      and (${q}::text is null or p.name ilike ${q} or p.masked_id_number like ${q})`
  const { rows } = await sql<EnrolmentRow>`
    select e.id, e.position, e.person_id, p.name, p.masked_id_number, p.phone_masked, e.source, e.state,
           e.audience_outcome, e.decision_id, e.registered_at, e.decided_at, e.decided_by, e.reason
    ${from} order by e.position limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export interface EnrolmentRecord extends EnrolmentRow {
  classId: string
  className: string
  standardHourMinutes: number
  completionDecisionId: string | null
}

export async function findEnrolment(
  tx: Tx,
  actor: Actor,
  enrolmentId: string,
): Promise<EnrolmentRecord | undefined> {
  const { rows } = await sql<EnrolmentRecord>`
    select e.id, e.position, e.person_id, p.name, p.masked_id_number, p.phone_masked, e.source, e.state,
           e.audience_outcome, e.decision_id, e.registered_at, e.decided_at, e.decided_by, e.reason, e.class_id,
           c.name as class_name, c.standard_hour_minutes, e.completion_decision_id
    from training.enrolments e
    join training.classes c on c.id = e.class_id
    join people.person_cards p on p.id = e.person_id
    where e.id = ${enrolmentId} and ${withinScope(actor)}`.execute(tx)
  return rows[0]
}

/** Whose enrolments these are. */
export async function personsOfEnrolments(
  tx: Tx,
  ids: string[],
): Promise<{ id: string; personId: string }[]> {
  const { rows } = await sql<{ id: string; personId: string }>`
    select id, person_id from training.enrolments where id = any(${ids}::uuid[])`.execute(tx)
  return rows
}
