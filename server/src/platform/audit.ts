import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { Actor } from './api.ts'
import type { Tx } from './db.ts'

/**
 * The audit log. An event is written in the transaction of the act it tells of, so neither exists without the
 * other. Rows cannot be changed or removed (a trigger refuses it, whoever asks). A background job then seals
 * them in order into one hash chain: sealing apart keeps every verb of the platform from queueing on the chain's
 * head. `verifyAudit` recomputes all of it and says how many newest events are not sealed yet.
 *
 * To add an event: declare it in the module's `audit-events.ts` with `defineAuditEvents`, record it in the verb,
 * run `npm run generate`, commit the catalogue with it.
 */
export interface AuditEventSpec {
  title: string
  clause: string | null
  /** What the event means and which facts its `data` holds. */
  doc: string
}

const catalogue = new Map<string, AuditEventSpec>()

export function defineAuditEvents<const E extends Record<string, AuditEventSpec>>(events: E) {
  for (const [name, spec] of Object.entries(events)) catalogue.set(name, spec)
  return Object.fromEntries(Object.keys(events).map((name) => [name, name])) as { [K in keyof E & string]: K }
}

export function auditCatalogue(): [string, AuditEventSpec][] {
  return [...catalogue.entries()].sort(([a], [b]) => a.localeCompare(b))
}

/** A record an event speaks of: its timeline shows the event. `class:<uuid>`, `person:<uuid>` … */
export type SubjectKey = `${string}:${string}`

export interface AuditEvent {
  name: string
  at: Date
  actor: Actor
  subjects: SubjectKey[]
  clause?: string | null
  /** Facts of the act. Never an ID number, a face or a phone number. */
  data?: Record<string, unknown>
}

export async function record(tx: Tx, ...events: AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => {
    const spec = catalogue.get(event.name)
    if (!spec) throw new Error(`audit event ${event.name} is not declared`)
    return {
      at: event.at.toISOString(),
      name: event.name,
      actor_account: event.actor.accountId,
      actor_name: event.actor.name,
      actor_role: event.actor.role,
      organisation_id: event.actor.organisation?.id ?? null,
      organisation_name: event.actor.organisation?.name ?? null,
      subjects: event.subjects,
      clause: event.clause === undefined ? spec.clause : event.clause,
      data: event.data ?? {},
    }
  })
  await sql`
    insert into platform.audit_events
      (at, name, actor_account, actor_name, actor_role, organisation_id, organisation_name, subjects, clause, data)
    select r.at, r.name, r.actor_account, r.actor_name, r.actor_role, r.organisation_id, r.organisation_name,
           r.subjects, r.clause, r.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      at timestamptz, name text, actor_account text, actor_name text, actor_role text, organisation_id uuid,
      organisation_name text, subjects text[], clause text, data jsonb)`.execute(tx)
}

export interface TimelineEntry {
  at: string
  name: string
  title: string
  who: string
  role: string
  organisation: string | null
  clause: string | null
  data: Record<string, unknown>
}

/** A record's timeline: who did what when, on which clause; newest first, at most `limit` entries. */
export async function timeline(tx: Tx, subject: SubjectKey, limit = 200): Promise<TimelineEntry[]> {
  const { rows } = await sql<{
    at: Date
    name: string
    actorName: string
    actorRole: string
    organisationName: string | null
    clause: string | null
    data: Record<string, unknown>
  }>`
    select at, name, actor_name, actor_role, organisation_name, clause, data
    from platform.audit_events where subjects @> array[${subject}]::text[]
    order by seq desc limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    at: row.at.toISOString(),
    name: row.name,
    title: catalogue.get(row.name)?.title ?? row.name,
    who: row.actorName,
    role: row.actorRole,
    organisation: row.organisationName,
    clause: row.clause,
    data: row.data,
  }))
}

interface SealableRow {
  seq: number
  event: Record<string, unknown>
}

function link(previous: string, event: Record<string, unknown>): string {
  return createHash('sha256')
    .update(previous)
    .update(String(canonicalize(event)))
    .digest('hex')
}

const GENESIS = '0'.repeat(64)
const SEAL_LOCK = 7_201_001

/** Seals every event that is not sealed yet, in order, at most `limit`; returns how many. One sealer at a time. */
export async function sealAudit(tx: Tx, limit = 5000): Promise<number> {
  await sql`select pg_advisory_xact_lock(${SEAL_LOCK})`.execute(tx)
  const head = await sql<{ position: number; hash: string }>`
    select position, hash from platform.audit_seals order by position desc limit 1`.execute(tx)
  let previous = head.rows[0]?.hash ?? GENESIS
  let position = head.rows[0]?.position ?? 0
  const { rows } = await sql<SealableRow>`
    select e.seq, to_jsonb(e) as event from platform.audit_events e
    where not exists (select 1 from platform.audit_seals s where s.event_seq = e.seq)
    order by e.seq limit ${limit}`.execute(tx)
  if (rows.length === 0) return 0
  const seals = rows.map((row) => {
    previous = link(previous, row.event)
    position += 1
    return { position, event_seq: row.seq, hash: previous }
  })
  await sql`
    insert into platform.audit_seals (position, event_seq, hash)
    select position, event_seq, hash
    from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) as r(position bigint, event_seq bigint, hash text)`.execute(
    tx,
  )
  return seals.length
}

export interface AuditVerdict {
  sealed: number
  unsealed: number
  /** Position of the first seal that does not fit its event, or null when the whole chain holds. */
  brokenAt: number | null
  head: string
}

/** Recomputes the chain from its first event. */
export async function verifyAudit(tx: Tx): Promise<AuditVerdict> {
  let previous = GENESIS
  let after = 0
  let sealed = 0
  for (;;) {
    const { rows } = await sql<{ position: number; hash: string; event: Record<string, unknown> | null }>`
      select s.position, s.hash, to_jsonb(e) as event
      from platform.audit_seals s left join platform.audit_events e on e.seq = s.event_seq
      where s.position > ${after} order by s.position limit 5000`.execute(tx)
    if (rows.length === 0) break
    for (const row of rows) {
      const broken =
        row.position !== after + 1 || row.event === null || link(previous, row.event) !== row.hash
      if (broken) return { sealed, unsealed: 0, brokenAt: row.position, head: previous }
      previous = row.hash
      after = row.position
      sealed += 1
    }
  }
  const { rows } = await sql<{ unsealed: number }>`
    select count(*) as unsealed from platform.audit_events e
    where not exists (select 1 from platform.audit_seals s where s.event_seq = e.seq)`.execute(tx)
  return { sealed, unsealed: rows[0]?.unsealed ?? 0, brokenAt: null, head: previous }
}
