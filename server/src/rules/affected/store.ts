import { sql } from 'kysely'
import type { ListInput } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

export interface OutcomeCount {
  before: string
  after: string
  people: number
}
export interface Reckoning {
  id: string
  revisionId: string
  textSha: string
  edition: number
  onDay: Day
  state: 'waiting' | 'running' | 'done' | 'failed'
  total: number
  reckoned: number
  /** Verdicts by outcome before and after; rows of one outcome count those whose day alone moves. */
  counts: OutcomeCount[]
  requestedBy: string
  requestedAt: Date
  finishedAt: Date | null
}

const columns = sql`id, revision_id, text_sha, edition, on_day, state, total, reckoned, counts, requested_by, requested_at,
  finished_at`

/** The newest reckoning of a revision; with a text, of that text only. */
export async function reckoningOf(
  tx: Tx,
  revisionId: string,
  textSha?: string,
): Promise<Reckoning | undefined> {
  const { rows } = await sql<Reckoning>`
    select ${columns} from rules.reckonings
    where revision_id = ${revisionId} and (${textSha ?? null}::text is null or text_sha = ${textSha ?? null})
    order by requested_at desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertReckoning(
  tx: Tx,
  one: { revisionId: string; textSha: string; edition: number; onDay: Day; by: string; at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into rules.reckonings (revision_id, text_sha, edition, on_day, state, requested_by, requested_at)
    values (${one.revisionId}, ${one.textSha}, ${one.edition}, ${one.onDay}, 'waiting', ${one.by}, ${one.at})
    returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

/** Begins anew whatever an earlier run left; undefined when it is done already. */
export async function startReckoning(tx: Tx, id: string): Promise<Reckoning | undefined> {
  await sql`
    delete from rules.affected where reckoning_id in
      (select id from rules.reckonings where id = ${id} and state in ('waiting', 'running'))`.execute(tx)
  const { rows } = await sql<Reckoning>`
    update rules.reckonings set state = 'running', reckoned = 0
    where id = ${id} and state in ('waiting', 'running') returning ${columns}`.execute(tx)
  return rows[0]
}

export async function setProgress(
  tx: Tx,
  id: string,
  { total, reckoned }: { total: number; reckoned: number },
): Promise<void> {
  await sql`update rules.reckonings set total = ${total}, reckoned = ${reckoned} where id = ${id}`.execute(tx)
}

export async function setFinished(
  tx: Tx,
  id: string,
  finished: { state: 'done' | 'failed'; counts: OutcomeCount[]; edition: number; at: Date },
): Promise<void> {
  await sql`
    update rules.reckonings set state = ${finished.state}, counts = ${JSON.stringify(finished.counts)}::jsonb,
      edition = ${finished.edition}, finished_at = ${finished.at}
    where id = ${id}`.execute(tx)
}

export interface AffectedRow {
  position: number
  personId: string
  rule: string
  params: Record<string, string>
  beforeOutcome: string
  afterOutcome: string
  beforeOpensOn: Day | null
  afterOpensOn: Day | null
}

export async function insertAffected(tx: Tx, reckoningId: string, rows: AffectedRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into rules.affected (reckoning_id, position, person_id, rule, params, before_outcome, after_outcome,
      before_opens_on, after_opens_on)
    select ${reckoningId}, r."position", r."personId", r.rule, r.params, r."beforeOutcome", r."afterOutcome",
      r."beforeOpensOn", r."afterOpensOn"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("position" int, "personId" uuid, rule text,
      params jsonb, "beforeOutcome" text, "afterOutcome" text, "beforeOpensOn" date, "afterOpensOn" date)`.execute(
    tx,
  )
}

export interface AffectedFilter extends ListInput {
  before?: string | undefined
  after?: string | undefined
  cityCode?: string | undefined
}

export interface AffectedPerson extends AffectedRow {
  name: string
  cityName: string | null
}

export async function listAffected(
  tx: Tx,
  reckoningId: string,
  filter: AffectedFilter,
): Promise<{ rows: AffectedPerson[]; total: number }> {
  const where = sql`a.reckoning_id = ${reckoningId}
    and (${filter.before ?? null}::text is null or a.before_outcome = ${filter.before ?? null})
    and (${filter.after ?? null}::text is null or a.after_outcome = ${filter.after ?? null})
    and (${filter.cityCode ?? null}::text is null or p.city_code = ${filter.cityCode ?? null})
    and (${filter.q ?? null}::text is null or p.name ilike '%' || ${filter.q ?? ''} || '%')`
  const from = sql`rules.affected a join people.person_cards p on p.id = a.person_id
    left join platform.regions r on r.code = p.city_code`
  const { rows } = await sql<AffectedPerson>`
    select a.position, a.person_id, a.rule, a.params, a.before_outcome, a.after_outcome, a.before_opens_on,
      a.after_opens_on, p.name, r.name as city_name
    from ${from} where ${where}
    order by a.position limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const count = await sql<{ total: number }>`select count(*) as total from ${from} where ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** How many verdicts the revision changes, by outcome or by day. */
export function changedPeople(reckoning: Pick<Reckoning, 'counts'>): number {
  return reckoning.counts.filter((one) => one.before !== one.after).reduce((sum, one) => sum + one.people, 0)
}
