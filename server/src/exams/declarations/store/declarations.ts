import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Level } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Declaration, DeclarationState, Outcome } from '../declaration.ts'

const columns = sql`d.id, d.number, d.batch_id, d.person_id, d.training_certificate_id, d.training_organisation_id,
  d.evaluation_organisation_id, d.filing_id, d.province_code, d.city_code, d.occupation_id, d.direction, d.level, d.source,
  d.state, d.outcome, d.decision_id, d.round, d.closed_at`

/** Who may see a declaration: its person, its two institutions (the evaluator once submitted), its city and province. */
export function inScope(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`d.person_id = ${scope.personId}`
    case 'organisation':
      return sql<boolean>`(d.training_organisation_id = ${scope.organisationId}
        or (d.evaluation_organisation_id = ${scope.organisationId} and d.submitted_at is not null))`
    case 'city':
      return sql<boolean>`(d.province_code = ${scope.provinceCode} and d.city_code = ${scope.cityCode}
        and d.submitted_at is not null)`
    case 'province':
      return sql<boolean>`(d.province_code = ${scope.provinceCode} and d.submitted_at is not null)`
    case 'nation':
      return sql<boolean>`d.submitted_at is not null`
  }
}

/** Locks declarations in one fixed order, so that two batches never wait for each other. */
export async function lockDeclarations(
  tx: Tx,
  ids: string[],
  mine: { evaluation: string } | { training: string } | { person: string | null },
): Promise<Declaration[]> {
  const owned =
    'evaluation' in mine
      ? sql`d.evaluation_organisation_id = ${mine.evaluation} and d.submitted_at is not null`
      : 'training' in mine
        ? sql`d.training_organisation_id = ${mine.training} and d.source = 'batch'`
        : sql`d.person_id = ${mine.person} and (d.source = 'self' or d.submitted_at is not null)`
  const { rows } = await sql<Declaration>`
    select ${columns} from exams.declarations d
    where d.id = any(${ids}::uuid[]) and ${owned} order by d.id for update`.execute(tx)
  return rows
}

export async function lockBatchDeclarations(
  tx: Tx,
  batchId: string,
  state: DeclarationState,
): Promise<Declaration[]> {
  const { rows } = await sql<Declaration>`
    select ${columns} from exams.declarations d
    where d.batch_id = ${batchId} and d.state = ${state} order by d.id for update`.execute(tx)
  return rows
}

export async function findDeclaration(tx: Tx, id: string, scope: Scope): Promise<Declaration | undefined> {
  const { rows } = await sql<Declaration>`
    select ${columns} from exams.declarations d where d.id = ${id} and ${inScope(scope)}`.execute(tx)
  return rows[0]
}

export interface NewDeclaration {
  id: string
  number: string
  batchId: string | null
  personId: string
  trainingCertificateId: string
  trainingOrganisationId: string
  evaluationOrganisationId: string
  filingId: string
  provinceCode: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: Level
  source: 'batch' | 'self'
  outcome: Outcome
  decisionId: string
}

/** Inserts all at once; a person who has an open one of the same occupation and level by now comes back as refused. */
export async function insertDeclarations(
  tx: Tx,
  declarations: NewDeclaration[],
  at: Date,
  decidedOn: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into exams.declarations (id, number, batch_id, person_id, training_certificate_id, training_organisation_id,
      evaluation_organisation_id, filing_id, province_code, city_code, occupation_id, direction, level, source, state,
      outcome, decision_id, decided_on, created_at)
    select r.id, r."number", r."batchId", r."personId", r."trainingCertificateId", r."trainingOrganisationId",
      r."evaluationOrganisationId", r."filingId", r."provinceCode", r."cityCode", r."occupationId", r.direction, r.level,
      r.source, 'drafted', r.outcome, r."decisionId", ${decidedOn}::date, ${at}
    from jsonb_to_recordset(${JSON.stringify(declarations)}::jsonb) as r(id uuid, "number" text, "batchId" uuid,
      "personId" uuid, "trainingCertificateId" uuid, "trainingOrganisationId" uuid, "evaluationOrganisationId" uuid,
      "filingId" uuid, "provinceCode" text, "cityCode" text, "occupationId" text, direction text, level text, source text,
      outcome text, "decisionId" uuid)
    on conflict (person_id, occupation_id, level)
      where state in ('drafted', 'submitted', 'returned', 'qualified') and closed_at is null do nothing
    returning id`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

export interface NewVerdict {
  id: string
  outcome: Outcome
  decisionId: string
}

export async function setVerdicts(tx: Tx, verdicts: NewVerdict[], decidedOn: string): Promise<void> {
  if (verdicts.length === 0) return
  await sql`
    update exams.declarations d set outcome = r.outcome, decision_id = r."decisionId", decided_on = ${decidedOn}::date
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as r(id uuid, outcome text, "decisionId" uuid)
    where d.id = r.id`.execute(tx)
}

export async function setSubmitted(tx: Tx, ids: string[], at: Date): Promise<void> {
  await sql`
    update exams.declarations
    set round = case when state = 'returned' then round + 1 else round end, state = 'submitted', submitted_at = ${at}
    where id = any(${ids}::uuid[])`.execute(tx)
}

export async function setState(
  tx: Tx,
  ids: string[],
  state: 'qualified' | 'refused' | 'returned' | 'withdrawn' | 'submitted',
  at: Date,
): Promise<void> {
  await sql`
    update exams.declarations set state = ${state},
      confirmed_at = case when ${state} = 'qualified' then ${at}::timestamptz else null end,
      withdrawn_at = case when ${state} = 'withdrawn' then ${at}::timestamptz else null end
    where id = any(${ids}::uuid[])`.execute(tx)
}

/** Declarations not closed yet, and examinations passed, of these persons: what stands against another one. */
export async function standingOf(tx: Tx, personIds: string[]) {
  const open = await sql<{ personId: string; occupationId: string; level: Level; number: string }>`
    select person_id, occupation_id, level, number from exams.declarations
    where person_id = any(${personIds}::uuid[]) and closed_at is null
      and state in ('drafted', 'submitted', 'returned', 'qualified')`.execute(tx)
  const passed = await sql<{ personId: string; occupationId: string; level: Level; decidedOn: string }>`
    select person_id, occupation_id, level, (decided_at at time zone 'Asia/Shanghai')::date as decided_on
    from exams.published_results where person_id = any(${personIds}::uuid[]) and result = 'passed'`.execute(
    tx,
  )
  return { open: open.rows, passed: passed.rows }
}

/** Waiting at the confirmation desk, of one batch or one person's declaration. */
export async function countInState(
  tx: Tx,
  batchIds: string[],
  state: DeclarationState,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ batchId: string; n: number }>`
    select batch_id, count(*)::int as n from exams.declarations
    where batch_id = any(${batchIds}::uuid[]) and state = ${state} group by batch_id`.execute(tx)
  return new Map(rows.map((row) => [row.batchId, row.n]))
}

/** Declarations as questions to the rule, whoever asks: for those who re-decide many of them. */
export async function casesOf(
  tx: Tx,
  ids: string[],
): Promise<{ id: string; personId: string; provinceCode: string; occupationId: string; level: Level }[]> {
  const { rows } = await sql<{
    id: string
    personId: string
    provinceCode: string
    occupationId: string
    level: Level
  }>`
    select d.id, d.person_id, d.province_code, d.occupation_id, d.level
    from exams.declarations d where d.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}
