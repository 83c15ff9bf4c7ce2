import { sql } from 'kysely'
import type { Scope } from '../../people/index.ts'
import type { Signature } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../attempts/entry.ts'
import { containing, inScope } from '../scope.ts'
import type { AttemptLine } from './package-format.ts'

export interface ClosableCounts {
  attempts: number
  open: number
  handedIn: number
  timedOut: number
  terminated: number
  absent: number
}

export async function countAttempts(tx: Tx, sittingId: string): Promise<ClosableCounts> {
  const { rows } = await sql<ClosableCounts>`
    select count(*)::int as attempts, (count(*) filter (where state in ('ready', 'started')))::int as open,
      (count(*) filter (where state = 'handed_in'))::int as handed_in,
      (count(*) filter (where state = 'timed_out'))::int as timed_out,
      (count(*) filter (where state = 'terminated'))::int as terminated,
      (count(*) filter (where state = 'absent'))::int as absent
    from halls.attempts where sitting_id = ${sittingId}`.execute(tx)
  return rows[0] as ClosableCounts
}

export async function setClosed(tx: Tx, sittingId: string, at: Date) {
  await sql`update halls.arrangements set state = 'closed', closed_at = ${at} where sitting_id = ${sittingId}`.execute(
    tx,
  )
  await sql`update halls.sitting_halls set state = 'ended', ended_at = coalesce(ended_at, ${at})
    where sitting_id = ${sittingId}`.execute(tx)
}

export async function headsOf(
  tx: Tx,
  sittingId: string,
): Promise<{ attemptId: string; seq: number; hash: string }[]> {
  const { rows } = await sql<{ attemptId: string; seq: number; hash: string }>`
    select distinct on (attempt_id) attempt_id, seq, encode(hash, 'hex') as hash from halls.journal
    where sitting_id = ${sittingId} order by attempt_id, seq desc`.execute(tx)
  return rows
}

export interface Anchor {
  sittingId: string
  attempts: number
  entries: number
  headsSha256: string
  signature: Signature
  at: Date
}

export async function insertAnchor(tx: Tx, one: Anchor) {
  await sql`
    insert into halls.anchors (sitting_id, attempts, entries, heads_sha256, signature, at)
    values (${one.sittingId}, ${one.attempts}, ${one.entries}, ${one.headsSha256}, ${JSON.stringify(one.signature)}::jsonb,
      ${one.at})`.execute(tx)
}

export async function anchorsOf(tx: Tx, sittingId: string): Promise<Anchor[]> {
  const { rows } = await sql<Anchor>`
    select sitting_id, attempts, entries, heads_sha256, signature, at from halls.anchors
    where sitting_id = ${sittingId} order by at`.execute(tx)
  return rows
}

// --- packages ----------------------------------------------------------------------------------------------

export interface Archive {
  id: string
  sittingId: string
  number: number
  includesKeys: boolean
  reason: string
  requestedByName: string
  requestedAt: Date
  fileId: string | null
  manifestSha256: string | null
  counts: { attempts: number; entries: number; answers: number; closed: number } | null
  madeAt: Date | null
  bytes: number | null
}

const archive = sql`r.id, r.sitting_id, r.number, r.includes_keys, r.reason, r.requested_by_name, r.requested_at, r.file_id,
  r.manifest_sha256, r.counts, r.made_at, (select f.bytes from platform.files f where f.id = r.file_id) as bytes`

export async function archivesOf(tx: Tx, sittingId: string): Promise<Archive[]> {
  const { rows } = await sql<Archive>`
    select ${archive} from halls.archives r where r.sitting_id = ${sittingId} order by r.number`.execute(tx)
  return rows
}

