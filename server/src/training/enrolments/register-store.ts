import { sql } from 'kysely'
import type { Actor, ListInput } from '../../platform/api.ts'
import type { Tx } from '../../platform/db.ts'
import { withinScope } from '../within-scope.ts'
import type { EnrolmentState } from './enrolment.ts'

export interface RegisterFilter extends ListInput {
  state?: EnrolmentState | undefined
  occupationId?: string | undefined
  level?: string | undefined
  cityCode?: string | undefined
  startsFrom?: string | undefined
  startsTo?: string | undefined
}

export interface RegisterRow {
  enrolmentId: string
  classId: string
  classNumber: string
  className: string
  name: string
  maskedIdNumber: string
  phoneMasked: string | null
  organisationId: string
  cityCode: string | null
  occupationId: string
  direction: string | null
  level: string
  startsOn: string
  endsOn: string
  state: EnrolmentState
  registeredAt: Date
  completedOn: string | null
  certificateNumber: string | null
}

/** The real-name training register 实名制名册 (HB-5.4): everybody who took part, found by what is asked for. */
export async function listRegister(
  tx: Tx,
  actor: Actor,
  filter: RegisterFilter,
): Promise<{ rows: RegisterRow[]; total: number }> {
  const q = filter.q ? `%${filter.q}%` : null
  const from = sql`
    from training.enrolment_register c join people.person_cards p on p.id = c.person_id
    where ${withinScope(actor)}
      and (${filter.state ?? null}::text is null or c.state = ${filter.state ?? null})
      and (${filter.occupationId ?? null}::text is null or c.occupation_id = ${filter.occupationId ?? null})
      and (${filter.level ?? null}::text is null or c.level = ${filter.level ?? null})
      and (${filter.cityCode ?? null}::text is null or c.city_code = ${filter.cityCode ?? null})
      and (${filter.startsFrom ?? null}::date is null or c.starts_on >= ${filter.startsFrom ?? null})
      and (${filter.startsTo ?? null}::date is null or c.starts_on <= ${filter.startsTo ?? null})
      and (${q}::text is null or p.name ilike ${q} or c.class_number ilike ${q} or c.certificate_number ilike ${q})`
  const { rows } = await sql<RegisterRow>`
    select c.enrolment_id, c.class_id, c.class_number, c.class_name, p.name, p.masked_id_number, p.phone_masked,
           c.organisation_id, c.city_code, c.occupation_id, c.direction, c.level, c.starts_on, c.ends_on, c.state,
           c.registered_at, c.completed_on, c.certificate_number
    ${from} order by c.registered_at desc, c.enrolment_id
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
