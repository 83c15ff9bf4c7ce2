import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../../../people/index.ts'
import type { Level } from '../../../platform/api.ts'
import type { Tx } from '../../../platform/db.ts'
import type { SittingResult, SittingState } from '../../sittings/sitting.ts'
import type { BatchState, DeclarationState, Outcome } from '../declaration.ts'
import { inScope } from './declarations.ts'

export interface DeclarationRow {
  id: string
  number: string
  batchId: string | null
  batchNumber: string | null
  personId: string
  personName: string
  maskedIdNumber: string
  trainingOrganisationId: string
  evaluationOrganisationId: string
  cityCode: string | null
  cityName: string | null
  occupationId: string
  occupationName: string
  direction: string | null
  level: Level
  source: 'batch' | 'self'
  state: DeclarationState
  outcome: Outcome
  round: number
  submittedAt: Date | null
  confirmedAt: Date | null
  closed: boolean
  /** The newest attempt, if any. */
  sittingNumber: string | null
  result: SittingResult | null
}

export interface DeclarationFilter {
  q?: string | undefined
  state?: DeclarationState | undefined
  outcome?: Outcome | undefined
  occupationId?: string | undefined
  level?: Level | undefined
  batchId?: string | undefined
  source?: 'batch' | 'self' | undefined
  /** Those that can be put into this sitting: qualified, of its occupation and level, without an open attempt. */
  forSittingId?: string | undefined
  page: number
  size: number
}

const from = sql`
  from exams.declarations d
  join people.person_cards p on p.id = d.person_id
  join institutions.occupation_names o on o.occupation_id = d.occupation_id
  left join exams.declaration_batches b on b.id = d.batch_id
  left join platform.regions r on r.code = d.city_code
  left join lateral (
    select s.number, c.result from exams.candidates c join exams.sittings s on s.id = c.sitting_id
    where c.declaration_id = d.id order by c.attempt desc, c.created_at desc limit 1
  ) a on true`

const columns = sql`d.id, d.number, d.batch_id, b.number as batch_number, d.person_id, p.name as person_name,
  p.masked_id_number, d.training_organisation_id, d.evaluation_organisation_id, d.city_code, r.name as city_name,
  d.occupation_id, o.name as occupation_name, d.direction, d.level, d.source, d.state, d.outcome, d.round, d.submitted_at,
  d.confirmed_at, d.closed_at is not null as closed, a.number as sitting_number, a.result`

function matching(scope: Scope, filter: DeclarationFilter): RawBuilder<unknown> {
  const parts = [sql`${inScope(scope)}`]
  if (filter.q) {
    const like = `%${filter.q.replace(/[%_\\]/g, '\\$&')}%`
    parts.push(sql`(p.name like ${like} or d.number like ${like} or b.number like ${like})`)
  }
  if (filter.state) parts.push(sql`d.state = ${filter.state}`)
  if (filter.outcome) parts.push(sql`d.outcome = ${filter.outcome}`)
  if (filter.occupationId) parts.push(sql`d.occupation_id = ${filter.occupationId}`)
  if (filter.level) parts.push(sql`d.level = ${filter.level}`)
  if (filter.batchId) parts.push(sql`d.batch_id = ${filter.batchId}`)
  if (filter.source) parts.push(sql`d.source = ${filter.source}`)
  if (filter.forSittingId) {
    parts.push(sql`d.state = 'qualified' and d.closed_at is null and exists (select 1 from exams.sittings s
        where s.id = ${filter.forSittingId} and s.occupation_id = d.occupation_id and s.level = d.level
          and s.province_code = d.province_code and (s.direction is null or s.direction = d.direction))
      and not exists (select 1 from exams.candidates c join exams.sittings s on s.id = c.sitting_id
        where c.declaration_id = d.id and c.result is null and s.state <> 'cancelled')`)
  }
  return sql.join(parts, sql` and `)
}

/** Whatever needs a person first: 不符合 and 材料不足 before 需人工认定 before 符合. */
const EXCEPTIONS_FIRST = sql`case d.outcome when '不符合' then 0 when '尚未到期' then 1 when '材料不足' then 2
  when '需人工认定' then 3 else 4 end`

