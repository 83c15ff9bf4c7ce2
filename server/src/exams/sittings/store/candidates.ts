import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { DeclarationState } from '../../declarations/declaration.ts'
import type { Mark, Part, SittingResult } from '../sitting.ts'

export interface AssignableDeclaration {
  id: string
  number: string
  personId: string
  personName: string
  evaluationOrganisationId: string
  trainingOrganisationId: string
  trainingCertificateId: string
  provinceCode: string
  occupationId: string
  direction: string | null
  level: string
  state: DeclarationState
  closed: boolean
}

/**
 * The declarations to assign, and every other open one of the same persons: locking a person's declarations in
 * one order is what keeps two browsers from putting one person into two sittings at the same time.
 */
export async function lockForAssignment(
  tx: Tx,
  ids: string[],
  organisationId: string,
): Promise<AssignableDeclaration[]> {
  await sql`
    select id from exams.declarations
    where person_id in (select person_id from exams.declarations where id = any(${ids}::uuid[]))
    order by id for update`.execute(tx)
  const { rows } = await sql<AssignableDeclaration>`
    select d.id, d.number, d.person_id, p.name as person_name, d.evaluation_organisation_id, d.training_organisation_id,
      d.training_certificate_id, d.province_code, d.occupation_id, d.direction, d.level, d.state,
      d.closed_at is not null as closed
    from exams.declarations d join people.person_cards p on p.id = d.person_id
    where d.id = any(${ids}::uuid[]) and d.evaluation_organisation_id = ${organisationId} and d.submitted_at is not null
    order by d.number`.execute(tx)
  return rows
}

export interface EarlierAttempt {
  candidateId: string
  declarationId: string
  personId: string
  sittingId: string
  sittingNumber: string
  attempt: number
  result: SittingResult | null
  decidedOn: string | null
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
  theoryMark: Mark
  abilityMark: Mark
  /** Does one of its parts overlap a part of the sitting asked about? */
  overlaps: boolean
}

/** Every attempt of these persons in sittings that were not cancelled, against the windows of one sitting. */
export async function attemptsOf(tx: Tx, personIds: string[], sittingId: string): Promise<EarlierAttempt[]> {
  const { rows } = await sql<EarlierAttempt>`
    select c.id as candidate_id, c.declaration_id, c.person_id, c.sitting_id, s.number as sitting_number, c.attempt, c.result,
      (c.decided_at at time zone 'Asia/Shanghai')::date as decided_on, c.theory_score_tenths, c.ability_score_tenths,
      c.theory_mark, c.ability_mark,
      exists (select 1 from exams.sitting_parts theirs join exams.sitting_parts ours on ours.sitting_id = ${sittingId}
        where theirs.sitting_id = c.sitting_id and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at
      ) as overlaps
    from exams.candidates c join exams.sittings s on s.id = c.sitting_id
    where c.person_id = any(${personIds}::uuid[]) and s.state <> 'cancelled'
    order by c.attempt`.execute(tx)
  return rows
}

export interface NewCandidate {
  id: string
  declarationId: string
  personId: string
  ticketNumber: string
  attempt: number
  theoryRetainedFrom: string | null
  abilityRetainedFrom: string | null
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
}

export async function insertCandidates(
  tx: Tx,
  sittingId: string,
  candidates: NewCandidate[],
  at: Date,
): Promise<void> {
  await sql`
    insert into exams.candidates (id, sitting_id, declaration_id, person_id, ticket_number, attempt, theory_retained_from,
      ability_retained_from, theory_score_tenths, ability_score_tenths, created_at)
    select r.id, ${sittingId}::uuid, r."declarationId", r."personId", r."ticketNumber", r.attempt, r."theoryRetainedFrom",
      r."abilityRetainedFrom", r."theoryScoreTenths", r."abilityScoreTenths", ${at}
    from jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb) as r(id uuid, "declarationId" uuid, "personId" uuid,
      "ticketNumber" text, attempt int, "theoryRetainedFrom" uuid, "abilityRetainedFrom" uuid, "theoryScoreTenths" int,
      "abilityScoreTenths" int)`.execute(tx)
}

