import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Verdict } from '../../faces/face.ts'

export type CaptureReason = 'gate' | 'random' | 'event' | 'asked'
export type CaptureState = 'waiting' | 'compared' | 'failed' | 'deleted'

export interface Capture {
  sittingId: string
  id: string
  attemptId: string | null
  candidateId: string
  hallId: string
  reason: CaptureReason
  clientAt: Date | null
  at: Date
  key: string
  keySealed: Buffer | null
  bytes: number
  sha256: string
  state: CaptureState
  outcome: Verdict | null
  score: number | null
  findings: Record<string, unknown>
}

const capture = sql`c.sitting_id, c.id, c.attempt_id, c.candidate_id, c.hall_id, c.reason, c.client_at, c.at, c.key,
  c.key_sealed, c.bytes, c.sha256, c.state, c.outcome, c.score, c.findings`

export async function insertCapture(
  tx: Tx,
  one: {
    sittingId: string
    id: string
    attemptId: string | null
    candidateId: string
    hallId: string
    reason: CaptureReason
    clientAt: Date | null
    at: Date
    key: string
    keySealed: Buffer
    bytes: number
    sha256: string
    compared: { outcome: Verdict; score: number | null } | null
    waits: boolean
  },
): Promise<boolean> {
  const state = one.compared ? 'compared' : one.waits ? 'waiting' : 'failed'
  const { rows } = await sql`
    insert into halls.captures (sitting_id, id, attempt_id, candidate_id, hall_id, reason, client_at, at, key, key_sealed,
      bytes, sha256, state, outcome, score, compared_at)
    values (${one.sittingId}, ${one.id}, ${one.attemptId}, ${one.candidateId}, ${one.hallId}, ${one.reason},
      ${one.clientAt}, ${one.at}, ${one.key}, ${one.keySealed}, ${one.bytes}, ${one.sha256}, ${state},
      ${one.compared?.outcome ?? null}, ${one.compared?.score ?? null}, ${one.waits ? null : one.at})
    on conflict (sitting_id, attempt_id, sha256) do nothing returning id`.execute(tx)
  return rows.length > 0
}

export interface WaitingCapture extends Capture {
  personId: string
  rules: unknown
}

/** Takes waiting captures, oldest first, so that no other process takes them too. */
export async function lockWaiting(tx: Tx, limit: number): Promise<WaitingCapture[]> {
  const { rows } = await sql<WaitingCapture>`
    select ${capture}, x.person_id, a.rules
    from halls.captures c
    join exams.sitting_candidates x on x.candidate_id = c.candidate_id
    join halls.arrangements a on a.sitting_id = c.sitting_id
    where c.state = 'waiting' order by c.at limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

export async function setCompared(
  tx: Tx,
  one: {
    sittingId: string
    id: string
    state: 'compared' | 'failed'
    outcome: Verdict | null
    score: number | null
    findings: Record<string, unknown>
    at: Date
  },
): Promise<void> {
  await sql`
    update halls.captures set state = ${one.state}, outcome = ${one.outcome}, score = ${one.score},
      findings = ${JSON.stringify(one.findings)}::jsonb, compared_at = ${one.at}
    where sitting_id = ${one.sittingId} and id = ${one.id} and state = 'waiting'`.execute(tx)
}

/** Gives up the comparison of the oldest beyond `most`; returns how many. */
export async function dropOldest(tx: Tx, most: number, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update halls.captures c set state = 'failed', compared_at = ${at}, findings = '{"why": "overloaded"}'::jsonb
    where c.state = 'waiting' and (c.sitting_id, c.id) in (
      select w.sitting_id, w.id from halls.captures w where w.state = 'waiting'
      order by w.at desc offset ${most} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** What the candidate of a capture answered at the door about face data. */
export async function faceConsentOf(
  tx: Tx,
  capture: Pick<Capture, 'sittingId' | 'candidateId'> & { personId: string },
): Promise<'given' | 'declined' | 'unasked'> {
  const { rows } = await sql<{ consent: 'given' | 'declined' | 'unasked' }>`
    select d.consent from halls.admissions d
    where d.sitting_id = ${capture.sittingId} and d.candidate_id = ${capture.candidateId}
    order by d.identified_at desc limit 1`.execute(tx)
  return rows[0]?.consent ?? 'unasked'
}

export interface DueEvidence {
  sittingId: string
  before: Date
  limit: number
  /** Candidates whose evidence stays. */
  keeping: string[]
}

export interface DeletedObject {
  key: string
  sha256: string
}

/** Destroys the keys of a sitting's captures from before a moment. */
export async function destroyCaptures(tx: Tx, of: DueEvidence, at: Date): Promise<DeletedObject[]> {
  const { rows } = await sql<DeletedObject>`
    update halls.captures c set key_sealed = null, deleted_at = ${at}, state = 'deleted'
    where c.sitting_id = ${of.sittingId} and c.id in (
      select id from halls.captures where sitting_id = ${of.sittingId} and deleted_at is null and at < ${of.before}
        and candidate_id <> all(${of.keeping}::uuid[])
      order by at limit ${of.limit})
    returning c.key, c.sha256`.execute(tx)
  return rows
}

export async function destroySegments(tx: Tx, of: DueEvidence, at: Date): Promise<DeletedObject[]> {
  const { rows } = await sql<DeletedObject>`
    update halls.video_segments v set key_sealed = null, deleted_at = ${at}
    where v.sitting_id = ${of.sittingId} and (v.attempt_id, v.run, v.segment) in (
      select attempt_id, run, segment from halls.video_segments
      where sitting_id = ${of.sittingId} and deleted_at is null and received_at < ${of.before}
        and attempt_id not in (select id from halls.attempts
          where sitting_id = ${of.sittingId} and candidate_id = any(${of.keeping}::uuid[]))
      order by received_at limit ${of.limit})
    returning v.key, v.sha256`.execute(tx)
  return rows
}

/** Sittings that still hold pictures or videos, with the rules that say for how long. */
export async function sittingsWithEvidence(
  tx: Tx,
): Promise<{ sittingId: string; rules: unknown; provinceCode: string }[]> {
  const { rows } = await sql<{ sittingId: string; rules: unknown; provinceCode: string }>`
    select a.sitting_id, a.rules, a.province_code from halls.arrangements a
    where exists (select from halls.captures c where c.sitting_id = a.sitting_id and c.deleted_at is null)
      or exists (select from halls.video_segments v where v.sitting_id = a.sitting_id and v.deleted_at is null)`.execute(
    tx,
  )
  return rows
}
