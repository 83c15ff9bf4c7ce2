import { sql } from 'kysely'
import { auditCatalogue } from './audit.ts'
import type { Tx } from './db.ts'

export interface AuditFilter {
  /** Searches actor, organisation and subject. */
  q?: string | undefined
  name?: string | undefined
  role?: string | undefined
  fromOn?: string | undefined
  toOn?: string | undefined
  page: number
  size: number
}

export interface AuditRow {
  seq: number
  at: string
  name: string
  title: string
  who: string
  role: string
  organisation: string | null
  subjects: string[]
  clause: string | null
  data: Record<string, unknown>
  /** Position in the hash chain; null while it waits to be sealed. */
  position: number | null
}

/** The audit log for those who may read all of it; newest first. Days are China's. */
export async function searchAudit(tx: Tx, filter: AuditFilter): Promise<{ rows: AuditRow[]; total: number }> {
  const { q = null, name = null, role = null, fromOn = null, toOn = null } = filter
  const where = sql`
    (${name}::text is null or e.name = ${name}) and (${role}::text is null or e.actor_role = ${role})
    and (${fromOn}::date is null or e.at >= (${fromOn}::date)::timestamp at time zone 'Asia/Shanghai')
    and (${toOn}::date is null or e.at < (${toOn}::date + 1)::timestamp at time zone 'Asia/Shanghai')
    and (${q}::text is null or e.actor_name ilike '%' || ${q} || '%' or e.organisation_name ilike '%' || ${q} || '%'
         or e.subjects @> array[${q}]::text[])`
  const { rows } = await sql<{
    seq: number
    at: Date
    name: string
    actorName: string
    actorRole: string
    organisationName: string | null
    subjects: string[]
    clause: string | null
    data: Record<string, unknown>
    position: number | null
  }>`
    select e.seq, e.at, e.name, e.actor_name, e.actor_role, e.organisation_name, e.subjects, e.clause, e.data, s.position
    from platform.audit_events e left join platform.audit_seals s on s.event_seq = e.seq
    where ${where} order by e.seq desc limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(
    tx,
  )
  const count = await sql<{ total: number }>`
    select count(*) as total from platform.audit_events e where ${where}`.execute(tx)
  const titles = new Map(auditCatalogue().map(([event, spec]) => [event, spec.title]))
  return {
    rows: rows.map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      name: row.name,
      title: titles.get(row.name) ?? row.name,
      who: row.actorName,
      role: row.actorRole,
      organisation: row.organisationName,
      subjects: row.subjects,
      clause: row.clause,
      data: row.data,
      position: row.position,
    })),
    total: count.rows[0]?.total ?? 0,
  }
}