export async function findArchive(tx: Tx, id: string, scope: Scope): Promise<Archive | undefined> {
  const { rows } = await sql<Archive>`
    select ${archive} from halls.archives r join halls.arrangements a on a.sitting_id = r.sitting_id
    where r.id = ${id} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

export async function insertArchive(
  tx: Tx,
  one: {
    sittingId: string
    number: number
    includesKeys: boolean
    reason: string
    by: string
    byName: string
    at: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.archives (sitting_id, number, includes_keys, reason, requested_by, requested_by_name, requested_at)
    values (${one.sittingId}, ${one.number}, ${one.includesKeys}, ${one.reason}, ${one.by}, ${one.byName}, ${one.at})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function setArchiveMade(
  tx: Tx,
  id: string,
  made: { fileId: string; manifestSha256: string; counts: unknown; signature: Signature; at: Date },
) {
  await sql`
    update halls.archives set file_id = ${made.fileId}, manifest_sha256 = ${made.manifestSha256},
      counts = ${JSON.stringify(made.counts)}::jsonb, signature = ${JSON.stringify(made.signature)}::jsonb, made_at = ${made.at}
    where id = ${id}`.execute(tx)
}

export async function setArchived(tx: Tx, sittingId: string, at: Date) {
  await sql`update halls.arrangements set state = 'archived', archived_at = coalesce(archived_at, ${at})
    where sitting_id = ${sittingId}`.execute(tx)
}

export async function arrangementFacts(tx: Tx, sittingId: string) {
  const { rows } = await sql<{
    line: string
    drawProofFileId: string | null
    drawInputsFileId: string | null
  }>`
    select to_jsonb(a)::text as line, a.draw_proof_file_id, a.draw_inputs_file_id from halls.arrangements a
    where a.sitting_id = ${sittingId}`.execute(tx)
  return rows[0]
}

const attempt = sql`t.sitting_id, t.id, t.candidate_id, c.ticket_number, t.part, t.paper_id, t.form, t.opens_at, t.closes_at,
  t.minutes, t.extra_minutes, t.extra_reason, t.items, t.paper_sha256, t.state, t.started_at, t.closed_at, t.closed_seq,
  encode(t.closed_hash, 'hex') as closed_hash, t.answered, t.objective_tenths, t.score_tenths`

type AttemptRow = {
  [K in keyof AttemptLine]: K extends 'opensAt' | 'closesAt'
    ? Date
    : K extends 'startedAt' | 'closedAt'
      ? Date | null
      : AttemptLine[K]
}

export async function attemptsOf(tx: Tx, sittingId: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select ${attempt} from halls.attempts t join exams.sitting_candidates c on c.candidate_id = t.candidate_id
    where t.sitting_id = ${sittingId} order by t.id`.execute(tx)
  return rows
}

const PAGE = 5_000

/** The whole journal of a sitting, attempt by attempt in order, page by page. */
export async function* journalOfSitting(tx: Tx, sittingId: string): AsyncGenerator<Row> {
  let after = { attemptId: '00000000-0000-0000-0000-000000000000', seq: 0 }
  for (;;) {
    const { rows } = await sql<Row>`
      select sitting_id, attempt_id, seq, kind, at, body, hash from halls.journal
      where sitting_id = ${sittingId} and (attempt_id, seq) > (${after.attemptId}::uuid, ${after.seq})
      order by attempt_id, seq limit ${PAGE}`.execute(tx)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last
  }
}

/**
 * Rows as they stand, a line each, without what opens anything: secrets of the door, keys of objects and of papers.
 * Columns other rooms add later come along by themselves.
 */
const PLAIN = {
  papers: sql`select (to_jsonb(p) - array['items_sealed', 'keys_sealed'])::text as line from halls.papers p
    where p.sitting_id = `,
  seats: sql`select (to_jsonb(s) || jsonb_build_object('label', e.label, 'hall', h.name))::text as line
    from halls.seat_assignments s join halls.seats e on e.id = s.seat_id join halls.halls h on h.id = s.hall_id
    where s.sitting_id = `,
  invigilators: sql`select to_jsonb(i)::text as line from halls.invigilators i where i.sitting_id = `,
  admissions: sql`select (to_jsonb(d) - 'secret_hash')::text as line from halls.admissions d where d.sitting_id = `,
  gates: sql`select to_jsonb(g)::text as line from halls.gate_checks g where g.sitting_id = `,
  captures: sql`select (to_jsonb(c) - array['key', 'key_sealed'])::text as line from halls.captures c where c.sitting_id = `,
  video: sql`select (to_jsonb(v) - array['key', 'key_sealed'])::text as line from halls.video_segments v where v.sitting_id = `,
  acts: sql`select to_jsonb(k)::text as line from halls.acts k where k.sitting_id = `,
  alerts: sql`select to_jsonb(l)::text as line from halls.alerts l where l.sitting_id = `,
  late: sql`select to_jsonb(n)::text as line from halls.late_answers n where n.sitting_id = `,
  keyChanges: sql`select (to_jsonb(k) - 'key_sealed')::text as line from halls.key_changes k where k.sitting_id = `,
  results: sql`select to_jsonb(r)::text as line from exams.published_results r where r.sitting_id = `,
} as const
export type PlainFile = keyof typeof PLAIN
export const PLAIN_FILES = Object.keys(PLAIN) as PlainFile[]

export async function plainLines(tx: Tx, file: PlainFile, sittingId: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`${PLAIN[file]} ${sittingId} order by 1`.execute(tx)
  return rows.map((row) => row.line)
}

