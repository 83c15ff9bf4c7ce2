// What of a hall is carried back by a node, place by place. Journals have their own way (receive-journal.ts): here is
// everything beside them.
import { type RawBuilder, sql } from 'kysely'

export interface HallKey {
  sittingId: string
  hallId: string
}

export interface Place {
  table: string
  key: readonly string[]
  /** What the node may still change; else a row stays as it first was. */
  changes: boolean
  /** Which rows (alias `t`) belong to a hall. */
  of(hall: HallKey): RawBuilder<unknown>
  /** Columns sealed under each side's own key, or that each side keeps for itself: not compared. */
  own?: readonly string[]
  /** The key of what lies in object storage, itself sealed; the context it is sealed in. */
  object?: { context: ((row: Record<string, unknown>) => string) | null }
  /** Those that must stand before others of the same candidate may come. */
  first?: RawBuilder<unknown>
  /** How a row comes in when one of its kind stands here already, so that both sides have it. */
  besideAnother?: (row: Record<string, unknown>, at: Date) => Record<string, unknown>
}

/** Everybody who ever had a seat in the hall. */
export const candidatesOf = (hall: HallKey) => sql`
  select s.candidate_id from halls.seat_assignments s
  where s.sitting_id = ${hall.sittingId} and s.hall_id = ${hall.hallId}`

export const attemptsOf = (hall: HallKey) => sql`
  select a.id from halls.attempts a where a.sitting_id = ${hall.sittingId} and a.candidate_id in (${candidatesOf(hall)})`

const inHall = ({ sittingId, hallId }: HallKey) => sql`t.sitting_id = ${sittingId} and t.hall_id = ${hallId}`
const ofAttempts = (hall: HallKey) =>
  sql`t.sitting_id = ${hall.sittingId} and t.attempt_id in (${attemptsOf(hall)})`

export const PLACES: Record<string, Place> = {
  consents: {
    table: 'people.consents',
    key: ['id'],
    changes: false,
    // Given at the hall's own door. What a person agrees to or takes back elsewhere meanwhile is the province's.
    of: (hall) => sql`t.purpose = 'face' and t.given_at_hall = ${hall.hallId} and t.person_id in
      (select c.person_id from exams.sitting_candidates c where c.candidate_id in (${candidatesOf(hall)}))`,
    own: ['withdrawn_at'],
    besideAnother: (row, at) => ({ ...row, withdrawn_at: at.toISOString() }),
  },
  seats: {
    table: 'halls.seat_assignments',
    key: ['sitting_id', 'candidate_id', 'assigned_at'],
    changes: true,
    of: inHall,
    first: sql`t.ended_at is null`,
  },
  captures: {
    table: 'halls.captures',
    key: ['sitting_id', 'id'],
    changes: true,
    // What is still to be compared is compared at the node, and carried then.
    of: (hall) => sql`${inHall(hall)} and t.state <> 'waiting'`,
    own: ['key_sealed'],
    object: { context: (row) => `capture:${row.id}` },
  },
  gate_checks: {
    table: 'halls.gate_checks',
    key: ['id'],
    changes: false,
    of: (hall) => sql`t.sitting_id = ${hall.sittingId} and t.candidate_id in (${candidatesOf(hall)})`,
    // What the first of two proposed stands before what the second agreed to.
    first: sql`t.proposal_id is not null, t.at`,
  },
  admissions: {
    table: 'halls.admissions',
    key: ['sitting_id', 'candidate_id', 'part'],
    changes: true,
    of: inHall,
  },
  files: {
    table: 'platform.files',
    key: ['id'],
    changes: false,
    // Answers, and what misconduct rests on.
    of: (hall) => sql`(t.purpose = 'exam-answer' and t.id in
      (select (j.body::jsonb -> 'value' ->> 'fileId')::uuid from halls.journal j
       where j.sitting_id = ${hall.sittingId} and j.attempt_id in (${attemptsOf(hall)})
         and j.kind = 'answer' and j.body like '%"fileId"%')
      or t.purpose = 'evidence' and t.id in
      (select (p.data ->> 'fileId')::uuid from halls.act_proposals p
       where p.sitting_id = ${hall.sittingId} and p.hall_id = ${hall.hallId}))`,
    object: { context: null },
  },
  // In their order: a later one may take an earlier one back.
  acts: { table: 'halls.acts', key: ['id'], changes: false, of: inHall, first: sql`t.at` },
  act_proposals: {
    table: 'halls.act_proposals',
    key: ['id'],
    changes: true,
    of: inHall,
    first: sql`t.decided_at is null`,
  },
  alerts: {
    table: 'halls.alerts',
    key: ['id'],
    changes: true,
    // What the province raised about the node is the province's.
    of: (hall) => sql`${inHall(hall)} and t.kind <> 'node_refused'`,
    first: sql`t.settled_at is null`,
  },
  late_answers: { table: 'halls.late_answers', key: ['id'], changes: false, of: ofAttempts },
  videos: {
    table: 'halls.video_segments',
    key: ['sitting_id', 'attempt_id', 'run', 'segment'],
    changes: false,
    of: ofAttempts,
    own: ['key_sealed', 'deleted_at'],
    object: { context: (row) => `video:${row.attempt_id}:${row.run}:${row.segment}` },
  },
}

export function rowKeyOf(place: Place, row: Record<string, unknown>): string {
  return place.key.map((column) => String(row[column])).join('|')
}

/** The row as both sides must have it, in PostgreSQL's own order of keys. */
export function comparable(place: Place): RawBuilder<string> {
  const own = place.own ?? []
  return sql<string>`(to_jsonb(t) - ${own}::text[])::text`
}

export function keyText(place: Place): RawBuilder<string> {
  const columns = place.key.map((column) => sql`to_jsonb(t) ->> ${column}`)
  return sql<string>`concat_ws('|', ${sql.join(columns)})`
}
