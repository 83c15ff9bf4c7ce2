import { type RawBuilder, sql } from 'kysely'
import { scopeOf } from '../../people/index.ts'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import type { FiledPlan } from '../filings/filed-plan.ts'
import type { Filing, FilingDraft, FilingState, Office } from '../filings/filing.ts'

export async function findFiledPlan(tx: Tx, filingId: string): Promise<FiledPlan | undefined> {
  const { rows } = await sql<FiledPlan>`
    select filing_id, number, organisation_id, evaluation_organisation_id, province_code, city_code, year, title,
           occupation_id, direction, level, planned_learners, plan, assessment_plan, starts_on, ends_on, filed_on
    from institutions.filed_plans where filing_id = ${filingId}`.execute(tx)
  return rows[0]
}

/**
 * Which filings an actor may know of. The evaluation institution sees what was sent to it, supervisors what was
 * submitted to them at least once; a draft is its institution's own.
 */
function reach(actor: Actor): RawBuilder<unknown> {
  const scope = scopeOf(actor)
  switch (scope.kind) {
    case 'person':
      return sql`false`
    case 'organisation':
      return actor.organisation?.kind === 'evaluation_institution'
        ? sql`(f.evaluation_organisation_id = ${scope.organisationId} and f.proposed_at is not null
            and (f.state not in ('drafted', 'revised') or exists (
              select 1 from institutions.filing_agreements a
              where a.filing_id = f.id and a.organisation_id = ${scope.organisationId})))`
        : sql`f.organisation_id = ${scope.organisationId}`
    case 'city':
      return sql`(f.province_code = ${scope.provinceCode} and f.city_code = ${scope.cityCode} and f.number is not null)`
    case 'province':
      return sql`(f.province_code = ${scope.provinceCode} and f.number is not null)`
    case 'nation':
      return sql`f.number is not null`
  }
}

const columns = sql`f.id, f.number, f.organisation_id, f.evaluation_organisation_id, f.province_code, f.city_code, f.year,
  f.title, f.occupation_id, f.direction, f.level, f.planned_learners, f.plan, f.assessment_plan, f.state, f.revision,
  f.round, f.agreed_digest, f.returned_by, f.created_at, f.updated_at, f.proposed_at, f.agreed_at, f.submitted_at,
  f.filed_at, f.filed_on, f.withdrawn_at, f.withdrawn_reason`

export async function lockFiling(tx: Tx, actor: Actor, id: string): Promise<Filing | undefined> {
  const { rows } = await sql<Filing>`
    select ${columns} from institutions.filings f where f.id = ${id} and ${reach(actor)} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function findFiling(tx: Tx, actor: Actor, id: string): Promise<Filing | undefined> {
  const { rows } = await sql<Filing>`
    select ${columns} from institutions.filings f where f.id = ${id} and ${reach(actor)}`.execute(tx)
  return rows[0]
}

export async function insertFiling(
  tx: Tx,
  filing: {
    organisationId: string
    provinceCode: string
    cityCode: string
    year: number
    title: string
    createdBy: string
    at: Date
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into institutions.filings (organisation_id, province_code, city_code, year, title, state, created_by, created_at,
      updated_at)
    values (${filing.organisationId}, ${filing.provinceCode}, ${filing.cityCode}, ${filing.year}, ${filing.title}, 'drafted',
      ${filing.createdBy}, ${filing.at}, ${filing.at})
    returning id`.execute(tx)
  return rows[0]!.id
}

