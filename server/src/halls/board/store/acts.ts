import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../../attempts/wire.ts'

export const ACTS = {
  confirm: '确认入场',
  turn_away: '拒绝入场',
  message: '发送提示',
  extend: '延长时间',
  pause: '暂停考场',
  resume: '恢复考场',
  release: '换机续考',
  misconduct: '认定违纪',
  terminate: '终止考试',
  unlock: '解除锁定',
  settle: '处理提醒',
  import: '导入密封答案',
  withdraw: '撤销违纪认定',
  annul: '认定终止有误',
} as const
export type ActKind = keyof typeof ACTS

export interface Person {
  account: string
  name: string
}

export interface NewAct {
  id?: string
  sittingId: string
  hallId: string
  candidateId: string | null
  attemptId: string | null
  kind: ActKind
  reason: string | null
  data: Record<string, unknown>
  by: Person
  second: Person | null
  clientAt: Date
  at: Date
}

export async function insertAct(tx: Tx, act: NewAct): Promise<string> {
  const id = act.id ?? randomUUID()
  await sql`
    insert into halls.acts (id, sitting_id, hall_id, candidate_id, attempt_id, kind, reason, data, by_account, by_name,
      second_account, second_name, client_at, at)
    values (${id}, ${act.sittingId}, ${act.hallId}, ${act.candidateId}, ${act.attemptId}, ${act.kind}, ${act.reason},
      ${JSON.stringify(act.data)}::jsonb, ${act.by.account}, ${act.by.name}, ${act.second?.account ?? null},
      ${act.second?.name ?? null}, ${act.clientAt}, ${act.at})`.execute(tx)
  return id
}

export interface ActRow {
  id: string
  candidateId: string | null
  candidate: string | null
  seat: string | null
  kind: ActKind
  reason: string | null
  data: Record<string, unknown>
  byName: string
  secondName: string | null
  clientAt: Date | null
  at: Date
}

