import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import type { FeeKind } from '../fees/fee.ts'

export interface FeeKey {
  organisationId: string
  kind: FeeKind
  occupationId: string
  level: EngineerLevel
}

export interface FeeRow extends FeeKey {
  id: string
  amountCents: number
  basis: string
  fromOn: string
  toOn: string | null
  publishedAt: Date
}

export async function feeOn(tx: Tx, key: FeeKey & { on: string }): Promise<FeeRow | undefined> {
  const { rows } = await sql<FeeRow>`
    select id, organisation_id, kind, occupation_id, level, amount_cents, basis, from_on, to_on, published_at
    from institutions.fees
    where organisation_id = ${key.organisationId} and kind = ${key.kind} and occupation_id = ${key.occupationId}
      and level = ${key.level} and from_on <= ${key.on} and (to_on is null or to_on >= ${key.on})
    order by from_on desc limit 1`.execute(tx)
  return rows[0]
}
