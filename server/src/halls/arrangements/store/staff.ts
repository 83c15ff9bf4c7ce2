import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { InvigilatorRole } from '../arrangement.ts'

export interface Invigilator {
  hallId: string
  accountId: string
  name: string
  role: InvigilatorRole
  assignedAt: Date
}

export async function invigilatorsOf(tx: Tx, sittingId: string): Promise<Invigilator[]> {
  const { rows } = await sql<Invigilator>`
    select hall_id, account_id, name, role, assigned_at from halls.invigilators
    where sitting_id = ${sittingId} and removed_at is null order by role, name`.execute(tx)
  return rows
}

export interface NewInvigilator {
  accountId: string
  name: string
  role: InvigilatorRole
}

/** Exactly these people in a hall: who stays with the same role keeps the row, who goes gets an end. */
export async function replaceInvigilators(
  tx: Tx,
  of: { sittingId: string; hallId: string },
  people: NewInvigilator[],
  by: string,
  at: Date,
): Promise<void> {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as w("accountId" text, name text, role text)`
  await sql`
    update halls.invigilators i set removed_at = ${at}
    where sitting_id = ${of.sittingId} and hall_id = ${of.hallId} and removed_at is null and not exists (
      select from ${wanted} where w."accountId" = i.account_id and w.role = i.role)`.execute(tx)
  await sql`
    insert into halls.invigilators (sitting_id, hall_id, account_id, name, role, assigned_by, assigned_at)
    select ${of.sittingId}::uuid, ${of.hallId}::uuid, w."accountId", w.name, w.role, ${by}, ${at} from ${wanted}
    where not exists (select from halls.invigilators i where i.sitting_id = ${of.sittingId} and i.hall_id = ${of.hallId}
      and i.account_id = w."accountId" and i.removed_at is null)`.execute(tx)
}

/** Where these accounts already invigilate at a time that overlaps this sitting, this hall left out. */
export async function elsewhere(
  tx: Tx,
  of: { sittingId: string; hallId: string },
  accountIds: string[],
): Promise<{ accountId: string; place: string }[]> {
  const { rows } = await sql<{ accountId: string; place: string }>`
    select distinct i.account_id, c.number || ' ' || h.name as place
    from halls.invigilators i join halls.halls h on h.id = i.hall_id
    join exams.sitting_cards c on c.sitting_id = i.sitting_id and c.state in ('planned', 'open')
    where i.account_id = any(${accountIds}) and i.removed_at is null and i.role <> 'patrol'
      and not (i.sitting_id = ${of.sittingId} and i.hall_id = ${of.hallId})
      and (i.sitting_id = ${of.sittingId} or exists (
        select from exams.sitting_windows theirs join exams.sitting_windows ours on ours.sitting_id = ${of.sittingId}
        where theirs.sitting_id = i.sitting_id and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at))`.execute(
    tx,
  )
  return rows
}

/** What could make an invigilator partial: where the candidates were trained, who they are. */
export interface CandidateTies {
  candidateId: string
  personId: string
  trainingOrganisationId: string
  ticketNumber: string
  name: string
}

export async function candidateTies(tx: Tx, sittingId: string): Promise<CandidateTies[]> {
  const { rows } = await sql<CandidateTies>`
    select c.candidate_id, c.person_id, c.training_organisation_id, c.ticket_number, p.name
    from exams.sitting_candidates c join people.person_cards p on p.id = c.person_id
    where c.sitting_id = ${sittingId} order by c.ticket_number`.execute(tx)
  return rows
}

// --- accommodations -----------------------------------------------------------------------------------------

export interface Accommodation {
  id: string
  sittingId: string
  personId: string
  personName: string
  ticketNumber: string | null
  extraMinutes: number
  accessibleSeat: boolean
  reason: string
  proposedBy: string
  proposedByName: string
  proposedAt: Date
  decision: 'approved' | 'rejected' | null
  decisionReason: string | null
  decidedByName: string | null
  decidedAt: Date | null
}

const accommodation = sql`
  select m.id, m.sitting_id, m.person_id, p.name as person_name, c.ticket_number, m.extra_minutes, m.accessible_seat,
    m.reason, m.proposed_by, m.proposed_by_name, m.proposed_at, m.decision, m.decision_reason, m.decided_by_name, m.decided_at
  from halls.accommodations m join people.person_cards p on p.id = m.person_id
  left join exams.sitting_candidates c on c.sitting_id = m.sitting_id and c.person_id = m.person_id`

export async function accommodationsOf(tx: Tx, sittingId: string): Promise<Accommodation[]> {
  const { rows } = await sql<Accommodation>`
    ${accommodation} where m.sitting_id = ${sittingId} order by m.decision is not null, m.proposed_at`.execute(
    tx,
  )
  return rows
}

export async function lockAccommodation(
  tx: Tx,
  id: string,
  organisationId: string,
): Promise<Accommodation | undefined> {
  const { rows } = await sql<Accommodation>`
    ${accommodation} join halls.arrangements a on a.sitting_id = m.sitting_id
    where m.id = ${id} and a.organisation_id = ${organisationId} for update of m`.execute(tx)
  return rows[0]
}

/** A new one; undefined when the person has one already that is not rejected. */
export async function insertAccommodation(
  tx: Tx,
  one: Pick<
    Accommodation,
    | 'sittingId'
    | 'personId'
    | 'extraMinutes'
    | 'accessibleSeat'
    | 'reason'
    | 'proposedBy'
    | 'proposedByName'
    | 'proposedAt'
  >,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.accommodations (sitting_id, person_id, extra_minutes, accessible_seat, reason, proposed_by,
      proposed_by_name, proposed_at)
    values (${one.sittingId}, ${one.personId}, ${one.extraMinutes}, ${one.accessibleSeat}, ${one.reason}, ${one.proposedBy},
      ${one.proposedByName}, ${one.proposedAt})
    on conflict (sitting_id, person_id) where decision is distinct from 'rejected' do nothing returning id`.execute(
    tx,
  )
  return rows[0]?.id
}

export async function setAccommodationDecided(
  tx: Tx,
  id: string,
  to: { decision: 'approved' | 'rejected'; reason: string; by: string; byName: string; at: Date },
): Promise<void> {
  await sql`
    update halls.accommodations set decision = ${to.decision}, decision_reason = ${to.reason}, decided_by = ${to.by},
      decided_by_name = ${to.byName}, decided_at = ${to.at} where id = ${id}`.execute(tx)
}
