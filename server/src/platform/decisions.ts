import { sql } from 'kysely'
import type { App } from './app.ts'
import type { SubjectKey } from './audit.ts'
import type { Tx } from './db.ts'

/** What this file needs of a policy decision: the rest is kept as it is. */
interface DecisionLike {
  rule: string
  outcome: string
  on: string
}

interface DecisionToKeep {
  decision: DecisionLike
  /** The facts as they were, so that the decision can be replayed. No ID numbers. */
  facts: unknown
  subject: SubjectKey
}

/** Keeps decisions with their facts, in the transaction of the act that rests on them. Returns their ids in order. */
export async function recordDecisions(tx: Tx, app: App, kept: DecisionToKeep[]): Promise<string[]> {
  if (kept.length === 0) return []
  const rows = kept.map((one, position) => ({
    position,
    rule: one.decision.rule,
    outcome: one.decision.outcome,
    decided_on: one.decision.on,
    subject: one.subject,
    facts: one.facts,
    decision: one.decision,
  }))
  // Ids are made here, so that they come back in the order of the input whatever the insert does.
  const ids = kept.map(() => crypto.randomUUID())
  await sql`
    insert into platform.decisions (id, rule, outcome, decided_on, subject, facts, decision, created_at)
    select i.id, r.rule, r.outcome, r.decided_on, r.subject, r.facts, r.decision, ${app.clock.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      position int, rule text, outcome text, decided_on date, subject text, facts jsonb, decision jsonb)
    join unnest(${ids}::uuid[]) with ordinality as i(id, position) on i.position = r.position + 1`.execute(tx)
  return ids
}

export async function recordDecision(tx: Tx, app: App, kept: DecisionToKeep): Promise<string> {
  const [id] = await recordDecisions(tx, app, [kept])
  return id as string
}

/** A kept decision with its explanation, as it was made; undefined when there is none. */
export async function findDecision(tx: Tx, id: string): Promise<unknown | undefined> {
  const { rows } = await sql<{ decision: unknown }>`
    select decision from platform.decisions where id = ${id}`.execute(tx)
  return rows[0]?.decision
}

/** Whom a decision's subject is about, and his facts as they stand where the module gathers more than people holds. */
export interface DecisionSubject {
  personId: string
  facts?: unknown
}
type SubjectReader = (tx: Tx, ids: string[]) => Promise<Map<string, DecisionSubject>>
const subjects = new Map<string, SubjectReader>([
  ['person', async (_, ids) => new Map(ids.map((id) => [id, { personId: id }]))],
])

/** A module whose records are decided about says whose they are: `declaration` → the declarant. */
export function defineDecisionSubject(kind: string, read: SubjectReader): void {
  subjects.set(kind, read)
}

/** Subjects of decisions as persons; what is about no person, or about nobody's known record, is left out. */
export async function personsOfSubjects(
  tx: Tx,
  keys: readonly string[],
): Promise<Map<string, DecisionSubject>> {
  const found = new Map<string, DecisionSubject>()
  for (const [kind, own] of Map.groupBy(keys, (key) => key.slice(0, key.indexOf(':')))) {
    const read = subjects.get(kind)
    if (!read) continue
    const ids = own.map((key) => key.slice(kind.length + 1))
    for (const [id, subject] of await read(tx, ids)) found.set(`${kind}:${id}`, subject)
  }
  return found
}

/** The newest decision of a rule on each subject and question, oldest first; ids only, since there may be very many. */
export async function latestDecisions(
  tx: Tx,
  asked: { rule: string; jurisdiction: string },
): Promise<{ id: string; subject: string }[]> {
  const { rows } = await sql<{ id: string; subject: string }>`
    select id, subject from (
      select distinct on (subject, decision -> 'params') id, subject, created_at
      from platform.decisions
      where rule = ${asked.rule} and decision ->> 'jurisdiction' = ${asked.jurisdiction}
      order by subject, decision -> 'params', created_at desc
    ) as latest order by created_at`.execute(tx)
  return rows
}

/** Kept decisions with the facts they were made on. */
export async function keptDecisions(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; subject: string; facts: unknown; params: Record<string, string> }[]> {
  const { rows } = await sql<{ id: string; subject: string; facts: unknown; params: Record<string, string> }>`
    select id, subject, facts, decision -> 'params' as params
    from platform.decisions where id = any(${ids}::uuid[])`.execute(tx)
  return rows
}
