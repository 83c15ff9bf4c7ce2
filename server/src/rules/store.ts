import { sql } from 'kysely'
import type { Scope } from '../people/index.ts'
import type { ListInput } from '../platform/api.ts'
import type { Day } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import type {
  Revision,
  RevisionContent,
  RevisionKind,
  RevisionState,
  ShownState,
  Target,
} from './revision.ts'

const columns = sql`id, number, province_code, jurisdiction, kind, rule, part, title, from_on, clause, reason,
  content || jsonb_build_object('examples', examples) as content, text, text_sha, saves, state, authors, drafted_by,
  drafted_at, changed_at, proposed_by, proposed_at, decided_by, decided_at, decision_reason, edition`

/** Revisions a scope may see: a province its own; who sees the nation all. */
function within(scope: Scope) {
  if (scope.kind === 'nation') return sql`true`
  return scope.kind === 'province' ? sql`province_code = ${scope.provinceCode}` : sql`false`
}

export async function findRevision(tx: Tx, scope: Scope, id: string): Promise<Revision | undefined> {
  const { rows } = await sql<Revision>`
    select ${columns} from rules.revisions where id = ${id} and ${within(scope)}`.execute(tx)
  return rows[0]
}

export async function lockRevision(tx: Tx, provinceCode: string, id: string): Promise<Revision | undefined> {
  const { rows } = await sql<Revision>`
    select ${columns} from rules.revisions
    where id = ${id} and province_code = ${provinceCode} for update`.execute(tx)
  return rows[0]
}

export async function openRevisionOf(tx: Tx, target: Target): Promise<Revision | undefined> {
  const { rows } = await sql<Revision>`
    select ${columns} from rules.revisions
    where jurisdiction = ${target.jurisdiction} and kind = ${target.kind} and rule = ${target.rule}
      and part = ${target.part} and state in ('drafted', 'proposed', 'returned')`.execute(tx)
  return rows[0]
}

interface Text {
  content: RevisionContent
  clause: string
  text: string
  textSha: string
}

/** The new revision's id; undefined when one of the same text is open already. */
export async function insertRevision(
  tx: Tx,
  revision: Target &
    Text & { number: string; provinceCode: string; title: string; by: string; account: string; at: Date },
): Promise<string | undefined> {
  const { examples, ...rest } = revision.content
  const { rows } = await sql<{ id: string }>`
    insert into rules.revisions (number, province_code, jurisdiction, kind, rule, part, title, from_on, clause, reason,
      content, examples, text, text_sha, state, authors, drafted_by, drafted_at, changed_at)
    values (${revision.number}, ${revision.provinceCode}, ${revision.jurisdiction}, ${revision.kind}, ${revision.rule},
      ${revision.part}, ${revision.title}, ${rest.fromOn}, ${revision.clause}, ${rest.reason},
      ${JSON.stringify(rest)}::jsonb, ${JSON.stringify(examples)}::jsonb, ${revision.text}, ${revision.textSha},
      'drafted', array[${revision.account}]::text[], ${revision.by}, ${revision.at}, ${revision.at})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function saveText(
  tx: Tx,
  id: string,
  saved: Text & { account: string; at: Date },
): Promise<void> {
  const { examples, ...rest } = saved.content
  await sql`
    update rules.revisions set from_on = ${rest.fromOn}, clause = ${saved.clause}, reason = ${rest.reason},
      content = ${JSON.stringify(rest)}::jsonb, examples = ${JSON.stringify(examples)}::jsonb, text = ${saved.text},
      text_sha = ${saved.textSha}, saves = saves + 1, changed_at = ${saved.at},
      authors = (select array_agg(distinct one) from unnest(authors || ${saved.account}::text) as one)
    where id = ${id}`.execute(tx)
}

export async function setProposed(
  tx: Tx,
  id: string,
  { by, account, at }: { by: string; account: string; at: Date },
): Promise<void> {
  await sql`
    update rules.revisions set state = 'proposed', proposed_by = ${by}, proposed_at = ${at}, decision_reason = null,
      authors = (select array_agg(distinct one) from unnest(authors || ${account}::text) as one)
    where id = ${id}`.execute(tx)
}

export async function setDecided(
  tx: Tx,
  id: string,
  decided: {
    state: Extract<RevisionState, 'confirmed' | 'returned' | 'withdrawn'>
    by: string
    at: Date
    reason: string | null
    edition: number | null
  },
): Promise<void> {
  await sql`
    update rules.revisions set state = ${decided.state}, decided_by = ${decided.by}, decided_at = ${decided.at},
      decision_reason = ${decided.reason}, edition = ${decided.edition}
    where id = ${id}`.execute(tx)
}

export interface RevisionFilter extends ListInput {
  state?: ShownState | undefined
  kind?: RevisionKind | undefined
  jurisdiction?: string | undefined
  rule?: string | undefined
}

export async function listRevisions(
  tx: Tx,
  scope: Scope,
  filter: RevisionFilter,
  today: Day,
): Promise<{ rows: Revision[]; total: number }> {
  const inForce = sql`state = 'confirmed' and from_on <= ${today}`
  const state = !filter.state
    ? sql`true`
    : filter.state === 'in_force'
      ? inForce
      : filter.state === 'confirmed'
        ? sql`state = 'confirmed' and from_on > ${today}`
        : sql`state = ${filter.state}`
  const like = `%${filter.q ?? ''}%`
  const where = sql`${within(scope)} and ${state}
    and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
    and (${filter.jurisdiction ?? null}::text is null or jurisdiction = ${filter.jurisdiction ?? null})
    and (${filter.rule ?? null}::text is null or rule = ${filter.rule ?? null})
    and (title ilike ${like} or number ilike ${like} or reason ilike ${like})`
  const { rows } = await sql<Revision>`
    select ${columns} from rules.revisions where ${where}
    order by changed_at desc, id limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const count = await sql<{
    total: number
  }>`select count(*) as total from rules.revisions where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Every open or coming revision, for the marks on the rule list. */
export async function liveRevisions(tx: Tx, scope: Scope, today: Day): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select ${columns} from rules.revisions
    where ${within(scope)} and (state in ('drafted', 'proposed', 'returned') or (state = 'confirmed' and from_on > ${today}))
    order by changed_at`.execute(tx)
  return rows
}

/** How often a rule was asked since a day, by what it was asked about. */
export async function usesOf(
  tx: Tx,
  asked: { rule: string; jurisdiction: string | null; since: Date },
): Promise<{ subject: string; decisions: number; lastOn: Day }[]> {
  const { rows } = await sql<{ subject: string; decisions: number; lastOn: Day }>`
    select split_part(subject, ':', 1) as subject, count(*) as decisions, max(decided_on) as last_on
    from platform.decisions
    where rule = ${asked.rule} and created_at >= ${asked.since}
      and (${asked.jurisdiction}::text is null or decision ->> 'jurisdiction' = ${asked.jurisdiction})
    group by 1 order by 2 desc`.execute(tx)
  return rows
}
