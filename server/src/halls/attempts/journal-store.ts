// The journal's SQL. It goes past Kysely by prepared statements over connections of its own: nothing else that the
// process does can keep an answer waiting.
import type pg from 'pg'
import { type HallRules, hallRules } from '../arrangements/hall-rules.ts'
import type { AttemptFacts } from './attempt.ts'
import type { Row } from './entry.ts'
import type { ItemKind, Part } from './wire.ts'

/** What lists show, written in the transaction of the entry it comes from. */
export interface Projection {
  sittingId: string
  attemptId: string
  state: string
  startedAt: string | null
  closedAt: string | null
  closedSeq: number | null
  /** Hex. */
  closedHash: string | null
  answered: number | null
}

/** The rows of a group: each attempt's in order, attempts by id, all of one instant. */
export interface Group {
  at: Date
  rows: Row[]
  /** By row: whether it is the first of its attempt. */
  heads: boolean[]
  attempts: number
  projections: Projection[]
}

const PLAIN = `
  with heads as (
    insert into halls.journal (sitting_id, attempt_id, seq, kind, at, body, hash)
    select g.sitting_id, g.attempt_id, g.seq, g.kind, $6, g.body,
      substring($7::bytea from ((g.n - 1) * 32 + 1)::int for 32)
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[]) with ordinality
      as g(sitting_id, attempt_id, seq, kind, body, n)
    on conflict do nothing returning attempt_id
  )
  select count(*)::int as kept, case when count(*) < $8 then array_agg(attempt_id) end as ids from heads`

// Whoever has an attempt's next number has those after it as well: nobody can be in between. So only the first row
// of each may find itself forestalled, and the rest follow it or stay away.
const WHOLE = `
  with given as materialized (
    select g.sitting_id, g.attempt_id, g.seq, g.kind, g.body, g.head,
      substring($7::bytea from ((g.n - 1) * 32 + 1)::int for 32) as hash
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $9::bool[]) with ordinality
      as g(sitting_id, attempt_id, seq, kind, body, head, n)
  ), heads as (
    insert into halls.journal (sitting_id, attempt_id, seq, kind, at, body, hash)
    select sitting_id, attempt_id, seq, kind, $6, body, hash from given where head
    on conflict do nothing returning attempt_id
  ), rest as (
    insert into halls.journal (sitting_id, attempt_id, seq, kind, at, body, hash)
    select sitting_id, attempt_id, seq, kind, $6, body, hash from given
    where not head and attempt_id in (select attempt_id from heads)
  ), projected as (
    update halls.attempts a set state = p.state,
      started_at = coalesce(p."startedAt", a.started_at), closed_at = coalesce(p."closedAt", a.closed_at),
      closed_seq = coalesce(p."closedSeq", a.closed_seq),
      closed_hash = coalesce(decode(p."closedHash", 'hex'), a.closed_hash),
      answered = coalesce(p.answered, a.answered)
    from jsonb_to_recordset($10::jsonb) as p("sittingId" uuid, "attemptId" uuid, state text, "startedAt" timestamptz,
      "closedAt" timestamptz, "closedSeq" int, "closedHash" text, answered int)
    where a.sitting_id = p."sittingId" and a.id = p."attemptId"
      and p."attemptId" in (select attempt_id from heads)
  )
  select count(*)::int as kept, case when count(*) < $8 then array_agg(attempt_id) end as ids from heads`

/** Appends a group in one transaction; returns the attempts that somebody else was first at, of which nothing was kept. */
export async function appendGroup(pool: pg.Pool, group: Group): Promise<Set<string>> {
  const { rows } = group
  const values: unknown[] = [
    arrayOf(rows.map((row) => row.sittingId)),
    arrayOf(rows.map((row) => row.attemptId)),
    arrayOf(rows.map((row) => row.seq)),
    arrayOf(rows.map((row) => row.kind)),
    textArray(rows.map((row) => row.body)),
    group.at.toISOString(),
    Buffer.concat(rows.map((row) => row.hash)),
    group.attempts,
  ]
  const plain = group.attempts === rows.length && group.projections.length === 0
  if (!plain) values.push(arrayOf(group.heads), JSON.stringify(group.projections))
  const statement = plain
    ? { name: 'halls.append', text: PLAIN }
    : { name: 'halls.append-whole', text: WHOLE }
  const result = await pool.query<{ kept: number; ids: string[] | null }>({ ...statement, values })
  const [answer] = result.rows
  if (!answer) throw new Error('the journal did not answer')
  if (answer.kept === group.attempts) return new Set()
  const kept = new Set(answer.ids ?? [])
  return new Set(rows.map((row) => row.attemptId).filter((id) => !kept.has(id)))
}