/** Writes a draft; the caller holds the lock and has compared the revision. Returns the next one. */
export async function saveDraft(
  tx: Tx,
  id: string,
  draft: FilingDraft & { year: number; state: FilingState },
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    update institutions.filings
    set title = ${draft.title}, occupation_id = ${draft.occupationId}, direction = ${draft.direction}, level = ${draft.level},
        evaluation_organisation_id = ${draft.evaluationOrganisationId}, planned_learners = ${draft.plannedLearners},
        plan = ${JSON.stringify(draft.plan)}::jsonb, assessment_plan = ${JSON.stringify(draft.assessmentPlan)}::jsonb,
        year = ${draft.year}, state = ${draft.state}, revision = revision + 1, updated_at = ${at}
    where id = ${id} returning revision`.execute(tx)
  return rows[0]!.revision
}

export async function setState(
  tx: Tx,
  id: string,
  to: {
    state: FilingState
    at: Date
    proposed?: boolean
    agreedDigest?: string | null
    returnedBy?: 'evaluation' | Office
    withdrawnReason?: string
    filedOn?: string
  },
): Promise<void> {
  await sql`
    update institutions.filings
    set state = ${to.state}, updated_at = ${to.at}, revision = revision + 1,
        proposed_at = case when ${to.proposed ?? false} then ${to.at}::timestamptz else proposed_at end,
        agreed_digest = case when ${to.agreedDigest !== undefined} then ${to.agreedDigest ?? null}::text else agreed_digest end,
        agreed_at = case when ${typeof to.agreedDigest === 'string'} then ${to.at}::timestamptz else agreed_at end,
        returned_by = ${to.returnedBy ?? null},
        filed_at = case when ${to.filedOn !== undefined} then ${to.at}::timestamptz else filed_at end,
        filed_on = coalesce(${to.filedOn ?? null}::date, filed_on),
        withdrawn_at = case when ${to.state === 'withdrawn'} then ${to.at}::timestamptz else withdrawn_at end,
        withdrawn_reason = coalesce(${to.withdrawnReason ?? null}, withdrawn_reason)
    where id = ${id}`.execute(tx)
}

export interface SubmittedVersion {
  round: number
  content: unknown
  digest: string
  submittedBy: string
  submittedAt: Date
}

export async function setSubmitted(
  tx: Tx,
  id: string,
  submission: { number: string; content: unknown; digest: string; by: string; at: Date },
): Promise<number> {
  const { rows } = await sql<{ round: number }>`
    update institutions.filings
    set state = 'submitted', number = ${submission.number}, round = round + 1, revision = revision + 1, returned_by = null,
        submitted_at = ${submission.at}, updated_at = ${submission.at}
    where id = ${id} returning round`.execute(tx)
  const round = rows[0]!.round
  await sql`
    insert into institutions.filing_versions (filing_id, round, content, digest, submitted_by, submitted_at)
    values (${id}, ${round}, ${JSON.stringify(submission.content)}::jsonb, ${submission.digest}, ${submission.by},
      ${submission.at})`.execute(tx)
  return round
}

export async function submittedVersions(tx: Tx, id: string): Promise<SubmittedVersion[]> {
  const { rows } = await sql<SubmittedVersion>`
    select round, content, digest, submitted_by, submitted_at from institutions.filing_versions
    where filing_id = ${id} order by round desc`.execute(tx)
  return rows
}

export interface Agreement {
  decision: 'agreed' | 'returned'
  reason: string | null
  digest: string
  decidedBy: string
  decidedAt: Date
}

export async function insertAgreement(
  tx: Tx,
  agreement: Omit<Agreement, 'decidedBy' | 'decidedAt'> & {
    filingId: string
    organisationId: string
    clause: string
    by: string
    at: Date
  },
): Promise<void> {
  await sql`
    insert into institutions.filing_agreements (filing_id, organisation_id, decision, reason, clause, digest, decided_by, decided_at)
    values (${agreement.filingId}, ${agreement.organisationId}, ${agreement.decision}, ${agreement.reason}, ${agreement.clause},
      ${agreement.digest}, ${agreement.by}, ${agreement.at})`.execute(tx)
}

export async function agreements(tx: Tx, id: string): Promise<Agreement[]> {
  const { rows } = await sql<Agreement>`
    select decision, reason, digest, decided_by, decided_at from institutions.filing_agreements
    where filing_id = ${id} order by decided_at desc`.execute(tx)
  return rows
}

export interface OfficeDecision {
  round: number
  office: Office
  decision: 'received' | 'returned'
  reason: string | null
  clause: string | null
  receiptNumber: string | null
  organisationId: string
  decidedBy: string
  decidedAt: Date
}

export async function insertOfficeDecision(
  tx: Tx,
  decision: Omit<OfficeDecision, 'decidedBy' | 'decidedAt'> & {
    filingId: string
    by: string
    at: Date
  },
): Promise<void> {
  await sql`
    insert into institutions.filing_receipts (filing_id, round, office, decision, reason, clause, receipt_number,
      organisation_id, decided_by, decided_at)
    values (${decision.filingId}, ${decision.round}, ${decision.office}, ${decision.decision}, ${decision.reason},
      ${decision.clause}, ${decision.receiptNumber}, ${decision.organisationId}, ${decision.by}, ${decision.at})`.execute(
    tx,
  )
}

export async function officeDecisions(tx: Tx, id: string): Promise<OfficeDecision[]> {
  const { rows } = await sql<OfficeDecision>`
    select round, office, decision, reason, clause, receipt_number, organisation_id, decided_by, decided_at
    from institutions.filing_receipts where filing_id = ${id} order by round desc, decided_at desc`.execute(
    tx,
  )
  return rows
}

export interface Attachment {
  fileId: string
  kind: string
  name: string
  bytes: number
  sha256: string
  addedBy: string
  addedAt: Date
}

export async function attachments(tx: Tx, id: string): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`
    select a.file_id, a.kind, f.name, f.bytes, f.sha256, a.added_by, a.added_at
    from institutions.filing_files a join platform.files f on f.id = a.file_id
    where a.filing_id = ${id} and a.removed_at is null order by a.added_at`.execute(tx)
  return rows
}

/** An attachment that stands, or stood in a submitted round: those stay readable. */
export async function findAttachment(
  tx: Tx,
  id: string,
  fileId: string,
): Promise<{ fileId: string } | undefined> {
  const { rows } = await sql<{ fileId: string }>`
    select a.file_id from institutions.filing_files a
    where a.filing_id = ${id} and a.file_id = ${fileId}
      and (a.removed_at is null or exists (
        select 1 from institutions.filing_versions v
        where v.filing_id = a.filing_id and v.content -> 'attachments' @> jsonb_build_array(jsonb_build_object('fileId', a.file_id))))`.execute(
    tx,
  )
  return rows[0]
}

export async function insertAttachment(
  tx: Tx,
  attachment: { filingId: string; fileId: string; kind: string; by: string; at: Date },
): Promise<void> {
  await sql`
    insert into institutions.filing_files (filing_id, file_id, kind, added_by, added_at)
    values (${attachment.filingId}, ${attachment.fileId}, ${attachment.kind}, ${attachment.by}, ${attachment.at})`.execute(
    tx,
  )
}

export async function removeAttachment(
  tx: Tx,
  id: string,
  fileId: string,
  at: Date,
): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    update institutions.filing_files a set removed_at = ${at} from platform.files f
    where a.filing_id = ${id} and a.file_id = ${fileId} and a.removed_at is null and f.id = a.file_id
    returning a.file_id, a.kind, f.name, f.bytes, f.sha256, a.added_by, a.added_at`.execute(tx)
  return rows[0]
}

