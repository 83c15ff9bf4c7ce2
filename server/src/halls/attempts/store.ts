import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { type AnswerValue, type Bodies, canonicalText, type Row } from './entry.ts'
import { CHANNEL } from './news.ts'
import type { Part, Save } from './wire.ts'

export interface AttemptKey {
  sittingId: string
  attemptId: string
}

export interface WrittenAnswer {
  item: string
  clientSeq: number
  revision: number
  value: AnswerValue
  at: Date
}

/** Every answer ever acknowledged, in order. */
export async function writtenAnswers(tx: Tx, key: AttemptKey): Promise<WrittenAnswer[]> {
  const { rows } = await sql<{ body: string; at: Date }>`
    select body, at from halls.journal
    where sitting_id = ${key.sittingId} and attempt_id = ${key.attemptId} and kind = 'answer'
    order by seq`.execute(tx)
  return rows.map(({ body, at }) => {
    const { item, clientSeq, revision, value } = JSON.parse(body) as Bodies['answer']
    return { item, clientSeq, revision, value, at }
  })
}

export async function journalRows(tx: Tx, key: AttemptKey): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select sitting_id, attempt_id, seq, kind, at, body, hash from halls.journal
    where sitting_id = ${key.sittingId} and attempt_id = ${key.attemptId} order by seq`.execute(tx)
  return rows
}

/** Evidence, never counted. The same batch sent again is the same row. */
export async function keepLateAnswers(
  tx: Tx,
  late: AttemptKey & { receivedAt: Date; deadlineAt: Date; saves: Save[] },
): Promise<void> {
  const saves = canonicalText(late.saves)
  const digest = createHash('sha256').update(`${late.attemptId}\n${saves}`).digest('hex')
  await sql`
    insert into halls.late_answers (id, sitting_id, attempt_id, received_at, deadline_at, saves)
    values (${digest.slice(0, 32)}::uuid, ${late.sittingId}, ${late.attemptId}, ${late.receivedAt}, ${late.deadlineAt},
      ${saves}::jsonb) on conflict do nothing`.execute(tx)
}

/** Whether an invigilator let this candidate in although late. */
export async function admittedLate(
  tx: Tx,
  of: { sittingId: string; candidateId: string; part: Part },
): Promise<boolean> {
  const { rows } = await sql`
    select from halls.admissions where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId}
      and part = ${of.part} and state = 'admitted' and late`.execute(tx)
  return rows.length > 0
}

export async function findAttemptId(
  tx: Tx,
  of: { sittingId: string; candidateId: string; part: Part },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from halls.attempts where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId}
      and part = ${of.part}`.execute(tx)
  return rows[0]?.id
}

export async function sealedPaper(
  tx: Tx,
  key: AttemptKey,
): Promise<{ cipher: Buffer; sha256: string } | undefined> {
  const { rows } = await sql<{ cipher: Buffer; sha256: string }>`
    select paper_cipher as cipher, paper_sha256 as sha256 from halls.attempts
    where sitting_id = ${key.sittingId} and id = ${key.attemptId}`.execute(tx)
  return rows[0]
}

/** Attempts whose window or working time was over at `before`, whatever an invigilator may have added since. */
export async function perhapsDue(
  tx: Tx,
  before: Date,
  of: { sittingId?: string | undefined; after?: string | undefined },
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from halls.attempts
    where closed_at is null
      and least(closes_at, coalesce(started_at, closes_at) + minutes * interval '1 minute')
        + extra_minutes * interval '1 minute' < ${before}
      ${of.sittingId ? sql`and sitting_id = ${of.sittingId}` : sql``}
      ${of.after ? sql`and id > ${of.after}` : sql``}
    order by id limit ${limit}`.execute(tx)
  return rows.map((row) => row.id)
}

export async function tellOthers(tx: Tx, attemptIds: readonly string[]): Promise<void> {
  if (attemptIds.length === 0) return
  await sql`select pg_notify(${CHANNEL}, id) from unnest(${attemptIds}::text[]) as id`.execute(tx)
}

export interface CheckedEntry {
  kind: string
  at: Date
  hash: Buffer
  body: string
}

export async function findEntry(tx: Tx, attemptId: string, seq: number): Promise<CheckedEntry | undefined> {
  const { rows } = await sql<CheckedEntry>`
    select j.kind, j.at, j.hash, j.body from halls.attempts a
    join halls.journal j on j.sitting_id = a.sitting_id and j.attempt_id = a.id
    where a.id = ${attemptId} and j.seq = ${seq}`.execute(tx)
  return rows[0]
}

export interface Head {
  attemptId: string
  seq: number
  hash: Buffer | null
}

/** Whether a hall node writes one of these. */
export async function anyAtNode(tx: Tx, sittingId: string, attemptIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from halls.attempts a
    join halls.seat_assignments s on s.sitting_id = a.sitting_id and s.candidate_id = a.candidate_id and s.ended_at is null
    join halls.sitting_halls w on w.sitting_id = a.sitting_id and w.hall_id = s.hall_id and w.node_id is not null
    where a.sitting_id = ${sittingId} and a.id = any(${attemptIds}::uuid[]) limit 1`.execute(tx)
  return rows.length > 0
}