export async function countCandidates(tx: Tx, sittingId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from exams.candidates where sitting_id = ${sittingId}`.execute(tx)
  return rows[0]?.n ?? 0
}

export interface Candidate {
  id: string
  sittingId: string
  declarationId: string
  personId: string
  personName: string
  ticketNumber: string
  attempt: number
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
  theoryMark: Mark
  abilityMark: Mark
  theoryRetainedFrom: string | null
  abilityRetainedFrom: string | null
  result: SittingResult | null
}

const candidate = sql`c.id, c.sitting_id, c.declaration_id, c.person_id, p.name as person_name, c.ticket_number, c.attempt,
  c.theory_score_tenths, c.ability_score_tenths, c.theory_mark, c.ability_mark, c.theory_retained_from,
  c.ability_retained_from, c.result`

export async function candidatesOf(tx: Tx, sittingId: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select ${candidate} from exams.candidates c join people.person_cards p on p.id = c.person_id
    where c.sitting_id = ${sittingId} order by c.ticket_number`.execute(tx)
  return rows
}

export async function findCandidate(
  tx: Tx,
  sittingId: string,
  candidateId: string,
): Promise<Candidate | undefined> {
  const { rows } = await sql<Candidate>`
    select ${candidate} from exams.candidates c join people.person_cards p on p.id = c.person_id
    where c.sitting_id = ${sittingId} and c.id = ${candidateId}`.execute(tx)
  return rows[0]
}

/** Takes candidates out of sittings that have not begun; their numbers are not given out again. */
export async function deletePlannedCandidates(tx: Tx, declarationIds: string[], sittingId?: string) {
  const { rows } = await sql<{
    id: string
    declarationId: string
    ticketNumber: string
    sittingId: string
    sittingNumber: string
  }>`
    delete from exams.candidates c using exams.sittings s
    where s.id = c.sitting_id and s.state = 'planned' and c.declaration_id = any(${declarationIds}::uuid[])
      and (${sittingId ?? null}::uuid is null or c.sitting_id = ${sittingId ?? null}::uuid)
    returning c.id, c.declaration_id, c.ticket_number, c.sitting_id, s.number as sitting_number`.execute(tx)
  return rows
}

/** Sittings already begun, or with their candidates fixed, whose result is still open: they keep a declaration where it is. */
export async function startedSittings(tx: Tx, declarationIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ declarationId: string; number: string }>`
    select c.declaration_id, s.number from exams.candidates c join exams.sittings s on s.id = c.sitting_id
    where c.declaration_id = any(${declarationIds}::uuid[]) and c.result is null 
      and (s.state in ('open', 'ended') or (s.state = 'planned' and s.candidates_fixed_at is not null))`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.declarationId, row.number]))
}

export async function setMark(
  tx: Tx,
  sittingId: string,
  candidateIds: string[],
  part: Part,
  mark: Mark,
): Promise<void> {
  const column = part === 'theory' ? sql`theory_mark` : sql`ability_mark`
  await sql`update exams.candidates set ${column} = ${mark}
    where sitting_id = ${sittingId} and id = any(${candidateIds}::uuid[])`.execute(tx)
}

export async function insertMark(
  tx: Tx,
  mark: {
    sittingId: string
    candidateId: string
    part: Part
    mark: Mark
    reason: string
    fileId: string | null
    by: string
    byName: string
    /** Found by two people in a computer hall. */
    byTwo: boolean
    at: Date
  },
): Promise<void> {
  await sql`
    insert into exams.marks (sitting_id, candidate_id, part, mark, reason, file_id, marked_by, marked_by_name, by_two, marked_at)
    values (${mark.sittingId}, ${mark.candidateId}, ${mark.part}, ${mark.mark}, ${mark.reason}, ${mark.fileId}, ${mark.by},
      ${mark.byName}, ${mark.byTwo}, ${mark.at})`.execute(tx)
}