/** Values without quotes, backslashes or commas. */
function arrayOf(values: readonly (string | number | boolean)[]): string {
  return `{${values.join(',')}}`
}

/** A JSON string without control characters (our bodies are JSON already) is a quoted element of an array as well. */
function textArray(values: readonly string[]): string {
  return `{${JSON.stringify(values).slice(1, -1)}}`
}

interface FactsRow {
  id: string
  sitting_id: string
  candidate_id: string
  part: Part
  opens_at: Date
  closes_at: Date
  minutes: number
  extra_minutes: number
  items: number
  outline: string
  key_sealed: Buffer
  hall_id: string | null
  node_id: string | null
  seb_config_key: string | null
}

const FACTS = `
  select a.id, a.sitting_id, a.candidate_id, a.part, a.opens_at, a.closes_at, a.minutes, a.extra_minutes, a.items,
    a.outline::text as outline, a.key_sealed, s.hall_id, w.node_id, h.seb_config_key
  from halls.attempts a
  left join halls.seat_assignments s
    on s.sitting_id = a.sitting_id and s.candidate_id = a.candidate_id and s.ended_at is null
  left join halls.sitting_halls w on w.sitting_id = a.sitting_id and w.hall_id = s.hall_id
  left join halls.halls h on h.id = s.hall_id
  where a.id = any($1::uuid[])`

/** What a process keeps of sittings, so that a thousand attempts share what is the same for them. */
export interface Known {
  rules: Map<string, HallRules>
  outlines: Map<string, ReadonlyMap<string, ItemKind>>
}

export async function readFacts(pool: pg.Pool, known: Known, ids: string[]): Promise<AttemptFacts[]> {
  const { rows } = await pool.query<FactsRow>({ name: 'halls.facts', text: FACTS, values: [arrayOf(ids)] })
  await readRules(pool, known, [...new Set(rows.map((row) => row.sitting_id))])
  return rows.map((row) => {
    const rules = known.rules.get(row.sitting_id)
    if (!rules) throw new Error(`sitting ${row.sitting_id} has no rules`)
    return {
      sittingId: row.sitting_id,
      id: row.id,
      candidateId: row.candidate_id,
      part: row.part,
      window: {
        opensAt: row.opens_at,
        closesAt: row.closes_at,
        minutes: row.minutes,
        extraMinutes: row.extra_minutes,
        graceSeconds: rules.graceSeconds,
      },
      items: row.items,
      outline: outlineOf(known, row.outline),
      keySealed: row.key_sealed,
      hallId: row.hall_id,
      nodeId: row.node_id,
      sebConfigKey: row.seb_config_key,
      rules,
    }
  })
}

function outlineOf(known: Known, text: string): ReadonlyMap<string, ItemKind> {
  const before = known.outlines.get(text)
  if (before) return before
  const outline = new Map(Object.entries(JSON.parse(text) as Record<string, ItemKind>))
  known.outlines.set(text, outline)
  return outline
}

async function readRules(pool: pg.Pool, known: Known, sittingIds: string[]): Promise<void> {
  const missing = sittingIds.filter((id) => !known.rules.has(id))
  if (missing.length === 0) return
  const { rows } = await pool.query<{ sitting_id: string; rules: unknown }>(
    'select sitting_id, rules from halls.arrangements where sitting_id = any($1::uuid[])',
    [missing],
  )
  for (const row of rows) known.rules.set(row.sitting_id, hallRules.parse(row.rules))
}

interface JournalRow {
  sitting_id: string
  attempt_id: string
  seq: number
  kind: string
  at: Date
  body: string
  hash: Buffer
}

const ENTRIES = `
  select j.sitting_id, j.attempt_id, j.seq, j.kind, j.at, j.body, j.hash
  from unnest($1::uuid[], $2::uuid[], $3::int[]) as w(sitting_id, attempt_id, known)
  join halls.journal j on j.sitting_id = w.sitting_id and j.attempt_id = w.attempt_id and j.seq > w.known
  order by j.attempt_id, j.seq`

/** Entries after the one each attempt is known up to, in order. */
export async function readEntries(
  pool: pg.Pool,
  wanted: { sittingId: string; attemptId: string; known: number }[],
): Promise<Row[]> {
  const { rows } = await pool.query<JournalRow>({
    name: 'halls.entries',
    text: ENTRIES,
    values: [
      arrayOf(wanted.map((one) => one.sittingId)),
      arrayOf(wanted.map((one) => one.attemptId)),
      arrayOf(wanted.map((one) => one.known)),
    ],
  })
  return rows.map((row) => ({
    sittingId: row.sitting_id,
    attemptId: row.attempt_id,
    seq: row.seq,
    kind: row.kind,
    at: row.at,
    body: row.body,
    hash: row.hash,
  }))
}