/** Last entry of each attempt that is not closed, in order of attempts: everybody inserts in this order. */
export async function openHeads(tx: Tx, sittingId: string, attemptIds: readonly string[]): Promise<Head[]> {
  const { rows } = await sql<Head>`
    select a.id as attempt_id, coalesce(j.seq, 0) as seq, j.hash from halls.attempts a
    left join lateral (
      select seq, hash from halls.journal where sitting_id = a.sitting_id and attempt_id = a.id order by seq desc limit 1
    ) j on true
    where a.sitting_id = ${sittingId} and a.id = any(${attemptIds}::uuid[]) and a.closed_at is null
    order by a.id`.execute(tx)
  return rows
}

/** Returns the attempts that took their entry; the others have got another one meanwhile. */
export async function insertEntries(tx: Tx, rows: readonly Row[]): Promise<string[]> {
  if (rows.length === 0) return []
  const given = JSON.stringify(rows.map((row) => ({ ...row, hash: row.hash.toString('hex') })))
  const { rows: kept } = await sql<{ attemptId: string }>`
    insert into halls.journal (sitting_id, attempt_id, seq, kind, at, body, hash)
    select r."sittingId", r."attemptId", r.seq, r.kind, r.at, r.body, decode(r.hash, 'hex')
    from jsonb_to_recordset(${given}::jsonb) as r("sittingId" uuid, "attemptId" uuid, seq int, kind text, at timestamptz,
      body text, hash text)
    on conflict do nothing returning attempt_id`.execute(tx)
  return kept.map((row) => row.attemptId)
}

export async function projectClose(
  tx: Tx,
  close: AttemptKey & { state: string; at: Date; seq: number; hash: Buffer; answered: number },
): Promise<void> {
  await sql`
    update halls.attempts set state = ${close.state}, closed_at = ${close.at}, closed_seq = ${close.seq},
      closed_hash = ${close.hash}, answered = ${close.answered}
    where sitting_id = ${close.sittingId} and id = ${close.attemptId}`.execute(tx)
}

export async function openOfHall(
  tx: Tx,
  of: { sittingId: string; hallId: string; opensBefore: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from halls.attempts a
    join halls.seat_assignments s
      on s.sitting_id = a.sitting_id and s.candidate_id = a.candidate_id and s.ended_at is null
    where a.sitting_id = ${of.sittingId} and s.hall_id = ${of.hallId} and a.closed_at is null
      and a.opens_at <= ${of.opensBefore}
    order by a.id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Attempts of a hall whose clock stands. */
export async function standingStillOfHall(
  tx: Tx,
  of: { sittingId: string; hallId: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from halls.attempts a
    join halls.seat_assignments s
      on s.sitting_id = a.sitting_id and s.candidate_id = a.candidate_id and s.ended_at is null
    join lateral (
      select kind from halls.journal where sitting_id = a.sitting_id and attempt_id = a.id and kind in ('pause', 'resume')
      order by seq desc limit 1
    ) j on j.kind = 'pause'
    where a.sitting_id = ${of.sittingId} and s.hall_id = ${of.hallId} and a.closed_at is null
    order by a.id`.execute(tx)
  return rows.map((row) => row.id)
}
