import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Part } from '../sitting.ts'

/** The newest round of a candidate's part: what two examiners, and perhaps a third person, entered. */
export interface ScoreRound {
  candidateId: string
  part: Part
  round: number
  examiners: string[]
  first: number | null
  second: number | null
  settled: number | null
}

export function isFinal(round: ScoreRound | undefined): boolean {
  return finalScore(round) !== undefined
}

/** Two equal entries, or the third person's figure; undefined while it is open. */
export function finalScore(round: ScoreRound | undefined): number | undefined {
  if (!round) return undefined
  if (round.settled !== null) return round.settled
  if (round.first !== null && round.first === round.second) return round.first
  return undefined
}

export function isDiffering(round: ScoreRound | undefined): boolean {
  return Boolean(round && round.first !== null && round.second !== null && !isFinal(round))
}

export async function roundsOf(tx: Tx, sittingId: string, candidateIds?: string[]): Promise<ScoreRound[]> {
  const these = candidateIds ? sql`and candidate_id = any(${candidateIds}::uuid[])` : sql``
  const { rows } = await sql<ScoreRound>`
    select candidate_id, part, round, array_agg(examiner order by entry) as examiners,
      max(score_tenths) filter (where entry = 1) as first, max(score_tenths) filter (where entry = 2) as second,
      max(score_tenths) filter (where entry = 3) as settled
    from (
      select *, max(round) over (partition by candidate_id, part) as newest
      from exams.score_entries where sitting_id = ${sittingId} ${these}
    ) e where round = newest group by candidate_id, part, round`.execute(tx)
  return rows
}

export interface NewEntry {
  candidateId: string
  part: Part
  round: number
  entry: 1 | 2 | 3
  scoreTenths: number
  reason: string | null
}

export async function insertEntries(
  tx: Tx,
  sittingId: string,
  entries: NewEntry[],
  by: { examiner: string; name: string; at: Date },
): Promise<void> {
  await sql`
    insert into exams.score_entries (sitting_id, candidate_id, part, round, entry, examiner, examiner_name, score_tenths,
      reason, entered_at)
    select ${sittingId}::uuid, r."candidateId", r.part, r.round, r.entry, ${by.examiner}, ${by.name}, r."scoreTenths", r.reason,
      ${by.at}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r("candidateId" uuid, part text, round int, entry int,
      "scoreTenths" int, reason text)`.execute(tx)
}

export async function setFinalScores(
  tx: Tx,
  sittingId: string,
  scores: { candidateId: string; part: Part; scoreTenths: number }[],
): Promise<void> {
  if (scores.length === 0) return
  await sql`
    update exams.candidates c set
      theory_score_tenths = coalesce(r.theory, c.theory_score_tenths),
      ability_score_tenths = coalesce(r.ability, c.ability_score_tenths)
    from (
      select "candidateId" as id, max("scoreTenths") filter (where part = 'theory') as theory,
        max("scoreTenths") filter (where part = 'ability') as ability
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as e("candidateId" uuid, part text, "scoreTenths" int)
      group by "candidateId"
    ) r where c.sitting_id = ${sittingId} and c.id = r.id`.execute(tx)
}

/** How many parts still wait for a pair of entries, and how many pairs differ. */
export async function scoreProgress(tx: Tx, sittingId: string) {
  const { rows } = await sql<{ parts: number; done: number; differing: number; once: number }>`
    with asked as (
      select c.id, v.part, v.score, v.mark from exams.candidates c
      cross join lateral (values ('theory', c.theory_score_tenths, c.theory_mark),
        ('ability', c.ability_score_tenths, c.ability_mark)) v(part, score, mark)
      where c.sitting_id = ${sittingId} and v.mark = 'present'
    ), entered as (
      select candidate_id, part, count(*) filter (where entry < 3) as entries from (
        select *, max(round) over (partition by candidate_id, part) as newest
        from exams.score_entries where sitting_id = ${sittingId}
      ) e where round = newest group by candidate_id, part
    )
    select count(*)::int as parts, count(*) filter (where a.score is not null)::int as done,
      count(*) filter (where a.score is null and e.entries = 2)::int as differing,
      count(*) filter (where a.score is null and e.entries = 1)::int as once
    from asked a left join entered e on e.candidate_id = a.id and e.part = a.part`.execute(tx)
  const { parts, done, differing, once } = rows[0] ?? { parts: 0, done: 0, differing: 0, once: 0 }
  return { parts, done, differing, once, missing: parts - done - differing }
}
export type ScoreProgress = Awaited<ReturnType<typeof scoreProgress>>

