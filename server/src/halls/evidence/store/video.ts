import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface SegmentKey {
  sittingId: string
  attemptId: string
  run: string
  segment: number
}
export interface Segment extends SegmentKey {
  key: string
  keySealed: Buffer | null
  bytes: number
  sha256: string
  clientFrom: Date
  clientTo: Date
  receivedAt: Date
  deletedAt: Date | null
}

const columns = sql`v.sitting_id, v.attempt_id, v.run, v.segment, v.key, v.key_sealed, v.bytes, v.sha256, v.client_from,
  v.client_to, v.received_at, v.deleted_at`

export async function findSegment(tx: Tx, of: SegmentKey): Promise<Segment | undefined> {
  const { rows } = await sql<Segment>`
    select ${columns} from halls.video_segments v
    where v.sitting_id = ${of.sittingId} and v.attempt_id = ${of.attemptId} and v.run = ${of.run}
      and v.segment = ${of.segment}`.execute(tx)
  return rows[0]
}

/** False when the segment is there already. */
export async function insertSegment(
  tx: Tx,
  one: SegmentKey & {
    key: string
    keySealed: Buffer
    bytes: number
    sha256: string
    clientFrom: Date
    clientTo: Date
    at: Date
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into halls.video_segments (sitting_id, attempt_id, run, segment, key, key_sealed, bytes, sha256, client_from,
      client_to, received_at)
    values (${one.sittingId}, ${one.attemptId}, ${one.run}, ${one.segment}, ${one.key}, ${one.keySealed}, ${one.bytes},
      ${one.sha256}, ${one.clientFrom}, ${one.clientTo}, ${one.at})
    on conflict do nothing returning segment`.execute(tx)
  return rows.length > 0
}

export async function receivedOf(tx: Tx, of: Omit<SegmentKey, 'segment'>): Promise<number[]> {
  const { rows } = await sql<{ segment: number }>`
    select segment from halls.video_segments
    where sitting_id = ${of.sittingId} and attempt_id = ${of.attemptId} and run = ${of.run}
    order by segment limit 20000`.execute(tx)
  return rows.map((row) => row.segment)
}

export interface VideoRun {
  run: string
  segments: { segment: number; from: string; to: string }[]
  bytes: number
  clientFrom: Date
  clientTo: Date
  deletedAt: Date | null
}

export async function runsOf(tx: Tx, of: { sittingId: string; attemptId: string }): Promise<VideoRun[]> {
  const { rows } = await sql<VideoRun>`
    select run, jsonb_agg(jsonb_build_object('segment', segment, 'from', client_from, 'to', client_to) order by segment) as segments, sum(bytes)::bigint as bytes, min(client_from) as client_from,
      max(client_to) as client_to, max(deleted_at) as deleted_at
    from halls.video_segments where sitting_id = ${of.sittingId} and attempt_id = ${of.attemptId}
    group by run order by min(client_from) limit 500`.execute(tx)
  return rows
}