// --- replay and lists --------------------------------------------------------------------------------------

export interface ReplayAttempt extends AttemptRow {
  personId: string
  personName: string
  sittingNumber: string
  sittingTitle: string
  shownToCandidates: boolean
  rules: unknown
  paperCipher: Buffer
  keySealed: Buffer
  published: boolean
}

const replayed = sql`${attempt}, c.person_id, p.name as person_name, s.number as sitting_number, s.title as sitting_title,
  q.shown_to_candidates, a.rules, t.paper_cipher, t.key_sealed,
  exists (select 1 from exams.published_results r where r.candidate_id = t.candidate_id) as published`
const replayedFrom = sql`halls.attempts t join halls.arrangements a on a.sitting_id = t.sitting_id
  join exams.sitting_candidates c on c.candidate_id = t.candidate_id
  join exams.sitting_cards s on s.sitting_id = t.sitting_id
  join people.person_cards p on p.id = c.person_id join halls.papers q on q.id = t.paper_id`

export async function findReplay(
  tx: Tx,
  attemptId: string,
  scope: Scope,
): Promise<ReplayAttempt | undefined> {
  const { rows } = await sql<ReplayAttempt>`
    select ${replayed} from ${replayedFrom} where t.id = ${attemptId} and ${inScope(scope, 'a')}`.execute(tx)
  return rows[0]
}

export async function findOwnReplay(
  tx: Tx,
  attemptId: string,
  personId: string,
): Promise<ReplayAttempt | undefined> {
  const { rows } = await sql<ReplayAttempt>`
    select ${replayed} from ${replayedFrom} where t.id = ${attemptId} and c.person_id = ${personId}`.execute(
    tx,
  )
  return rows[0]
}

export async function journalOfAttempt(tx: Tx, sittingId: string, attemptId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select sitting_id, attempt_id, seq, kind, at, body, hash from halls.journal
    where sitting_id = ${sittingId} and attempt_id = ${attemptId} order by seq`.execute(tx)
  return rows
}

/** Published attempts of one person, newest first. */
export async function ownAttempts(tx: Tx, personId: string) {
  const { rows } = await sql<{
    id: string
    part: AttemptLine['part']
    sittingTitle: string
    startedAt: Date | null
    closedAt: Date | null
    state: AttemptLine['state']
    published: boolean
  }>`
    select t.id, t.part, s.title as sitting_title, t.started_at, t.closed_at, t.state,
      exists (select 1 from exams.published_results r where r.candidate_id = t.candidate_id) as published
    from halls.attempts t join exams.sitting_candidates c on c.candidate_id = t.candidate_id
    join exams.sitting_cards s on s.sitting_id = t.sitting_id
    where c.person_id = ${personId} and t.closed_at is not null
    order by t.opens_at desc, t.part desc limit 50`.execute(tx)
  return rows
}

export interface AttemptFilter {
  sittingId: string
  q?: string | undefined
  part?: AttemptLine['part'] | undefined
  state?: AttemptLine['state'] | undefined
  page: number
  size: number
}

export async function listAttempts(tx: Tx, scope: Scope, filter: AttemptFilter) {
  const { q, part = null, state = null, page, size } = filter
  const from = sql`halls.attempts t join halls.arrangements a on a.sitting_id = t.sitting_id
    join exams.sitting_candidates c on c.candidate_id = t.candidate_id join people.person_cards p on p.id = c.person_id`
  const where = sql`t.sitting_id = ${filter.sittingId} and ${inScope(scope, 'a')}
    and (${part}::text is null or t.part = ${part}) and (${state}::text is null or t.state = ${state})
    and (p.name ilike ${containing(q)} or c.ticket_number ilike ${containing(q)})`
  const { rows } = await sql<{
    id: string
    part: AttemptLine['part']
    personName: string
    ticketNumber: string
    form: string
    state: AttemptLine['state']
    startedAt: Date | null
    closedAt: Date | null
    answered: number | null
    items: number
    extraMinutes: number
    objectiveTenths: number | null
    scoreTenths: number | null
  }>`
    select t.id, t.part, p.name as person_name, c.ticket_number, t.form, t.state, t.started_at, t.closed_at, t.answered, t.items,
      t.extra_minutes, t.objective_tenths, t.score_tenths
    from ${from} where ${where} order by t.part desc, c.ticket_number
    limit ${size} offset ${(page - 1) * size}`.execute(tx)
  const count = await sql<{
    total: number
  }>`select count(*)::int as total from ${from} where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