export async function actsOf(
  tx: Tx,
  of: {
    sittingId: string
    hallId: string
    candidateId?: string | undefined
    kind?: string | undefined
    q?: string | undefined
    limit: number
    offset: number
  },
): Promise<{ rows: ActRow[]; total: number }> {
  const like = `%${(of.q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  const { rows } = await sql<ActRow & { total: number }>`
    select a.id, a.candidate_id, p.name as candidate, t.label as seat, a.kind, a.reason, a.data, a.by_name, a.second_name,
      a.client_at, a.at, count(*) over ()::int as total
    from halls.acts a
    left join exams.sitting_candidates c on c.candidate_id = a.candidate_id
    left join people.person_cards p on p.id = c.person_id
    left join halls.seat_assignments g on g.sitting_id = a.sitting_id and g.candidate_id = a.candidate_id and g.ended_at is null
    left join halls.seats t on t.id = g.seat_id
    where a.sitting_id = ${of.sittingId} and a.hall_id = ${of.hallId}
      and (${of.candidateId ?? null}::uuid is null or a.candidate_id = ${of.candidateId ?? null}::uuid)
      and (${of.kind ?? null}::text is null or a.kind = ${of.kind ?? null})
      and (${of.q ?? ''} = '' or p.name like ${like} or a.by_name like ${like} or t.label like ${like} or a.reason like ${like})
    order by a.at desc limit ${of.limit} offset ${of.offset}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface Proposal {
  id: string
  sittingId: string
  hallId: string
  candidateId: string | null
  attemptId: string | null
  kind: 'extend' | 'terminate' | 'misconduct' | 'withdraw' | 'annul'
  reason: string
  data: Record<string, unknown>
  proposedBy: string
  proposedByName: string
  clientAt: Date
  proposedAt: Date
}

/** False when the same is open already. */
export async function insertProposal(tx: Tx, proposal: Omit<Proposal, 'id'>): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into halls.act_proposals (sitting_id, hall_id, candidate_id, attempt_id, kind, reason, data, proposed_by,
      proposed_by_name, client_at, proposed_at)
    values (${proposal.sittingId}, ${proposal.hallId}, ${proposal.candidateId}, ${proposal.attemptId}, ${proposal.kind},
      ${proposal.reason}, ${JSON.stringify(proposal.data)}::jsonb, ${proposal.proposedBy}, ${proposal.proposedByName},
      ${proposal.clientAt}, ${proposal.proposedAt})
    on conflict do nothing returning id`.execute(tx)
  return rows[0]?.id
}

const PROPOSAL = sql`id, sitting_id, hall_id, candidate_id, attempt_id, kind, reason, data, proposed_by, proposed_by_name,
  client_at, proposed_at`

export async function lockProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
  const { rows } = await sql<Proposal>`
    select ${PROPOSAL} from halls.act_proposals where id = ${id} and decided_at is null for update`.execute(
    tx,
  )
  return rows[0]
}

/** Where a proposal is, decided or not: to find out whether the asker may see it. */
export async function placeOfProposal(
  tx: Tx,
  id: string,
): Promise<{ sittingId: string; hallId: string } | undefined> {
  const { rows } = await sql<{ sittingId: string; hallId: string }>`
    select sitting_id, hall_id from halls.act_proposals where id = ${id}`.execute(tx)
  return rows[0]
}

export async function openProposals(tx: Tx, of: { sittingId: string; hallId: string }): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`
    select ${PROPOSAL} from halls.act_proposals
    where sitting_id = ${of.sittingId} and hall_id = ${of.hallId} and decided_at is null order by proposed_at`.execute(
    tx,
  )
  return rows
}

export async function setProposalDecided(
  tx: Tx,
  of: {
    id: string
    decision: 'agreed' | 'declined' | 'withdrawn'
    by: Person | null
    reason: string | null
    at: Date
  },
): Promise<void> {
  await sql`
    update halls.act_proposals set decision = ${of.decision}, decided_by = ${of.by?.account ?? null},
      decided_by_name = ${of.by?.name ?? null}, decision_reason = ${of.reason}, decided_at = ${of.at}
    where id = ${of.id}`.execute(tx)
}

/** What two people found wrong, and what the candidate is owed for it since. */
export async function compensationOf(
  tx: Tx,
  of: { sittingId: string; attemptId: string },
): Promise<{ terminatedBy: ActKind | null; owed: boolean }> {
  const { rows } = await sql<{ terminatedBy: ActKind | null; owed: boolean }>`
    select (select a.kind from halls.journal j
        join halls.acts a on a.id = (j.body::jsonb ->> 'act')::uuid
        where j.sitting_id = ${of.sittingId} and j.attempt_id = ${of.attemptId} and j.kind = 'close') as terminated_by,
      exists (select from halls.acts a where a.sitting_id = ${of.sittingId} and a.attempt_id = ${of.attemptId}
        and a.kind in ('withdraw', 'annul') and a.data ->> 'compensation' is not null) as owed`.execute(tx)
  return rows[0] as { terminatedBy: ActKind | null; owed: boolean }
}

export interface Owed {
  sittingId: string
  candidateId: string
  name: string
  part: Part
  organisationId: string
  provinceCode: string
  cityCode: string
  since: Date
  /** Assigned to a later sitting since, or passed all the same. */
  given: boolean
  passed: boolean
}

/** Candidates who were owed another sitting since a moment. */
export async function owedSittings(tx: Tx, since: Date): Promise<Owed[]> {
  const { rows } = await sql<Owed>`
    select distinct on (a.candidate_id) a.sitting_id, a.candidate_id, p.name, a.data ->> 'part' as part, r.organisation_id,
      r.province_code, r.city_code, a.at as since,
      exists (select from exams.sitting_candidates later
        where later.declaration_id = c.declaration_id and later.attempt > c.attempt) as given,
      exists (select from exams.published_results u where u.candidate_id = c.candidate_id and u.result = 'passed') as passed
    from halls.acts a
    join halls.arrangements r on r.sitting_id = a.sitting_id
    join exams.sitting_candidates c on c.candidate_id = a.candidate_id
    join people.person_cards p on p.id = c.person_id
    where a.kind in ('withdraw', 'annul') and a.data ->> 'compensation' is not null and a.at >= ${since}
    order by a.candidate_id, a.at`.execute(tx)
  return rows
}
