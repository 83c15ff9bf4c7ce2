import { sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../../attempts/wire.ts'
import { containing, inScope } from '../../scope.ts'
import type { Capture } from './captures.ts'

export interface EvidenceRow {
  attemptId: string
  candidateId: string
  name: string
  ticketNumber: string
  hall: string | null
  seat: string | null
  part: Part
  state: string
  captures: number
  other: number
  several: number
  none: number
  unsure: number
  notCompared: number
  segments: number
  lastAt: Date | null
}

export interface EvidenceAsk {
  sittingId: string
  hallId?: string | undefined
  part?: Part | undefined
  /** Only those with something a person should look at. */
  flagged?: boolean | undefined
  /** Only these candidates. */
  candidateIds?: string[] | undefined
  q?: string | undefined
  page: number
  size: number
}

/** Attempts of a sitting with what was seen in them; the ones to look at first come first. */
export async function evidenceRows(
  tx: Tx,
  ask: EvidenceAsk,
): Promise<{ rows: EvidenceRow[]; total: number }> {
  const { rows } = await sql<EvidenceRow & { total: number }>`
    with seen as (
      select c.attempt_id, count(*)::int as captures,
        (count(*) filter (where c.outcome = 'other'))::int as other,
        (count(*) filter (where c.outcome = 'several'))::int as several,
        (count(*) filter (where c.outcome = 'none'))::int as none,
        (count(*) filter (where c.outcome = 'unsure' and c.findings ->> 'why' is null))::int as unsure,
        (count(*) filter (where c.state in ('waiting', 'failed')))::int as not_compared, max(c.at) as last_at
      from halls.captures c where c.sitting_id = ${ask.sittingId} group by c.attempt_id
    ), filmed as (
      select v.attempt_id, count(*)::int as segments from halls.video_segments v
      where v.sitting_id = ${ask.sittingId} group by v.attempt_id
    )
    select a.id as attempt_id, a.candidate_id, p.name, x.ticket_number, h.name as hall, t.label as seat, a.part, a.state,
      coalesce(s.captures, 0) as captures, coalesce(s.other, 0) as other, coalesce(s.several, 0) as several,
      coalesce(s.none, 0) as none, coalesce(s.unsure, 0) as unsure, coalesce(s.not_compared, 0) as not_compared,
      coalesce(f.segments, 0) as segments, s.last_at, count(*) over ()::int as total
    from halls.attempts a
    join exams.sitting_candidates x on x.candidate_id = a.candidate_id
    join people.person_cards p on p.id = x.person_id
    left join halls.seat_assignments g
      on g.sitting_id = a.sitting_id and g.candidate_id = a.candidate_id and g.ended_at is null
    left join halls.halls h on h.id = g.hall_id left join halls.seats t on t.id = g.seat_id
    left join seen s on s.attempt_id = a.id left join filmed f on f.attempt_id = a.id
    where a.sitting_id = ${ask.sittingId}
      and (${ask.hallId ?? null}::uuid is null or g.hall_id = ${ask.hallId ?? null}::uuid)
      and (${ask.part ?? null}::text is null or a.part = ${ask.part ?? null})
      and (not ${ask.flagged ?? false} or coalesce(s.other + s.several + s.none + s.unsure + s.not_compared, 0) > 0)
      and (${ask.candidateIds ?? null}::uuid[] is null or a.candidate_id = any(${ask.candidateIds ?? null}::uuid[]))
      and (${ask.q ?? ''} = '' or p.name like ${containing(ask.q)} or x.ticket_number like ${containing(ask.q)})
    order by coalesce(s.other, 0) * 100 + coalesce(s.several, 0) * 50 + coalesce(s.none, 0) * 10 + coalesce(s.unsure, 0) desc,
      x.ticket_number, a.part
    limit ${ask.size} offset ${(ask.page - 1) * ask.size}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface AttemptHead {
  sittingId: string
  attemptId: string
  candidateId: string
  personId: string
  name: string
  ticketNumber: string
  title: string
  hall: string | null
  seat: string | null
  part: Part
  state: string
  rules: unknown
  provinceCode: string
  cityCode: string
}

/** The first attempt of a candidate: where the page of the candidate's evidence is. */
export async function anyAttemptHead(
  tx: Tx,
  of: { sittingId: string; candidateId: string },
  scope: Scope,
): Promise<AttemptHead | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from halls.attempts where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId}
    order by part desc limit 1`.execute(tx)
  return rows[0] && findAttemptHead(tx, rows[0].id, scope)
}

export async function findAttemptHead(
  tx: Tx,
  attemptId: string,
  scope: Scope,
): Promise<AttemptHead | undefined> {
  const { rows } = await sql<AttemptHead>`
    select a.sitting_id, a.id as attempt_id, a.candidate_id, x.person_id, p.name, x.ticket_number, s.title, h.name as hall,
      t.label as seat, a.part, a.state, r.rules, r.province_code, r.city_code
    from halls.attempts a
    join halls.arrangements r on r.sitting_id = a.sitting_id
    join exams.sitting_cards s on s.sitting_id = a.sitting_id
    join exams.sitting_candidates x on x.candidate_id = a.candidate_id
    join people.person_cards p on p.id = x.person_id
    left join halls.seat_assignments g
      on g.sitting_id = a.sitting_id and g.candidate_id = a.candidate_id and g.ended_at is null
    left join halls.halls h on h.id = g.hall_id left join halls.seats t on t.id = g.seat_id
    where a.id = ${attemptId} and ${inScope(scope, 'r')}`.execute(tx)
  return rows[0]
}

export type SeenCapture = Omit<Capture, 'key' | 'keySealed'> & { deletedAt: Date | null }

/** Captures of an attempt and of its candidate at the door, oldest first. */
export async function capturesOf(
  tx: Tx,
  of: { sittingId: string; attemptId: string; candidateId: string },
): Promise<SeenCapture[]> {
  const { rows } = await sql<SeenCapture>`
    select c.sitting_id, c.id, c.attempt_id, c.candidate_id, c.hall_id, c.reason, c.client_at, c.at, c.bytes, c.sha256, c.state,
      c.outcome, c.score, c.findings, c.deleted_at
    from halls.captures c
    where c.sitting_id = ${of.sittingId} and c.candidate_id = ${of.candidateId}
      and (c.attempt_id = ${of.attemptId} or c.attempt_id is null)
    order by c.at limit 2000`.execute(tx)
  return rows
}

/** A capture, when the asker may see its sitting. */
export async function findCaptureInScope(
  tx: Tx,
  captureId: string,
  scope: Scope,
): Promise<(Capture & { deletedAt: Date | null }) | undefined> {
  const { rows } = await sql<Capture & { deletedAt: Date | null }>`
    select c.sitting_id, c.id, c.attempt_id, c.candidate_id, c.hall_id, c.reason, c.client_at, c.at, c.key, c.key_sealed,
      c.bytes, c.sha256, c.state, c.outcome, c.score, c.findings, c.deleted_at
    from halls.captures c join halls.arrangements r on r.sitting_id = c.sitting_id
    where c.id = ${captureId} and ${inScope(scope, 'r')}`.execute(tx)
  return rows[0]
}

export interface Load {
  waiting: number
  oldestAt: Date | null
  droppedRecently: number
}

/** How the comparison keeps up, over a sitting. */
export async function comparisonLoad(tx: Tx, sittingId: string, since: Date): Promise<Load> {
  const { rows } = await sql<Load>`
    select (count(*) filter (where state = 'waiting'))::int as waiting, min(at) filter (where state = 'waiting') as oldest_at,
      (count(*) filter (where state = 'failed' and findings ->> 'why' = 'overloaded' and compared_at > ${since}))::int
        as dropped_recently
    from halls.captures where sitting_id = ${sittingId}`.execute(tx)
  return rows[0] as Load
}