export interface ScoreCorrection {
  id: string
  sittingId: string
  candidateId: string
  part: Part
  fromTenths: number
  toTenths: number
  fromResult: string
  reason: string
  proposedBy: string
  proposedByName: string
  decision: 'approved' | 'rejected' | null
  /** Proposed in one act, because of one wrong key. */
  batchId: string | null
}

export async function insertCorrection(
  tx: Tx,
  correction: Omit<ScoreCorrection, 'id' | 'decision'> & { at: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into exams.score_corrections (sitting_id, candidate_id, part, from_tenths, to_tenths, from_result, reason,
      proposed_by, proposed_by_name, proposed_at, batch_id)
    values (${correction.sittingId}, ${correction.candidateId}, ${correction.part}, ${correction.fromTenths},
      ${correction.toTenths}, ${correction.fromResult}, ${correction.reason}, ${correction.proposedBy},
      ${correction.proposedByName}, ${correction.at}, ${correction.batchId})
    on conflict (candidate_id) where decision is null do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function findCorrection(
  tx: Tx,
  id: string,
  organisationId: string,
): Promise<ScoreCorrection | undefined> {
  const { rows } = await sql<ScoreCorrection>`
    select k.id, k.sitting_id, k.candidate_id, k.part, k.from_tenths, k.to_tenths, k.from_result, k.reason, k.proposed_by,
      k.proposed_by_name, k.decision, k.batch_id
    from exams.score_corrections k join exams.sittings s on s.id = k.sitting_id
    where k.id = ${id} and s.organisation_id = ${organisationId}`.execute(tx)
  return rows[0]
}

/** Those of one act that nobody has decided yet. */
export async function openCorrectionsOfBatch(
  tx: Tx,
  of: { sittingId: string; batchId: string },
): Promise<ScoreCorrection[]> {
  const { rows } = await sql<ScoreCorrection>`
    select id, sitting_id, candidate_id, part, from_tenths, to_tenths, from_result, reason, proposed_by, proposed_by_name,
      decision, batch_id
    from exams.score_corrections
    where sitting_id = ${of.sittingId} and batch_id = ${of.batchId} and decision is null
    order by candidate_id`.execute(tx)
  return rows
}

export async function setCorrectionDecided(
  tx: Tx,
  id: string,
  decided: { by: string; byName: string; decision: 'approved' | 'rejected'; at: Date },
): Promise<void> {
  await sql`
    update exams.score_corrections set decided_by = ${decided.by}, decided_by_name = ${decided.byName},
      decision = ${decided.decision}, decided_at = ${decided.at}
    where id = ${id}`.execute(tx)
}

export async function openCorrections(tx: Tx, sittingId: string) {
  const { rows } = await sql<
    ScoreCorrection & { personName: string; ticketNumber: string; proposedAt: Date }
  >`
    select k.id, k.sitting_id, k.candidate_id, k.part, k.from_tenths, k.to_tenths, k.from_result, k.reason, k.proposed_by,
      k.proposed_by_name, k.decision, k.batch_id, p.name as person_name, c.ticket_number, k.proposed_at
    from exams.score_corrections k join exams.candidates c on c.id = k.candidate_id
    join people.person_cards p on p.id = c.person_id
    where k.sitting_id = ${sittingId} order by k.proposed_at desc`.execute(tx)
  return rows
}
