// Changes of a joint paper's key, and what each did in the sittings that had taken the paper.
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Refusal } from '../../platform/result.ts'
import type { KeyChange } from './store.ts'

export interface JointKeyChange extends Omit<KeyChange, 'sittingId' | 'jointChangeId' | 'differences'> {
  familyId: string
  familyNumber: string
  provinceCode: string
  decidedBy: string | null
}

const change = sql`k.id, k.family_id, f.number as family_number, f.province_code, k.paper_id, p.part, k.item, k.key_sealed,
  k.void, k.reason, k.proposed_by, k.proposed_by_name, k.proposed_at, k.decided_by, k.decided_by_name, k.decision, k.decided_at`
const of = sql`halls.key_changes k join halls.papers p on p.id = k.paper_id join halls.families f on f.id = k.family_id`

export async function findJointKeyChange(
  tx: Tx,
  id: string,
  provinceCode: string,
): Promise<JointKeyChange | undefined> {
  const { rows } = await sql<JointKeyChange>`
    select ${change} from ${of} where k.id = ${id} and f.province_code = ${provinceCode}`.execute(tx)
  return rows[0]
}

/** For the job, which has no province. */
export async function findAnyJointKeyChange(tx: Tx, id: string): Promise<JointKeyChange | undefined> {
  const { rows } = await sql<JointKeyChange>`select ${change} from ${of} where k.id = ${id}`.execute(tx)
  return rows[0]
}

export async function jointKeyChangesOf(tx: Tx, familyId: string): Promise<JointKeyChange[]> {
  const { rows } = await sql<JointKeyChange>`
    select ${change} from ${of} where k.family_id = ${familyId} order by k.proposed_at desc limit 100`.execute(
    tx,
  )
  return rows
}

/** Joint papers of which at least one copy gave a score: before that a wrong paper is imported again. */
export async function scoredJointPapers(tx: Tx, familyId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct p.family_paper_id as id from halls.papers p
    join halls.arrangements a on a.sitting_id = p.sitting_id
    join halls.attempts t on t.sitting_id = p.sitting_id and t.paper_id = p.id
    where a.family_id = ${familyId} and p.family_paper_id is not null and p.replaced_at is null
      and t.objective_tenths is not null`.execute(tx)
  return new Set(rows.map((one) => one.id))
}

/** One line a sitting that has taken the paper and is still of the joint examination. */
export async function insertOutcomes(tx: Tx, one: { id: string; paperId: string }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into halls.key_change_outcomes (key_change_id, sitting_id, paper_id, state)
    select ${one.id}, p.sitting_id, p.id, 'waiting' from halls.papers p
    join halls.papers j on j.id = p.family_paper_id
    join halls.arrangements a on a.sitting_id = p.sitting_id and a.family_id = j.family_id
    where p.family_paper_id = ${one.paperId} and p.replaced_at is null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function waitingSittings(tx: Tx, keyChangeId: string): Promise<string[]> {
  const { rows } = await sql<{ sittingId: string }>`
    select sitting_id from halls.key_change_outcomes where key_change_id = ${keyChangeId} and state = 'waiting'
    order by sitting_id`.execute(tx)
  return rows.map((one) => one.sittingId)
}

/** Locks what is still to be done; undefined when another process has done it. */
export async function lockWaiting(
  tx: Tx,
  keyChangeId: string,
  sittingId: string,
): Promise<{ paperId: string } | undefined> {
  const { rows } = await sql<{ paperId: string }>`
    select paper_id from halls.key_change_outcomes
    where key_change_id = ${keyChangeId} and sitting_id = ${sittingId} and state = 'waiting' for update`.execute(
    tx,
  )
  return rows[0]
}

export async function setChanged(
  tx: Tx,
  of: { keyChangeId: string; sittingId: string },
  done: { scored: number; changed: number; corrections: number | null; openTickets: string[]; at: Date },
): Promise<void> {
  await sql`
    update halls.key_change_outcomes set state = 'changed', scored = ${done.scored}, changed = ${done.changed},
      corrections = ${done.corrections}, open_tickets = ${done.openTickets}, refusal = null, at = ${done.at}
    where key_change_id = ${of.keyChangeId} and sitting_id = ${of.sittingId}`.execute(tx)
}

export async function setRefused(
  tx: Tx,
  of: { keyChangeId: string; sittingId: string },
  refusal: Refusal,
  at: Date,
): Promise<void> {
  const { code, clause, message } = refusal
  await sql`
    update halls.key_change_outcomes set state = 'refused', refusal = ${JSON.stringify({ code, clause, message })}::jsonb,
      at = ${at} where key_change_id = ${of.keyChangeId} and sitting_id = ${of.sittingId}`.execute(tx)
}

/** What was refused waits again. Returns how many sittings. */
export async function setWaitingAgain(tx: Tx, keyChangeId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update halls.key_change_outcomes set state = 'waiting', refusal = null, at = null
    where key_change_id = ${keyChangeId} and state = 'refused'`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** The sitting's own record of a change that the province decided. */
export async function insertCarriedOut(
  tx: Tx,
  one: {
    id: string
    of: JointKeyChange
    sittingId: string
    paperId: string
    keySealed: Buffer
    differences: NonNullable<KeyChange['differences']>
  },
): Promise<void> {
  const { of } = one
  await sql`
    insert into halls.key_changes (id, sitting_id, joint_change_id, paper_id, item, key_sealed, void, reason, proposed_by,
      proposed_by_name, proposed_at, decided_by, decided_by_name, decision, decided_at, differences)
    values (${one.id}, ${one.sittingId}, ${of.id}, ${one.paperId}, ${of.item}, ${one.keySealed}, ${of.void}, ${of.reason},
      ${of.proposedBy}, ${of.proposedByName}, ${of.proposedAt}, ${of.decidedBy}, ${of.decidedByName}, 'approved',
      ${of.decidedAt}, ${JSON.stringify(one.differences)}::jsonb)`.execute(tx)
}

export interface KeyOutcome {
  keyChangeId: string
  sittingId: string
  organisationId: string
  number: string
  title: string
  organisation: string
  state: 'waiting' | 'changed' | 'refused'
  scored: number | null
  changed: number | null
  corrections: number | null
  openTickets: string[]
  refusal: { code: string; clause: string | null; message: string } | null
  at: Date | null
}

export async function outcomesOfFamily(tx: Tx, familyId: string): Promise<KeyOutcome[]> {
  const { rows } = await sql<KeyOutcome>`
    select u.key_change_id, u.sitting_id, a.organisation_id, c.number, c.title, o.name as organisation, u.state, u.scored,
      u.changed, u.corrections, u.open_tickets, u.refusal, u.at
    from halls.key_change_outcomes u join halls.key_changes k on k.id = u.key_change_id
    join halls.arrangements a on a.sitting_id = u.sitting_id join exams.sitting_cards c on c.sitting_id = u.sitting_id
    join people.organisations o on o.id = a.organisation_id
    where k.family_id = ${familyId} order by c.number`.execute(tx)
  return rows
}
