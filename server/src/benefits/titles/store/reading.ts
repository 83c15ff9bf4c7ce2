import { sql } from 'kysely'
import type { Level } from '../../../platform/api.ts'
import type { Day } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Reach } from '../../within-scope.ts'

export interface RecognitionRow {
  id: string
  number: string
  code: string
  personId: string
  holderName: string
  maskedIdNumber: string
  certificateNumber: string
  levelCertificateId: string
  certificateIssuedOn: Day
  certificateState: 'issued' | 'corrected' | 'withdrawn'
  organisationName: string
  provinceCode: string
  cityName: string | null
  occupationName: string
  level: Level
  effect: 'direct' | 'reference'
  titleLevel: string
  specialty: string
  specialtyStatus: string
  decisionId: string
  recognisedOn: Day
  revokedOn: Day | null
  revokeReason: string | null
}

const columns = sql`b.id, b.number, b.code, b.person_id, c.holder_name, c.masked_id_number, b.certificate_number, b.level_certificate_id,
  c.issued_on as certificate_issued_on, c.state as certificate_state, b.organisation_name, b.province_code, g.name as city_name,
  c.occupation_name, b.level, b.effect, b.title_level, b.specialty, b.specialty_status, b.decision_id, b.recognised_on, b.revoked_on,
  b.revoke_reason`
const source = sql`benefits.title_recognitions b
  join certificates.level_register c on c.id = b.level_certificate_id
  left join platform.regions g on g.code = b.city_code`

export interface RecognitionFilter {
  q?: string | undefined
  year?: number | undefined
  level?: Level | undefined
  state?: 'standing' | 'revoked' | undefined
  page: number
  size: number
}

export async function listRecognitions(
  tx: Tx,
  reach: Reach,
  filter: RecognitionFilter,
): Promise<{ rows: RecognitionRow[]; total: number }> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<RecognitionRow & { total: number }>`
    select ${columns}, count(*) over () as total from ${source}
    where ${reach}
      and (${like}::text is null or b.number ilike ${like} or b.certificate_number ilike ${like} or c.holder_name like ${like}
        or b.organisation_name like ${like} or c.occupation_name like ${like} or g.name like ${like})
      and (${filter.year ?? null}::int is null or extract(year from b.recognised_on) = ${filter.year ?? null})
      and (${filter.level ?? null}::text is null or b.level = ${filter.level ?? null})
      and (${filter.state ?? null}::text is null or (b.revoked_on is null) = (${filter.state ?? null} = 'standing'))
    order by b.recognised_on desc, b.number desc
    limit ${filter.size} offset ${(filter.page - 1) * filter.size}`.execute(tx)
  return { rows, total: rows[0]?.total ?? 0 }
}

export async function findRecognition(tx: Tx, reach: Reach, id: string): Promise<RecognitionRow | undefined> {
  const { rows } = await sql<RecognitionRow>`
    select ${columns} from ${source} where b.id = ${id} and ${reach}`.execute(tx)
  return rows[0]
}

export async function findRecognitionByCode(tx: Tx, code: string): Promise<RecognitionRow | undefined> {
  const { rows } = await sql<RecognitionRow>`select ${columns} from ${source} where b.code = ${code}`.execute(
    tx,
  )
  return rows[0]
}
