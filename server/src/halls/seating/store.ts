import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** What a draw belongs to: one sitting, or a whole joint examination. */
export type DrawOf = { sittingId: string } | { familyId: string }

export interface Draw {
  id: string
  sittingId: string | null
  familyId: string | null
  commitment: string
  seedSealed: Buffer
  publicSource: string
  publicExpectedAt: Date
  committedBy: string
  committedByName: string
  committedAt: Date
  publicValue: string | null
  publicKnownAt: Date | null
  publicByName: string | null
  drawnAt: Date | null
  voidedAt: Date | null
  voidedReason: string | null
}

const draw = sql`d.id, d.sitting_id, d.family_id, d.commitment, d.seed_sealed, d.public_source, d.public_expected_at,
  d.committed_by, d.committed_by_name, d.committed_at, d.public_value, d.public_known_at, d.public_by_name, d.drawn_at,
  d.voided_at, d.voided_reason`

const belongs = (of: DrawOf) =>
  'sittingId' in of ? sql`d.sitting_id = ${of.sittingId}` : sql`d.family_id = ${of.familyId}`

export async function insertDraw(
  tx: Tx,
  of: DrawOf,
  one: Pick<
    Draw,
    | 'id'
    | 'commitment'
    | 'seedSealed'
    | 'publicSource'
    | 'publicExpectedAt'
    | 'committedBy'
    | 'committedByName'
    | 'committedAt'
  >,
): Promise<boolean> {
  const { rows } = await sql`
    insert into halls.draws (id, sitting_id, family_id, commitment, seed_sealed, public_source, public_expected_at,
      committed_by, committed_by_name, committed_at)
    values (${one.id}, ${'sittingId' in of ? of.sittingId : null}, ${'familyId' in of ? of.familyId : null},
      ${one.commitment}, ${one.seedSealed}, ${one.publicSource}, ${one.publicExpectedAt}, ${one.committedBy},
      ${one.committedByName}, ${one.committedAt})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function lockDraw(tx: Tx, of: DrawOf): Promise<Draw | undefined> {
  const { rows } = await sql<Draw>`
    select ${draw} from halls.draws d where ${belongs(of)} and d.voided_at is null for update`.execute(tx)
  return rows[0]
}

/** Every draw of a sitting or family, the standing one first, then the voided ones, newest first. */
export async function drawsOf(tx: Tx, of: DrawOf): Promise<Draw[]> {
  const { rows } = await sql<Draw>`
    select ${draw} from halls.draws d where ${belongs(of)}
    order by d.voided_at is not null, d.committed_at desc`.execute(tx)
  return rows
}

export async function setDrawVoided(tx: Tx, id: string, reason: string, at: Date): Promise<void> {
  await sql`update halls.draws set voided_at = ${at}, voided_reason = ${reason} where id = ${id}`.execute(tx)
}

export async function setDrawn(
  tx: Tx,
  id: string,
  to: { publicValue: string; publicKnownAt: Date; by: string; byName: string; at: Date },
): Promise<void> {
  await sql`
    update halls.draws set public_value = ${to.publicValue}, public_known_at = ${to.publicKnownAt}, public_by = ${to.by},
      public_by_name = ${to.byName}, public_entered_at = ${to.at}, drawn_at = ${to.at} where id = ${id}`.execute(
    tx,
  )
}

// --- what is drawn over, and what comes of it ---------------------------------------------------------------

export interface CandidateToSeat {
  candidateId: string
  personId: string
  trainingOrganisationId: string
  accessible: boolean
}

export async function candidatesToSeat(tx: Tx, sittingId: string): Promise<CandidateToSeat[]> {
  const { rows } = await sql<CandidateToSeat>`
    select c.candidate_id, c.person_id, c.training_organisation_id, exists (
      select from halls.accommodations m where m.sitting_id = c.sitting_id and m.person_id = c.person_id
        and m.decision = 'approved' and m.accessible_seat) as accessible
    from exams.sitting_candidates c where c.sitting_id = ${sittingId} order by c.candidate_id`.execute(tx)
  return rows
}

export interface SeatToDraw {
  seatId: string
  hallId: string
  hallCode: string
  label: string
  row: number
  column: number
  accessible: boolean
}

/** Usable seats of the chosen halls; a hall's code is what is painted on its door: site number and name. */
export async function seatsToDraw(tx: Tx, sittingId: string): Promise<SeatToDraw[]> {
  const { rows } = await sql<SeatToDraw>`
    select t.id as seat_id, t.hall_id, s.number || '/' || h.name as hall_code, t.label, t.row_number as row,
      t.column_number as column, t.accessible
    from halls.sitting_halls u join halls.halls h on h.id = u.hall_id join halls.sites s on s.id = h.site_id
    join halls.seats t on t.hall_id = h.id and t.state = 'usable'
    where u.sitting_id = ${sittingId} order by hall_code, t.row_number, t.column_number`.execute(tx)
  return rows
}

export async function setRegistrationClosed(
  tx: Tx,
  sittingId: string,
  to: { fileId: string; sha256: string; at: Date },
): Promise<void> {
  await sql`
    update halls.arrangements set registration_closed_at = ${to.at}, draw_inputs_file_id = ${to.fileId},
      draw_inputs_sha256 = ${to.sha256} where sitting_id = ${sittingId}`.execute(tx)
}

export async function setRegistrationReopened(tx: Tx, sittingId: string): Promise<void> {
  await sql`delete from halls.seat_assignments where sitting_id = ${sittingId}`.execute(tx)
  await sql`
    update halls.arrangements set state = 'preparing', registration_closed_at = null, draw_inputs_file_id = null,
      draw_inputs_sha256 = null, draw_proof_file_id = null, draw_proof_sha256 = null, drawn_at = null,
      tickets_published_at = null where sitting_id = ${sittingId}`.execute(tx)
}

export interface SeatGiven {
  candidateId: string
  hallId: string
  seatId: string
  form: string
}

export async function insertSeats(tx: Tx, sittingId: string, seats: SeatGiven[], at: Date): Promise<void> {
  await sql`
    insert into halls.seat_assignments (sitting_id, candidate_id, hall_id, seat_id, form, origin, assigned_at)
    select ${sittingId}::uuid, r."candidateId", r."hallId", r."seatId", r.form, 'drawn', ${at}
    from jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as r("candidateId" uuid, "hallId" uuid, "seatId" uuid, form text)`.execute(
    tx,
  )
}

export async function setSeatsDrawn(
  tx: Tx,
  sittingId: string,
  to: { fileId: string; sha256: string; at: Date },
): Promise<void> {
  await sql`
    update halls.arrangements set state = 'drawn', drawn_at = ${to.at}, draw_proof_file_id = ${to.fileId},
      draw_proof_sha256 = ${to.sha256} where sitting_id = ${sittingId}`.execute(tx)
}

export interface SeatedRow {
  candidateId: string
  ticketNumber: string
  personName: string
  maskedIdNumber: string
  trainingOrganisationId: string
  hallId: string | null
  hall: string | null
  site: string | null
  seat: string | null
  row: number | null
  column: number | null
  form: string | null
  seatState: string | null
  extraMinutes: number
  hasPhoto: boolean
}

export interface SeatedFilter {
  q?: string | undefined
  hallId?: string | undefined
  page: number
  size: number
}

/** Candidates of a sitting with their seats: those without one first, then hall by hall in the order of seats. */
export async function listSeated(tx: Tx, sittingId: string, filter: SeatedFilter, like: string) {
  const from = sql`exams.sitting_candidates c join people.person_cards p on p.id = c.person_id
    left join halls.seat_assignments a on a.sitting_id = c.sitting_id and a.candidate_id = c.candidate_id and a.ended_at is null
    left join halls.halls h on h.id = a.hall_id left join halls.sites s on s.id = h.site_id left join halls.seats t on t.id = a.seat_id
    where c.sitting_id = ${sittingId} and (${filter.hallId ?? null}::uuid is null or a.hall_id = ${filter.hallId ?? null})
      and (p.name like ${like} or c.ticket_number like ${like})`
  const { rows } = await sql<SeatedRow>`
    select c.candidate_id, c.ticket_number, p.name as person_name, p.masked_id_number, c.training_organisation_id,
      a.hall_id, h.name as hall, s.name as site, t.label as seat, t.row_number as row, t.column_number as column, a.form,
      t.state as seat_state,
      coalesce((select m.extra_minutes from halls.accommodations m where m.sitting_id = c.sitting_id
        and m.person_id = c.person_id and m.decision = 'approved'), 0) as extra_minutes,
      exists (select from halls.photos f where f.person_id = c.person_id and f.replaced_at is null
        and f.deleted_at is null) as has_photo
    from ${from} order by a.seat_id is not null, s.number, h.name, t.row_number, t.column_number, c.ticket_number
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const { rows: total } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(tx)
  return { rows, total: total[0]?.n ?? 0 }
}