/** The mark that stands for a part of a candidate. */
export async function findMark(
  tx: Tx,
  of: { sittingId: string; candidateId: string; part: Part },
): Promise<{ mark: Mark; byTwo: boolean } | undefined> {
  const { rows } = await sql<{ mark: Mark; byTwo: boolean }>`
    select mark, by_two from exams.marks
    where sitting_id = ${of.sittingId} and candidate_id = ${of.candidateId} and part = ${of.part} and cleared_at is null`.execute(
    tx,
  )
  return rows[0]
}

/** Absences of many at once; only of those who bear no mark in that part. */
export async function insertAbsences(
  tx: Tx,
  sittingId: string,
  absences: { candidateId: string; part: Part }[],
  as: { reason: string; by: string; byName: string; at: Date },
): Promise<{ part: Part; ticketNumber: string; declarationId: string; personId: string }[]> {
  const { rows } = await sql<{ part: Part; ticketNumber: string; declarationId: string; personId: string }>`
    with named as (
      select distinct c.id, r.part, c.ticket_number, c.declaration_id, c.person_id
      from jsonb_to_recordset(${JSON.stringify(absences)}::jsonb) as r("candidateId" uuid, part text)
      join exams.candidates c on c.id = r."candidateId" and c.sitting_id = ${sittingId}
      where case r.part when 'theory' then c.theory_mark else c.ability_mark end = 'present'
    ), told as (
      insert into exams.marks (sitting_id, candidate_id, part, mark, reason, marked_by, marked_by_name, marked_at)
      select ${sittingId}::uuid, id, part, 'absent', ${as.reason}::text, ${as.by}::text, ${as.byName}::text,
        ${as.at}::timestamptz from named
    ), marked as (
      update exams.candidates c set
        theory_mark = case when exists (select from named n where n.id = c.id and n.part = 'theory') then 'absent' else theory_mark end,
        ability_mark = case when exists (select from named n where n.id = c.id and n.part = 'ability') then 'absent' else ability_mark end
      where c.id in (select id from named)
    )
    select part, ticket_number, declaration_id, person_id from named order by ticket_number, part desc`.execute(
    tx,
  )
  return rows
}

export async function setMarkCleared(
  tx: Tx,
  mark: { sittingId: string; candidateId: string; part: Part; by: string; reason: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update exams.marks set cleared_by = ${mark.by}, cleared_reason = ${mark.reason}, cleared_at = ${mark.at}
    where sitting_id = ${mark.sittingId} and candidate_id = ${mark.candidateId} and part = ${mark.part} and cleared_at is null
    returning candidate_id`.execute(tx)
  return rows.length > 0
}

export interface DecidedResult {
  candidateId: string
  result: SittingResult
  decisionId: string
}

/** Writes the results, and closes the declarations of those who passed (or opens them again after a correction). */
export async function setResults(tx: Tx, results: DecidedResult[], at: Date): Promise<void> {
  await sql`
    with decided as (
      update exams.candidates c set result = r.result, decision_id = r."decisionId", decided_at = ${at}
      from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as r("candidateId" uuid, result text, "decisionId" uuid)
      where c.id = r."candidateId" returning c.declaration_id, c.result
    )
    update exams.declarations d set closed_at = case when decided.result = 'passed' then ${at}::timestamptz end
    from decided where d.id = decided.declaration_id`.execute(tx)
}

export async function lockCandidateDeclarations(tx: Tx, sittingId: string): Promise<void> {
  await sql`
    select id from exams.declarations
    where id in (select declaration_id from exams.candidates where sitting_id = ${sittingId})
    order by id for update`.execute(tx)
}