export interface FilingFilter extends ListInput {
  state?: FilingState | undefined
  year?: number | undefined
  occupationId?: string | undefined
  level?: string | undefined
  cityCode?: string | undefined
  /** Waits for the viewer's own office, or institution. */
  mine?: Office | 'evaluation' | undefined
  organisationIds?: string[] | undefined
}

export interface FilingRow {
  id: string
  number: string | null
  organisationId: string
  evaluationOrganisationId: string | null
  cityCode: string
  city: string | null
  year: number
  title: string
  occupation: string | null
  direction: string | null
  level: string | null
  plannedLearners: number | null
  startsOn: string | null
  state: FilingState
  round: number
  returnedBy: string | null
  submittedAt: Date | null
  filedOn: string | null
  updatedAt: Date
  provinceReceipt: string | null
  cityReceipt: string | null
}

/** Filings within the actor's reach, what waits longest first. `organisationIds`: those whose name matches `q`. */
export async function searchFilings(
  tx: Tx,
  actor: Actor,
  filter: FilingFilter,
): Promise<{ rows: FilingRow[]; total: number }> {
  const q = filter.q ?? null
  const office = filter.mine === 'province' || filter.mine === 'city' ? filter.mine : null
  const where = sql`
    where ${reach(actor)}
      and (${q}::text is null or f.title ilike '%' || ${q} || '%' or f.number like ${q} || '%'
           or f.organisation_id = any(${filter.organisationIds ?? []}::uuid[]))
      and (${filter.state ?? null}::text is null or f.state = ${filter.state ?? null})
      and (${filter.year ?? null}::int is null or f.year = ${filter.year ?? null})
      and (${filter.occupationId ?? null}::text is null or f.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or f.level = ${filter.level ?? null})
      and (${filter.cityCode ?? null}::text is null or f.city_code = ${filter.cityCode ?? null})
      and (not ${filter.mine === 'evaluation'} or f.state = 'proposed')
      and (${office}::text is null or (f.state = 'submitted' and not exists (
        select 1 from institutions.filing_receipts r where r.filing_id = f.id and r.round = f.round and r.office = ${office})))`
  const from = sql`
    from institutions.filings f
    left join institutions.occupations o on o.id = f.occupation_id
    left join platform.regions c on c.code = f.city_code
    left join institutions.filing_receipts pr on pr.filing_id = f.id and pr.round = f.round and pr.office = 'province'
    left join institutions.filing_receipts cr on cr.filing_id = f.id and cr.round = f.round and cr.office = 'city'`
  const { rows } = await sql<FilingRow>`
    select f.id, f.number, f.organisation_id, f.evaluation_organisation_id, f.city_code, c.name as city, f.year, f.title,
           o.name as occupation, f.direction, f.level, f.planned_learners, f.plan ->> 'startsOn' as starts_on, f.state, f.round,
           f.returned_by, f.submitted_at, f.filed_on, f.updated_at, pr.decision as province_receipt,
           cr.decision as city_receipt
    ${from} ${where}
    order by (f.state in ('filed', 'withdrawn')), f.submitted_at nulls last, f.updated_at desc, f.id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const count = await sql<{ total: number }>`select count(*) as total ${from} ${where}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}
