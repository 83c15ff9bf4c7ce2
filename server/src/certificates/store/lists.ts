import { sql } from 'kysely'
import type { Actor, Level } from '../../platform/api.ts'
import type { Day } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { CertificateState } from '../level-certificate.ts'
import type { ReportState } from '../result-report.ts'
import { withinScope } from '../within-scope.ts'

interface Page {
  q?: string | undefined
  page: number
  size: number
}

export interface ReportFilter extends Page {
  state?: ReportState | undefined
  occupationId?: string | undefined
  level?: Level | undefined
  /** Only those whose clock has run out by this day. */
  overdueOn?: Day | undefined
  reportId?: string | undefined
}

export interface ReportRow {
  id: string
  number: string
  sittingTitle: string
  organisationName: string
  occupationName: string
  direction: string | null
  level: Level
  cityName: string | null
  endedOn: Day
  state: ReportState
  round: number
  items: number
  /** Of the act that is awaited; null where the text sets no day. */
  dueOn: Day | null
  supplement: boolean
}

const awaited = sql`case r.state when 'drafted' then r.submit_due_on when 'returned' then r.submit_due_on when 'submitted' then r.confirm_due_on
  when 'audited' then r.issue_due_on end`

export async function listReports(
  tx: Tx,
  actor: Actor,
  filter: ReportFilter,
): Promise<{ rows: ReportRow[]; total: number }> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<ReportRow & { total: number }>`
    select r.id, r.number, r.sitting_title, o.name as organisation_name, p.name as occupation_name, r.direction, r.level,
      g.name as city_name, r.ended_on, r.state, r.round, ${awaited} as due_on, r.supplements_id is not null as supplement,
      (select count(*)::int from certificates.report_items i where i.report_id = r.id and i.state <> 'withheld') as items,
      count(*) over () as total
    from certificates.result_reports r
    join people.organisations o on o.id = r.organisation_id
    join institutions.occupations p on p.id = r.occupation_id
    left join platform.regions g on g.code = r.city_code
    where ${withinScope(actor)}
      and (${like}::text is null or r.number ilike ${like} or r.sitting_title ilike ${like} or r.sitting_number ilike ${like}
        or o.name ilike ${like})
      and (${filter.state ?? null}::text is null or r.state = ${filter.state ?? null})
      and (${filter.occupationId ?? null}::text is null or r.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or r.level = ${filter.level ?? null})
      and (${filter.overdueOn ?? null}::date is null or ${awaited} < ${filter.overdueOn ?? null}::date)
      and (${filter.reportId ?? null}::uuid is null or r.id = ${filter.reportId ?? null})
    order by ${awaited} nulls last, r.created_at desc, r.id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}

export interface CertificateFilter extends Page {
  state?: CertificateState | undefined
  occupationId?: string | undefined
  level?: Level | undefined
  fromOn?: Day | undefined
  toOn?: Day | undefined
  reportId?: string | undefined
}

export interface CertificateRow {
  id: string
  number: string
  personId: string
  holderName: string
  maskedIdNumber: string
  occupationName: string
  direction: string | null
  level: Level
  organisationName: string
  cityName: string | null
  issuedOn: Day
  state: CertificateState
  changedOn: Day | null
  changeOpen: boolean
}

export async function listCertificates(
  tx: Tx,
  actor: Actor,
  filter: CertificateFilter,
): Promise<{ rows: CertificateRow[]; total: number }> {
  const like = filter.q ? `${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<CertificateRow & { total: number }>`
    select r.id, r.number, r.person_id, r.holder_name, r.masked_id_number, r.occupation_name, r.direction, r.level, r.organisation_name,
      g.name as city_name, r.issued_on, r.state, r.changed_on,
      exists (select 1 from certificates.certificate_changes h where h.certificate_id = r.id and h.decision is null) as change_open,
      count(*) over () as total
    from certificates.level_certificates r
    left join platform.regions g on g.code = r.city_code
    where ${withinScope(actor)}
      and (${like}::text is null or r.number ilike ${like} or r.holder_name like ${like})
      and (${filter.state ?? null}::text is null or r.state = ${filter.state ?? null})
      and (${filter.occupationId ?? null}::text is null or r.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or r.level = ${filter.level ?? null})
      and (${filter.fromOn ?? null}::date is null or r.issued_on >= ${filter.fromOn ?? null}::date)
      and (${filter.toOn ?? null}::date is null or r.issued_on <= ${filter.toOn ?? null}::date)
      and (${filter.reportId ?? null}::uuid is null or exists (select 1 from certificates.report_items i
        where i.id = r.report_item_id and i.report_id = ${filter.reportId ?? null}))
    order by r.issued_on desc, r.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}