export async function listDeclarations(tx: Tx, scope: Scope, filter: DeclarationFilter) {
  const where = matching(scope, filter)
  const order =
    filter.state === 'submitted' || filter.batchId
      ? sql`${EXCEPTIONS_FIRST}, d.number`
      : sql`d.created_at desc, d.number desc`
  const { rows } = await sql<DeclarationRow>`
    select ${columns} ${from} where ${where} order by ${order}
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from exams.declarations d join people.person_cards p on p.id = d.person_id
    left join exams.declaration_batches b on b.id = d.batch_id where ${where}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}

export async function findDeclarationRow(
  tx: Tx,
  id: string,
  scope: Scope,
): Promise<DeclarationRow | undefined> {
  const { rows } = await sql<DeclarationRow>`
    select ${columns} ${from} where d.id = ${id} and ${inScope(scope)}`.execute(tx)
  return rows[0]
}

export interface AttemptRow {
  sittingId: string
  sittingNumber: string
  sittingTitle: string
  sittingState: SittingState
  venue: string
  startsAt: Date
  endsAt: Date
  ticketNumber: string
  attempt: number
  theoryScoreTenths: number | null
  abilityScoreTenths: number | null
  theoryMark: string
  abilityMark: string
  result: SittingResult | null
  declarationId: string
  occupationName: string
  direction: string | null
  level: Level
}

/** Attempts of declarations; scores and marks are told only once the results are out. */
export async function attemptsOfDeclarations(tx: Tx, declarationIds: string[]): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select s.id as sitting_id, s.number as sitting_number, s.title as sitting_title, s.state as sitting_state, s.venue,
      s.starts_at, s.ends_at, c.ticket_number, c.attempt, c.result, c.declaration_id, o.name as occupation_name, d.direction,
      s.level,
      case when c.result is not null then c.theory_score_tenths end as theory_score_tenths,
      case when c.result is not null then c.ability_score_tenths end as ability_score_tenths,
      case when c.result is not null then c.theory_mark else 'present' end as theory_mark,
      case when c.result is not null then c.ability_mark else 'present' end as ability_mark
    from exams.candidates c join exams.sittings s on s.id = c.sitting_id
    join exams.declarations d on d.id = c.declaration_id
    join institutions.occupation_names o on o.occupation_id = s.occupation_id
    where c.declaration_id = any(${declarationIds}::uuid[]) and s.state <> 'cancelled'
    order by s.starts_at desc`.execute(tx)
  return rows
}

/** Decisions on the results of a declaration's attempts, newest first. */
export async function resultDecisionIds(tx: Tx, declarationId: string): Promise<string[]> {
  const { rows } = await sql<{ decisionId: string }>`
    select decision_id from exams.candidates
    where declaration_id = ${declarationId} and decision_id is not null and result is not null
    order by attempt desc`.execute(tx)
  return rows.map((row) => row.decisionId)
}

export interface BatchRow {
  id: string
  number: string
  organisationId: string
  evaluationOrganisationId: string
  state: BatchState
  createdBy: string | null
  createdAt: Date
  submittedAt: Date | null
  total: number
  ready: number
  exceptions: number
  waiting: number
  qualified: number
  returned: number
  refused: number
}

function batchInScope(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'person':
      return sql<boolean>`false`
    case 'organisation':
      return sql<boolean>`(b.organisation_id = ${scope.organisationId}
        or (b.evaluation_organisation_id = ${scope.organisationId} and b.submitted_at is not null))`
    case 'city':
      return sql<boolean>`(b.city_code = ${scope.cityCode} and b.submitted_at is not null)`
    case 'province':
      return sql<boolean>`(b.province_code = ${scope.provinceCode} and b.submitted_at is not null)`
    case 'nation':
      return sql<boolean>`b.submitted_at is not null`
  }
}

const batch = sql`
  select b.id, b.number, b.organisation_id, b.evaluation_organisation_id, b.state, b.created_by, b.created_at,
    b.submitted_at, n.*
  from exams.declaration_batches b left join lateral (
    select count(*)::int as total,
      count(*) filter (where d.outcome in ('符合', '需人工认定'))::int as ready,
      count(*) filter (where d.outcome not in ('符合', '需人工认定'))::int as exceptions,
      count(*) filter (where d.state = 'submitted')::int as waiting,
      count(*) filter (where d.state = 'qualified')::int as qualified,
      count(*) filter (where d.state = 'returned')::int as returned,
      count(*) filter (where d.state = 'refused')::int as refused
    from exams.declarations d where d.batch_id = b.id and d.state <> 'withdrawn'
  ) n on true`

export async function listBatches(
  tx: Tx,
  scope: Scope,
  filter: { q?: string | undefined; state?: BatchState | undefined; page: number; size: number },
) {
  const where = sql`${batchInScope(scope)} and (${filter.state ?? null}::text is null or b.state = ${filter.state ?? null})
    and (${filter.q ?? null}::text is null or b.number like ${`%${filter.q ?? ''}%`})`
  const { rows } = await sql<BatchRow>`${batch} where ${where} order by b.created_at desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const { rows: counted } = await sql<{ n: number }>`
    select count(*)::int as n from exams.declaration_batches b where ${where}`.execute(tx)
  return { rows, total: counted[0]?.n ?? 0 }
}

export async function findBatchRow(tx: Tx, id: string, scope: Scope): Promise<BatchRow | undefined> {
  const { rows } = await sql<BatchRow>`${batch} where b.id = ${id} and ${batchInScope(scope)}`.execute(tx)
  return rows[0]
}

export async function outcomesOfBatch(tx: Tx, batchId: string): Promise<Partial<Record<Outcome, number>>> {
  const { rows } = await sql<{ outcome: Outcome; n: number }>`
    select outcome, count(*)::int as n from exams.declarations
    where batch_id = ${batchId} and state <> 'withdrawn' group by outcome`.execute(tx)
  return Object.fromEntries(rows.map((row) => [row.outcome, row.n]))
}

/** Is this file one of the declaration's papers? */
export async function isEvidenceOf(tx: Tx, declarationId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from exams.declaration_evidence
    where declaration_id = ${declarationId} and file_id = ${fileId}`.execute(tx)
  return rows.length > 0
}
